# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files that are too large to download: their beginning is read, and the line is cut before the rest comes."""

import pytest

from bot.github.errors import Unavailable
from rules.change import KEPT
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
    assert (content.binary, content.text) == (True, "")
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


def test_no_more_than_twenty_are_begun(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.github.beginnings.MOST", 2)
    reader.open({f"{number}.py": large(f"{number}\n") for number in range(4)})
    change = reader.change()
    assert [file.content is not None for file in change.files] == [True, True, False, False]
    assert [(gap.path, gap.final) for gap in change.unseen] == [("2.py", True), ("3.py", True)]
    assert {gap.reason for gap in change.unseen} == {"it is larger than 1 MiB, as are 2 files before it"}


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
