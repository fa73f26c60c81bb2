# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What speaks against the license of data or weights: that there is none, that the policy does not let it through, that
two places contradict each other, that its text does not lie beside.

This is what the policy says, and no legal advice. docs/licenses-of-data.md has the classes and the defaults.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rules.change import SideFile
from rules.licensing.allowed import Lists
from rules.licensing.spdx import parsed_in_file
from rules.materials.cards.card import Card
from rules.materials.material import Material, Reference, Sort
from rules.materials.terms import objections
from rules.materials.terms.conflicts import Origin, disagreeing, looser
from rules.materials.terms.declaring import Declaration, Places, by_card_alone, well_known
from rules.materials.terms.license_files import project
from rules.materials.terms.objections import Kind, Objection
from rules.materials.terms.weighing import Scales, Verdict, Weighed
from rules.settings import LicenseLists

__all__ = ["Kind", "Licensing", "Objection"]

_MOST_CONFLICTS = 3


class Licensing:
    """Judges the licenses of what one contribution brings, by the files beside it and the lists of the policy."""

    def __init__(self, side_files: Iterable[SideFile], lists: LicenseLists) -> None:
        """Nothing is read before something is judged."""
        self._side_files, self._lists = tuple(side_files), lists
        self._places = Places(self._side_files)
        self._made: dict[Sort, Scales] = {}

    def of(self, material: Material, card: Card | None) -> tuple[Objection, ...]:
        """What speaks against the license of something that is committed."""
        found = self._places.declared(material, card)
        if found is None:
            return (objections.undeclared(material.sort, card, next(self._places.hints(material), None)),)
        if found.terms.doubt:
            return (objections.untold(found.claim, found.terms.doubt, found.terms.fix),)
        weighed = self._weigh(material.sort, found)
        return (
            *self._judged(material.sort, found, weighed),
            *self._conflicts(material, card, found),
            *self._without_text(material, found, weighed),
        )

    def of_reference(self, reference: Reference, card: Card | None) -> tuple[Objection, ...]:
        """What speaks against the license of something that is only loaded from elsewhere: never more than warnings."""
        found = by_card_alone(card, text_beside=False) if card else None
        known = well_known(reference.id, reference.source)
        return tuple(replace(one, warning=True) for one in self._against(reference.sort, found, known))

    def _against(self, sort: Sort, found: Declaration | None, known: Origin | None) -> Iterator[Objection]:
        if found is None:
            yield objections.unrecorded(sort, known.license if known else "")
        elif found.terms.doubt:
            yield objections.untold(found.claim, found.terms.doubt, found.terms.fix)
        else:
            weighed = self._weigh(sort, found)
            if weighed.verdict is Verdict.REFUSED:
                yield objections.refused(sort, found.claim, found.terms.note, weighed, self._scales(sort), loaded=True)
            yield from _looser(found, (known,) if known else ())

    def _weigh(self, sort: Sort, found: Declaration) -> Weighed:
        return self._scales(sort).weigh(parsed_in_file(found.terms.license))

    def _scales(self, sort: Sort) -> Scales:
        if sort not in self._made:
            lists = Lists(self._lists.allow, self._lists.deny)
            self._made[sort] = Scales(lists, project(self._side_files), f"rules.{sort.value}s.licenses")
        return self._made[sort]

    def _judged(self, sort: Sort, found: Declaration, weighed: Weighed) -> Iterator[Objection]:
        if weighed.verdict is Verdict.REFUSED:
            yield objections.refused(sort, found.claim, found.terms.note, weighed, self._scales(sort))
        elif weighed.verdict is Verdict.DOUBTED:
            yield objections.doubted(sort, found.claim, found.terms.note, weighed, self._scales(sort))

    def _conflicts(self, material: Material, card: Card | None, found: Declaration) -> Iterator[Objection]:
        others = list(disagreeing(found.claim, self._places.others(material, card)))
        yield from (objections.contradicted(found.claim, other) for other in others[:_MOST_CONFLICTS])
        yield from _looser(found, self._places.origins(material.sort, card))

    def _without_text(self, material: Material, found: Declaration, weighed: Weighed) -> Iterator[Objection]:
        """Only what is data or weights itself has to have its text beside, and not what tells of them."""
        kept = weighed.share_alike if any(not part.describes for part in material.parts) else ()
        if kept and not self._places.covers(material, kept):
            yield objections.without_text(material, found.claim, kept)


def _looser(found: Declaration, origins: Iterable[Origin]) -> Iterator[Objection]:
    told = list(looser(found.terms.license, origins))[:_MOST_CONFLICTS]
    return (objections.too_loose(found.claim, origin, lacking) for origin, lacking in told)
