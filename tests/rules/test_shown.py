# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Paths of strangers in sentences."""

import pytest

from rules.shown import shown_path


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("src/a.py", "src/a.py"),
        ("src/\u00e4 b.py", "src/\u00e4 b.py"),
        ("a\nb\x1b[2J\u202e.py", "a\\nb\\x1b[2J\\u202e.py"),
        ("\udcff.py", "\\udcff.py"),
        ("a" * 80, "a" * 80),
        ("x" + "a" * 80, "..." + "a" * 80),
    ],
)
def test_a_path_is_one_line_and_its_end_is_kept(path: str, shown: str) -> None:
    assert shown_path(path) == shown
