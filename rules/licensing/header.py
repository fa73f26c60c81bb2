# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One header: read out of the comments that a file begins with, and written anew.

A header is read for its SPDX tags, its copyright lines and its words. It is written in one of three styles: SPDX
tags, the license's standard notice, or a template from the policy.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from rules.licensing.comments import Line
from rules.licensing.licenses import (
    License,
    Recognized,
    canonical,
    hinted,
    in_full,
    normalized,
    notice_of,
)
from rules.licensing.tags import TAG, meant_value, tag_value
from rules.options import HeadersOptions

SOMEBODY = "The contributors"
"""Who a copyright line names that must have a year where the policy names no holder."""

_COPYRIGHT = re.compile(
    r"\W*(?:SPDX-(?:File|Snippet)CopyrightText:|\(c\)\s|(?:portions )?copyright\b"
    r"(?! (?:notice|holder|owner|and|or|law)))|[^\w\u00a9]*\u00a9",
    re.IGNORECASE,
)
_CLAIM = re.compile(  # anywhere in a line; `copyright = load()` and `f(c)` claim nothing
    r"(?i:SPDX-(?:File|Snippet)CopyrightText:\s*[^\s{]|\bcopr\.\s|&copy;|copyright[\W_]{0,8}(?:\(c\)|\u00a9|(?:19|20)\d\d)"
    r"|(?<!\w)\(c\)[\s,]{0,9}(?:19|20)\d\d|(?<!\d)(?:19|20)\d\d[\s,]{0,9}\(c\))"
    r"|\u00a9[^\w\n]{0,3}[^\W_]|(?<!\w)\([cC]\)\s{1,9}[A-Z]"
    r"|(?i:\bcopyright)[\s:,]{1,9}(?i:by\s{1,9})?(?!(?i:notice|holder|owner|header|line|year|law|text|and|or)s?\b)[A-Z]"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Words of a copyright notice that name nobody.
_FORMAL = frozenset(
    (
        "copyright",
        "c",
        "portions",
        "spdx",
        "filecopyrighttext",
        "snippetcopyrighttext",
        "by",
        "all",
        "rights",
        "reserved",
    )
)
_HOLE = re.compile(r"\{(?:year|holder)\}")


@dataclass(frozen=True)
class Header:
    """The comments that a file begins with, and what they say. Most files have a tag, and nobody asks for the rest."""

    lines: tuple[Line, ...]

    @cached_property
    def tags(self) -> tuple[Line, ...]:
        """What the SPDX license tags name."""
        return tuple(Line(line.number, value) for line in self.lines if (value := tag_value(line.text)))

    @cached_property
    def copyrights(self) -> tuple[Line, ...]:
        """The lines that claim a copyright."""
        return tuple(line for line in self.lines if _COPYRIGHT.match(line.text) or claims(line.text))

    @cached_property
    def misspelled(self) -> tuple[Line, ...]:
        """What is meant to be an SPDX license tag and is none, the value included, or one that names nothing."""
        return tuple(Line(line.number, meant) for line in self.lines if (meant := meant_value(line.text)))

    @cached_property
    def words(self) -> str:
        """All words, normalized."""
        return normalized("\n".join(line.text for line in self.lines))

    @cached_property
    def notices(self) -> list[Recognized]:
        """The licenses whose whole notice is there."""
        return in_full(self.words) if self.lines else []

    @cached_property
    def hints(self) -> list[Recognized]:
        """The licenses that are spoken of."""
        return hinted(self.words) if self.lines else []

    def expression(self) -> str | None:
        """The license that all tags name together, canonical, or None if one of them is not a valid expression.

        Tags that stand beside each other all apply (REUSE specification 3.3).
        """
        named = {canonical(tag.text) for tag in self.tags}
        if not named or None in named:
            return None
        return canonical(" AND ".join(sorted(f"({expression})" for expression in named)))

    def line_of(self, phrase: str) -> int:
        """The number of the line in which a phrase that is in `words` begins."""
        at = self.words.index(phrase)
        ends = accumulate(len(normalized(line.text).rstrip()) for line in self.lines)
        return next(line.number for line, end in zip(self.lines, ends, strict=True) if end > at)


def has_year(texts: Iterable[str]) -> bool:
    """Whether there is a year in one of these texts."""
    return any(map(_YEAR.search, texts))


def claims(text: str) -> bool:
    """Whether a line claims a copyright for somebody, wherever in it."""
    return _CLAIM.search(text) is not None


def carries_template(words: str, template: str, license_: str) -> bool:
    """Whether a normalized text has the words of a template in their order, with anything for year and holder."""
    pieces = [normalized(piece) for piece in _HOLE.split(template.replace("{license}", license_))]
    at, found = 0, [piece for piece in pieces if piece.strip()]
    for piece in found:
        at = words.find(piece, at)
        if at < 0:
            return False
        at += len(piece) - 1
    return bool(found)


@dataclass(frozen=True, slots=True)
class Wording:
    """The header that a policy asks for: the license, canonical, and the year to write."""

    options: HeadersOptions
    license: str
    year: int

    @property
    def named(self) -> str:
        """What is wanted, in a few words."""
        if self.options.style == "custom":
            return "the header of the policy"
        return f"the notice of {self.license}" if self._notice else f"{TAG} {self.license}"

    @property
    def text(self) -> str:
        """The words that a file should have where it has no tag, with holes for year and holder; empty if not known."""
        if self.options.style == "custom":
            return self.options.template.replace("{license}", self.license)
        known = notice_of(self.license)
        return known.notice if known else ""

    def is_ours(self, notice: str) -> bool:
        """Whether a copyright notice names the policy's holder and nobody beside; none does where that is not set."""
        holder = normalized(self.options.holder)
        before, found, behind = normalized(notice).partition(holder)
        others = {*before.split(), *behind.split()} - _FORMAL
        return bool(holder.strip() and found) and all(_YEAR.fullmatch(word) for word in others)

    def tags(self) -> list[str]:
        """The lines of a whole header made of SPDX tags, whatever the style: what a file for machines alone holds."""
        return replace(self, options=self.options.model_copy(update={"style": "spdx"})).header()

    def header(self) -> list[str]:
        """The lines of a whole header."""
        copyright_ = self.copyright_line()
        if not copyright_:
            return self.license_lines()
        return [copyright_, *([""] if self._notice else []), *self.license_lines()]

    def license_lines(self) -> list[str]:
        """The lines that name the license; with a template, all of it."""
        if self.options.style == "custom":
            return [self._filled(line) for line in self.options.template.strip("\n").splitlines()]
        return self._notice.notice.splitlines() if self._notice else [f"{TAG} {self.license}"]

    def copyright_line(self) -> str:
        """The copyright line, where there is somebody to name or a year to give; a template has its own.

        A year is written only where the policy requires one: the law asks for none, and none grows old.
        """
        required = self.options.year == "required"
        named = self.options.holder and (self._notice is None or self._notice.copyright)
        if self.options.style == "custom" or not (required or named):
            return ""
        spdx = "SPDX-FileCopyrightText: {year} {holder}"
        line = (self._notice.copyright or "Copyright {year} {holder}") if self._notice else spdx
        line = line.replace("{year}", str(self.year) if required else "")
        return " ".join(line.replace("{holder}", self.options.holder or SOMEBODY).split())

    @property
    def _notice(self) -> License | None:
        return notice_of(self.license) if self.options.style == "notice" else None

    def _filled(self, line: str) -> str:
        if self.options.year == "none":
            line = line.replace("{year} ", "").replace("{year}", "")
        line = line.replace("{year}", str(self.year)).replace("{license}", self.license)
        return line.replace("{holder}", " ".join(self.options.holder.split())).rstrip()
