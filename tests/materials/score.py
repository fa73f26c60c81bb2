# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How well datasets and models are told in the labelled corpus.

What counts is a pair of sort and strength: that a case commits a dataset, that it loads a model from elsewhere. Recall
is the share of the pairs in the labels that are found, precision that of the pairs found which are in the labels.
"""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.materials.committed.found import committed
from rules.materials.loaded.references import references
from rules.materials.material import Material, Sort
from rules.patterns import Globs
from tests.materials.corpus import Case, Label


@dataclass(frozen=True)
class Score:
    """Pairs that are in the labels and found, that are missed, and that are found without being there.

    `unlike` are pairs that are rightly found, though not as many of them or by other names than a person gives them.
    """

    right: tuple[str, ...]
    missed: tuple[str, ...]
    wrong: tuple[str, ...]
    unlike: tuple[str, ...]

    @property
    def recall(self) -> float:
        return len(self.right) / (len(self.right) + len(self.missed))

    @property
    def precision(self) -> float:
        return len(self.right) / (len(self.right) + len(self.wrong))

    @property
    def likeness(self) -> float:
        """The share of what is rightly found that is told as a person would: each one, by its folder or id."""
        return 1 - len(self.unlike) / len(self.right)


def score(corpus: Iterable[Case]) -> Score:
    """Look at every case."""
    right, missed, wrong, unlike = list[str](), list[str](), list[str](), list[str]()
    for where, label, found, like in (pair for case in corpus for pair in _pairs(case)):
        if label and found:
            right.append(where)
            unlike += [] if like else [f"{where}: {', '.join(found)} for {', '.join(label)}"]
        elif label:
            missed.append(f"{where}: {', '.join(label)}")
        elif found:
            wrong.append(f"{where}: {', '.join(found)}")
    return Score(tuple(right), tuple(missed), tuple(wrong), tuple(unlike))


def _pairs(case: Case) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...], bool]]:
    """Sort and strength by name, what the label has of it, what is found, and whether that is alike."""
    for sort in Sort:
        label: Label = case.labels[sort]
        folders = committed(case.change, sort, Globs())
        loaded = references(case.change, sort)
        yield (
            f"{case.name}: {sort} committed",
            tuple(folder or "the root" for folder in label.committed),
            tuple(f"{one.folder or 'the root'} ({one.name})" for one in folders),
            sorted(label.committed) == sorted(_called(one, label) for one in folders),
        )
        yield (
            f"{case.name}: {sort} referenced",
            label.referenced,
            tuple(one.id for one in loaded),
            _same(label.referenced, [f"{one.id} {one.source}" for one in loaded]),
        )


def _called(one: Material, label: Label) -> str:
    """The word of the label that names this one, else its folder: a store such as `a.zarr` is a folder of its own."""
    names = {one.folder, one.name, posixpath.join(one.folder, one.name)}
    return next((word for word in label.committed if names & {word, posixpath.splitext(word)[0]}), one.folder)


def _same(ids: tuple[str, ...], found: list[str]) -> bool:
    return len(ids) == len(found) and all(any(one.lower() in words.lower() for words in found) for one in ids)
