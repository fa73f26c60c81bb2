# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What kind of license it is, as far as that matters to data and weights: the classes of data/terms.toml."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from typing import Any

from rules.data import table


class Class(StrEnum):
    """A trait of licenses; one license may have several."""

    PUBLIC_DOMAIN = "public domain"
    ATTRIBUTION = "attribution"
    PERMISSIVE = "permissive"
    SHARE_ALIKE = "share-alike"
    COMPUTATIONAL = "computational use only"
    NON_COMMERCIAL = "non-commercial"
    NO_DERIVATIVES = "no-derivatives"
    RESEARCH_ONLY = "research-only"
    BEHAVIOURAL = "behavioural use"
    UNCLEAR = "unclear"


Classes = frozenset[Class]

CLOSED = frozenset({Class.NON_COMMERCIAL, Class.NO_DERIVATIVES, Class.RESEARCH_ONLY})
"""What no project with an open-source license can pass on under that license."""
NARROW = frozenset({Class.COMPUTATIONAL, Class.BEHAVIOURAL})
"""What restricts the use, and which people should know of."""
RESTRICTIONS = CLOSED | NARROW | {Class.SHARE_ALIKE}
"""What a license asks for or forbids that one who passes the material on cannot leave out."""


def classes_of(license_: str) -> Classes:
    """The classes of one license without its exception; unclear if it is in none."""
    plain = license_.removesuffix("+")
    return frozenset(class_ for class_, ids in _table() if _covers(ids, plain)) or frozenset({Class.UNCLEAR})


def effective(parsed: Any) -> Classes:
    """The classes of an expression, as `parse` gives it: all bind together, and of a choice the freest is taken."""
    if parsed.isliteral:
        return classes_of(getattr(parsed, "license_symbol", parsed).key)
    sides = [effective(side) for side in parsed.args]
    if parsed.operator.strip() == "OR":
        return min(sides, key=lambda side: (len(side & CLOSED), Class.UNCLEAR in side, len(side & RESTRICTIONS)))
    return frozenset[Class]().union(*sides)


def in_words(classes: Iterable[Class]) -> str:
    """What licenses of these classes do, as a phrase behind their name: forbids commercial use and ..."""
    found = [phrase for class_, phrase in _words().items() if class_ in set(classes)]
    return " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


def _covers(ids: tuple[str, ...], license_: str) -> bool:
    return any(license_.startswith(id_[:-1]) if id_.endswith("*") else license_ == id_ for id_ in ids)


@cache
def _table() -> tuple[tuple[Class, tuple[str, ...]], ...]:
    return tuple((Class(row["class"]), tuple(row["licenses"])) for row in table("terms")["classes"])


@cache
def _words() -> dict[Class, str]:
    return {Class(row["class"]): row["words"] for row in table("terms")["classes"]}
