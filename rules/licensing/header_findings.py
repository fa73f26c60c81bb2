# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is wrong with the header of one file, in words, and what to do about it.

An SPDX tag has the last word, for it is meant for machines; without one, a license's whole notice counts. Where a
policy has a template, the file has to carry that, and a tag must not contradict it. What belongs to another license
is never to be overwritten, so nothing here says so.
"""

import re

from rules.finding import Finding
from rules.licensing.comments import Line, Place, first_comments, place_for_header, window, written
from rules.licensing.header import TAG, Header, Wording, carries_template, has_year
from rules.licensing.kinds import Kind
from rules.licensing.licenses import Recognized, canonical, offers
from rules.rule import Code

CODES = {
    "header-missing": Code("A file does not begin with the license header that the project wants."),
    "header-other-license": Code("The header of a file names another license than the one wanted for its path."),
}

_UNSPELLED = re.compile(r"[^A-Za-z0-9.:+() -]")  # what no license expression is made of
_SHOWN = 60  # characters of what a file names as its license

_FOREIGN = (
    "If the file comes from somewhere else, keep the license that it came under and ask a maintainer to exclude its "
    "path (headers.exclude) or to give it a license of its own (headers.license)."
)


def finding_in(text: str, kind: Kind, wording: Wording) -> Finding | None:
    """What is wrong with the header of a file with this text; its path is for the caller to fill in."""
    seen = window(text)
    header = Header(tuple(first_comments(seen, kind)))
    if finding := _other_tag(header, wording):
        return finding
    if _carries(header, wording):
        return None if _year_is_there(header, wording) else _no_year(header, _Proposal(seen, kind, wording))
    return _other_notice(header, wording) or _missing(header, _Proposal(seen, kind, wording))


class _Proposal:
    """What to put where into one file."""

    def __init__(self, seen: str, kind: Kind, wording: Wording) -> None:
        self.wording = wording
        self._seen, self._kind = seen, kind
        self._place = place_for_header(seen, kind)

    @property
    def line(self) -> int:
        """A line that the file has, as near to the place as can be."""
        lines = self._seen.count("\n") + (not self._seen.endswith("\n"))
        return min(self._place.line, lines)

    def fix(self, lines: list[str]) -> str:
        """The lines as a comment, and where to put it."""
        return f"{_where(self._place)}\n\n{written(lines, self._kind.style)}"


def _where(place: Place) -> str:
    if place.column:
        return f"Put this on lines of its own behind the first {place.column} characters of line {place.line}:"
    return f"Put this at line {place.line}, and an empty line behind it:"


# -- is it there? -------------------------------------------------------------------------------------------------


def _carries(header: Header, wording: Wording) -> bool:
    if wording.options.style == "custom":
        return carries_template(header.words, wording.options.template, wording.license)
    return bool(header.tags) or any(offers(found.license.license, wording.license) for found in header.notices)


def _year_is_there(header: Header, wording: Wording) -> bool:
    if wording.options.year != "required":
        return True
    if wording.options.style == "custom":
        return "{year}" not in wording.options.template or has_year(header.lines)
    return has_year(header.copyrights)


# -- another license ----------------------------------------------------------------------------------------------


def _other_tag(header: Header, wording: Wording) -> Finding | None:
    found = header.expression()
    if not header.tags or (found and offers(found, wording.license)):
        return None
    invalid = next((tag for tag in header.tags if canonical(tag.text) is None), None)
    if invalid:
        said = f'Line {invalid.number} has an SPDX tag, but "{_shown(invalid.text)}" is not an SPDX license expression'
        return _other(said, invalid.number, wording)
    tag = next((tag for tag in header.tags if not _offered(tag, wording)), header.tags[0])
    return _other(f"Line {tag.number} says {TAG} {_shown(tag.text)}", tag.number, wording)


def _offered(tag: Line, wording: Wording) -> bool:
    expression = canonical(tag.text)
    return expression is not None and offers(expression, wording.license)


def _other_notice(header: Header, wording: Wording) -> Finding | None:
    found = _foreign_words(header, wording.license)
    if header.tags or not found:
        return None
    line = header.line_of(found[0].phrase)
    return _other(f"Line {line} has words of {found[0].license.license}", line, wording)


def _foreign_words(header: Header, wanted: str) -> list[Recognized]:
    """What the words tell of other licenses; nothing where they may as well mean the wanted one."""
    if whole := header.notices:
        return [] if any(offers(one.license.license, wanted) for one in whole) else whole
    return [] if any(one.license.may_be(wanted) for one in header.hints) else header.hints


def _other(said: str, line: int, wording: Wording) -> Finding:
    wanted = wording.license
    fix = f"{_FOREIGN} If it is all your own work and meant to be under {wanted}, let its header say {TAG} {wanted}"
    return Finding("header-other-license", f"{said}; wanted here: {wanted}.", line=line, fix=fix)


def _shown(text: str) -> str:
    """What a file names as its license, harmless and short."""
    text = _UNSPELLED.sub("?", text)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


# -- nothing, or not enough ---------------------------------------------------------------------------------------


def _missing(header: Header, proposal: _Proposal) -> Finding:
    wording = proposal.wording
    line, said = _in_its_place(header) or (proposal.line, "The file does not begin with a license header")
    fix = proposal.fix(wording.license_lines() if header.copyrights else wording.header())
    if header.copyrights:
        year = "" if _year_is_there(header, wording) else f"{_write_year(header.copyrights[0])} "
        fix = f"{fix}\n\n{year}{_FOREIGN}"
    return Finding("header-missing", f"{said}; wanted here: {_asked(wording)}.", line=line, fix=fix)


def _in_its_place(header: Header) -> tuple[int, str] | None:
    """What there is instead of the header: its line, and words for it."""
    if header.tags:  # a template is wanted
        line = header.tags[0].number
        return line, f"Line {line} names the license, but the header of the policy is not there"
    if spoken := [*header.notices, *header.hints]:
        line, name = header.line_of(spoken[0].phrase), spoken[0].license.license
        return line, f"Line {line} speaks of {name}, but the header is not there or not whole"
    if header.copyrights:
        line = header.copyrights[0].number
        return line, f"Line {line} has a copyright notice, but the first comment names no license"
    return None


def _write_year(line: Line) -> str:
    return f"Write the year in which this file was first published into line {line.number}."


def _asked(wording: Wording) -> str:
    if wording.options.style == "custom":
        return "the header of the policy"
    return f"{TAG} {wording.license}"


def _no_year(header: Header, proposal: _Proposal) -> Finding:
    if header.copyrights:
        number = header.copyrights[0].number
        said = f"The copyright notice in line {number} has no year; wanted here: a year."
        return Finding("header-missing", said, line=number, fix=_write_year(header.copyrights[0]))
    lines = [line] if (line := proposal.wording.copyright_line()) else proposal.wording.license_lines()
    said = "The license is named, but no copyright notice; wanted here: a copyright notice with a year."
    return Finding("header-missing", said, line=proposal.line, fix=proposal.fix(lines))
