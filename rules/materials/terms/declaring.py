# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""All places that say under which license a material is: its card, what REUSE knows, license files, the README."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rules.change import Side, SideFile
from rules.licensing.reuse import Reuse
from rules.materials.cards import registry
from rules.materials.cards.card import Card, Declared
from rules.materials.material import Material, Reference, Sort
from rules.materials.terms import reading as terms
from rules.materials.terms.conflicts import Claim, Origin
from rules.materials.terms.license_files import LicenseFiles
from rules.materials.terms.license_prose import spoken
from rules.materials.terms.origins import origin_of
from rules.materials.terms.reading import Terms

MOST_PARTS = 20
"""Files of a material that are looked up in REUSE.toml: as a rule one entry covers all."""
MOST_ORIGINS = 20


@dataclass(frozen=True, slots=True)
class Declaration:
    """Where a license is declared, and what it means."""

    path: str
    line: int | None
    terms: Terms

    @property
    def claim(self) -> Claim:
        """The same, to be held against other places."""
        return Claim(self.path, self.line, frozenset({self.terms.license}))


class Places:
    """What the files beside a contribution say of licenses."""

    def __init__(self, side_files: Iterable[SideFile]) -> None:
        self._all = tuple(side_files)
        self._read: dict[str, tuple[Claim, ...]] = {}

    @cached_property
    def files(self) -> LicenseFiles:
        """The license files."""
        return LicenseFiles(self._all)

    @cached_property
    def _reuse(self) -> Reuse:
        return Reuse(self._all)

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {file.path: file.text for file in self._all if file.side is Side.HEAD}

    @cached_property
    def _registry(self) -> registry.Registry:
        return registry.read(self._texts[registry.PATH]) if registry.PATH in self._texts else registry.Registry()

    def declared(self, material: Material, card: Card | None) -> Declaration | None:
        """What counts: the card, or else what REUSE knows, or else the nearest license file below the root."""
        by_card = by_card_alone(card, text_beside=self._own_file(material) is not None) if card else None
        return by_card or self._by_reuse(material) or self._by_file(material)

    def others(self, material: Material, card: Card | None) -> Iterator[Claim]:
        """All other places that name a license of it."""
        if by_reuse := self._by_reuse(material):
            yield by_reuse.claim
        if own := self._own_file(material):
            yield own
        yield from self._prose(material, card)

    def covers(self, material: Material, licenses: Iterable[str]) -> bool:
        """Whether the text of these licenses lies beside the data, or REUSE names the license of each file."""
        wanted = Claim("", None, frozenset(licenses)).names
        same = any(wanted & one.names for one in self.files.above(material.folder))
        if same or self._own_file(material):
            return True
        return all(self._reuse.of(path).licenses(own=False) for path in _own_paths(material))

    def origins(self, sort: Sort, card: Card | None) -> Iterator[Origin]:
        """What a card says that it was made from, as far as its license is known."""
        key = "base_model" if sort is Sort.MODEL else "source"
        named = card.keys[key].values[:MOST_ORIGINS] if card and key in card.keys else ()
        for name in named:
            if origin := self._recorded(Reference(sort, name, "", name, "", 0)) or well_known(name):
                yield origin

    def _recorded(self, reference: Reference) -> Origin | None:
        """What the registry says of something that is named."""
        entry = self._registry.of_reference(reference)
        found = by_card_alone(entry, text_beside=False) if entry else None
        return Origin(reference.id, found.terms.license, found.path) if found and found.terms.license else None

    def hints(self, material: Material) -> Iterator[Claim]:
        """Where nothing is declared: what else speaks of the license, in a license file or in sentences."""
        if own := self._own_file(material):
            yield own
        yield from self._prose(material, None)

    def _own_file(self, material: Material) -> Claim | None:
        """The license file in the folder of a material; the one at the root is the project's."""
        return self.files.in_folder(material.folder) if material.folder else None

    def _by_reuse(self, material: Material) -> Declaration | None:
        said = [one for path in _own_paths(material) for one in self._reuse.of(path).licenses(own=False)]
        names = dict.fromkeys(name for one in said for name in one.licenses)
        return Declaration(said[0].source, said[0].line, terms.together(map(terms.read, names))) if names else None

    def _by_file(self, material: Material) -> Declaration | None:
        below_root = (one for one in self.files.above(material.folder) if "/" in one.path)
        found = next((one for one in below_root if len(one.names) == 1), None)
        return Declaration(found.path, None, terms.read(min(found.licenses))) if found else None

    def _prose(self, material: Material, card: Card | None) -> Iterator[Claim]:
        """What sentences say of the material: those of its card, and of the README in its own folder."""
        readme = posixpath.join(material.folder, "README.md") if material.folder else ""
        pages = (card.path if card and card.path.lower().endswith(".md") else "", readme)
        for page in dict.fromkeys(pages):
            if page in self._texts and page not in self._read:  # one page may speak of hundreds
                self._read[page] = tuple(_in_prose(page, self._texts[page]))
            yield from self._read.get(page, ())


def well_known(named: str, source: str = "") -> Origin | None:
    """What everybody knows of something by its id, or else by its address."""
    license_ = origin_of(named) or origin_of(source)
    return Origin(named, license_, "") if license_ else None


def by_card_alone(card: Card, *, text_beside: bool) -> Declaration | None:
    """What a card declares."""
    found = terms.declared(card.keys, text_beside=text_beside)
    at = card.keys.get("license") or card.keys.get("license_name") or Declared(())
    return Declaration(at.path or card.path, at.line, found) if found else None


def _in_prose(path: str, text: str) -> Iterator[Claim]:
    """All that a page says is one claim: of several licenses one may be that of the data."""
    said = list(spoken(text))
    if said:
        yield Claim(path, said[0].line, frozenset[str]().union(*(one.licenses for one in said)))


def _own_paths(material: Material) -> list[str]:
    own = [part.path for part in material.parts if not part.describes] or [part.path for part in material.parts]
    return own[:MOST_PARTS]
