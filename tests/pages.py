# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The documentation as tests look at it: its pages, their headings, links, tables and examples."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[1]
_PICTURE = re.compile(r'(?:src|srcset)="([^"]+)"')
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Example:
    """A block of code in a page: its language, its text, the heading that it stands under."""

    language: str
    text: str
    heading: str


@dataclass(frozen=True)
class Page:
    """One page, by its path from the top of the repository."""

    path: str

    def __str__(self) -> str:
        return self.path

    @cached_property
    def text(self) -> str:
        return (ROOT / self.path).read_text("utf-8")

    @cached_property
    def _tokens(self) -> list[Token]:
        return MarkdownIt("commonmark").enable("table").parse(self.text)

    @cached_property
    def headings(self) -> list[str]:
        """The words of all headings."""
        return [_words(inline) for inline in self._headings()]

    @cached_property
    def anchors(self) -> set[str]:
        """What a link may name in this page, as GitHub makes it of headings."""
        return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in self.headings}

    @cached_property
    def links(self) -> list[str]:
        """Where the page's links and pictures lead."""
        inner = [child for token in self._tokens for child in token.children or ()]
        linked = [str(child.attrs[name]) for child in inner for name in ("href", "src") if name in child.attrs]
        html = [token.content for token in (*self._tokens, *inner) if token.type.startswith("html")]
        return linked + [address for text in html for address in _PICTURE.findall(text)]

    @cached_property
    def examples(self) -> list[Example]:
        """All blocks of code."""
        found, heading = [], ""
        for before, token in zip([None, *self._tokens], self._tokens, strict=False):
            if before is not None and before.type == "heading_open":
                heading = _words(token)
            if token.type == "fence":
                found.append(Example(token.info, token.content, heading))
        return found

    def rows(self, heading: str) -> list[list[str]]:
        """The cells of the table rows under a heading, as they are written."""
        section = re.split(r"^#+ ", self.text.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
        lines = [line for line in section.splitlines() if line.startswith("| ")]
        return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]

    def named(self, heading: str) -> dict[str, list[str]]:
        """The rows under a heading by each name that stands as code in their first cell."""
        return {name: row for row in self.rows(heading) for name in _CODE.findall(row[0])}

    def _headings(self) -> list[Token]:
        pairs = zip(self._tokens, self._tokens[1:], strict=False)
        return [inline for opening, inline in pairs if opening.type == "heading_open"]


def _words(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))


PAGES = [Page(str(path.relative_to(ROOT))) for path in sorted((*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")))]
