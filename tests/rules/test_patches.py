# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Patches and what they show: where each new line stands, and which stand together."""

import pytest

from rules.change import Lines
from rules.patches import all_new, count, new_lines, shown_rows, size


@pytest.mark.parametrize(
    ("patch", "lines"),
    [
        ("", ()),
        ("no patch at all", ()),
        ("@@ -0,0 +1 @@\n+one", (Lines(1, "one"),)),
        ("@@ -0,0 +1,2 @@\n+one\n+\n\\ No newline at end of file", (Lines(1, "one\n"),)),
        ("@@ -1,3 +1,3 @@ def f():\n a\n-b\n+c\n d", (Lines(2, "c"),)),
        ("@@ -1,2 +1,2 @@\n-a\n+A\n-b\n+B", (Lines(1, "A\nB"),)),  # one behind the other in the new file
        ("@@ -1,3 +1,5 @@\n+a\n b\n+c\n d\n+e", (Lines(1, "a"), Lines(3, "c"), Lines(5, "e"))),
        ("@@ -1 +1 @@\n-a\n+b\n@@ -20 +30 @@\n-y\n+z", (Lines(1, "b"), Lines(30, "z"))),
        ("@@ -1 +1 @@\n-a\n+b\n@@ -2,0 +2 @@\n+c", (Lines(1, "b\nc"),)),
        ("@@ -0,0 +1,2 @@\n+@@ -1 +9 @@\n++++ x\r", (Lines(1, "@@ -1 +9 @@\n+++ x\r"),)),
        ("@@ -1,2 +0,0 @@\n-a\n-b", ()),
        ("@@ -0,0 +1 @@\n+\x0cform\x85feed\u2028", (Lines(1, "\x0cform\x85feed\u2028"),)),
    ],
)
def test_the_new_lines_of_a_patch_stand_where_the_new_file_has_them(patch: str, lines: tuple[Lines, ...]) -> None:
    assert new_lines(patch) == lines


def test_all_rows_of_the_new_file_are_shown() -> None:
    assert list(shown_rows("@@ -1,2 +4,2 @@\n a\n-b\n+c")) == [(4, " a"), (5, "+c")]


@pytest.mark.parametrize(
    ("text", "lines", "number", "length"),
    [
        ("", (), 0, 0),
        ("\n", (Lines(1, ""),), 1, 0),
        ("one", (Lines(1, "one"),), 1, 3),
        ("one\n", (Lines(1, "one"),), 1, 3),
        ("one\n\ntwo☃\n", (Lines(1, "one\n\ntwo☃"),), 3, 11),
    ],
)
def test_of_a_new_file_all_lines_are_new(text: str, lines: tuple[Lines, ...], number: int, length: int) -> None:
    assert all_new(text) == lines
    assert (count(lines), size(lines)) == (number, length)


def test_lines_are_counted_over_all_runs() -> None:
    lines = (Lines(1, "a\nb"), Lines(9, "c"))
    assert (count(lines), size(lines)) == (3, 4)


def test_what_no_encoding_can_hold_is_measured_all_the_same() -> None:
    assert size((Lines(1, "\ud800"),)) == 1
