# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Comments and strings in lines of code, told apart from what is run, as far as lines without their file allow.

All of it takes time linear in the text: no alternative gives back what it has taken, and what is opened and never
closed is taken to the end.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

# The inside of a string in a masked text: any mark that stands in no code.
INSIDE = b"\1"
_LONGEST_INDENT = 200
_SPACE = re.compile(rb"[^\n]")
_TRIPLE = (
    rb'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\\?\Z)',
    rb"'''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\\?\Z)",
)
_SINGLE = (rb'"(?:[^"\\\n]|\\.)*+"?', rb"'(?:[^'\\\n]|\\.)*+'?")
_BACKTICK = rb"`(?:[^`\\]|\\.)*+(?:`|\\?\Z)"


class Comments(StrEnum):
    """How comments and strings are written."""

    PYTHON = "python"
    HASH = "hash"
    SLASH = "slash"
    SHELL = "shell"


@dataclass(frozen=True, slots=True)
class Masked:
    """Lines of code without their comments (`text`), and also without the inside of their strings (`bare`).

    Both are as long as the lines were, so that an offset means the same in each.
    """

    text: bytes
    bare: bytes


def masked(lines: bytes, comments: Comments) -> Masked:
    """The lines with spaces for comments, docstrings and examples in them."""
    if comments is Comments.PYTHON:
        lines = _without_torn_docstring(lines)
    text: list[bytes] = []
    bare: list[bytes] = []
    seen = 0
    for token in _TOKENS[comments].finditer(lines):
        start, end = token.span()
        before, found = lines[seen:start], token[0]
        prose = token.lastgroup == "comment" or (token.lastgroup == "triple" and _begins_line(lines, start))
        text += (before, _SPACE.sub(b" ", found) if prose else found)
        bare += (before, _SPACE.sub(b" ", found) if prose else _hollow(found))
        seen = end
    return Masked(b"".join((*text, lines[seen:])), b"".join((*bare, lines[seen:])))


def _any_of(group: str, *patterns: bytes) -> bytes:
    return b"(?P<" + group.encode() + b">" + b"|".join(patterns) + b")"


_TOKENS = {
    Comments.PYTHON: re.compile(
        b"|".join(
            (
                _any_of("triple", *_TRIPLE),
                _any_of("string", *_SINGLE),
                _any_of("comment", rb"#[^\n]*+", rb"(?m:^)[ \t]*+(?:>>>|\.\.\.)[ \t][^\n]*+"),
            )
        ),
        re.DOTALL,
    ),
    Comments.HASH: re.compile(_any_of("string", *_SINGLE) + b"|" + _any_of("comment", rb"#[^\n]*+"), re.DOTALL),
    Comments.SLASH: re.compile(
        b"|".join(
            (
                _any_of("string", *_SINGLE, _BACKTICK),
                _any_of(
                    "comment",
                    rb"//[^\n]*+",
                    rb"/\*(?:[^*]|\*(?!/))*+(?:\*/|\*?\Z)",
                    rb"(?m:^)[ \t]*+\*(?:[ \t/][^\n]*+|(?=\n))",
                ),
            )
        ),
        re.DOTALL,
    ),
    Comments.SHELL: re.compile(
        _any_of(
            "comment",
            rb"(?<![^\s])#[^\n]*+",
            rb"(?m:^)[ \t]*+;[^\n]*+",
            rb"(?m:^)[ \t]*+@?(?:echo|printf|REM|rem|::|Write-Host)\b[^\n|>;&]*+(?=\n|\Z)",
        )
    ),
}


def _begins_line(lines: bytes, start: int) -> bool:
    """Whether nothing but the letters that may stand before a string comes before it on its line: so do docstrings."""
    _, broken, same_line = lines[max(start - _LONGEST_INDENT, 0) : start].rpartition(b"\n")
    return bool(broken or start <= _LONGEST_INDENT) and not same_line.strip(b" \trRuUbB")


def _hollow(string: bytes) -> bytes:
    """A string whose inside is masked, line breaks too, since no code goes on there."""
    width = 3 if string[:3] in (b'"""', b"'''") else 1
    end = width if len(string) >= 2 * width and string.endswith(string[:width]) else 0
    return string[:width] + INSIDE * (len(string) - width - end) + string[len(string) - end :]


def _without_torn_docstring(lines: bytes) -> bytes:
    """The lines without the end of a docstring that begins before them.

    Such an end stands alone on its line, no line before it opens a block, and nothing else in the lines pairs it up.
    """
    quotes = lines.find(b'"""')
    if quotes <= 0 or lines.count(b'"""') % 2 == 0 or not _begins_line(lines, quotes):
        return lines
    before, after = lines[:quotes].rstrip(), lines[quotes + 3 :].partition(b"\n")[0].strip()
    if not before or before.endswith(b":") or after:
        return lines
    return _SPACE.sub(b" ", lines[: quotes + 3]) + lines[quotes + 3 :]
