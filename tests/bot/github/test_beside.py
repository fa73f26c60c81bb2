# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files that say something of changed ones: which there are at which end, what they hold, and at what price."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.demo.github.git.content import Submodule, Symlink, Written
from bot.github.beside import UNASKED, UNREAD
from bot.github.change import read_change
from bot.github.errors import Unavailable
from bot.github.wanted import Place, Wanted
from rules.change import Change, ChangedFile, Need, Side
from tests.bot.github.reader import Reader, price, text

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PULL, FILES = "POST /graphql", "GET /repos/acme/widgets/pulls/1/files"
ENTRIES, TEXTS = "POST /graphql Entries", "POST /graphql Texts"
TREES = "GET /repos/acme/widgets/git/trees"


def around(file: ChangedFile) -> Iterator[Place]:
    """A license for itself, and what may stand in each folder above it; nothing beside what is no source."""
    if not file.path.endswith(".py"):
        return
    yield Side.HEAD, f"{file.path}.license"
    parts = file.path.split("/")[:-1]
    for depth in range(len(parts) + 1):
        folder = "".join(f"{part}/" for part in parts[:depth])
        yield Side.HEAD, f"{folder}REUSE.toml"
        yield Side.BASE, f"{folder}.gitattributes"


SOURCES = Wanted(frozenset({Need.CONTENT}), lambda file: file.path.endswith(".py"), around)


def beside(change: Change) -> dict[Place, str]:
    return {(one.side, one.path): one.text for one in change.beside}


def look(reader: Reader, known: Change | None = None) -> Change:
    return reader.change(SOURCES, known)


def start_with(reader: Reader, files: dict[str, Written]) -> None:
    reader.repository.commit("main", files)


def several(name: str = "new", count: int = 10) -> dict[str, Written]:
    return {f"src/{name}_{number}.py": f"x = {number}\n" * 3 for number in range(count)}


# -- what is seen -------------------------------------------------------------------------------------------------


def test_each_folder_on_the_way_to_a_file_has_its_say(reader: Reader) -> None:
    start_with(reader, {"REUSE.toml": "root", "src/REUSE.toml": "src", "docs/REUSE.toml": "docs", "src/b.py": "b\n"})
    reader.open({"src/deep/a.py": "a\n", "src/deep/REUSE.toml": "deep", "docs/c.md": "c\n"})
    assert beside(look(reader)) == {
        (Side.HEAD, "REUSE.toml"): "root",
        (Side.HEAD, "src/REUSE.toml"): "src",
        (Side.HEAD, "src/deep/REUSE.toml"): "deep",
    }


def test_all_of_a_text_is_read_however_long(reader: Reader) -> None:
    long = "# ☃ a line of a long file\n" * 8_000
    start_with(reader, {"REUSE.toml": long, ".gitattributes": long})
    reader.open({"a.py": "a\n", "a.py.license": long})
    assert set(beside(look(reader)).values()) == {long}
    assert len(look(reader).beside) == 3


def test_the_base_speaks_for_itself_and_so_does_the_head(reader: Reader) -> None:
    start_with(reader, {".gitattributes": "base", "REUSE.toml": "base", "old.py.license": "base"})
    reader.open({"old.py": "changed\n", ".gitattributes": "head", "REUSE.toml": "head", "old.py.license": None})
    assert beside(look(reader)) == {(Side.BASE, ".gitattributes"): "base", (Side.HEAD, "REUSE.toml"): "head"}


def test_the_base_is_the_tip_of_its_branch(reader: Reader) -> None:
    start_with(reader, {".gitattributes": "before"})
    reader.open({"a.py": "a\n"})
    start_with(reader, {".gitattributes": "now"})
    assert beside(look(reader)) == {(Side.BASE, ".gitattributes"): "now"}


def test_without_a_base_branch_only_the_head_speaks(reader: Reader) -> None:
    start_with(reader, {".gitattributes": "base", "REUSE.toml": "head"})
    reader.open({"a.py": "a\n"})
    gone = replace(reader.pull(), base="")
    assert beside(read_change(reader.client, gone, SOURCES)) == {(Side.HEAD, "REUSE.toml"): "head"}


