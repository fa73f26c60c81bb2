# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A license expression held against lists of licenses that are allowed and denied.

`Lists.of` says what the lists say of one license. `Lists.weigh` puts that together for what GitHub knows of a package.

`OR` is a choice: one acceptable side suffices. `AND` binds to all sides. `X-or-later` is a choice among the versions
of X that SPDX lists from that one on; in a list it is each of them. An exception (`WITH`) only permits more, so an
allowed license is allowed with any; but a license with an exception is one of its own, so a denied license is not
denied with one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import cache, lru_cache
from typing import Any

from license_expression import ExpressionError, ExpressionParseError

from rules.licensing.spdx import is_reference, listed, parse, unlisted

CUT = 255
"""Characters at which GitHub cuts off what it knows of a license."""

_CHARACTERS = re.compile(r"[A-Za-z0-9.:+() \t-]+")
_VERSION = re.compile(r"(?P<family>.+?-)(?P<version>\d+(?:\.\d+)+)(?P<letter>[a-z]?)(?P<tail>(?:-.+)?)")
_NOT_TOLD = {  # what stands for a license where nobody knows it
    "NOASSERTION": "GitHub names no license",
    "NONE": "GitHub finds no license",
    "OTHER": "GitHub finds a license and does not know which",
}
_LONGEST_QUOTED = 100


class Standing(IntEnum):
    """How a license stands with the lists, the better the higher."""

    DENIED = 0
    UNKNOWN = 1
    ACCEPTED = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """How a license stands; if it is not accepted the reasons, each a clause without a full stop."""

    standing: Standing
    reasons: tuple[str, ...] = ()


