# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The boxes in the description of a pull request, ticked or not, and the text that people see of it.

Where a box stands is told by the structure of the Markdown, not by its look: GitHub shows none in code, a quotation is
somebody else's, and nobody sees what a comment in HTML holds.
Source: GitHub Flavored Markdown Spec, "Task list items".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST_TEXT = 65_536
"""Characters that GitHub lets a description have; what follows is not read."""
LONGEST_LINE = 1_000
"""Characters of the text beside a box; to read more could take long."""

_BOX = re.compile(r"\[(?P<mark>[xX\s])\]\s+")
_NESTING = 20


@dataclass(frozen=True, slots=True)
class Box:
    """One box and the text beside it, on one line, without code and what is struck out."""

    ticked: bool
    text: str


@dataclass(frozen=True, slots=True)
class Description:
    """What a description holds: its boxes, and the paragraphs that are not quoted, as their author wrote them."""

    boxes: tuple[Box, ...] = ()
    paragraphs: tuple[str, ...] = ()


def description(markdown: str) -> Description:
    """Read a description."""
    references: dict[str, object] = {}
    tokens = list(_unquoted(_READER.parse(markdown[:LONGEST_TEXT], references)))
    paragraphs = tuple(token.content for token in tokens if token.type == "inline")
    return Description(tuple(_boxes(tokens, references)), paragraphs)


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable("strikethrough")
    # Blocks only: of most, nobody needs to know what is in their lines.
    reader.core.ruler.disable(["inline", "text_join"])
    return reader


_READER = _reader()


def _unquoted(tokens: Iterable[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += token.nesting if token.tag == "blockquote" else 0
        if not depth:
            yield token


def _boxes(tokens: list[Token], references: dict[str, object]) -> Iterator[Box]:
    """What an item of a list begins with, if that is a box."""
    for item, paragraph, block in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if (item.type, paragraph.type) == ("list_item_open", "paragraph_open"):
            box = _BOX.match(block.content)
            if box:
                text = block.content[box.end() :][:LONGEST_LINE]
                yield Box(not box["mark"].isspace(), _seen(text, references))


def _seen(markdown: str, references: dict[str, object]) -> str:
    tokens: list[Token] = []
    _READER.inline.parse(markdown, _READER, references, tokens)
    return " ".join("".join(_texts(tokens)).split())


def _texts(tokens: Iterable[Token]) -> Iterator[str]:
    struck = 0
    for token in tokens:
        struck += token.nesting if token.tag == "s" else 0
        if token.type in ("text", "text_special") and not struck:
            yield token.content
        elif not token.nesting:
            yield " "
