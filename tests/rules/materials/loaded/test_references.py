# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""All that new lines load: each once, in order, and no more than can be told."""

import pytest

from rules.change import ChangedFile, Content, FileStatus
from rules.materials.loaded.references import MOST, references, unread
from rules.materials.material import Sort
from tests.rules.materials.lines_help import adding, change, told

LOAD = 'x = load_dataset("org/{}")\n'


def test_each_is_told_once_at_its_first_place() -> None:
    files = adding("b.py", LOAD.format("one")), adding("a.py", "\n" + LOAD.format("ONE") + LOAD.format("two"))
    found = references(change(*files), Sort.DATASET)
    assert [(one.id, one.path, one.line) for one in found] == [("org/ONE", "a.py", 2), ("org/two", "a.py", 3)]


def test_there_is_an_end_to_what_is_told() -> None:
    files = [adding(f"{at:03}.py", "".join(LOAD.format(f"{at}-{n}") for n in range(100))) for at in range(4)]
    assert len(references(change(*files), Sort.DATASET)) == MOST


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("tests/a.py", 'load_dataset("squad")', []),
        ("tests/a.py", 'load_dataset("org/name")', ["dataset org/name"]),
        ("a.py", 'load_dataset(", [)\nload_dataset("org/name"', ["dataset org/name"]),
        ("a.py", "load_dataset(name)", []),
        ("a.py", "((((" * 5_000, []),
        ("a.md", 'load_dataset("org/name")', []),
    ],
)
def test_only_names_that_are_written_out_count(path: str, text: str, found: list[str]) -> None:
    assert told(path, text) == found


def test_what_was_not_shown_is_named_unless_it_is_no_text() -> None:
    files = [ChangedFile(path, FileStatus.MODIFIED, additions=9) for path in ("b.py", "a.ipynb", "notes.md")]
    binary = ChangedFile("c.py", FileStatus.ADDED, content=Content("", whole=True, binary=True))
    assert unread(change(*files, binary), Sort.MODEL) == ("a.ipynb", "b.py")