class Listing(Enum):
    """Which list names a license. Entries that deny go before those that allow."""

    DENIED = "denied"
    ALLOWED = "allowed"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Listed:
    """What the lists say of one license; if it is denied, `by` are the entries that do."""

    listing: Listing
    by: str = ""


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of a license, as it is named alone and with all that follow it; a license without versions is one."""

    only: str
    later: str


class Lists:
    """The licenses that a policy allows (all if it names none) and denies; each entry is one, in canonical form."""

    def __init__(self, allow: Iterable[str], deny: Iterable[str]) -> None:
        self._allowed = frozenset(
            (name, exception)
            for entry in allow
            for license_, exception in (_parts(parse(entry)),)
            for version in _versions(license_)
            for name in (version.only, version.later)
        )
        self._denied = {
            (version.only, exception): entry
            for entry in deny
            for license_, exception in (_parts(parse(entry)),)
            for version in _versions(license_)
        }

    @property
    def exclusive(self) -> bool:
        """Whether nothing is allowed but what is listed."""
        return bool(self._allowed)

    def of(self, literal: Any) -> Listed:
        """What they say of one license with its exception, if it has one: a leaf of what `parse` gives."""
        license_, exception = _parts(literal)
        versions = _versions(license_)
        denied_by = [self._denied.get((version.only, exception)) for version in versions]
        if all(denied_by):
            return Listed(Listing.DENIED, " and ".join(dict.fromkeys(filter(None, denied_by))))
        allowed = any(self._is_allowed(name, exception) for name in _names(versions, denied_by))
        return Listed(Listing.ALLOWED if allowed else Listing.UNNAMED)

    def weigh(self, text: str | None) -> Weighed:
        """How an expression stands, as GitHub gives it; None and what is no expression are unknown."""
        parsed = _parsed(text or "")
        return Weighed(Standing.UNKNOWN, (parsed,)) if isinstance(parsed, str) else self._weigh(parsed)

    def _weigh(self, parsed: Any) -> Weighed:
        if parsed.isliteral:
            return self._single(parsed)
        sides = [self._weigh(side) for side in parsed.args]
        decides = max if parsed.operator.strip() == "OR" else min
        standing = decides(side.standing for side in sides)
        reasons = dict.fromkeys(reason for side in sides if side.standing is standing for reason in side.reasons)
        return Weighed(standing, tuple(reasons))

    def _single(self, literal: Any) -> Weighed:
        shown, (license_, _) = str(literal), _parts(literal)
        if license_.upper() in _NOT_TOLD:
            return Weighed(Standing.UNKNOWN, (_NOT_TOLD[license_.upper()],))
        listed_ = self.of(literal)
        if listed_.listing is Listing.DENIED:
            return _denied(shown, listed_.by)
        return Weighed(Standing.ACCEPTED) if listed_.listing is Listing.ALLOWED else self._unnamed(shown, license_)

    def _unnamed(self, shown: str, license_: str) -> Weighed:
        """How a license stands that neither list names."""
        if is_reference(license_):
            reason = f"{shown} is no license that SPDX lists, and the policy does not name it"
            return Weighed(Standing.UNKNOWN, (reason,))
        if self.exclusive:
            return Weighed(Standing.DENIED, (f"{shown} is not among the licenses allowed",))
        return Weighed(Standing.ACCEPTED)

    def _is_allowed(self, license_: str, exception: str) -> bool:
        return bool({(license_, exception), (license_, "")} & self._allowed)


def _denied(shown: str, by: str) -> Weighed:
    return Weighed(Standing.DENIED, (f"{shown} is denied" if by == shown else f"{shown} is denied by {by}",))


def _names(versions: tuple[_Version, ...], denied_by: list[str | None]) -> set[str]:
    """By which names a license can be allowed: those of its versions that are not denied, alone or with later ones."""
    open_ = [number for number, entry in enumerate(denied_by) if entry is None]
    alone = {versions[number].only for number in open_}
    return alone | {version.later for version in versions[: open_[-1] + 1]}


# -- reading an expression ----------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Any:
    """The expression, or what is wrong with it in words."""
    if not text.strip():
        return _NOT_TOLD["NOASSERTION"]
    if len(text) >= CUT:
        return "GitHub cuts off what it knows of the license, so nobody can tell what it is"
    try:
        parsed = parse(text) if _CHARACTERS.fullmatch(text) else None
    except (ExpressionError, ExpressionParseError):
        parsed = None
    if parsed is None:
        return f"{_quoted(text)} is not an SPDX license expression"
    foreign = next((name for name in unlisted(parsed) if not _is_known(name)), None)
    if foreign is not None:
        return f"{_quoted(text)} is not an SPDX license expression: SPDX lists no {_quoted(foreign)}"
    return parsed


def _is_known(name: str) -> bool:
    return name.upper() in _NOT_TOLD or is_reference(name)


def _quoted(text: str) -> str:
    return f'"{text}"' if len(text) <= _LONGEST_QUOTED else f'"{text[:_LONGEST_QUOTED]}..."'


def _parts(literal: Any) -> tuple[str, str]:
    """A license and its exception, or none, in canonical form."""
    if exception := getattr(literal, "exception_symbol", None):
        return _parts(literal.license_symbol)[0], exception.key
    return literal.key, ""


# -- the versions of a license ------------------------------------------------------------------------------------


@cache
def _versions(license_: str) -> tuple[_Version, ...]:
    """The version that is named, and the later ones if it says so; the oldest first."""
    for later, only in (("-or-later", "-only"), ("+", "")):
        if license_.endswith(later):
            stems = _from(license_.removesuffix(later), only)
            return tuple(_Version(f"{stem}{only}", f"{stem}{later}") for stem in stems)
    return (_Version(license_, license_),)


def _from(stem: str, only: str) -> list[str]:
    """The listed versions of a license from this one on; itself alone if its name holds no version."""
    start = _VERSION.fullmatch(stem)
    if not start:
        return [stem]
    found = [_VERSION.fullmatch(name.removesuffix(only)) for name in listed() if name.endswith(only)]
    family = [one for one in found if one and (one["family"], one["tail"]) == (start["family"], start["tail"])]
    return [one[0] for one in sorted(family, key=_age) if _age(one) >= _age(start)]


def _age(name: re.Match[str]) -> tuple[list[int], str]:
    return [int(number) for number in name["version"].split(".")], name["letter"]
