# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is wrong with the header of one file, in words, and what to do about it.

Asked in this order: an SPDX tag, which has the last word, for it is meant for machines; the words of the wanted license
or of the policy's template; those of another license; a copyright notice without a license; nothing. Where a policy has
a template, the file has to carry that, and a tag must not contradict it.
"""

from dataclasses import dataclass

from rules.finding import Finding
from rules.licensing.beside import added_up, dated, told_beside
from rules.licensing.comments import Line, first_comments, place_for_header, takes_header, window
from rules.licensing.difference import difference
from rules.licensing.doubt import doubt, sign
from rules.licensing.further_down import FurtherDown, further_down
from rules.licensing.header import Header, Wording, carries_template, has_year
from rules.licensing.kinds import Kind
from rules.licensing.licenses import offers
from rules.licensing.named import shown_license
from rules.licensing.other_license import misspelled_tag, other_notice, other_tag
from rules.licensing.proposal import Examined, Proposal, beside
from rules.licensing.reuse import Said, without_ignored

NOTHING = Said()
"""What files beside a file say of it where there are none."""

_RIGHT = Examined()


def examine(path: str, text: str, kind: Kind, wording: Wording, said: Said = NOTHING) -> Examined:
    """What there is to say of the header of a file with this text, and to do about it."""
    seen = window(text)
    header = Header(() if said.replaces else without_ignored(first_comments(seen, kind)))
    if said.adds and (added := added_up(path, said, header, wording)):
        return added
    if finding := other_tag(path, header, wording):
        return Examined(finding)
    if said and (told := told_beside(path, said, header, wording)):
        return told
    if _carries(header, wording):
        return (
            _RIGHT if _year_is_there(header, wording, said) else _no_year(header, _Top(path, seen, kind, wording), said)
        )
    if finding := other_notice(path, header, wording) or misspelled_tag(path, header, wording):
        return Examined(finding)
    return _missing(header, _Top(path, seen, kind, wording), said)


@dataclass(frozen=True, slots=True)
class _Top:
    """The beginning of a file, and the header that is wanted there."""

    path: str
    seen: str
    kind: Kind
    wording: Wording

    @property
    def line(self) -> int:
        """A line that the file has, as near to the header's place as can be."""
        lines = self.seen.count("\n") + (not self.seen.endswith("\n"))
        return min(place_for_header(self.seen, self.kind).line, lines)

    @property
    def takes(self) -> bool:
        """Whether a comment may stand there at all."""
        return takes_header(self.seen, self.kind)

    @property
    def addable(self) -> bool:
        """Whether a header may be put there or, if the policy says so, beside the file."""
        return self.takes or self.wording.options.uncommentable == "sidecar"

    def proposal(self, lines: list[str]) -> Proposal:
        """The lines as a comment at the header's place; where none may stand there, a whole header beside the file."""
        if not self.takes:
            return beside(self.path, tuple(self.wording.tags()))
        return Proposal(self.path, place_for_header(self.seen, self.kind), tuple(lines), self.kind.style)

    def missing(self, line: int, message: str, fix: str) -> Finding:
        """The finding that no header, or not all of it, is there."""
        return Finding("header-missing", message, self.path, line, fix=fix)


# -- is it there? -------------------------------------------------------------------------------------------------


def _carries(header: Header, wording: Wording) -> bool:
    if wording.options.style == "custom":
        return carries_template(header.words, wording.options.template, wording.license)
    return bool(header.tags) or any(offers(found.license.license, wording.license) for found in header.notices)


def _year_is_there(header: Header, wording: Wording, said: Said = NOTHING) -> bool:
    if wording.options.year != "required":
        return True
    if wording.options.style == "custom":
        return "{year}" not in wording.options.template or has_year(line.text for line in header.lines)
    return dated(header, said)


def _no_year(header: Header, top: _Top, said: Said) -> Examined:
    if header.copyrights:
        number = header.copyrights[0].number
        found = f"The copyright notice in line {number} has no year; wanted here: a year."
        return Examined(top.missing(number, found, _write_year(header.copyrights[0])))
    proposal = top.proposal([line] if (line := top.wording.copyright_line()) else top.wording.license_lines())
    found = "The license is named, but no copyright notice; wanted here: a copyright notice with a year."
    below = further_down(top.seen, header.lines[-1].number, top.wording)
    doubts = doubt(header, below, said, top.wording)
    finding = top.missing(top.line, found, _advised(doubts, "", None, proposal))
    return Examined(finding, proposal if top.takes and not doubts else None)


def _write_year(line: Line) -> str:
    return f"Write the year in which this file was first published into line {line.number}."


# -- it is missing, or not whole ----------------------------------------------------------------------------------


def _missing(header: Header, top: _Top, said: Said) -> Examined:
    wording = top.wording
    below = further_down(top.seen, header.lines[-1].number if header.lines else 0, wording)
    differs = difference("\n".join(line.text for line in header.lines), wording.text)
    line, found = _instead(header, below, wording) or (top.line, "The file does not begin with a license header")
    message = f"{found}; wanted here: {wording.named}."
    if differs:
        message = f"{message} What differs, as [-found-] {{+wanted+}}: {differs}"
    proposal = top.proposal(wording.license_lines() if header.copyrights else wording.header())
    doubts, year = doubt(header, below, said, wording, nearly=bool(differs)), _year_to_write(header, wording)
    advice = _advised(doubts, year, below, proposal)
    if differs and not doubts:  # to be corrected, not to stand there twice
        correct = f"Correct the words that differ: then no other header is needed. {year}".rstrip()
        advice = f"{correct} Or take that notice out. {proposal.fix}"
    addable = top.addable and not (doubts or year or differs) and _is_right(proposal, wording)
    return Examined(top.missing(line, message, advice), proposal if addable else None)


def _is_right(proposal: Proposal, wording: Wording) -> bool:
    """Whether the header would be accepted: one from a template without words would be added again and again."""
    header = Header(tuple(Line(1, text) for text in proposal.lines))
    return _carries(header, wording) and not other_tag(proposal.path, header, wording)


def _instead(header: Header, below: FurtherDown | None, wording: Wording) -> tuple[int, str] | None:
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
    if spoken_of := sign(header, wording):
        shown = shown_license(spoken_of.text)
        return spoken_of.number, f'Line {spoken_of.number} says "{shown}", which is no license header'
    if below:
        return below.line, f"Line {below.line} {below.words}, but only the comments that a file begins with count"
    return None


def _year_to_write(header: Header, wording: Wording) -> str:
    """What to do about a copyright notice that lacks the year; a template brings its own."""
    if wording.options.style == "custom" or not header.copyrights or _year_is_there(header, wording):
        return ""
    return _write_year(header.copyrights[0])


def _advised(doubt: str, year: str, below: FurtherDown | None, proposal: Proposal) -> str:
    """What to do: sentences, and after an empty line the comment."""
    fix = proposal.fix
    put = f"{fix[0].lower()}{fix[1:]}"
    if doubt:
        return " ".join(filter(None, (doubt, year, "If it is all your own work:", put)))
    if below:
        return f"Move what begins at line {below.line} to the top, or {put}"
    return f"{year} {fix}" if year else fix
