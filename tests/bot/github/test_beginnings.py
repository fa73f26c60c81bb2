# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files that are too large to download, or no text: their beginning is read, and the line is cut before more comes."""

from dataclasses import replace

import pytest

from bot.github.errors import Unavailable
from rules.change import KEPT, Change, ChangedFile, Content, Need
from tests.bot.github.reader import EVERYTHING, Reader, price, text

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

MIB = 1024 * 1024
LINE = "x = 1  # ☃\n"


def large(first: str = "") -> str:
    return first + LINE * (MIB // len(LINE.encode()) + 1)


def test_of_a_file_of_50_mb_little_more_than_its_beginning_goes_over_the_line(reader: Reader) -> None:
    reader.open({"big.py": "# The beginning\n" + "x" * 50 * MIB})
    sent = reader.github.sent
    file = reader.file("big.py")
    assert file.size == 16 + 50 * MIB
    assert file.content is not None
    assert file.content.text.startswith("# The beginning\nxxx")
    assert (len(file.content.text), file.content.whole) == (KEPT, False)
    assert reader.github.sent - sent < 40 * MIB  # what the buffers of both ends took before the line was cut


@pytest.mark.parametrize("character", ["x", "ü", "☃", "🐍"])
def test_as_much_is_kept_as_of_any_file_whatever_its_characters(reader: Reader, character: str) -> None:
    reader.open({"big.py": large("#" + character * KEPT)})
    assert text(reader.file("big.py")) == ("#" + character * KEPT)[:KEPT]


def test_a_large_file_that_is_no_text_is_told_apart(reader: Reader) -> None:
    reader.open({"big.bin": b"\0" * 2 * MIB})
    content = reader.file("big.bin").content
    assert content is not None
    assert (content.binary, content.text, content.start) == (True, "", bytes(4 * 1024))
    assert reader.change().unseen == ()


def test_each_costs_one_request_once(reader: Reader) -> None:
    reader.open({"a.py": large("a\n"), "b.py": large("b\n"), "old.py": "changed\n"})
    known = reader.change()
    asked = price(reader, reader.change)
    assert sum("/git/blobs/" in line for line in asked) == 2
    reader.repository.commit("feature", {"old.py": "again\n"})
    assert not any("/git/blobs/" in line for line in price(reader, lambda: reader.change(EVERYTHING, known)))


def test_files_of_the_same_bytes_are_begun_once(reader: Reader) -> None:
    reader.open({f"{number}.py": large("same\n") for number in range(3)})
    assert sum("/git/blobs/" in line for line in price(reader, reader.change)) == 1
    assert {file.content is not None for file in reader.change().files} == {True}


def test_no_more_than_twenty_are_begun_and_the_next_look_reads_on(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.github.beginnings.MOST", 2)
    reader.open({f"{number}.py": large(f"{number}\n") for number in range(4)})
    change = reader.change()
    assert [file.content is not None for file in change.files] == [True, True, False, False]
    assert [(gap.path, gap.final) for gap in change.unseen] == [("2.py", False), ("3.py", False)]
    (reason,) = {gap.reason for gap in change.unseen}
    assert reason.startswith("it is larger than 1 MiB, and Steward begins ")
    again = reader.change(known=change)
    assert ([file.content is not None for file in again.files], again.unseen) == ([True] * 4, ())


def test_what_github_gives_nothing_of_is_not_asked_for(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.github.beginnings.SHOWN", 2 * MIB)
    reader.open({"huge.py": large() * 3})
    assert not any("/git/blobs/" in line for line in price(reader, reader.change))
    (gap,) = reader.change().unseen
    assert (gap.path, gap.reason, gap.final) == (
        "huge.py",
        "it is larger than 100 MB, and GitHub shows none of it",
        True,
    )


@pytest.mark.parametrize("status", [403, 404])
def test_one_that_github_does_not_show_is_unread(reader: Reader, status: int) -> None:
    reader.open({"big.py": large()})
    reader.github.fail(status, match="/git/blobs/")
    file = reader.file("big.py")
    assert (file.content, file.unread) == (None, True)


@pytest.mark.parametrize("status", [0, 502, 301])
def test_trouble_is_githubs_and_comes_to_an_end(reader: Reader, status: int) -> None:
    reader.open({"big.py": large()})
    reader.github.fail(status, match="/git/blobs/", headers={"Location": "https://elsewhere.example/"})
    with pytest.raises(Unavailable):
        reader.change()
    assert reader.change().unseen == ()


# -- what is small and no text ------------------------------------------------------------------------------------

PEEKING = replace(EVERYTHING, peeks=lambda file: file.path.endswith((".bin", ".py")))
BLOB = "GET /repos/acme/widgets/git/blobs/"


def peeked(reader: Reader, known: Change | None = None) -> list[str]:
    asked = price(reader, lambda: reader.change(PEEKING, known))
    return [line for line in asked if line.startswith(BLOB)]


def starts(change: Change) -> dict[str, bytes | None]:
    return {file.path: file.content.start if file.content else None for file in change.files}


def test_the_first_bytes_are_read_of_what_is_no_text_and_of_nothing_else(reader: Reader) -> None:
    reader.open({"a.bin": b"GGUF\0" + b"x" * 9_000, "b.png": b"\x89PNG\0", "c.py": "text\n", "d.bin": "text\n"})
    assert len(peeked(reader)) == 1
    change = reader.change(PEEKING)
    assert starts(change) == {"a.bin": b"GGUF\0" + b"x" * 4_091, "b.png": b"", "c.py": b"", "d.bin": b""}
    assert {file.path for file in change.files if file.content and file.content.binary} == {"a.bin", "b.png"}
    assert change.unseen == ()


def test_nobody_peeks_and_there_is_no_request(reader: Reader) -> None:
    reader.open({f"{number}.bin": f"\0{number}".encode() for number in range(3)})
    assert not any("/git/blobs/" in line for line in price(reader, reader.change))


def test_no_bytes_are_read_twice(reader: Reader) -> None:
    reader.open({"a.bin": b"\0a", "b.bin": b"\0a", "c.bin": b"\0c"})
    assert len(peeked(reader)) == 2  # two of them are one object
    known = reader.change(PEEKING)
    reader.repository.commit("feature", {"c.bin": b"\0changed", "new.py": "new\n"})
    assert len(peeked(reader, known)) == 1
    assert starts(reader.change(PEEKING, known)) == {
        "a.bin": b"\0a",
        "b.bin": b"\0a",
        "c.bin": b"\0changed",
        "new.py": b"",
    }


def test_what_was_read_without_them_does_not_hide_that_they_are_wanted(reader: Reader) -> None:
    reader.open({"a.bin": b"\0a", "large.bin": b"\0" * 2 * MIB})
    known = reader.change()
    old = replace(known, files=tuple(_as_an_older_steward_kept_it(file) for file in known.files))
    assert [line for line in price(reader, lambda: reader.change(PEEKING, old)) if "Texts" in line] == []
    assert len(peeked(reader, old)) == 2
    assert starts(reader.change(PEEKING, old)) == {"a.bin": b"\0a", "large.bin": bytes(4_096)}


def _as_an_older_steward_kept_it(file: ChangedFile) -> ChangedFile:
    return replace(file, content=Content("", whole=False, binary=True))


def test_no_more_than_twenty_are_begun_large_or_small_and_the_next_look_reads_on(reader: Reader) -> None:
    small = {f"{number:02}.bin": b"\0" + f"{number}".encode() for number in range(29)}
    reader.open({**small, "large.py": large()})
    known = reader.change(PEEKING)
    assert len(peeked(reader)) == 20
    gaps = {gap.path: (gap.need, gap.final) for gap in known.unseen}
    assert gaps == {f"{number}.bin": (Need.BYTES, False) for number in range(19, 29)}
    (reason,) = {gap.reason for gap in known.unseen}
    assert reason == (
        "it is no text, and Steward begins 20 such files at one look; it reads on when it looks again, as by "
        "/steward check"
    )
    assert len(peeked(reader, known)) == 10
    assert reader.change(PEEKING, known).unseen == ()


@pytest.mark.parametrize("status", [403, 404])
def test_first_bytes_that_github_does_not_show_are_said_to_be_unseen(reader: Reader, status: int) -> None:
    reader.open({"a.bin": b"\0a"})
    reader.github.fail(status, match="/git/blobs/")
    change = reader.change(PEEKING)
    (gap,) = change.unseen
    assert (gap.need, gap.path, gap.final) == (Need.BYTES, "a.bin", True)
    assert gap.reason == "it is no text, and GitHub does not show its first bytes"
    assert starts(change) == {"a.bin": b""}
