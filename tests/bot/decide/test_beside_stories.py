# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files that speak of others, and files that are too large to download, on the way of a pull request."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.decide.archive import pack_change, unpack_change
from bot.demo.github.git.content import Written
from bot.demo.github.pull import Pull
from bot.store import judged
from bot.store.database import reading, writing
from bot.store.judged import Snapshot
from bot.work.keys import Key
from rules.rule import Signal
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

BARE = "print(1)\n"
HEADED = "# SPDX-FileCopyrightText: The Acme Authors\n# SPDX-License-Identifier: Apache-2.0\n\nprint(1)\n"
REUSE = """\
version = 1

[[annotations]]
path = "data/**"
SPDX-FileCopyrightText = "The Acme Authors"
SPDX-License-Identifier = "Apache-2.0"
"""
LICENSE = "SPDX-FileCopyrightText: The Acme Authors\nSPDX-License-Identifier: Apache-2.0\n"
CONTENT = "Entries|Texts|/git/"


def offer(house: House, files: Mapping[str, Written], before: Mapping[str, Written] | None = None) -> Pull:
    """A pull request with these files, in a repository that has others; Steward has looked."""
    repository = house.repository()
    repository.commit("main", before or {})
    repository.commit("feature", files, parent=repository.branches["main"])
    pull = repository.open_pull("feature", by=house.person("ada"))
    house.work()
    return pull


def conclusion(house: House, pull: Pull) -> str | None:
    return house.check(pull.repository, pull.head_sha).conclusion


def title(house: House, pull: Pull) -> str | None:
    return house.check(pull.repository, pull.head_sha).title


def look_again(house: House, pull: Pull) -> None:
    """Make Steward look at the same head once more."""
    house.github.forget_requests()
    with writing(house.context.engine) as connection:
        house.context.queue.want(connection, [str(Key.pull(pull.repository.id, pull.number))], Signal.ASKED)
    house.work()


def snapshot(house: House, pull: Pull) -> Snapshot:
    with reading(house.context.engine) as connection:
        found = judged.find_snapshot(connection, pull.repository.id, pull.number)
    assert found
    return found


def test_what_stands_beside_a_file_is_asked_for_once(house: House) -> None:
    pull = offer(house, {"data/a.py": BARE, "src/b.py": HEADED}, {"REUSE.toml": REUSE})
    assert conclusion(house, pull) == "success"
    look_again(house, pull)
    assert house.github.count(CONTENT) == 0

    house.github.forget_requests()
    pull.repository.commit("feature", {"data/c.py": BARE})
    house.work()
    assert conclusion(house, pull) == "success"
    assert (house.github.count("Entries"), house.github.count("Texts")) == (1, 0)


def test_a_license_that_comes_later_and_goes_again(house: House) -> None:
    pull = offer(house, {"src/a.py": BARE})
    assert title(house, pull) == "1 of 1 file lacks the license header"
    pull.repository.commit("feature", {"src/a.py.license": LICENSE})
    house.work()
    assert conclusion(house, pull) == "success"
    pull.repository.commit("feature", {"src/a.py.license": None})
    house.work()
    assert conclusion(house, pull) == "failure"


def test_only_the_base_branch_says_what_a_tool_made(house: House) -> None:
    attributes = HEADED.replace("print(1)", "*.py linguist-generated")
    pull = offer(house, {"src/a.py": BARE, ".gitattributes": attributes})
    assert conclusion(house, pull) == "failure"
    pull.repository.commit("main", {".gitattributes": attributes})
    look_again(house, pull)
    assert conclusion(house, pull) == "success"


@pytest.mark.parametrize("content", ["# " + "x" * 256 * 1024, b"\0\1"], ids=["too large", "binary"])
def test_what_cannot_be_read_beside_a_file_never_passes(house: House, content: str | bytes) -> None:
    pull = offer(house, {"src/a.py": HEADED, "src/a.py.license": content})
    assert conclusion(house, pull) == "failure"
    (annotation,) = house.check(pull.repository, pull.head_sha).annotations
    assert annotation["path"] == "src/a.py.license"
    look_again(house, pull)
    assert house.github.count(CONTENT) == 0  # it lies in the contribution: to look again shows no more


def test_a_snapshot_that_was_taken_without_looking_beside_is_taken_anew(house: House) -> None:
    pull = offer(house, {"data/a.py": BARE}, {"REUSE.toml": REUSE})
    stored = snapshot(house, pull)
    kept = unpack_change(stored.body)
    assert kept
    blind = replace(kept, beside=frozenset(), change=replace(kept.change, beside=()))
    with writing(house.context.engine) as connection:
        judged.keep_snapshot(connection, replace(stored, body=pack_change(blind)))
    look_again(house, pull)
    assert house.github.count("Entries") == 1
    assert conclusion(house, pull) == "success"
    assert unpack_change(snapshot(house, pull).body) == kept


def test_a_file_beyond_a_mebibyte_is_judged_by_its_beginning(house: House) -> None:
    filler = "x = 1  # and so on\n" * 100_000
    pull = offer(house, {"src/good.py": HEADED + filler, "src/bad.py": filler})
    assert title(house, pull) == "1 of 2 files lacks the license header"
    house.github.forget_requests()
    pull.repository.commit("feature", {"src/bad.py": HEADED})
    house.work()
    assert conclusion(house, pull) == "success"
    assert house.github.count("/git/blobs/") == 0
