# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How a license of data or weights stands with the policy: with its lists, or else with Steward's own defaults.

Defaults, where the policy's `allow` is empty: what forbids commercial use or changed versions, or is for research only,
is refused in a project with an open-source license, and doubted in others. What restricts the use otherwise, and what
nobody knows, is doubted. All else passes. `AND` binds to all sides, `OR` leaves the choice.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from rules.licensing.allowed import Listing, Lists
from rules.materials.terms.classes import CLOSED, NARROW, Class, classes_of, in_words
from rules.materials.terms.license_files import Project


class Verdict(IntEnum):
    """How it stands, the better the higher."""

    REFUSED = 0
    DOUBTED = 1
    PASSED = 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """The verdict, and if it does not pass the reasons, each a clause.

    `share_alike` are the licenses that hold whatever is chosen and that ask to be kept, so that their text has to lie
    beside. `barred`: the policy denies it by name, so that nothing could allow it.
    """

    verdict: Verdict
    reasons: tuple[str, ...] = ()
    share_alike: tuple[str, ...] = ()
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Scales:
    """What a license is weighed by: the policy's lists, which stand under `where` there, and the project's license."""

    lists: Lists
    project: Project
    where: str

    def weigh(self, parsed: Any) -> Weighed:
        """How an expression stands, as `parse` gives it."""
        if parsed.isliteral:
            return self._single(parsed)
        sides = [self.weigh(side) for side in parsed.args]
        return _best(sides) if parsed.operator.strip() == "OR" else _together(sides)

    def _single(self, literal: Any) -> Weighed:
        license_, listed = getattr(literal, "license_symbol", literal).key, self.lists.of(literal)
        classes = classes_of(license_)
        kept = (str(literal),) if Class.SHARE_ALIKE in classes else ()
        if listed.listing is Listing.DENIED:
            by = "" if listed.by == str(literal) else f" as {listed.by}"
            reason = f"{literal} stands under {self.where}.deny{by}"
            return Weighed(Verdict.REFUSED, (reason,), kept, barred=True)
        if listed.listing is Listing.ALLOWED:
            return Weighed(Verdict.PASSED, share_alike=kept)
        if self.lists.exclusive:
            return Weighed(Verdict.REFUSED, (f"{literal} is not among {self.where}.allow",), kept)
        return self._by_default(str(literal), classes, kept)

    def _by_default(self, name: str, classes: frozenset[Class], kept: tuple[str, ...]) -> Weighed:
        if closed := classes & CLOSED:
            guarded = self.project.guarded
            refused = "the defaults refuse in a project" if guarded else "the defaults let pass in a project"
            reason = f"{name} {in_words(closed)}, which {refused} {self.project.words}"
            return Weighed(Verdict.REFUSED if guarded else Verdict.DOUBTED, (reason,), kept)
        if narrow := classes & NARROW:
            return Weighed(Verdict.DOUBTED, (f"{name} {in_words(narrow)}",), kept)
        if Class.UNCLEAR in classes:
            return Weighed(Verdict.DOUBTED, (f"what {name} means for data and weights is not known to Steward",), kept)
        return Weighed(Verdict.PASSED, share_alike=kept)


def _best(sides: list[Weighed]) -> Weighed:
    """The choice that stands best; of those that stand alike one that asks for no text beside."""
    best = max(sides, key=lambda side: (side.verdict, not side.barred, not side.share_alike))
    reasons = dict.fromkeys(reason for side in sides if side.verdict is best.verdict for reason in side.reasons)
    return Weighed(best.verdict, tuple(reasons), best.share_alike, best.barred)


def _together(sides: list[Weighed]) -> Weighed:
    worst = min(side.verdict for side in sides)
    reasons = dict.fromkeys(reason for side in sides if side.verdict is worst for reason in side.reasons)
    kept = dict.fromkeys(name for side in sides for name in side.share_alike)
    return Weighed(worst, tuple(reasons), tuple(kept), any(side.barred for side in sides))
