# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from bot.web import text as web
from bot.web.text import LONGEST_LINE, MOST_LINES, moment, visible, visible_lines
from rules import people
from tests.rules.test_people import IN_TEXTS


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("src/a.py", "src/a.py"),
        ("été 🐍", "été 🐍"),
        ("a\nb\tc", r"a\u{a}b\u{9}c"),
        ("exe\u202egnp.py", r"exe\u{202e}gnp.py"),
        ("a\u200bb", r"a\u{200b}b"),
        ("a\u3164b", r"a\u{3164}b"),
        ("\ud800", r"\u{d800}"),
        (7, "7"),
        ("x" * LONGEST_LINE, "x" * LONGEST_LINE),
        ("a" * LONGEST_LINE + "b", "a" * 500 + "…" + "a" * 499 + "b"),
    ],
)
def test_a_line_hides_nothing(written: object, shown: str) -> None:
    assert visible(written) == shown


def test_lines_keep_their_ends_and_tabs() -> None:
    assert visible_lines("a\n\tb\r\n") == "a\n\tb\\u{d}\n"


def test_too_many_lines_are_cut() -> None:
    assert visible_lines("\n" * 5_000).count("\n") == MOST_LINES


@pytest.mark.parametrize("written", [*(written for written, _ in IN_TEXTS), f"j@{'x' * 200}.example"])
def test_pages_mask_addresses_as_reports_do(written: str) -> None:
    assert web.masked_in(written) == people.masked_in(written)


def test_a_moment_is_told_in_utc() -> None:
    assert moment(1_800_000_000.9) == "2027-01-15 08:00:00 UTC"
