# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files into materials: one for each folder, where folders that are parts of a dataset or a model are no folders.

`data/train/0.parquet` and `data/test/0.parquet` are one dataset, `data`: its splits are nothing for themselves, nor are
shards, languages or the classes of pictures. A folder with a card of its own is one all the same.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from rules.materials import formats, places
from rules.materials.candidates import Candidate
from rules.materials.counting import counting
from rules.materials.formats import Use
from rules.materials.material import Material, Sort
from rules.shown import shown_path

_PARTITION = re.compile(r"[\w.-]+=.*|\d[\d_.-]*")  # `year=2024`, `2024`, `000`, `2024-01-31`
_SHARD = re.compile(r"[-_.]?(?:part[-_.]?)?\d{2,}(?:-of-\d+)?\Z")
_CLASSES = 3
"""Folders of nothing but media beside each other from which on they are classes of one dataset."""
_DEEPEST = 64


def grouped(candidates: Sequence[Candidate], sort: Sort, carded: Collection[str]) -> tuple[Material, ...]:
    """The materials that these files make, by folder and name. `carded` are folders with a card of their own."""
    groups = _groups(candidates, sort, frozenset(carded))
    counted = {folder: found for folder, members in groups.items() if (found := counting(members))}
    materials = (_material(sort, folder, members) for folder, members in _with_descriptions(counted).items())
    return tuple(sorted(materials, key=lambda material: (material.folder, material.name)))


def _groups(candidates: Sequence[Candidate], sort: Sort, carded: frozenset[str]) -> dict[str, list[Candidate]]:
    folders = [_folder(one.at) for one in candidates]
    beside = _beside(folders)
    groups = defaultdict[str, list[Candidate]](list)
    for one, folder in zip(candidates, folders, strict=True):
        home = folder if one.part.describes else _home(folder, sort, carded, beside)
        groups[home].append(one)
    return _classes_together(groups, carded)


def _folder(path: str) -> str:
    return formats.one_file(path).rpartition("/")[0]


def _beside(folders: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The names of the folders in each folder, in which candidates lie somewhere."""
    names = defaultdict[str, set[str]](set)
    for folder in set(folders):
        parts = folder.split("/")[:_DEEPEST]
        for at, part in enumerate(parts):
            names["/".join(parts[:at])].add(part)
    return {folder: frozenset(found) for folder, found in names.items()}


def _home(folder: str, sort: Sort, carded: frozenset[str], beside: Mapping[str, frozenset[str]]) -> str:
    """The folder that a file's folder is a part of, or that folder itself."""
    parts = folder.split("/")[:_DEEPEST] if folder else []
    for at, part in enumerate(parts):
        above = "/".join(parts[:at])
        if _is_part(part, sort, beside[above]):
            home = above if at or _several(sort, beside[""]) else part
            return _below_card(home, folder, carded)
    return folder


def _is_part(part: str, sort: Sort, siblings: frozenset[str]) -> bool:
    if places.within(part, sort) or _PARTITION.fullmatch(part):
        return True
    return sort is Sort.DATASET and places.is_language(part) and sum(map(places.is_language, siblings)) > 1


def _several(sort: Sort, siblings: frozenset[str]) -> bool:
    """Whether the root of the repository is a dataset or a model itself, as its folders are the parts of one."""
    return sum(places.within(sibling, sort) for sibling in siblings) > 1


def _below_card(home: str, folder: str, carded: frozenset[str]) -> str:
    """The nearest folder with a card between a file's folder and its home, both included; else its home."""
    while folder != home and folder not in carded:
        folder = folder.rpartition("/")[0]
    return folder


def _classes_together(groups: Mapping[str, list[Candidate]], carded: frozenset[str]) -> dict[str, list[Candidate]]:
    """Folders of nothing but media that stand beside each other are the classes of one dataset."""
    classes = defaultdict[str, list[str]](list)
    for folder, members in groups.items():
        if "/" in folder and folder not in carded and all(_is_class(one) for one in members):
            classes[folder.rpartition("/")[0]].append(folder)
    joined = {folder: above for above, folders in classes.items() if len(folders) >= _CLASSES for folder in folders}
    together = defaultdict[str, list[Candidate]](list)
    for folder, members in groups.items():
        together[joined.get(folder, folder)].extend(members)
    return together


def _is_class(one: Candidate) -> bool:
    return one.format.use is Use.MEDIA and one.place.data


def _with_descriptions(groups: Mapping[str, list[Candidate]]) -> dict[str, list[Candidate]]:
    """A file that only tells of data belongs to the first data below it, if the contribution brings any."""
    together = {folder: list(members) for folder, members in groups.items() if not _only_describe(members)}
    below = _first_below(sorted(together))
    for folder, members in groups.items():
        if _only_describe(members):
            together.setdefault(below.get(folder, folder), []).extend(members)
    return together


def _only_describe(members: Iterable[Candidate]) -> bool:
    return all(one.part.describes for one in members)


def _first_below(folders: Sequence[str]) -> dict[str, str]:
    """For each folder that lies above some of these, the first of them."""
    first = dict[str, str]()
    for folder in folders:
        above = folder
        for _ in range(_DEEPEST):
            if above in first:
                break
            first[above] = folder
            above = above.rpartition("/")[0]
    return first


def _material(sort: Sort, folder: str, members: Iterable[Candidate]) -> Material:
    ordered = sorted(members, key=lambda one: one.part.path)
    return Material(sort, _name(folder, ordered), folder, tuple(one.part for one in ordered))


def _name(folder: str, members: Sequence[Candidate]) -> str:
    """The folder's name; at the root what the largest file is called, without its ending and its number."""
    if folder:
        return shown_path(folder.rpartition("/")[2] or folder)
    largest = max(members, key=lambda one: (not one.part.describes, one.part.size or 0))
    name = formats.one_file(largest.at).rpartition("/")[2]
    stem = name.partition(".")[0] or name
    return shown_path(_SHARD.sub("", stem) or stem)
