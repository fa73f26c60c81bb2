# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The datasets and the models that a contribution commits: their bytes, or pointers to them, enter the repository."""

from collections.abc import Iterator

from rules.change import Change, FileStatus, Side
from rules.materials.committed import described
from rules.materials.committed.candidates import Candidate, candidate
from rules.materials.committed.formats import Format
from rules.materials.committed.grouping import grouped
from rules.materials.committed.names import name_of
from rules.materials.committed.places import Place
from rules.materials.committed.submodules import submodules
from rules.materials.committed.worth_reading import peeks, wants
from rules.materials.material import Material, Part, Sort
from rules.patterns import Globs

__all__ = ["committed", "peeks", "wants"]

_SUBMODULE = "Git submodule"


def committed(change: Change, sort: Sort, paths: Globs) -> tuple[Material, ...]:
    """The materials of one sort, by folder and name; each changed file is part of one at most.

    `paths` are those of the policy: what they list is of this sort, whatever it is. What is removed, or moved without
    a change, is no part of any.
    """
    graphs = _graphs(change)
    files = (file for file in change.files if file.path not in graphs)
    found = [one for file in files if (one := candidate(file, sort, paths))]
    return grouped([*found, *_submodules(change, sort)], sort, frozenset(_carded(change)))


def _graphs(change: Change) -> frozenset[str]:
    """OpenVINO keeps a model as a graph in XML and weights beside it; the graph is no data."""
    return frozenset(f"{file.path.removesuffix('.bin')}.xml" for file in change.files if file.path.endswith(".bin"))


def _submodules(change: Change, sort: Sort) -> Iterator[Candidate]:
    new = {file.path for file in change.files if file.status in (FileStatus.ADDED, FileStatus.COPIED)}
    for submodule in submodules(change):
        if submodule.sort is sort:
            path = submodule.path
            part = Part(path, _SUBMODULE, pointer=_SUBMODULE, new=path in new)
            yield Candidate(part, path, Format(_SUBMODULE, sort, least=0), Place(), sure=True, folder=True)


def _carded(change: Change) -> Iterator[str]:
    """The folders in which a card stands that the contribution brings, or that was read beside it."""
    texts = [(file.path, file.content.text) for file in change.files if file.content]
    texts += [(side.path, side.text) for side in change.beside if side.side is Side.HEAD]
    for path, text in texts:
        if name_of(path) == described.README and described.begins_as_card(text):
            yield path.rpartition("/")[0]
