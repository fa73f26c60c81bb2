# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How much of data, models and the code that loads them is read, at which look: as little as will do, and once."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.decide.archive import Kept, pack_change, unpack_change
from bot.demo.github.git.content import Written
from bot.demo.github.pull import Pull
from bot.store import judged
from bot.store.database import reading, writing
from bot.store.judged import Snapshot
from bot.work.keys import Key
from rules.change import ChangedFile, Content, Lines, Need
from rules.rule import Signal
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

DATA = HEADERS + "  datasets: {}\n"
CONTENT = "Entries|Texts|/git/"
LOADS = 'data = load_dataset("acme/widgets")\n'
HEADED = "# SPDX-FileCopyrightText: The Acme Authors\n# SPDX-License-Identifier: Apache-2.0\n\n"
BINARY = b"\0 no known kind"


def offer(house: House, files: Mapping[str, Written], policy: str = DATA) -> Pull:
    """A pull request with these files; Steward has looked once."""
    repository = house.repository(policy=policy)
    repository.commit("main", {"src/old.py": f"{HEADED}old = 1\n"})
    repository.commit("feature", files, parent=repository.branches["main"])
    house.work()
    house.github.forget_requests()
    pull = repository.open_pull("feature", by=house.person("ada"))
    house.work()
    return pull


def reads(house: House) -> int:
    return len(house.github.requests) - len(house.github.writes)


def look_again(house: House, pull: Pull) -> None:
    """Make Steward look at the same head once more."""
    house.github.forget_requests()
    with writing(house.context.engine) as connection:
        house.context.queue.want(connection, [str(Key.pull(pull.repository.id, pull.number))], Signal.ASKED)
    house.work()


def stored(house: House, pull: Pull) -> Snapshot:
    with reading(house.context.engine) as connection:
        found = judged.find_snapshot(connection, pull.repository.id, pull.number)
    assert found
    return found


def kept(house: House, pull: Pull) -> Kept:
    found = unpack_change(stored(house, pull).body)
    assert found
    return found


def files(house: House, pull: Pull) -> dict[str, ChangedFile]:
    return {file.path: file for file in kept(house, pull).change.files}


def forget(house: House, pull: Pull, **known: object) -> None:
    """Let what is kept of every file be as an older Steward would have kept it."""
    old = kept(house, pull)
    change = replace(old.change, files=tuple(replace(file, **known) for file in old.change.files))  # type: ignore[arg-type]
    with writing(house.context.engine) as connection:
        judged.keep_snapshot(connection, replace(stored(house, pull), body=pack_change(replace(old, change=change))))


def test_lines_bytes_and_sizes_are_read_once(house: House) -> None:
    pull = offer(
        house, {"src/old.py": f"{HEADED}old = 1\n{LOADS}", "what": BINARY, "data/a.parquet": b"PAR1\0" * 9_000}
    )
    found = files(house, pull)
    assert found["src/old.py"].lines == (Lines(5, LOADS.strip()),)
    assert found["what"].content == Content("", whole=False, binary=True, start=BINARY)
    assert (found["data/a.parquet"].size, found["data/a.parquet"].content) == (45_000, None)
    look_again(house, pull)
    assert house.github.count(CONTENT) == 0

    house.github.forget_requests()
    pull.repository.commit("feature", {"src/new.py": f"{HEADED}new = 1\n"})
    house.work()
    assert house.github.count("Texts|/git/") == 0
    assert {path: file for path, file in files(house, pull).items() if path != "src/new.py"} == found


def test_ten_files_of_code_cost_no_request_more_than_without_the_rule(house: House) -> None:
    sources: dict[str, Written] = {f"src/{number}.py": f"{HEADED}x = {number}\n" for number in range(10)}
    pull = offer(house, {**sources, "src/old.py": f"{HEADED}old = 2\n"}, policy=HEADERS)
    without = reads(house)
    pull.close()
    pull.repository.commit("main", {".github/governance.yml": DATA})
    house.work()
    house.github.forget_requests()
    again = pull.repository.open_pull("feature", by=house.person("ada"))
    house.work()
    assert house.check(again.repository, again.head_sha).conclusion == "success"
    assert reads(house) == without


def test_a_policy_that_begins_to_ask_has_everything_read_that_it_asks_for(house: House) -> None:
    pull = offer(house, {"src/old.py": f"{HEADED}old = 1\n{LOADS}", "notes.txt": BINARY}, policy=HEADERS)
    assert {path: file.lines for path, file in files(house, pull).items()} == {"notes.txt": None, "src/old.py": None}
    assert files(house, pull)["notes.txt"].content is None
    pull.repository.commit("main", {".github/governance.yml": DATA})
    house.work()
    found = files(house, pull)
    assert found["src/old.py"].lines == (Lines(5, LOADS.strip()),)
    assert found["notes.txt"].content == Content("", whole=False, binary=True, start=BINARY)


def test_lines_that_github_does_not_show_are_not_asked_for_at_every_look(house: House) -> None:
    house.github.limits.patch_size = 0
    pull = offer(house, {"src/long.py": HEADED + "x = 1\n" * 50_000})
    assert files(house, pull)["src/long.py"].lines is None
    assert kept(house, pull).unlined == {"src/long.py"}
    look_again(house, pull)
    assert house.github.count(CONTENT) == 0


def test_a_snapshot_without_lines_or_bytes_is_taken_anew(house: House) -> None:
    pull = offer(house, {"src/old.py": f"{HEADED}old = 1\n{LOADS}"})
    before = files(house, pull)
    forget(house, pull, lines=None)
    look_again(house, pull)
    assert files(house, pull) == before


def test_first_bytes_that_were_not_read_are_read_then(house: House) -> None:
    pull = offer(house, {"what": BINARY})
    forget(house, pull, content=Content("", whole=False, binary=True))
    look_again(house, pull)
    assert (house.github.count("Texts"), house.github.count("/git/blobs/")) == (0, 1)
    assert files(house, pull)["what"].content == Content("", whole=False, binary=True, start=BINARY)


def test_too_many_to_peek_into_are_incomplete_until_the_next_look_reads_on(house: House) -> None:
    pull = offer(house, {f"{number:02}": BINARY + bytes([number]) for number in range(25)})
    check = house.check(pull.repository, pull.head_sha)
    assert check.conclusion == "failure"
    assert {gap.need for gap in kept(house, pull).change.unseen} == {Need.BYTES}
    look_again(house, pull)
    assert house.github.count("/git/blobs/") == 5
    assert house.check(pull.repository, pull.head_sha).conclusion == "success"
    look_again(house, pull)
    assert house.github.count(CONTENT) == 0


def test_what_github_hides_of_a_file_for_good_is_not_asked_for_at_every_look(house: House) -> None:
    house.github.fail(404, match="/git/blobs/", times=None)
    pull = offer(house, {"what": BINARY})
    (gap,) = kept(house, pull).change.unseen
    assert (gap.need, gap.path, gap.final) == (Need.BYTES, "what", True)
    assert house.check(pull.repository, pull.head_sha).conclusion == "failure"
    look_again(house, pull)
    assert house.github.count(CONTENT) == 0
