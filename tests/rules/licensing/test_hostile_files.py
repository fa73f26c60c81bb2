# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Texts that mean harm: none ends the comment that it is written into, none takes long to be read."""

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.licensing.comments import WINDOW, first_comments, place_for_header, takes_header, window, written
from rules.licensing.kinds import Kind
from tests.rules.headers_help import code, finding
from tests.rules.licensing.kinds_help import BEGUN, CODE, KINDS, OF_STYLE, ROWS, STYLES, TAG, WORDINGS, paths

# -- what is written is harmless ----------------------------------------------------------------------------------

MARKS = sorted({mark for row in STYLES.values() for pair in row.get("blocks", ()) for mark in pair})
EVIL = [*MARKS, "*/ evil()", "--> <script>", "--!>", "?>", "\\", "??/", "\n", "\r", "\u2028", "\0", "\u202e", "%}", "-"]
TEXTS = st.lists(st.sampled_from(EVIL) | st.text(max_size=5), max_size=8).map("".join)


def assert_harmless(style: str, texts: list[str]) -> None:
    """That a comment of these texts is one comment up to its end, and nothing behind it is."""
    name = OF_STYLE[style]
    comment = written([*texts, "the end"], KINDS[name].style)
    text = BEGUN.get(name, "") + comment + "\n" + CODE
    read = first_comments(window(text), KINDS[name])
    assert any("the end" in line.text for line in read[-2:])
    assert not any("code(1)" in line.text for line in read)
    assert len(read) >= comment.count("\n") + 1
    assert all(line.isprintable() for line in comment.split("\n"))
    for begin, end in STYLES[style].get("blocks", ()):
        assert not comment.startswith(begin) or comment.count(end) == 1


@pytest.mark.parametrize("style", STYLES)
def test_no_mark_ends_the_comment_that_it_is_in(style: str) -> None:
    for mark in EVIL:
        assert_harmless(style, [f"a {mark} b", mark, mark * 3, f"a{mark}"])


@settings(max_examples=500)
@given(st.sampled_from(sorted(STYLES)), st.lists(TEXTS, max_size=4))
def test_no_text_whatever_ends_the_comment_that_it_is_in(style: str, texts: list[str]) -> None:
    assert_harmless(style, texts)


@pytest.mark.parametrize("end", ["?>", " ?>", "a?>b"])
def test_no_text_ends_the_php_that_it_is_in(end: str) -> None:
    assert "?>" not in written([end], KINDS["PHP"].style)


# -- hostile input ------------------------------------------------------------------------------------------------

HOSTILE = [
    *(
        "#",
        "#\n",
        "# )",
        "(",
        "# SPDX-License-Identifier: MIT )",
        TAG + " AND ",
        "coding ",
        "# - ",
        "#!",
        "\n#!",
        "<?xml",
    ),
    *(
        "<?xml>",
        "<!doctype",
        "<!doctype>",
        "<!doctype [",
        "<!doctype '",
        "<!--",
        "<!-- -->",
        "---\n",
        "--- ",
        "+++\n",
        " \t",
    ),
    *(
        "\n",
        "..\n  x\n\n",
        ".. \n",
        "/*",
        "/**/",
        "/* @jest-",
        "//\n",
        "# ---\n",
        "<%@",
        "<%@ %>",
        "'use strict';",
        "%TAG x\n",
    ),
    *(
        "-*-",
        "# -*-\n",
        "/* vim: a */",
        "# syntax=\n",
        "@charset",
        "declare(",
        "xquery version ",
        "{# #}",
        '"',
        "(*",
        "(* *)",
    ),
]


class Steps:
    """Counts the calls that a program makes."""

    def __init__(self) -> None:
        self.calls = 0

    def seen(self, _frame: FrameType, event: str, _what: object) -> None:
        self.calls += event in ("call", "c_call")

    def of(self, text: str, kind: Kind) -> int:
        """How many calls it takes to read a text and to find the place for its header."""
        self.calls = 0
        sys.setprofile(self.seen)
        try:
            first_comments(text, kind)
            place_for_header(text, kind)
            takes_header(text, kind)
        finally:
            sys.setprofile(None)
        return self.calls


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_more_steps_than_in_proportion_to_its_length(piece: str) -> None:
    for name in OF_STYLE.values():
        short, long = (Steps().of(BEGUN.get(name, "") + piece * count, KINDS[name]) for count in (50, 200))
        assert long <= 4 * short + 20, (name, short, long)


PIECES = st.sampled_from(
    [*HOSTILE, "\r\n", " OR ", "Copyright", "(c)", "2020", "\u0130", "\ufffd", "\ud800", "\u2028", "\0"]
)


@given(st.sampled_from(sorted(ROWS)), st.lists(PIECES).map("".join) | st.text(), st.sampled_from(WORDINGS))
def test_no_text_makes_the_rule_stumble(name: str, text: str, style: dict[str, Any]) -> None:
    found = finding(paths(ROWS[name])[0], text, **style)
    assert found is None or (found.line or 0) >= 1


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_text_made_to_be_slow_is_judged_by_its_first_8_kib(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert len(window(text)) <= WINDOW
    for path in ("a.py", "a.xml", "a.md", "a.rst", "a.c", "a.php", "a.yaml", "a.js", "a.jsp"):
        assert code(path, text) in ("header-missing", "header-other-license", None), path
