# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files into materials: one for each folder, where folders that are parts of a dataset or a model are no folders.

`data/train/0.parquet` and `data/test/0.parquet` are one dataset, `data`: its splits are nothing for themselves, nor are
shards, languages or the classes of pictures. A folder with a card of its own is one all the same.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.materials.committed import described, formats, places
from rules.materials.committed.candidates import Candidate
from rules.materials.committed.counting import counting
from rules.materials.committed.formats import Use
from rules.materials.material import Material, Sort
from rules.shown import shown_path

_PARTITION = re.compile(r"[\w.-]+=.*|\d[\d_.-]*")  # `year=2024`, `2024`, `000`, `2024-01-31`
_SHARD = re.compile(r"[-_.]?(?:part[-_.]?)?\d{2,}(?:-of-\d+)?\Z")
_CLASSES = 3
"""Folders of nothing but media beside each other from which on they are classes of one dataset."""
_DEEPEST = 64


def grouped(candidates: Sequence[Candidate], sort: Sort, carded: frozenset[str]) -> tuple[Material, ...]:
    """The materials that these files make, by folder and name. `carded` are folders with a card of their own."""
    groups = _groups(candidates, sort, carded)
    counted = {folder: found for folder, members in groups.items() if (found := counting(members))}
    whole = _with_descriptions(counted).items()
    materials = (_material(sort, _nearest(home, members, sort, carded), members) for home, members in whole)
    return tuple(sorted(materials, key=lambda material: (material.folder, material.name)))


def _groups(candidates: Sequence[Candidate], sort: Sort, carded: frozenset[str]) -> dict[str, list[Candidate]]:
    folders = [_folder(one.at) for one in candidates]
    layout = _layout(folders, sort)
    groups = defaultdict[str, list[Candidate]](list)
    for one, folder in zip(candidates, folders, strict=True):
        home = folder if one.part.describes else _below_card(_home(folder, sort, layout), folder, carded)
        groups[home].append(one)
    return _classes_together(groups, carded)


def _folder(path: str) -> str:
    return formats.one_file(path).rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class _Layout:
    """What only the folders beside each other tell: in which of them there are several languages, and whether the root
    of the repository is a dataset or a model itself, as its folders are the parts of one.
    """

    of_languages: frozenset[str]
    root_is_one: bool


def _layout(folders: Iterable[str], sort: Sort) -> _Layout:
    beside = defaultdict[str, set[str]](set)
    for folder in set(folders):
        parts = folder.split("/")[:_DEEPEST]
        for at, part in enumerate(parts):
            beside["/".join(parts[:at])].add(part)
    languages = (folder for folder, names in beside.items() if sum(map(places.is_language, names)) > 1)
    return _Layout(frozenset(languages), sum(places.within(name, sort) for name in beside[""]) > 1)


def _home(folder: str, sort: Sort, layout: _Layout) -> str:
    """The folder that a file's folder is a part of, or that folder itself."""
    parts = folder.split("/")[:_DEEPEST]
    for at, part in enumerate(parts):
        above = "/".join(parts[:at])
        if _is_part(part, above, sort, layout):
            return above if at or layout.root_is_one else part
    return folder


def _is_part(part: str, above: str, sort: Sort, layout: _Layout) -> bool:
    if places.within(part, sort) or _PARTITION.fullmatch(part):
        return True
    return sort is Sort.DATASET and above in layout.of_languages and places.is_language(part)


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
    """What only tells of data belongs to the first data below it; where these are all, they lie where it lies."""
    together = {folder: list(members) for folder, members in groups.items() if not _only_describe(members)}
    folders = sorted(together)
    for folder, members in groups.items():
        if _only_describe(members):
            first, after = _below(folders, folder)
            alone = after - first == 1 and bool(folder) and not any(described.is_card(one.at) for one in members)
            told = together.pop(folders[first], []) if alone else []
            home = folders[first] if after > first and not alone else folder
            together.setdefault(home, []).extend([*members, *told])
    return together


def _only_describe(members: Iterable[Candidate]) -> bool:
    return all(one.part.describes for one in members)


def _below(folders: Sequence[str], folder: str) -> tuple[int, int]:
    """Where those of the sorted folders begin and end that lie below one."""
    if not folder:
        return 0, len(folders)
    return bisect_left(folders, f"{folder}/"), bisect_left(folders, f"{folder}0")  # what comes after a slash


def _material(sort: Sort, folder: str, members: Iterable[Candidate]) -> Material:
    ordered = sorted(members, key=lambda one: one.part.path)
    return Material(sort, _name(folder, ordered), folder, tuple(one.part for one in ordered))


def _nearest(home: str, members: Iterable[Candidate], sort: Sort, carded: frozenset[str]) -> str:
    """The folder that all of it lies in; but a split or a shard alone lies in its dataset, and all below its card."""
    inside = [folder for folder in {_folder(one.at) for one in members} if _is_below(folder, home)]
    folder = home
    for part in _shared(folder[len(home) :].strip("/").split("/")[:_DEEPEST] for folder in inside):
        if not part or folder in carded or (sort is Sort.DATASET and _is_split(part)):
            break
        folder = f"{folder}/{part}" if folder else part
    return folder


def _is_split(part: str) -> bool:
    return places.is_split(part) or _PARTITION.fullmatch(part) is not None


def _is_below(folder: str, home: str) -> bool:
    """What describes data may stand above them."""
    return not home or folder == home or folder.startswith(f"{home}/")


def _shared(paths: Iterable[list[str]]) -> Iterator[str]:
    """The parts with which all paths begin."""
    for parts in zip(*paths, strict=False):
        if len(set(parts)) > 1:
            return
        yield parts[0]


def _name(folder: str, members: Sequence[Candidate]) -> str:
    """The folder's name; at the root what the largest file is called, without its ending and its number."""
    largest = max(members, key=lambda one: (not one.part.describes, one.part.size or 0))
    if _is_one_folder(members):
        return shown_path(formats.one_file(largest.at).rpartition("/")[2])
    if folder:
        return shown_path(folder.rpartition("/")[2] or folder)
    name = formats.one_file(largest.at).rpartition("/")[2]
    stem = name.partition(".")[0] or name
    return shown_path(_SHARD.sub("", stem) or stem)


def _is_one_folder(members: Iterable[Candidate]) -> bool:
    """Whether all of it is one folder that a person calls by its name, such as a `.zarr`."""
    data = [one for one in members if not one.part.describes]
    paths = {formats.one_file(one.at) for one in data}
    return len(paths) == 1 and all(one.folder or one.at not in paths for one in data)