def test_links_folders_and_submodules_are_no_such_files(reader: Reader) -> None:
    start_with(reader, {".gitattributes": Symlink("README.md"), "docs/REUSE.toml/a": "a folder"})
    reader.open({"docs/a.py": "a\n", "REUSE.toml": Symlink("old.py"), "docs/a.py.license": Submodule("1" * 40)})
    change = look(reader)
    assert (change.beside, change.unseen) == ((), ())


def test_nothing_is_looked_for_beside_what_nobody_wants_to_see(reader: Reader) -> None:
    start_with(reader, {"REUSE.toml": "root"})
    reader.open({"a.txt": "a\n", "old.py": None})
    assert price(reader, lambda: look(reader)) == [PULL, FILES]
    assert look(reader).beside == ()


def test_a_changed_file_may_itself_be_one(reader: Reader) -> None:
    start_with(reader, {"a.py": "a\n", "a.py.license": "before\n" * 2_000})
    reader.open({"a.py": "changed\n", "a.py.license": "after\n" * 2_000})
    everything = replace(SOURCES, content=lambda _file: True)
    change = reader.change(everything)
    assert beside(change) == {(Side.HEAD, "a.py.license"): "after\n" * 2_000}
    assert [text(file) for file in change.files] == ["changed\n", ("after\n" * 2_000)[:8_192]]


def test_files_of_the_same_bytes_are_one_object(reader: Reader) -> None:
    start_with(reader, {"REUSE.toml": "same\n" * 3_000})
    reader.open({"old.py": "same\n" * 3_000})
    change = look(reader)
    assert beside(change) == {(Side.HEAD, "REUSE.toml"): "same\n" * 3_000}
    assert text(change.files[0]) == ("same\n" * 3_000)[:8_192]


# -- what is not seen ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "reason"),
    [("x" * (256 * 1024 + 1), "it is larger than 256 KiB"), (b"\0\1\2", "it is binary")],
)
@pytest.mark.parametrize("where", ["before", "in the same contribution"])
def test_one_that_cannot_be_read_is_said_to_be_unseen(
    reader: Reader, content: str | bytes, reason: str, where: str
) -> None:
    if where == "before":
        start_with(reader, {"REUSE.toml": content})
    reader.open({"a.py": "a\n"} if where == "before" else {"a.py": "a\n", "REUSE.toml": content})
    change = look(reader)
    assert change.beside == ()
    assert [(gap.need, gap.path, gap.reason, gap.final) for gap in change.unseen] == [
        (Need.CONTENT, "REUSE.toml", reason, True)
    ]


def test_at_the_base_it_is_said_where(reader: Reader) -> None:
    start_with(reader, {".gitattributes": b"\0"})
    reader.open({"a.py": "a\n"})
    (gap,) = look(reader).unseen
    assert (gap.path, gap.reason) == (".gitattributes", "as it is on the base branch, it is binary")


