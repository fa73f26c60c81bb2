# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a press comes to where little is as one would expect."""

from typing import Any

import orjson
import pytest

from bot.decide.commands.run import NOT_TOLD
from bot.decide.fixes import mend as mending
from bot.decide.fixes.buttons import BUTTONS
from bot.decide.fixes.click import Click, clicks_in
from bot.decide.fixes.clicked import LeftOut, Mended
from bot.decide.fixes.commit import message_of
from bot.decide.fixes.headers import HeadersClicked
from bot.decide.fixes.run import answer_presses
from bot.decide.now import Now
from bot.demo.github.pull import Pull
from bot.github.errors import Gone
from bot.identity import Account
from bot.store.database import writing
from bot.store.fixes import Kind
from bot.work.delivery import Received
from bot.work.keys import Key
from bot.work.run import Retry
from bot.work.signals import Signal
from tests.bot.decide.fixes.pressing import (
    ADDED,
    BARE,
    acts,
    offer,
    press,
    project,
    refusals,
    suggested,
    text,
)
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

NOTHING = "no file here lacks a header that could simply be added"


def added(pull: Pull) -> list[str]:
    """The files with a header by now."""
    entries = pull.repository.store.tree(pull.head_sha, recursive=True)
    return [entry.path for entry in entries if entry.path.endswith(".py") and text(pull, entry.path) == ADDED]


# -- what a commit takes ------------------------------------------------------------------------------------------


def test_a_file_without_comments_gets_one_beside_it(house: House) -> None:
    repository = project(house, policy=f"{HEADERS}    uncommentable: sidecar\n")
    pull = offer(house, repository, {"data.json": "{}\n", "a.py": BARE})
    press(house, pull)
    assert text(pull, "data.json") == "{}\n"
    assert "SPDX-License-Identifier: Apache-2.0\n" in text(pull, "data.json.license")
    assert added(pull) == ["a.py"]
    assert house.check(repository, pull.head_sha).conclusion == "success"


@pytest.mark.parametrize(("limit", "most"), [("MOST_FILES", 1), ("MOST_BYTES", len(BARE))])
def test_a_commit_has_an_end(house: House, monkeypatch: pytest.MonkeyPatch, limit: str, most: int) -> None:
    monkeypatch.setattr(mending, limit, most)
    pull = offer(house, project(house), {"a.py": BARE, "b.py": BARE})
    press(house, pull)
    assert added(pull) == ["a.py"]
    assert "- b.py: a commit by Steward has at most" in pull.repository.store.commit_object(pull.head_sha).message
    press(house, pull)
    assert added(pull) == ["a.py", "b.py"]


def test_what_is_not_as_it_was_judged_is_suggested_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "read_entries", lambda *_: ({}, ()))
    pull = offer(house, project(house))
    press(house, pull)
    assert (added(pull), list(suggested(pull))) == ([], ["a.py"])


@pytest.mark.parametrize("bytes_", [ADDED.encode(), b"\0"])
def test_what_turns_out_otherwise_when_it_is_read_is_left_alone(
    house: House, monkeypatch: pytest.MonkeyPatch, bytes_: bytes
) -> None:
    monkeypatch.setattr(mending, "read_blob", lambda *_: bytes_)
    pull = offer(house, project(house))
    press(house, pull)
    assert len(pull.commits()) == 1


def test_what_would_not_pass_with_the_header_is_left_alone(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending, "mended", lambda data, _proposal: data + b"\n")
    pull = offer(house, project(house))
    press(house, pull)
    assert len(pull.commits()) == 1


def test_a_message_calls_nobody_and_ends() -> None:
    left_out = tuple(LeftOut(f"{number:02}/@all `#1`\n.py", "it may be run") for number in range(22))
    message = message_of(BUTTONS[Kind.HEADERS], Mended({"a.py": b""}, left_out), "wil", 12)
    assert message.splitlines()[5:8] == ["Left to people:", "", "- 00/?all ??1??.py: it may be run"]
    assert message.splitlines()[-1] == "- and 2 more"
    assert "@" not in message


# -- what is asked ------------------------------------------------------------------------------------------------


def test_what_only_a_person_can_decide_is_left_to_one(house: House) -> None:
    pull = offer(house, project(house), {"a.py": "# Copyright 2020 Somebody Else\n\nprint(1)\n"})
    assert house.check(pull.repository, pull.head_sha).conclusion == "failure"
    press(house, pull)
    assert (len(pull.commits()), refusals(house)) == (1, [NOTHING])


