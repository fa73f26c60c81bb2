# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which lines of a pull request can carry a remark."""

import pytest

from bot.github.suggestions import shown_lines


@pytest.mark.parametrize(
    ("patch", "lines"),
    [
        ("", []),
        ("@@ -0,0 +1 @@\n+one", [(1, "one")]),
        ("@@ -0,0 +1,2 @@\n+one\n+\n\\ No newline at end of file", [(1, "one"), (2, "")]),
        ("@@ -1,3 +1,3 @@ def f():\n a\n-b\n+c\n d", [(1, "a"), (2, "c"), (3, "d")]),
        ("@@ -1 +1 @@\n-a\n+b\n@@ -20,2 +30,2 @@\n x\n-y\n+z", [(1, "b"), (30, "x"), (31, "z")]),
        ("@@ -0,0 +1,2 @@\n+@@ -1 +9 @@\n++x", [(1, "@@ -1 +9 @@"), (2, "+x")]),
        ("@@ -1,2 +0,0 @@\n-a\n-b", []),
        ("no patch at all", []),
    ],
)
def test_the_lines_of_the_new_file_are_counted_in_the_patch(patch: str, lines: list[tuple[int, str]]) -> None:
    assert list(shown_lines(patch)) == lines
