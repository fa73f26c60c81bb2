# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The new lines of files: out of the list itself, or of the whole text where GitHub leaves the patch out."""

from dataclasses import replace

import pytest

from bot.demo.github.git.content import Symlink, Written
from bot.github.wanted import Wanted
from rules.change import Change, ChangedFile, Lines, Need
from tests.bot.github.reader import EVERYTHING, Reader, price

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PULL, FILES = "POST /graphql", "GET /repos/acme/widgets/pulls/1/files"
ENTRIES, TEXTS = "POST /graphql Entries", "POST /graphql Texts"


def source(file: ChangedFile) -> bool:
    return file.path.endswith(".py")


BY_LINE = Wanted(frozenset({Need.FILES, Need.LINES}), lambda _file: False, lines=source)


def look(reader: Reader, known: Change | None = None) -> Change:
    return reader.change(BY_LINE, known)


def lines(change: Change) -> dict[str, tuple[Lines, ...] | None]:
    return {file.path: file.lines for file in change.files}


def without_patches(reader: Reader) -> None:
    """As where the whole contribution is too large to be shown."""
    reader.github.limits.patch_size = 0


# -- out of the list ----------------------------------------------------------------------------------------------


def test_patches_show_what_is_new_and_cost_nothing(reader: Reader) -> None:
    reader.repository.commit("main", {"old.py": "a\nb\nc\n", "cut.py": "a\nb\n"})
    reader.open(
        {
            "old.py": "a\nB\nC\nc\nno end",
            "cut.py": "a\n",
            "new.py": "one\n\ntwo\n",
            "empty.py": "",
            "there.py": "y\n" * 20,
            "moved.py": None,
            "gone.py": None,
            "notes.txt": "not asked for\n",
        }
    )
    assert price(reader, lambda: look(reader)) == [PULL, FILES]
    assert lines(look(reader)) == {
        "cut.py": (),
        "empty.py": (),
        "gone.py": None,
        "new.py": (Lines(1, "one\n\ntwo"),),
        "notes.txt": None,
        "old.py": (Lines(2, "B\nC"), Lines(5, "no end")),
        "there.py": None,  # its content is not new
    }


def test_no_rule_that_needs_lines_no_lines(reader: Reader) -> None:
    reader.open({"old.py": "new = 1\n", "new.py": "one\n"})
    nobody = replace(BY_LINE, needs=frozenset({Need.FILES}))
    assert set(lines(reader.change(nobody)).values()) == {None}


def test_a_thousand_files_cost_their_list_alone(reader: Reader) -> None:
    names = [f"m{number}.py" for number in range(250)]
    reader.repository.commit("main", dict.fromkeys(names, "before\n"))
    reader.open(dict.fromkeys(names, "after\n"))
    assert price(reader, lambda: look(reader)) == [PULL, FILES, FILES, FILES]
    assert set(lines(look(reader)).values()) == {(Lines(1, "after"),)}


# -- out of whole texts -------------------------------------------------------------------------------------------


def test_where_github_shows_no_patch_all_lines_count_as_new(reader: Reader) -> None:
    reader.repository.commit("main", {"crlf.py": "a\n"})
    reader.open({"old.py": "old = 1\nmore = 1\n", "new.py": "one", "empty.py": "", "crlf.py": "a\r\nb\r\n"})
    without_patches(reader)
    assert price(reader, lambda: look(reader)) == [PULL, FILES, ENTRIES, TEXTS]
    assert lines(look(reader)) == {
        "crlf.py": (Lines(1, "a\r\nb\r"),),
        "empty.py": (),
        "new.py": (Lines(1, "one"),),
        "old.py": (Lines(1, "old = 1\nmore = 1"),),
    }


def test_a_patch_that_is_in_doubt_counts_for_none(reader: Reader) -> None:
    reader.repository.commit("main", {"latin.py": b"a\n"})
    reader.open({"latin.py": "a\nbyte \xe9 in another encoding\n".encode("latin-1"), "new.py": "one\n"})
    assert price(reader, lambda: look(reader)) == [PULL, FILES, ENTRIES, TEXTS]
    (found,) = lines(look(reader))["latin.py"] or ()
    assert found.text.startswith("a\nbyte ")


