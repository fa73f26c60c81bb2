# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a file says of its license further down than its first comments: in a later comment, in a docstring.

It counts for nothing, for nobody knows of what it speaks. But who lacks a header wants to know that it is there, and
where it speaks of another license or of somebody's copyright, no header may be added unasked.
"""

import re
from dataclasses import dataclass

import re2

from rules.licensing.comments import Line
from rules.licensing.header import Header, Wording, claims, has_year
from rules.licensing.licenses import canonical, may_speak_of_any, means, normalized, offers
from rules.licensing.named import shown_license
from rules.licensing.other_license import foreign_words, offered
from rules.licensing.reuse import without_ignored
from rules.licensing.spdx import is_listed
from rules.licensing.tags import TAG

_SIGN = re.compile(r"\(c\)|\u00a9|SPDX-", re.IGNORECASE)  # `copyright = load()` is code, and claims nothing
# One of these is in every tag and every claim of a copyright; what is ignored may part the words of a notice.
_SIGNS = re2.compile(r"spdx|copyright|copr\.|\(c\)|\x{a9}|&copy;|reuse-ignore|licen[cs]e")
# `license = "..."`, `license: ...` and "licensed under ...", where the license is one that no table needs to know.
_NAMED = re.compile(
    r"""(?<![^\W_])licen[cs]e(?:__)?["']?[ \t]{0,9}[:=][ \t]{0,9}(?:\{[ \t]{0,9}\w{1,9}[ \t]{0,9}=[ \t]{0,9})?"""
    r"""["']?(?P<license>[A-Za-z0-9.+-]+)|\blicen[cs]ed[ \t]{1,9}under\b""",
    re.IGNORECASE,
)


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
    """Whether there can be anything to find, which takes a look at the whole instead of several at each line."""
    return _SIGNS.search(seen.lower()) is not None or may_speak_of_any(seen)


def _foreign_license(below: Header, wording: Wording) -> FurtherDown | None:
    if tag := next((tag for tag in below.tags if not offered(tag.text, wording)), None):
        return FurtherDown(tag.number, f"says {TAG} {shown_license(tag.text)}", agrees=False)
    if meant := next(iter(below.misspelled), None):
        return FurtherDown(meant.number, f'says "{shown_license(meant.text)}"', agrees=False)
    if foreign := foreign_words(below, wording.license):
        name = foreign[0].license.license
        return FurtherDown(below.line_of(foreign[0].phrase), f"speaks of {name}", agrees=False)
    return _named(below, wording)


def _named(below: Header, wording: Wording) -> FurtherDown | None:
    """A license that is named outside of a tag, such as `__license__ = "CECILL-2.1"`, and is not the wanted one."""
    found = ((line, _NAMED.search(line.text)) for line in below.lines)
    named = ((line, match) for line, match in found if match and (not match["license"] or is_listed(match["license"])))
    foreign = ((line, match["license"]) for line, match in named if not means(normalized(line.text), wording.license))
    return next((FurtherDown(line.number, _naming(name), agrees=False) for line, name in foreign), None)


def _naming(license_: str | None) -> str:
    return f"names the license {shown_license(license_)}" if license_ else 'is "licensed under" something'


def _claim(below: Header, wording: Wording) -> FurtherDown | None:
    found = (line for line in below.copyrights if _is_claim(line.text))
    line = next((line for line in found if not wording.is_ours(line.text)), None)
    return FurtherDown(line.number, "has a copyright notice", agrees=False) if line else None


def _is_claim(text: str) -> bool:
    return has_year([text]) or _SIGN.search(text) is not None or claims(text)


def _wanted_license(below: Header, wording: Wording) -> FurtherDown | None:
    tag = next((tag for tag in below.tags if canonical(tag.text)), None)
    if tag:
        return FurtherDown(tag.number, f"says {TAG} {shown_license(tag.text)}", agrees=True)
    notice = next((one for one in below.notices if offers(one.license.license, wording.license)), None)
    if notice:
        return FurtherDown(below.line_of(notice.phrase), f"has the notice of {notice.license.license}", agrees=True)
    return None
