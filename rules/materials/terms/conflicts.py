# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Where two places say different things of one license, and where a license promises more than that of its origin."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.licensing.spdx import parsed_in_file
from rules.materials.terms.classes import RESTRICTIONS, Class, Classes, effective

_MOST_TOLD = 4
_LATER = re.compile(r"-only$|-or-later$|\+$")


@dataclass(frozen=True, slots=True)
class Claim:
    """What one place says of a license: an expression, or several of which any may be meant."""

    path: str
    line: int | None
    licenses: frozenset[str]

    @property
    def words(self) -> str:
        """The licenses, for people."""
        names = sorted(self.licenses)
        return " or ".join(names[:_MOST_TOLD]) + (" ..." if len(names) > _MOST_TOLD else "")

    @property
    def names(self) -> frozenset[str]:
        """Every license that is named, without a word on later versions: texts do not tell them apart."""
        return frozenset(_LATER.sub("", name) for license_ in self.licenses for name in _names(license_))


@dataclass(frozen=True, slots=True)
class Origin:
    """What a material was made from, and its license."""

    name: str
    license: str
    told_by: str


def disagreeing(declared: Claim, others: Iterable[Claim]) -> Iterator[Claim]:
    """The places that name no license which is declared. To name one of several is enough to agree."""
    return (other for other in others if other.names and other.names.isdisjoint(declared.names))


def looser(license_: str, origins: Iterable[Origin]) -> Iterator[tuple[Origin, Classes]]:
    """The origins that restrict what a license does not, and in which classes. What is unclear is not compared."""
    own = _classes(license_)
    if Class.UNCLEAR in own:
        return
    for origin in origins:
        if lacking := (_classes(origin.license) & RESTRICTIONS) - own:
            yield origin, lacking


def _classes(license_: str) -> Classes:
    parsed = parsed_in_file(license_)
    return frozenset({Class.UNCLEAR}) if parsed is None else effective(parsed)


def _names(license_: str) -> Iterator[str]:
    parsed = parsed_in_file(license_)
    for literal in () if parsed is None else parsed.get_literals():
        yield getattr(literal, "license_symbol", literal).key
