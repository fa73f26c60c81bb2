# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is wrong with the header of one file, in words, and what to do about it.

An SPDX tag has the last word, for it is meant for machines; without one, a license's whole notice counts. Where a
policy has a template, the file has to carry that, and a tag must not contradict it. What belongs to another license
is never to be overwritten, so nothing here says so.
"""

import re
from dataclasses import dataclass, replace

from rules.finding import Finding
from rules.licensing.comments import Line, first_comments, place_for_header, window
from rules.licensing.header import TAG, Header, Wording, carries_template, has_year
from rules.licensing.kinds import Kind
from rules.licensing.licenses import Recognized, canonical, normalized, offers
from rules.licensing.proposal import Proposal
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


@dataclass(frozen=True, slots=True)
class Examined:
    """What is wrong with the header of a file, if anything is, and what can be added without anybody's decision."""

    finding: Finding | None = None
    proposal: Proposal | None = None


def examine(path: str, text: str, kind: Kind, wording: Wording) -> Examined:
    """What there is to say of the header of a file with this text, and to do about it."""
    seen = window(text)
    header = Header(tuple(first_comments(seen, kind)))
    if finding := _other_tag(header, wording):
        return Examined(replace(finding, path=path))
    top = _Top(path, seen, kind, wording)
    if _carries(header, wording):
        return Examined() if _year_is_there(header, wording) else _no_year(header, top)
    if finding := _other_notice(header, wording):
        return Examined(replace(finding, path=path))
    return _missing(header, top)


class _Top:
    """The place of a header in one file, and what would be put there."""

    def __init__(self, path: str, seen: str, kind: Kind, wording: Wording) -> None:
        self.path, self.wording = path, wording
        self._seen, self._kind = seen, kind
        self._place = place_for_header(seen, kind)

    @property
    def line(self) -> int:
        """A line that the file has, as near to the place as can be."""
        lines = self._seen.count("\n") + (not self._seen.endswith("\n"))
        return min(self._place.line, lines)

    def proposal(self, lines: list[str]) -> Proposal:
        """The lines as a comment at the place."""
        return Proposal(self.path, self._place, tuple(lines), self._kind.style)


def _pasted(proposal: Proposal) -> str:
    return f"{proposal.words}\n\n{proposal.text}"


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


def _missing(header: Header, top: _Top) -> Examined:
    wording = top.wording
    line, said = _in_its_place(header) or (top.line, "The file does not begin with a license header")
    proposal = top.proposal(wording.license_lines() if header.copyrights else wording.header())
    fix = _pasted(proposal)
    if header.copyrights:
        year = "" if _year_is_there(header, wording) else f"{_write_year(header.copyrights[0])} "
        fix = f"{fix}\n\n{year}{_FOREIGN}"
    finding = Finding("header-missing", f"{said}; wanted here: {_asked(wording)}.", top.path, line, fix=fix)
    return Examined(finding, proposal if _nobody_has_to_decide(header, wording) else None)


def _nobody_has_to_decide(header: Header, wording: Wording) -> bool:
    """Whether what the file says of itself leaves no doubt that the header may be added."""
    if not all(offers(one.license.license, wording.license) for one in [*header.notices, *header.hints]):
        return False
    if not header.copyrights:
        return True
    holder = normalized(wording.options.holder)
    ours = bool(holder.strip()) and all(holder in normalized(line.text) for line in header.copyrights)
    return ours and _year_is_there(header, wording)


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


def _no_year(header: Header, top: _Top) -> Examined:
    if header.copyrights:
        number = header.copyrights[0].number
        said = f"The copyright notice in line {number} has no year; wanted here: a year."
        fix = _write_year(header.copyrights[0])
        return Examined(Finding("header-missing", said, top.path, number, fix=fix))
    proposal = top.proposal([line] if (line := top.wording.copyright_line()) else top.wording.license_lines())
    said = "The license is named, but no copyright notice; wanted here: a copyright notice with a year."
    return Examined(Finding("header-missing", said, top.path, top.line, fix=_pasted(proposal)), proposal)
