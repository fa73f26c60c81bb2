# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A header, or other lines, put into the bytes of a file.

Nothing but these is added, and nothing is taken away or written anew: a byte order mark, the ends of lines,
bytes that are no UTF-8 and a missing last line feed stay as they are.
"""

import re
from bisect import bisect_right
from codecs import BOM_UTF8

from rules.licensing.comments import Place
from rules.licensing.proposal import Proposal

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LONGEST = 4  # bytes of a character in UTF-8


def mended(data: bytes, proposal: Proposal) -> bytes:
    """The bytes of a file with the proposed comment at its place; `data` is empty where the file is yet to be made."""
    return inserted(data, proposal.text, proposal.place)


def inserted(data: bytes, text: str, place: Place) -> bytes:
    """The bytes of a file with a text, which has no line feed at its end, on lines of its own at a place.

    These lines end as the first line of the file does, and an empty line parts them from what follows.
    """
    at, end = _position(data, place), _line_end(data)
    before, after = data[:at], data[at:]
    within = before.removeprefix(BOM_UTF8)[-1:] not in (b"", b"\r", b"\n")
    lines = text.encode().replace(b"\n", end)
    return b"".join((before, end * within, lines, end * _ends_behind(after, within=within), after))


def _line_end(data: bytes) -> bytes:
    """What ends the first line; a carriage return alone only where no line ends otherwise, as on a classic Mac."""
    found = re.search(rb"\r?\n", data)
    return found[0] if found else b"\r" if b"\r" in data else b"\n"


def _ends_behind(after: bytes, *, within: bool) -> int:
    """How many ends of lines go between the comment and what follows it; a last line without one stays the last."""
    if not after:
        return 0 if within else 1
    return 2 if _LINE_END.split(after, maxsplit=1)[0].strip() else 1


def _position(data: bytes, place: Place) -> int:
    """The byte that a place stands for, in a file that may end before it."""
    start = len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0
    for _ in range(place.line - 1):
        ended = _LINE_END.search(data, start)
        start = ended.end() if ended else len(data)
    return start + _bytes_of(data[start : start + place.column * _LONGEST], place.column)


def _bytes_of(line: bytes, column: int) -> int:
    """How many bytes the first characters of a line take, where what is no UTF-8 counts as it does when it is read."""
    return bisect_right(range(len(line) + 1), column, key=lambda size: len(line[:size].decode("utf-8", "replace"))) - 1
