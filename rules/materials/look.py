# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One contribution as a rule on data or on models looks at it: what is committed and what is loaded, each with its card
and with what speaks against its license. What both rules ask to see is said here as well.
"""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rules.change import Change, ChangedFile, Need, Side
from rules.licensing import reuse
from rules.materials.cards import nearest, registry
from rules.materials.cards.card import Card, Problem
from rules.materials.committed import found as committed
from rules.materials.draft import Draft, draft
from rules.materials.loaded import references
from rules.materials.material import Material, Part, Reference, Sort
from rules.materials.terms import license_files
from rules.materials.terms.licensing import Licensing
from rules.materials.terms.objections import Objection
from rules.options import DatasetsOptions, ModelsOptions

Options = DatasetsOptions | ModelsOptions
NEEDS = frozenset({Need.FILES, Need.CONTENT, Need.BYTES, Need.LINES})


@dataclass(frozen=True, slots=True)
class Found:
    """A dataset or model that is committed, its card if it has one, and what speaks against its license.

    `draft` is a card for it where it needs one, and where nothing is unread that might be one.
    """

    material: Material
    card: Card | None
    objections: tuple[Objection, ...] = ()
    draft: Draft | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that are data or weights themselves, and do not only tell of them."""
        return tuple(part for part in self.material.parts if not part.describes)

    @property
    def is_update(self) -> bool:
        """Whether all of it was there before."""
        return not any(part.new for part in self.material.parts)

    @property
    def place(self) -> str:
        """The file to show for the whole of it: its largest."""
        return max(self.material.parts, key=lambda part: part.size or 0).path


@dataclass(frozen=True, slots=True)
class Loaded:
    """A dataset or model that is loaded from elsewhere, what the registry says of it, and what speaks against that."""

    reference: Reference
    card: Card | None
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """All that a contribution brings of one sort. `unread` are files that may load more. `broken` is wrong with the
    repository's registry, as far as that matters here; `registers`: the contribution changes it.
    """

    found: tuple[Found, ...] = ()
    loaded: tuple[Loaded, ...] = ()
    unread: tuple[str, ...] = ()
    broken: tuple[Problem, ...] = ()
    registers: bool = False

    @property
    def nothing(self) -> bool:
        """Whether there is nothing for the rule to judge."""
        return not (self.found or self.loaded or self.registers)


def look(change: Change, sort: Sort, options: Options) -> Look:
    """Look at a contribution."""
    cards, licensing = nearest.Cards(change.beside), Licensing(change.beside, options.licenses)
    found = _found(change, sort, options, cards, licensing)
    loaded = tuple(_loaded(change, sort, cards, licensing))
    registers = any(file.path == registry.PATH and file.content_changed for file in change.files)
    broken = tuple(cards.problems) if found or loaded or registers else ()
    return Look(found, loaded, references.unread(change, sort), broken, registers)


def _found(
    change: Change, sort: Sort, options: Options, cards: nearest.Cards, licensing: Licensing
) -> tuple[Found, ...]:
    materials = committed.committed(change, sort, options.paths)
    found = (Found(one, card, licensing.of(one, card)) for one in materials for card in (cards.of(one),))
    return tuple(_drafted(change, found) if options.card == "required" else found)


def _loaded(change: Change, sort: Sort, cards: nearest.Cards, licensing: Licensing) -> Iterator[Loaded]:
    for one in references.references(change, sort):
        card = cards.of_reference(one)
        yield Loaded(one, card, licensing.of_reference(one, card))


def drafts(seen: Look) -> Iterator[tuple[Material, Draft]]:
    """What has no card, with a draft for it."""
    return ((one.material, one.draft) for one in seen.found if one.draft)


def _drafted(change: Change, found: Iterable[Found]) -> Iterator[Found]:
    """The same, with a draft for each that has no card; of several that would share one, the first has it."""
    unread, taken = _unread(change), set[str]()
    for one in found:
        made = None if one.card else draft(one.material, change.beside)
        places = (None, *nearest.places(one.material.folder, one.material.sort))
        if made and made.path not in taken and unread.isdisjoint((made.path, *places)):
            taken.add(made.path)
            yield replace(one, draft=made)
        else:
            yield one


def _unread(change: Change) -> set[str | None]:
    """What could not be read and may be a card; a gap without a path may be anywhere."""
    return {gap.path for gap in change.unseen if gap.need is Need.CONTENT}


# -- what to read -------------------------------------------------------------------------------------------------


def wants(sort: Sort, file: ChangedFile, options: Options) -> bool:
    """Whether a file is looked into: to tell what it is, or because it is the registry."""
    return file.content_changed and (file.path == registry.PATH or committed.wants(file, sort, options.paths))


def peeks(sort: Sort, file: ChangedFile, options: Options) -> bool:
    """Whether the first bytes of a file are worth a request, should it be binary."""
    return file.content_changed and committed.peeks(file, sort, options.paths)


def reads_lines(file: ChangedFile, _options: Options) -> bool:
    """Whether a file may load data or models from elsewhere."""
    return file.content_changed and references.reads_lines(file)


def beside(sort: Sort, file: ChangedFile, options: Options) -> Iterator[tuple[Side, str]]:
    """Where a card, a license or the registry may stand that speaks of a file; of code, only the registry does."""
    yield Side.HEAD, registry.PATH
    unmeasured = replace(file, size=None)
    if not (wants(sort, unmeasured, options) or peeks(sort, unmeasured, options)):
        return
    folder = posixpath.dirname(file.path)
    yield from ((Side.HEAD, path) for path in nearest.places(folder, sort))
    yield from license_files.places(folder)
    yield from ((Side.HEAD, path) for path in reuse.side_paths(file.path))
