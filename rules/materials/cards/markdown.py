# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The lines of a Markdown text: which are headings, which begin with a label in bold, and which are words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.materials.cards.empty import plain

LONGEST_TITLE = 300
"""Characters of a heading."""
LONGEST_LABEL = 60

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BULLET = re.compile(r"[ \t>]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_LABEL = re.compile(rf"(\*\*|__)(?P<name>[^*_:]{{1,{LONGEST_LABEL}}})(?::[ \t]*\1|[ \t]*\1[ \t]*:)(?P<rest>.*)")
_OPTIONAL = re.compile(r"[\[(]optional[\])]", re.IGNORECASE)
_NUMBER = re.compile(r"^[\d.]+\s+")
_CARD_OF = re.compile(
    r"^\W*(?:data(?:set)?|model)[ -]?(?:card|sheet)\b(?:[ \t]*(?:for\b|of\b|[:\u2013\u2014-]))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number. `level` is that of a heading, else 0; `title` is a heading's, or a label's name.

    `text` is what stands there beside that, without the mark of a list.
    """

    number: int
    text: str = ""
    level: int = 0
    title: str = ""


def lines_of(body: str, first: int) -> Iterator[Line]:
    """The lines of a text that begins on line `first`, without empty ones and comments; fenced code is words alone."""
    lines = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), body).split("\n")
    fence = ""
    for number, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True), first):
        if fence:
            fence = "" if line.strip().startswith(fence) else fence
            yield Line(number, line)
        elif opening := _FENCE.match(line):
            fence = opening[1]
        elif line.strip():
            yield _line(line, following, number)


def _line(line: str, following: str, number: int) -> Line:
    if heading := _HEADING.match(line):
        return Line(number, level=len(heading[1]), title=_cut(heading[2]))
    bullet = _BULLET.match(line)
    if not bullet and _UNDERLINE.match(following) and plain(line):
        return Line(number, level=1 if "=" in following else 2, title=_cut(line))
    words = line[bullet.end() :] if bullet else line.strip()
    label = _LABEL.match(words)
    return Line(number, label["rest"], title=label["name"]) if label else Line(number, words)


def _cut(title: str | None) -> str:
    return (title or "").strip()[:LONGEST_TITLE]


def title_of(text: str) -> str:
    """A heading or label as the tables spell it: without emphasis, numbers and `[optional]`, in lower case."""
    return _NUMBER.sub("", plain(_OPTIONAL.sub("", text))).replace("&", "and")


def name_in(title: str) -> str:
    """What a card's heading calls the thing: all but the words `Dataset Card for`."""
    return _CARD_OF.sub("", title).strip()
