# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Licenses that prose speaks of: `This dataset is licensed under CC BY-NC 4.0`, or a section that is called License.

What is said of the code beside the data, of what was so once or is not so, is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rules.licensing.tags import TAG
from rules.materials.cards.found import plain_lines
from rules.materials.terms.license_names import by_address, leading
from rules.materials.terms.reading import read

_MOST_LINES = 2_000
_LONGEST_LINE = 1_000
_UNDER = re.compile(
    r"\b(?:licen[cs]ed|released|distributed|available|provided|published|shared)\s{1,3}(?:\w+\s)?under\s",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\A(?:the\s+)?(?:terms\s+(?:and\s+conditions\s+)?of\s+)?(?:the\s+)?\W*", re.IGNORECASE)
_LABEL = re.compile(r"[\s>*_#|!\[-]*licen[cs]e[\s*_`]*[:|][\s*_]*(?=\S)", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;!?]\s")
_HEADING = re.compile(r"#{1,6}\s.*\blicen[cs](?:e|ing)\b.*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s()<>\[\]\"'`]{1,300}")
_ELSE = re.compile(
    r"\b(?:code|scripts?|software|library|tools?|toolkit|packages?|notebooks?|not|formerly|previously|originally)\b",
    re.IGNORECASE,
)
_NEAR = 100  # characters before and behind


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a line says of the license: one, or several of which any may be meant."""

    line: int
    licenses: frozenset[str]


def spoken(text: str) -> Iterator[Spoken]:
    """What a text says of the license of what it describes, line by line; front matter is no prose."""
    lines = plain_lines(text).split("\n", _MOST_LINES)[:_MOST_LINES]
    behind, under_heading = _behind_front_matter(lines), False
    for number, line in enumerate(lines[behind:], behind + 1):
        short = line[:_LONGEST_LINE]
        if licenses := _said(short, under_heading=under_heading):
            yield Spoken(number, licenses)
        under_heading = bool(_HEADING.match(short)) or (under_heading and not short.strip())


def _behind_front_matter(lines: list[str]) -> int:
    if lines[0].rstrip() != "---":
        return 0
    return next((number + 1 for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)


def _said(line: str, *, under_heading: bool) -> frozenset[str]:
    if TAG in line:
        return _named(line.partition(TAG)[2].strip())
    if label := _LABEL.match(line):
        return _goes_on(line[label.end() :])
    if under_heading and (licenses := _goes_on(line.lstrip(" \t>*_-["))):
        return licenses
    found = (_goes_on(line[under.end() :]) for under in _UNDER.finditer(line) if not _of_else(line, under.start()))
    return frozenset[str]().union(*found)


def _of_else(line: str, end: int) -> bool:
    """Whether the sentence up to here speaks of something else than the data, or of what is not so."""
    return _ELSE.search(_SENTENCE.split(line[max(0, end - _NEAR) : end])[-1]) is not None


def _goes_on(rest: str) -> frozenset[str]:
    """The license that follows, by its name or else by the address behind it."""
    if licenses := leading(_LEAD.sub("", rest[: _NEAR * 2])[:_NEAR]):
        return licenses
    address = _ADDRESS.search(rest[: _NEAR * 3])
    found = by_address(address[0].rstrip(".,;")) if address else None
    return frozenset({found}) if found else frozenset()


def _named(text: str) -> frozenset[str]:
    license_ = read(text).license
    return frozenset({license_}) if license_ else frozenset()
