# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a file says of its license further down than its first comments: in a later comment, in a docstring.

It counts for nothing, for nobody knows of what it speaks. But who lacks a header wants to know that it is there, and
where it speaks of another license or of somebody's copyright, no header may be added unasked.
"""

import re
from dataclasses import dataclass

from rules.licensing.comments import Line
from rules.licensing.header import TAG, Header, Wording, has_year
from rules.licensing.licenses import canonical, normalized, offers, speaks_of_any
from rules.licensing.other_license import foreign_words, offered, shown_license
from rules.licensing.reuse import without_ignored

_SIGN = re.compile(r"\(c\)|\u00a9|SPDX-", re.IGNORECASE)  # `copyright = load()` is code, and claims nothing
# One of these is in every tag and every claim of a copyright; what is ignored may part the words of a notice.
_SIGNS = ("spdx-", "copyright", "(c)", "\u00a9", "reuse-ignore")


@dataclass(frozen=True, slots=True)
class FurtherDown:
    """The first thing that is said, and whether it agrees with the wanted header: then it is to be moved up."""

    line: int
    words: str
    agrees: bool


def further_down(seen: str, after: int, wording: Wording) -> FurtherDown | None:
    """What a window says of its license below a line; what disagrees comes first."""
    if not _says_anything(seen):
        return None
    rest = (Line(number, text) for number, text in enumerate(seen.split("\n"), 1) if number > after)
    below = Header(without_ignored(rest))
    return _foreign_license(below, wording) or _claim(below, wording) or _wanted_license(below, wording)


def _says_anything(seen: str) -> bool:
    """Whether there can be anything to find, which takes one look at the whole instead of several at each line."""
    lowered = seen.lower()
    return any(sign in lowered for sign in _SIGNS) or speaks_of_any(normalized(seen))


def _foreign_license(below: Header, wording: Wording) -> FurtherDown | None:
    tag = next((tag for tag in below.tags if canonical(tag.text) and not offered(tag.text, wording)), None)
    if tag:
        return FurtherDown(tag.number, f"says {TAG} {shown_license(tag.text)}", agrees=False)
    if foreign := foreign_words(below, wording.license):
        name = foreign[0].license.license
        return FurtherDown(below.line_of(foreign[0].phrase), f"speaks of {name}", agrees=False)
    return None


def _claim(below: Header, wording: Wording) -> FurtherDown | None:
    claims = (line for line in below.copyrights if has_year([line.text]) or _SIGN.search(line.text))
    line = next((line for line in claims if not wording.is_ours(line.text)), None)
    return FurtherDown(line.number, "has a copyright notice", agrees=False) if line else None


def _wanted_license(below: Header, wording: Wording) -> FurtherDown | None:
    tag = next((tag for tag in below.tags if canonical(tag.text)), None)
    if tag:
        return FurtherDown(tag.number, f"says {TAG} {shown_license(tag.text)}", agrees=True)
    notice = next((one for one in below.notices if offers(one.license.license, wording.license)), None)
    if notice:
        return FurtherDown(below.line_of(notice.phrase), f"has the notice of {notice.license.license}", agrees=True)
    return None
