# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The commands in a comment: lines of its own paragraphs that begin with `/steward`, and the sentence that signs.

Where a line stands is told by the structure of the Markdown, not by its look: what is quoted, listed, code, a link or
inside HTML is not said by the comment itself.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST_BODY = 65_536
"""Characters that GitHub lets a comment have."""
LONGEST_PARAGRAPH = 10_000
"""Characters; a longer paragraph holds no command: to read it could take seconds."""
MOST_COMMANDS = 20
"""Of one comment; what follows is passed over."""

SIGNING_PHRASE = "I have read the CLA Document and I hereby sign the CLA"
_WORD = "/steward"
_NESTING = 20

# Tags that need no end, so that what follows is not inside of them.
_ENDLESS = re.compile(
    "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"
    "|colgroup|dd|dt|li|option|p|tbody|td|tfoot|th|thead|tr",
    re.IGNORECASE,
)
# A name is taken whole or not at all: were it tried shorter and shorter, a long one would take minutes.
_TAG = re.compile(r"<!--(?:.*?-->|.*\Z)|<(?P<end>/?)(?P<name>[a-z][a-z0-9-]*+)[^<>]*+>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `arguments` is the rest of its line, as it reads; `name` is in lower case and may be any word.

    `line` is the whole with single spaces, so that the same command reads the same, and `occurrence` counts from 1
    how often it has stood in the comment up to here.
    """

    name: str
    arguments: str
    line: str
    occurrence: int = 1

    @property
    def is_phrase(self) -> bool:
        """Whether it was said as the sentence that signs, which other programs understand as well."""
        return self.line == SIGNING_PHRASE


def parse(body: str) -> tuple[Command, ...]:
    """The commands in a comment, in their order."""
    if len(body) > LONGEST_BODY or not any(_command(line) for line in body.splitlines()):
        return ()
    seen: Counter[str] = Counter()
    found: list[Command] = []
    for line in _own_lines(body):
        if len(found) == MOST_COMMANDS:
            break
        if command := _spoken(line):
            seen[command.line] += 1
            found.append(Command(command.name, command.arguments, command.line, seen[command.line]))
    return tuple(found)


def _spoken(line: "_Line") -> Command | None:
    """The command in a line, in the words that were written: `*` and `_` in a reason are no formatting."""
    command = _command(line.reads)
    if command is None or command.is_phrase:
        return command
    return _command(line.written) or command


def added(body: str, before: str) -> tuple[Command, ...]:
    """The commands that an edit added: those in lines that the comment did not have before, in whatever place."""
    lines = Counter(command.line for line in before.splitlines() if (command := _command(line)))
    had = lines | Counter(command.line for command in parse(before))
    return tuple(command for command in parse(body) if command.occurrence > had[command.line])


def _command(line: str) -> Command | None:
    words = line.split()
    if words and _lower(words[0]) == _WORD:
        name = _lower(words[1]) if len(words) > 1 else ""
        arguments = " ".join(words[2:])
        return Command(name, arguments, f"{_WORD} {name} {arguments}".strip())
    if " ".join(words).lower().removesuffix(".").rstrip() == SIGNING_PHRASE.lower():
        return Command("sign", "", SIGNING_PHRASE)
    return None


def _lower(word: str) -> str:
    """In lower case, but for letters that only resemble those of the alphabet once they are."""
    return word.lower() if word.isascii() else word


# -- the structure of the Markdown --------------------------------------------------------------------------------


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"maxNesting": _NESTING}).enable(["table", "strikethrough"])
    # Blocks only: of most, nobody needs to know what is in their lines.
    reader.core.ruler.disable(["inline", "text_join"])
    return reader


_READER = _reader()


def _own_lines(body: str) -> Iterator["_Line"]:
    """The lines of the comment's own paragraphs."""
    references: dict[str, object] = {}
    inside_html, inside_paragraph = 0, False
    for block in _READER.parse(body, references):
        if block.type == "html_block":
            inside_html = _depth(inside_html, block.content)
        elif block.type == "inline" and inside_paragraph and not inside_html:
            yield from _lines_of(block, references)
        inside_paragraph = _begins_paragraph(block)


def _begins_paragraph(block: Token) -> bool:
    """A line above dashes is a heading to Markdown, and the end of a letter to who wrote it."""
    underlined = block.type == "heading_open" and block.markup in ("-", "=")
    return block.level == 0 and (block.type == "paragraph_open" or underlined)


def _lines_of(block: Token, references: dict[str, object]) -> Iterator["_Line"]:
    """The lines of a paragraph that begin as plain text, outside of all that spans several of them."""
    if len(block.content) > LONGEST_PARAGRAPH:
        return
    tokens: list[Token] = []
    _READER.inline.parse(block.content, _READER, references, tokens)
    source = _Source(block.content)
    spans, html, line = 0, 0, _Line(source)
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield from line.told
            line = _Line(source)
        else:
            line.add(token, outside=not spans and not html)
            spans += token.nesting
            html = _depth(html, token.content) if token.type == "html_inline" else html
    yield from line.told


class _Source:
    """The text of a paragraph."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")

    @cached_property
    def by_reading(self) -> dict[str, str]:
        """Its lines by what each reads as by itself, of several the first; each is read once, however many ask."""
        return {_reads(line): line for line in reversed(self._lines)}


class _Line:
    """One line of a paragraph as it reads; it is told if it begins as plain text. `source` is the paragraph's text."""

    def __init__(self, source: _Source) -> None:
        self._parts: list[str] = []
        self._plain = False
        self._source = source

    def add(self, token: Token, *, outside: bool) -> None:
        if not self._parts:
            self._plain = token.type == "text" and outside
        code = token.type == "code_inline"
        self._parts.append(f"{token.markup}{token.content}{token.markup}" if code else token.content)

    @property
    def reads(self) -> str:
        """What it says, without the marks that format it."""
        return "".join(self._parts)

    @property
    def written(self) -> str:
        """What was written: the line of the paragraph that reads so by itself."""
        return self._source.by_reading.get(self.reads, self.reads)

    @property
    def told(self) -> list["_Line"]:
        return [self] if self._plain else []


def _reads(text: str) -> str:
    """What a line by itself reads as."""
    tokens: list[Token] = []
    _READER.inline.parse(text, _READER, {}, tokens)
    line = _Line(_Source(text))
    for token in tokens:
        line.add(token, outside=True)
    return line.reads


def _depth(depth: int, html: str) -> int:
    """How deep in HTML we are after some more of it."""
    for tag in _TAG.finditer(html):
        if tag["name"] and not _ENDLESS.fullmatch(tag["name"]):
            depth = max(0, depth - 1) if tag["end"] else depth + 1
    return depth