def test_what_the_rule_would_not_add_any_more_is_left_to_people(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HeadersClicked, "proposals", lambda *_: [])
    pull = offer(house, project(house))
    press(house, pull)
    assert (len(pull.commits()), refusals(house), len(pull.reviews)) == (1, [NOTHING], 1)


@pytest.mark.parametrize("unknown", ["report", "change", "policy"])
def test_without_what_a_look_learns_nothing_is_done(
    house: House, monkeypatch: pytest.MonkeyPatch, unknown: str
) -> None:
    pull = offer(house, project(house))
    monkeypatch.setattr(Now, unknown, None)
    press(house, pull)
    assert (len(pull.commits()), refusals(house)) == (1, [NOTHING])


def test_what_github_does_not_show_is_no_failure_of_steward(house: House) -> None:
    pull = offer(house, project(house))
    house.github.fail(404, match="git/blobs")
    press(house, pull)
    assert (len(pull.commits()), refusals(house)) == (1, [NOT_TOLD])


def test_a_pull_request_that_is_gone_by_then_is_done_with(house: House) -> None:
    pull = offer(house, project(house))
    press(house, pull, work=False)
    claim = house.context.queue.claim("story", 60)
    assert claim
    world, known = house.context.world, house.known(pull.repository)
    client = world.app.installation(known.installation_id or 0)
    del pull.repository.issues[pull.number]
    with pytest.raises(Gone):
        answer_presses(world, client, known, pull.number, claim, lambda: True)
    assert refusals(house) == []


def test_who_lost_the_lease_does_nothing(house: House) -> None:
    pull = offer(house, project(house))
    press(house, pull, work=False)
    claim = house.context.queue.claim("story", 60)
    assert claim
    world, known = house.context.world, house.known(pull.repository)
    client = world.app.installation(known.installation_id or 0)
    with pytest.raises(Retry):
        answer_presses(world, client, known, pull.number, claim, lambda: False)
    answer_presses(world, client, known, pull.number, claim, lambda: True)
    again = len(acts(house, "headers"))
    answer_presses(world, client, known, pull.number, claim, lambda: True)
    assert (again, len(acts(house, "headers")), len(pull.commits())) == (1, 1, 2)


def test_where_nobody_asked_nothing_is_read(house: House) -> None:
    pull = offer(house, project(house))
    with writing(house.context.engine) as connection:
        house.context.queue.want(connection, [str(Key.pull(pull.repository.id, pull.number))], Signal.HEAD)
    claim = house.context.queue.claim("story", 60)
    assert claim
    known = house.known(pull.repository)
    house.github.forget_requests()
    world = house.context.world
    answer_presses(world, world.app.installation(known.installation_id or 0), known, pull.number, claim, lambda: True)
    assert house.github.requests == []


# -- what is heard ------------------------------------------------------------------------------------------------

HEAD = "a" * 40
PRESSED: dict[str, Any] = {
    "requested_action": {"identifier": "add-headers"},
    "check_run": {"head_sha": HEAD},
    "sender": {"id": 3, "login": "wil", "type": "User"},
}


def heard(event: str = "check_run", action: str = "requested_action", **changed: object) -> list[Click]:
    body = orjson.dumps({**PRESSED, **changed})
    return list(clicks_in([Received("one", event, action, body, 1.0)]))


def test_a_press_names_who_and_what() -> None:
    assert heard() == [Click("one", Kind.HEADERS, HEAD, Account(3, "wil"), by_person=True)]
    bot = {"id": 4, "login": "helper[bot]", "type": "Bot"}
    assert heard(sender=bot) == [Click("one", Kind.HEADERS, HEAD, Account(4, "helper[bot]"), by_person=False)]
    card = {"identifier": "add-card"}
    assert heard(requested_action=card) == [Click("one", Kind.CARD, HEAD, Account(3, "wil"), by_person=True)]


@pytest.mark.parametrize(
    "other",
    [
        {"event": "check_suite"},
        {"action": "rerequested"},
        {"requested_action": {"identifier": "recheck"}},
        {"requested_action": None},
        {"check_run": {"head_sha": "../.."}},
        {"sender": {"id": -1, "login": "wil", "type": "User"}},
        {"sender": {"id": 3, "login": ["wil"], "type": "User"}},
        {"sender": None},
    ],
)
def test_anything_else_is_no_press(other: dict[str, Any]) -> None:
    assert heard(**other) == []


def test_a_delivery_without_a_body_is_no_press() -> None:
    assert list(clicks_in([Received("one", "check_run", "requested_action", None, 1.0)])) == []