def test_a_text_is_read_for_its_lines_and_its_beginning_at_once(reader: Reader) -> None:
    reader.open({"old.py": "x = 1\n" * 5_000})
    without_patches(reader)
    both = replace(EVERYTHING, needs=EVERYTHING.needs | {Need.LINES}, lines=source)
    assert price(reader, lambda: reader.change(both)) == [PULL, FILES, ENTRIES, TEXTS]
    (file,) = reader.change(both).files
    assert file.content is not None
    assert (len(file.content.text), file.content.whole) == (8_192, False)
    assert file.lines == (Lines(1, "x = 1\n" * 4_999 + "x = 1"),)


def test_what_was_read_whole_is_not_read_again(reader: Reader) -> None:
    reader.open({"old.py": "old = 1\nmore = 1\n", "new.py": "no end"})
    without_patches(reader)
    known = look(reader)
    reader.repository.commit("feature", {"other.txt": "other\n"})
    assert price(reader, lambda: look(reader, known)) == [PULL, FILES]
    assert lines(look(reader, known)) == {**lines(known), "other.txt": None}


def test_lines_that_a_patch_showed_say_nothing_of_another_base(reader: Reader) -> None:
    reader.open({"old.py": "old = 1\nmore = 1\n"})
    known = look(reader)
    assert lines(known) == {"old.py": (Lines(2, "more = 1"),)}
    without_patches(reader)
    assert lines(look(reader, known)) == {"old.py": (Lines(1, "old = 1\nmore = 1"),)}


# -- not at all ---------------------------------------------------------------------------------------------------


def test_links_and_what_is_no_text_have_no_lines(reader: Reader) -> None:
    reader.repository.commit("main", {"link.py": Symlink("gone.py")})
    reader.open({"link.py": Symlink("old.py"), "binary.py": b"\0\1"})
    without_patches(reader)
    assert lines(look(reader)) == {"binary.py": None, "link.py": None}
    assert look(reader).unseen == ()


@pytest.mark.parametrize("patched", [True, False])
@pytest.mark.parametrize("name", ["old.py", "new.py"])
def test_more_lines_than_are_looked_at_are_none(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, name: str, patched: bool
) -> None:
    monkeypatch.setattr("bot.github.lines.LARGEST", 20)
    monkeypatch.setattr("bot.github.files.LARGEST", 20)
    reader.open({name: "x = 1\n" * 10})
    if not patched:
        without_patches(reader)
    assert price(reader, lambda: look(reader)) == [PULL, FILES, ENTRIES]
    assert lines(look(reader)) == {name: None}


@pytest.mark.parametrize("shown", [None, {"isBinary": False, "isTruncated": True, "text": "a\n"}])
def test_a_text_that_github_does_not_show_whole_has_none(reader: Reader, shown: object) -> None:
    reader.open({"old.py": "a\nb\n"})
    without_patches(reader)
    reader.github.fail(200, "Texts", body={"data": {"repository": {"b0": shown}}})
    assert lines(look(reader)) == {"old.py": None}


def test_a_file_that_the_head_does_not_have_has_none(reader: Reader) -> None:
    reader.open({"old.py": "a\nb\n"})
    without_patches(reader)
    reader.github.fail(200, "Entries", body={"data": {"repository": {"head": {"f0": None}}}})
    change = look(reader)
    assert (lines(change), change.unseen) == ({"old.py": None}, ())


NUMBERED: dict[str, Written] = {f"{number}.py": f"{number} bytes\n" for number in range(4)}


@pytest.mark.parametrize("patched", [True, False])
def test_no_more_lines_are_kept_than_fit_into_memory(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, patched: bool
) -> None:
    monkeypatch.setattr("bot.github.lines.TOGETHER", 16 if patched else 18)
    reader.open(NUMBERED)
    if not patched:
        without_patches(reader)
    change = look(reader)
    assert [file.lines is not None for file in change.files] == [True, True, False, False]
    assert change.unseen == ()
