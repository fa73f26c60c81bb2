# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The comments that a file begins with: reading them, finding where a header belongs, writing one.

Only the first 8 KiB of a file count, so that a verdict never depends on how much of it was at hand. Everything
here takes time linear in that.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import dropwhile

from rules.licensing.kinds import Kind, Style

WINDOW = 8 * 1024
"""How much of a file is looked at, in bytes of UTF-8."""

_SHEBANG = re.compile(r"#!(?!\[).*")  # Rust begins with #![...], which is an attribute
_TEXT = re.compile(r"\S")
_INDENTED = re.compile(r"(?:\n[^\S\n]++[^\n]*+|\n(?=\n))*+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comment without what makes it a comment; `number` counts from 1 in the file."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a header belongs: before line `line`, or, where `column` is not 0, after so many characters of it."""

    line: int
    column: int = 0


def window(text: str) -> str:
    """The part of a file that counts, without byte order mark, its lines ended by a line feed.

    A last line that may have been cut is left out, lest half a license be taken for a whole one.
    """
    seen = text[:WINDOW].encode("utf-8", "replace")[:WINDOW]
    lines = seen.decode("utf-8", "ignore").removeprefix("\ufeff")
    if "\r" in lines:
        lines = lines.replace("\r\n", "\n").replace("\r", "\n")
    return lines if len(seen) < WINDOW else lines.rpartition("\n")[0] or lines


def first_comments(seen: str, kind: Kind) -> list[Line]:
    """The lines of all comments in a window that stand before anything else, save what stays first in such a file."""
    lines: list[Line] = []
    counted, number = 0, 1
    for start, end, _ in _comments(seen, kind):
        number += seen.count("\n", counted, start)
        lines += (Line(number + offset, text) for offset, text in enumerate(seen[start:end].split("\n")))
        counted = start
    return lines


def place_for_header(seen: str, kind: Kind) -> Place:
    """Where a header goes: first in the file, but behind what has to stay first."""
    after = max(_after_first(seen, kind), _after_modes(seen, kind))
    column = after - (seen.rfind("\n", 0, after) + 1)
    line = seen.count("\n", 0, after) + 1
    if not column:
        return Place(line)
    return Place(line, column) if seen[after : _line_end(seen, after)].strip() else Place(line + 1)


def takes_header(seen: str, kind: Kind) -> bool:
    """Whether a comment may be put at the place for a header at all.

    It may not where a file begins with something else than its name tells, such as HTML before the first `<?php`, or
    with front matter that does not end within the window.
    """
    start = _after_shebang(seen)
    if kind.foreign is None or _after_first(seen, kind) > start:
        return True
    return not kind.foreign.match(seen, _text_from(seen, start))


def written(lines: Iterable[str], style: Style) -> str:
    """Lines as a comment of a style, ready to be pasted; nothing in them can end the comment early."""
    before, lead, after = style.write
    harmless = (_harmless(part, style) for line in lines for part in line.splitlines() or [""])
    texts = list(dropwhile(lambda text: not text, harmless))
    if after and len(texts) == 1:
        return f"{before} {texts[0]} {after.strip()}"
    body = [f"{lead} {text}".rstrip() if lead else text for text in texts]
    return "\n".join([*filter(None, [before]), *body, *filter(None, [after])])


def _harmless(line: str, style: Style) -> str:
    """A line without what ends a comment, what goes on in the next line, and what editors do not show."""
    if not line.isprintable():
        line = "".join(letter if letter.isprintable() else " " for letter in line)
    for mark in style.never:
        while mark in line:
            line = line.replace(mark, " ".join(mark) if len(mark) > 1 else " ")
    return line.rstrip(" \\")


# -- what stays first ---------------------------------------------------------------------------------------------


def _after_shebang(seen: str) -> int:
    """The end of the line that names an interpreter. It is one in the first line only."""
    shebang = _SHEBANG.match(seen)
    return shebang.end() if shebang else 0


def _after_first(seen: str, kind: Kind) -> int:
    """The position right behind what stays first, which may be any of it in the order in which it is there."""
    after = _after_shebang(seen)
    while first := _first(seen, _text_from(seen, after), kind):
        after = first.end()
    return after


def _after_modes(seen: str, kind: Kind) -> int:
    """The position right behind the last comment that says in the first two lines how the file is to be read."""
    after, second = 0, _line_end(seen, _line_end(seen, 0) + 1)
    for start, end, over in _comments(seen, kind):
        if start > second:
            break
        cut = end == len(seen) and "\n" in seen[start:end]  # it may go on behind the window
        if not cut and kind.modes.search(seen, start, min(end, second)):
            after = over
    return after


def _first(seen: str, position: int, kind: Kind) -> re.Match[str] | None:
    return next(filter(None, (first.match(seen, position) for first in kind.first)), None)


# -- comments -----------------------------------------------------------------------------------------------------


def _comments(seen: str, kind: Kind) -> Iterator[tuple[int, int, int]]:
    """Where the text of each comment begins and ends and where it is over, as long as nothing else comes between."""
    position = _after_shebang(seen)
    while True:
        position = _text_from(seen, position)
        if span := _block(seen, position, kind.style) or _line(seen, position, kind.style):
            yield span
            position = span[2]
        elif first := _first(seen, position, kind):
            if first.lastindex:  # comments within it
                yield first.start(1), first.end(1), first.end()
            position = first.end()
        else:
            return


def _block(seen: str, position: int, style: Style) -> tuple[int, int, int] | None:
    """A block comment at a position: where its text begins and ends, and where it is over."""
    for opening, closing in style.blocks:
        if seen.startswith(opening, position):
            start = position + len(opening)
            end = seen.find(closing, start)
            return (start, end, end + len(closing)) if end >= 0 else (start, len(seen), len(seen))
    return None


def _line(seen: str, position: int, style: Style) -> tuple[int, int, int] | None:
    """A comment of one line at a position: where its text begins and ends, and where it is over."""
    marker = next(filter(None, (line.match(seen, position) for line in style.lines)), None)
    if not marker or (style.unless and style.unless.match(seen, position)):
        return None
    end = _line_end(seen, marker.end())
    if style.indented and (below := _INDENTED.match(seen, end)):
        end = below.end()
    return marker.end(), end, end


def _text_from(seen: str, position: int) -> int:
    match = _TEXT.search(seen, position)
    return match.start() if match else len(seen)


def _line_end(seen: str, position: int) -> int:
    end = seen.find("\n", position)
    return len(seen) if end < 0 else end
