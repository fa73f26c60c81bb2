# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The repository's own registry of data and models, `data-provenance.yml` at its root.

It speaks for what carries no card of its own, and for what is loaded from elsewhere. docs/cards.md is its reference.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from rules.materials.cards import card_yaml
from rules.materials.cards.card import Card, Problem
from rules.materials.cards.found import Parsed, Path, card_of, plain_lines
from rules.materials.cards.names import all_names, declared, spelling
from rules.materials.material import Material, Reference, Sort
from rules.patterns import MAX_LENGTH, Globs, UnfitError
from rules.suggest import nearest
from rules.yaml_guard import MAX_BYTES

PATH = "data-provenance.yml"
FORM = "registry entry"
MOST_ENTRIES = 500
MOST_PATTERNS = 500  # of all entries together: each may be tried on every file
MOST_PROBLEMS = 20

_LISTS = {"datasets": Sort.DATASET, "models": Sort.MODEL}
_OWN_KEYS = ("paths", "ids")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the registry says of one dataset or model, and whom it speaks for."""

    sort: Sort
    paths: Globs
    ids: frozenset[str]
    card: Card

    def covers(self, material: Material) -> bool:
        """Whether all files of a material, beside those that only tell of it, are among its paths."""
        files = [part.path for part in material.parts if not part.describes] or [part.path for part in material.parts]
        return material.sort is self.sort and all(map(self.paths.match, files))

    def names(self, reference: Reference) -> bool:
        """Whether it names what is loaded, by id or address."""
        names = (_same(name) for name in (reference.id, reference.source) if name)
        return reference.sort is self.sort and not self.ids.isdisjoint(names)


def _same(name: str) -> str:
    """An id or address in the one way in which it is compared."""
    return name.casefold().rstrip("/")


@dataclass(frozen=True, slots=True)
class Registry:
    """The entries, in their order, and what in the file cannot be understood."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, material: Material) -> Card | None:
        """What the first entry that covers a material says of it."""
        return next((entry.card for entry in self.entries if entry.covers(material)), None)

    def of_reference(self, reference: Reference) -> Card | None:
        """What the first entry that names a reference says of it."""
        return next((entry.card for entry in self.entries if entry.names(reference)), None)


def read(text: str) -> Registry:
    """The registry out of the text of its file; what is wrong in it is among its problems."""
    reader = _Reader(card_yaml.read(plain_lines(text), 1, MAX_BYTES))
    entries = tuple(reader.entries())
    return Registry(entries, tuple(reader.problems))


class _Reader:
    """Reads one registry, and counts what takes time to be asked. `problems` grows meanwhile."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._patterns = 0
        self.problems = list(parsed.problems)

    def entries(self) -> list[Entry]:
        """The entries that can be used."""
        version = self._parsed.value.get("version")
        if version is True or version != 1:
            self._refuse("the registry does not say `version: 1`, the only version that is known", ("version",))
            return []
        self._check_keys(self._parsed.value, (), ("version", *_LISTS), frozenset())
        rows = list(self._rows())
        if len(rows) > MOST_ENTRIES:
            self._refuse(f"there are more than {MOST_ENTRIES} entries; the others are not read", rows[MOST_ENTRIES][1])
        entries = (self._entry(row, path, sort) for row, path, sort in rows[:MOST_ENTRIES])
        return [entry for entry in entries if entry]

    def _rows(self) -> Iterator[tuple[dict[str, Any], Path, Sort]]:
        for key, sort in _LISTS.items():
            rows = self._parsed.value.get(key) or []
            if not isinstance(rows, list):
                self._refuse(f"{key} should be a list of entries", (key,))
                continue
            for at, row in enumerate(rows):
                if isinstance(row, dict):
                    yield row, (key, at), sort
                else:
                    self._refuse(f"an entry of {key} should be keys and values", (key, at))

    def _entry(self, row: dict[str, Any], path: Path, sort: Sort) -> Entry | None:
        """One entry, or None: what is wrong about whom it speaks for is told, and not guessed."""
        self._check_keys(row, path, _OWN_KEYS, all_names())
        card = card_of(PATH, FORM, declared(self._parsed, row, path), line=self._parsed.line(*path))
        self.problems += card.problems[: MOST_PROBLEMS - len(self.problems)]
        try:
            paths, ids = self._paths(row), _texts(row, "ids")
        except UnfitError as error:
            self._refuse(error.words, path)
            return None
        if not paths.patterns and not ids:
            self._refuse("an entry speaks for nothing: give it `paths`, or `ids` of what is loaded", path)
            return None
        return Entry(sort, paths, frozenset(map(_same, ids)), replace(card, problems=()))

    def _paths(self, row: dict[str, Any]) -> Globs:
        patterns = _texts(row, "paths")
        self._patterns += len(patterns)
        if self._patterns > MOST_PATTERNS:
            raise UnfitError(f"the entries up to here have more than {MOST_PATTERNS} paths together")
        try:
            return Globs(patterns)
        except UnfitError as error:
            raise UnfitError(f"one of the paths of an entry {error.words}") from None

    def _check_keys(self, keys: Iterable[str], path: Path, own: tuple[str, ...], shared: frozenset[str]) -> None:
        """Tell the keys that are neither among its own nor, spelled as in any card, among those of cards."""
        unknown = [key for key in keys if key not in own and spelling(key) not in shared]
        for key in unknown[: MOST_PROBLEMS - len(self.problems)]:  # to find what was meant takes a while
            meant = nearest(key, sorted({*own, *shared}))
            hint = f"; did you mean {meant}?" if meant else ""
            self._refuse(f"the key {key[:60]!r} is not known{hint}", (*path, key))

    def _refuse(self, words: str, path: Path) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(words, self._parsed.line(*path)))


def _texts(row: dict[str, Any], key: str) -> list[str]:
    """A text or a list of texts as such a list; raises UnfitError."""
    value = row.get(key) or []
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) and 0 < len(text) <= MAX_LENGTH for text in texts):
        raise UnfitError(f"{key} of an entry should be a list of texts of at most {MAX_LENGTH} characters")
    return texts
