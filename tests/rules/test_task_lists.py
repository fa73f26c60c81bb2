# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Boxes in Markdown: which are ones to whoever reads the page, what stands beside them, and that no text can hurt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.task_lists import LONGEST_LINE, LONGEST_TEXT, Box, description

YES, NO = Box(True, "AI"), Box(False, "AI")

BOXES: dict[str, tuple[str, tuple[Box, ...]]] = {
    "ticked": ("- [x] AI", (YES,)),
    "ticked with a capital": ("- [X] AI", (YES,)),
    "not ticked": ("- [ ] AI", (NO,)),
    "in a list with asterisks": ("* [x] AI", (YES,)),
    "in a list with plus signs": ("+ [ ] AI", (NO,)),
    "in a numbered list": ("1. [x] AI\n2. [ ] AI", (YES, NO)),
    "numbered with a parenthesis": ("1) [x] AI", (YES,)),
    "with Windows line ends": ("- [x] AI\r\n- [ ] AI\r\n", (YES, NO)),
    "with white space around the text": ("- [x]   AI   ", (YES,)),
    "behind a tab": ("- [x]\tAI", (YES,)),
    "over two lines": ("- [x] made with\n  an AI tool", (Box(True, "made with an AI tool"),)),
    "under a paragraph": ("Hello\n- [x] AI", (YES,)),
    "indented a little": ("   - [x] AI", (YES,)),
    "nested": ("- Tools\n  - [x] AI\n    1. [ ] AI", (YES, NO)),
    "nested in a box": ("- [ ] tools\n  - [x] AI", (Box(False, "tools"), YES)),
    "in a list with empty lines": ("- [x] AI\n\n- [ ] AI", (YES, NO)),
    "in folded HTML": ("<details>\n\n- [x] AI\n\n</details>", (YES,)),
    "emphasized": ("- [x] **AI**", (YES,)),
    "a link": ("- [x] [AI](https://example.com/no)", (YES,)),
    "beside a reference called x": ("- [x] AI\n\n[x]: https://example.com", (YES,)),
    "escaped beside it": (r"- [x] \AI \& co", (Box(True, r"\AI & co"),)),
    "with code beside it": ("- [x] AI `AI`", (YES,)),
    "with nothing but code beside it": ("- [x] `AI`", (Box(True, ""),)),
    "with a comment beside it": ("- [x] AI <!-- not -->", (YES,)),
    "struck out": ("- [x] ~~no~~ AI", (YES,)),
    "struck out with emphasis in it": ("- [x] ~~no **no** no~~ AI", (YES,)),
    "with an image beside it": ("- [x] AI ![no](no.png)", (YES,)),
    "in a quotation": ("> - [x] AI", ()),
    "in a quotation in a list": ("- > [x] AI", ()),
    "behind a quotation in its item": ("- > so\n\n  [x] AI", ()),
    "behind a quotation": ("> - [x] AI\n\n- [ ] AI", (NO,)),
    "in a quotation in a quotation": ("> > - [x] AI\n>\n> - [x] AI", ()),
    "in fenced code": ("```\n- [x] AI\n```", ()),
    "in code that never ends": ("~~~\n- [x] AI", ()),
    "in indented code": ("    - [x] AI", ()),
    "in code in a list": ("-     [x] AI", ()),
    "in inline code": ("`- [x] AI`", ()),
    "in a comment": ("<!-- - [x] AI -->", ()),
    "in a comment of many lines": ("<!--\n\n- [x] AI\n\n-->", ()),
    "in a comment that never ends": ("<!--\n\n- [x] AI", ()),
    "in preformatted HTML": ("<pre>\n- [x] AI\n</pre>", ()),
    "in a table": ("| a | b |\n| - | - |\n| [x] AI | - [x] AI |", ()),
    "in a paragraph": ("[x] AI", ()),
    "in a heading": ("# [x] AI", ()),
    "in a heading in a list": ("- # [x] AI", ()),
    "not at the beginning of its item": ("- AI [x] AI", ()),
    "with nothing in it": ("- [] AI", ()),
    "with white space beside the x": ("- [ x ] AI", ()),
    "with another letter": ("- [y] AI", ()),
    "with a letter that looks like an x": ("- [\u0445] AI", ()),
    "with a tick": ("- [\u2713] AI", ()),
    "escaped": (r"- \[x] AI", ()),
    "without space behind it": ("- [x]AI", ()),
    "a link itself": ("- [x](https://example.com) AI", ()),
    "without anything behind it": ("- [x]", ()),
    "without space before it": ("-[x] AI", ()),
    "nowhere": ("", ()),
}


@pytest.mark.parametrize(("text", "boxes"), BOXES.values(), ids=BOXES)
def test_a_box_is_one_where_people_see_one(text: str, boxes: tuple[Box, ...]) -> None:
    assert description(text).boxes == boxes


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("one\n\ntwo\n2", ("one", "two\n2")),
        ("# one\n\n- two", ("one", "two")),
        ("> one\n\ntwo", ("two",)),
        ("```\none\n```\n\n<!-- two -->", ()),
        ("with [a link](https://example.com)", ("with [a link](https://example.com)",)),
    ],
)
def test_paragraphs_are_what_is_not_quoted(text: str, paragraphs: tuple[str, ...]) -> None:
    assert description(text).paragraphs == paragraphs


def test_a_long_line_is_read_to_a_bound() -> None:
    (box,) = description("- [x] " + "a" * 50_000).boxes
    assert box == Box(True, "a" * LONGEST_LINE)


def test_what_github_would_not_keep_is_not_read() -> None:
    assert description("a" * LONGEST_TEXT + "\n\n- [x] AI").boxes == ()


_PIECES = [
    "- [x] ",
    "[",
    "]",
    "- ",
    "> ",
    "  ",
    "\n",
    "\n\n",
    "`",
    "```",
    "<!--",
    "-->",
    "~~",
    "*",
    "a",
    "|",
    "\\",
    "\0",
]


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=5)))
def test_no_description_is_too_strange(pieces: list[str]) -> None:
    assert all("\n" not in box.text for box in description("".join(pieces)).boxes)


@pytest.mark.parametrize(
    "unit", ["[", "]", "- ", "> ", "- [x] [", "`", "- [x] <!--", "~~a ", "[a](", "- [x] ![[](", "&#", "_a "]
)
def test_a_hostile_description_is_read_all_the_same(unit: str) -> None:
    """Were the work to grow with the square of its length, nobody would see the end of this."""
    assert all(len(box.text) <= LONGEST_LINE for box in description(unit * (LONGEST_TEXT // len(unit))).boxes)
