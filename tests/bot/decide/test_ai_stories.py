# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""AI assistance, as a contributor meets it: a box left open, ticked later, and a trailer in place of it."""

import pytest

from bot.demo.github.pull import Pull
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

POLICY = "version: 1\nrules:\n  ai-assistance: {}\n"
TOOL = "Co-authored-by: Claude <noreply@anthropic.com>"
OPEN = "- [ ] An AI tool helped, says @eve"


def opened(house: House, body: str | None = OPEN, policy: str = POLICY, tool: str = TOOL) -> Pull:
    repository = house.repository(policy=policy)
    repository.commit("feature", {"a.py": "a"}, parent=repository.branches["main"], message=f"Work\n\n{tool}")
    pull = repository.open_pull("feature", by=house.person("ada"), body=body)
    house.work()
    return pull


def conclusion(house: House, pull: Pull) -> str | None:
    return house.check(pull.repository, pull.head_sha).conclusion


def test_a_line_left_open_asks_for_action_until_it_is_ticked(house: House) -> None:
    pull = opened(house)
    assert conclusion(house, pull) == "action_required"
    summary = house.check(pull.repository, pull.head_sha).summary or ""
    assert "Claude Code is a co-author of the commit" in summary
    assert "@eve" not in summary
    pull.edit(body=OPEN.replace("[ ]", "[x]"))
    house.work()
    assert conclusion(house, pull) == "success"


def test_a_trailer_does_in_place_of_the_line(house: House) -> None:
    pull = opened(house)
    pull.repository.commit("feature", {"b.py": "b"}, message="More\n\nAssisted-by: Claude Code")
    house.work()
    assert conclusion(house, pull) == "success"


def test_a_description_without_such_a_line_leaves_it_to_the_co_author(house: House) -> None:
    assert conclusion(house, opened(house, body=None)) == "success"


def test_a_tool_of_ones_own_is_declared_in_the_policy(house: House) -> None:
    own = "Co-authored-by: Our Agent <agent@corp.example>"
    declared = f"{POLICY}  cla: {{level: off, exempt: {{agents: [Agent@Corp.example]}}}}\n"
    pull = opened(house, policy=declared, tool=own)
    assert conclusion(house, pull) == "action_required"
    summary = house.check(pull.repository, pull.head_sha).summary or ""
    assert "which the policy lists as a tool, is a co-author of the commit" in summary
    assert "agent@corp" not in summary
    pull.edit(body="No template here.")
    house.work()
    assert conclusion(house, pull) == "success"
