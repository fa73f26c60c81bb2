# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which card speaks for a material: the nearest one of the right sort, and the registry for what that lacks."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rules.change import Side, SideFile
from rules.licensing.folders import folders_of
from rules.materials.cards import cyclonedx, front_matter, registry, spdx_document
from rules.materials.cards.card import Card, Problem
from rules.materials.cards.croissant import is_croissant, read_croissant, read_kaggle, read_package
from rules.materials.cards.found import Parsed, card_of
from rules.materials.cards.json_text import UnfitJsonError, read
from rules.materials.material import Material, Reference, Sort

FOLDERS = 10
"""The nearest folders that are looked into, besides the root. Each name in each of them is asked for."""

_README = "README.md"
_DEDICATED = {
    Sort.DATASET: ("DATASET_CARD.md", "DATA_CARD.md", "datacard.md"),
    Sort.MODEL: ("MODEL_CARD.md", "modelcard.md"),
}
_BILLS = ("bom.json", "bom.cdx.json", "bom.spdx.json")
_JSON = {
    Sort.DATASET: ("croissant.json", "metadata.json", "datapackage.json", "dataset-metadata.json", *_BILLS),
    Sort.MODEL: _BILLS,
}
_SURELY = {"croissant.json": read_croissant, "datapackage.json": read_package, "dataset-metadata.json": read_kaggle}
"""Names that nothing else has, so that what cannot be read there is a card with a problem, and not none."""


def places(folder: str, sort: Sort) -> Iterator[str]:
    """Where a card for what lies in a folder may stand, in the order in which they count, and the registry.

    Markdown in the folder itself and all above it, up to bounds; JSON in the folder itself and the one above it.
    """
    for distance, above in enumerate(_upwards(folder)):
        names = (*_DEDICATED[sort], _README, *(_JSON[sort] if distance < 2 else ()))
        yield from (f"{above}{name}" for name in names)
    yield registry.PATH


def _upwards(folder: str) -> tuple[str, ...]:
    """The folder, those above it that are near enough, and the root."""
    root, *below = folders_of(f"{folder}/" if folder else "")
    return (*below[::-1][:FOLDERS], root)


class Cards:
    """The cards of a repository at the head of a contribution; each file is read once."""

    def __init__(self, side_files: Iterable[SideFile]) -> None:
        """Take the files that were asked for at `places`."""
        self._texts = {file.path: file.text for file in side_files if file.side is Side.HEAD}
        self._registry = registry.read(self._texts.get(registry.PATH, "version: 1"))
        self._markdown: dict[tuple[str, Sort], Card | None] = {}
        self._json: dict[str, Parsed | UnfitJsonError] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What in the registry cannot be understood."""
        return self._registry.problems

    def of(self, material: Material) -> Card | None:
        """What is declared of a material."""
        there = (path for path in places(material.folder, material.sort) if path in self._texts)
        cards = (self._card(path, material) for path in there if path != registry.PATH)
        return _filled(next((card for card in cards if card), None), self._registry.of(material))

    def of_reference(self, reference: Reference) -> Card | None:
        """What the registry declares of something that is loaded from elsewhere."""
        return self._registry.of_reference(reference)

    def _card(self, path: str, material: Material) -> Card | None:
        name = path.rpartition("/")[2]
        if name.endswith(".md"):
            return self._in_markdown(path, material.sort, dedicated=name != _README)
        if path not in self._json:
            self._json[path] = _parsed(self._texts[path])
        parsed = self._json[path]
        if isinstance(parsed, UnfitJsonError):
            problem = Problem(f"nothing can be read: the file {parsed.words}", parsed.line)
            return card_of(path, "dataset card", (), (problem,)) if name in _SURELY else None
        return _in_json(path, name, parsed, material)

    def _in_markdown(self, path: str, sort: Sort, *, dedicated: bool) -> Card | None:
        if (path, sort) not in self._markdown:
            self._markdown[path, sort] = front_matter.read(path, self._texts[path], sort, dedicated=dedicated)
        return self._markdown[path, sort]


def _parsed(text: str) -> Parsed | UnfitJsonError:
    try:
        return read(text)
    except UnfitJsonError as error:
        return error


def _in_json(path: str, name: str, parsed: Parsed, material: Material) -> Card | None:
    if name in _SURELY:
        return _SURELY[name](path, parsed)
    if name == "metadata.json":
        return read_croissant(path, parsed) if is_croissant(parsed) else None
    return cyclonedx.read(path, parsed, material) or spdx_document.read(path, parsed, material)


def _filled(card: Card | None, entry: Card | None) -> Card | None:
    """A card with what it lacks out of the registry, which tells where it stands."""
    if card is None or entry is None:
        return card or entry
    added = {key: replace(said, path=entry.path) for key, said in entry.keys.items() if key not in card.keys}
    blank = {key: line for key, line in card.blank.items() if key not in added}
    return replace(card, keys={**card.keys, **added}, blank=blank)