def test_no_more_is_read_than_fits_into_memory(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.github.beside.TOGETHER", 15)
    start_with(reader, {"REUSE.toml": "8 bytes\n", "src/REUSE.toml": "8 bytes\n"})
    reader.open({"src/a.py": "a\n", "src/a.py.license": "twelve\nbytes", "a.py": "a\n", "a.py.license": "8\nbytes\n"})
    change = look(reader)
    assert [one.path for one in change.beside] == ["a.py.license", "REUSE.toml"]
    assert change.unseen == (UNREAD,)


def test_no_more_texts_are_asked_for_than_a_look_may_cost(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.github.blobs.PER_CALL", 2)
    monkeypatch.setattr("bot.github.blobs.CALLS", 2)
    sidecars = {f"{name}.py.license": f"license of {name}\n" for name in "abc"}
    start_with(reader, {**dict.fromkeys(("a.py", "b.py", "c.py"), "before\n"), **sidecars})
    reader.open({f"{name}.py": f"{name} changed\n" for name in "abc"})
    assert price(reader, lambda: look(reader)).count(TEXTS) == 2
    change = look(reader)
    assert [one.path for one in change.beside] == sorted(sidecars)
    assert [text(file) for file in change.files] == ["a changed\n", None, None]
    assert [(gap.path, gap.final) for gap in change.unseen] == [("b.py", False), ("c.py", False)]


def test_the_next_look_reads_on_where_one_has_ended(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.github.blobs.PER_CALL", 2)
    monkeypatch.setattr("bot.github.blobs.CALLS", 1)
    start_with(reader, {f"{number}.py": "before\n" for number in range(4)})
    reader.open({f"{number}.py": f"{number}\n" for number in range(4)})
    first = look(reader)
    second = look(reader, first)
    assert [text(file) for file in first.files] == ["0\n", "1\n", None, None]
    assert [text(file) for file in second.files] == ["0\n", "1\n", "2\n", "3\n"]
    assert second.unseen == ()


def test_files_beside_others_that_are_too_many_are_said_to_be_unseen_once(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.github.blobs.PER_CALL", 2)
    monkeypatch.setattr("bot.github.blobs.CALLS", 1)
    start_with(reader, {f"{name}.py.license": f"license of {name}\n" for name in "abcd"})
    reader.open({f"{name}.py": f"{name} is new\n" * 2 for name in "abcd"})
    change = look(reader)
    assert [one.path for one in change.beside] == ["a.py.license", "b.py.license"]
    assert change.unseen == (UNREAD,)


def test_256_kib_are_read(reader: Reader) -> None:
    start_with(reader, {"REUSE.toml": "x" * 256 * 1024})
    reader.open({"a.py": "a\n"})
    assert [len(one.text) for one in look(reader).beside] == [256 * 1024]


def test_a_text_that_github_cuts_is_read_by_its_bytes(reader: Reader) -> None:
    start_with(reader, {"REUSE.toml": "x" * 200})
    reader.open({"a.py": "a\n"})
    reader.github.limits.blob_text = 100
    assert set(beside(look(reader)).values()) == {"x" * 200}


def test_one_that_github_does_not_show_is_looked_at_again(reader: Reader) -> None:
    start_with(reader, {"REUSE.toml": "x" * 200})
    reader.open({"a.py": "a\n"})
    reader.github.limits.blob_text = 100
    reader.github.fail(404, match="/git/blobs/")
    (gap,) = look(reader).unseen
    assert (gap.path, gap.reason, gap.final) == ("REUSE.toml", "it is not shown whole by GitHub", False)


def test_no_more_are_read_by_their_bytes_than_a_look_may_cost(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.github.blobs.ALONE", 1)
    start_with(reader, {"REUSE.toml": b"\xff", "src/REUSE.toml": b"\xfe"})
    reader.open({"src/a.py": "a\n"})
    first = look(reader)
    assert ([one.path for one in first.beside], [gap.final for gap in first.unseen]) == (["REUSE.toml"], [False])
    second = look(reader, first)
    assert ([one.path for one in second.beside], second.unseen) == (["REUSE.toml", "src/REUSE.toml"], ())


BYTES = {
    "not UTF-8": b"version = 1 # \xe9\xff\n",
    "cut in a character": b"# \xe2\x98",
    "a byte order mark": b"\xef\xbb\xbfversion = 1\n",
    "line ends of Windows": b"version = 1\r\n",
    "U+FFFD itself": "# \ufffd\n# two\n".encode(),
    "a line separator": "# \u2028\x0c\x85\n# two\n".encode(),
}


@pytest.mark.parametrize("data", BYTES.values(), ids=BYTES)
@pytest.mark.parametrize("where", ["before", "in the same contribution"])
@pytest.mark.parametrize("guessed", [None, {"isBinary": None, "isTruncated": False, "text": None}], ids=["as is", "no"])
def test_what_a_checkout_would_read_is_read(
    reader: Reader, data: bytes, where: str, guessed: dict[str, object] | None
) -> None:
    if where == "before":
        start_with(reader, {"REUSE.toml": data})
    reader.open({"a.py": "a\n"} if where == "before" else {"a.py": "a\n", "REUSE.toml": data})
    if guessed:
        reader.github.fail(200, "Texts", body={"data": {"repository": {"b0": guessed}}})
    change = look(reader)
    assert beside(change) == {(Side.HEAD, "REUSE.toml"): data.decode("utf-8", "replace")}
    assert change.unseen == ()


@pytest.mark.parametrize("guess", ["version = 1 # \xe9\n", "version = 1 # \ud800\n", "version = 1\n"])
def test_what_github_makes_of_another_encoding_is_not_taken(reader: Reader, guess: str) -> None:
    start_with(reader, {"REUSE.toml": b"version = 1 # \xe9\n"})
    reader.open({"a.py": "a\n"})
    shown = {"isBinary": False, "isTruncated": False, "text": guess}
    reader.github.fail(200, "Texts", body={"data": {"repository": {"b0": shown}}})
    assert set(beside(look(reader)).values()) == {"version = 1 # \ufffd\n"}


@pytest.mark.parametrize("end", ["head", "base"])
def test_a_commit_that_github_does_not_know_yet_is_its_trouble(reader: Reader, end: str) -> None:
    reader.open({"a.py": "a\n"})
    pull = reader.pull()
    known = {f"f{number}": None for number in range(2)}
    reader.github.fail(200, "Entries", body={"data": {"repository": {"head": known, "base": known, end: None}}})
    with pytest.raises(Unavailable, match=f"does not know the {end} commit"):
        read_change(reader.client, pull, SOURCES)


# -- at what price ------------------------------------------------------------------------------------------------


def test_beside_added_files_one_call_more_tells_that_there_is_nothing(reader: Reader) -> None:
    reader.open(several())
    assert price(reader, lambda: look(reader)) == [PULL, FILES, ENTRIES]


def test_and_another_what_there_is(reader: Reader) -> None:
    start_with(reader, {"REUSE.toml": "root", "src/.gitattributes": "src"})
    reader.open(several())
    assert price(reader, lambda: look(reader)) == [PULL, FILES, ENTRIES, TEXTS]


def test_beside_modified_files_they_cost_nothing_more(reader: Reader) -> None:
    start_with(reader, {**dict.fromkeys(several(), "before\n"), "REUSE.toml": "root", ".gitattributes": "base"})
    reader.open(several())
    assert price(reader, lambda: look(reader)) == [PULL, FILES, ENTRIES, TEXTS]


def test_one_that_comes_with_its_file_is_in_a_patch(reader: Reader) -> None:
    reader.open({"a.py": "a\n", "a.py.license": "SPDX-License-Identifier: MIT\n", "REUSE.toml": "one\ntwo\n"})
    assert price(reader, lambda: look(reader)) == [PULL, FILES, ENTRIES]
    assert set(beside(look(reader)).values()) == {"SPDX-License-Identifier: MIT\n", "one\ntwo\n"}


def test_after_a_push_the_same_texts_are_at_hand(reader: Reader) -> None:
    start_with(reader, {"REUSE.toml": "root", ".gitattributes": "base"})
    reader.open({**several(), "src/REUSE.toml": "src\nsrc\n"})
    known = look(reader)
    reader.repository.commit("feature", {"b.py": "b\n" * 3, "src/new_0.py": "pushed\n" * 3})
    assert price(reader, lambda: look(reader, known)) == [PULL, FILES, ENTRIES]
    assert beside(look(reader, known)) == beside(known)


def test_a_text_that_is_known_from_beside_is_not_read_for_a_changed_file_either(reader: Reader) -> None:
    start_with(reader, {"REUSE.toml": "same\n" * 3})
    reader.open({"a.py": "a\n" * 3})
    known = look(reader)
    reader.repository.commit("feature", {"old.py": "same\n" * 3})
    assert price(reader, lambda: look(reader, known)) == [PULL, FILES, ENTRIES]
    assert text(look(reader, known).files[1]) == "same\n" * 3


def test_many_come_out_of_one_tree(reader: Reader) -> None:
    start_with(reader, {"REUSE.toml": "root", "src/.gitattributes": "src", "src/new_7.py.license": "seven"})
    reader.open(several(count=120))
    asked = price(reader, lambda: look(reader))
    assert asked == [PULL, FILES, FILES, f"{TREES}/{reader.pull().head}", ENTRIES, TEXTS]
    assert beside(look(reader)) == {
        (Side.HEAD, "REUSE.toml"): "root",
        (Side.BASE, "src/.gitattributes"): "src",
        (Side.HEAD, "src/new_7.py.license"): "seven",
    }


def test_what_a_cut_tree_lacks_is_asked_for_by_name(reader: Reader) -> None:
    start_with(reader, {"REUSE.toml": "root", **dict.fromkeys(several("old", 60), "before\n")})
    reader.open({**several("old", 60), "src/zz.py": "z\n" * 2})
    reader.github.limits.tree_entries = 5
    change = look(reader)
    assert beside(change) == {(Side.HEAD, "REUSE.toml"): "root"}
    assert all(file.content for file in change.files)
    assert change.unseen == ()


def test_too_many_names_are_not_asked_for_and_that_is_said(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.github.entries.CALLS", 1)
    start_with(reader, dict.fromkeys(several("old", 110), "before\n"))
    reader.open(several("old", 110))
    reader.github.limits.tree_entries = 5
    asked = price(reader, lambda: look(reader))
    assert asked == [PULL, FILES, FILES, f"{TREES}/{reader.pull().head}", ENTRIES, TEXTS]
    change = look(reader)
    unread = [file.path for file in change.files if not file.content]
    assert {gap.path for gap in change.unseen} == {*unread, None}
    assert all(gap.final for gap in change.unseen)
    assert UNASKED in change.unseen


def test_paths_that_would_fill_the_memory_are_not_even_named(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.github.wanted.LONGEST", 60)
    start_with(reader, {"REUSE.toml": "root"})
    reader.open({"a.py": "a\n", "b/c/d/e.py": "e\n"})
    change = look(reader)
    assert beside(change) == {(Side.HEAD, "REUSE.toml"): "root"}
    assert change.unseen == (UNASKED,)


def test_however_many_folders_are_touched_each_has_its_say_at_the_base(reader: Reader) -> None:
    start_with(reader, {"src/vendor/ours/.gitattributes": "deep", "z/.gitattributes": "last"})
    padding = {f"a{number:03}/x.py": "x\n" for number in range(110)}
    reader.open({**padding, "src/vendor/ours/a.py": "a\n", "z/a.py": "z\n"})
    asked = price(reader, lambda: look(reader))
    base, head = reader.pull().base, reader.pull().head
    assert asked == [PULL, FILES, FILES, f"{TREES}/{head}", f"{TREES}/{base}", TEXTS]
    change = look(reader)
    assert change.unseen == ()
    assert beside(change) == {
        (Side.BASE, "src/vendor/ours/.gitattributes"): "deep",
        (Side.BASE, "z/.gitattributes"): "last",
    }


def test_folders_at_the_base_that_cannot_all_be_asked_for_are_said_to_be_unseen(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.github.entries.CALLS", 1)
    start_with(reader, {"src/vendor/ours/.gitattributes": "deep"})
    reader.open({**{f"a{number:03}/x.py": "x\n" for number in range(110)}, "src/vendor/ours/a.py": "a\n"})
    reader.github.limits.tree_entries = 1
    assert UNASKED in look(reader).unseen


@pytest.mark.parametrize("call", ["Entries", "Texts"])
def test_a_call_that_github_cannot_answer_in_time_is_halved(reader: Reader, call: str) -> None:
    start_with(reader, {"REUSE.toml": "root", ".gitattributes": "base", "a.py.license": "a"})
    reader.open({"a.py": "a\n"})
    reader.github.fail(502, match=call)
    assert set(beside(look(reader)).values()) == {"root", "base", "a"}
