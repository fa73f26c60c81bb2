# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the place of a file tells of whether it is data or a model: its folders and its name. See data/places.toml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rules.data import table
from rules.licensing import generated
from rules.materials.committed.formats import Format, model_words, words
from rules.materials.committed.names import Names, name_of
from rules.materials.material import Sort

_DEEPEST = 64  # folders of a path that are looked at


@dataclass(frozen=True, slots=True)
class Place:
    """What a path tells.

    `factor` is what bounds of size and number are multiplied by. `quiet` is up to how many bytes nothing is said of a
    file. `shown`: it is among what pages and programs show. `settings`: texts here are settings or translations. `data`
    and `models`: it is in a folder for these.
    """

    factor: float = 1.0
    quiet: int = 0
    shown: bool = False
    settings: bool = False
    data: bool = False
    models: bool = False


def of_path(path: str) -> Place:
    """What the folders and the name of a file tell."""
    places = _table()
    folders = [part.lower() for part in path.split("/")[:-1][:_DEEPEST]]
    data = _in_data(folders) or name_of(path).partition(".")[0] in places.data_names
    shown = any(places.shown.covers(folder) for folder in folders)
    return Place(
        factor=(places.less if data else 1.0) * (places.more if shown else 1.0),
        quiet=places.quiet if _in_tests(folders) else 0,
        shown=shown,
        settings=any(places.settings.covers(folder) for folder in folders),
        data=data,
        models=any(places.models.covers(folder) for folder in folders),
    )


def least(told: Format, place: Place) -> float:
    """Bytes from which on a file of a format counts at a place.

    Only what others use as well is judged more mildly where pages and programs show it, or where settings are kept.
    """
    if told.strong:
        return told.least * min(place.factor, 1.0)
    return told.least * place.factor * (_table().settings_factor if place.settings and told.text else 1)


def never_counts(path: str) -> bool:
    """Whether a file has a name by which it is neither data nor a model, whatever its size."""
    name = name_of(path)
    return _table().quiet_names.get(name) is not None or generated.by_name(path)


def stands_beside(path: str) -> bool:
    """Whether a file is by its name what stands beside data or a model, such as a card or a license."""
    return _table().beside.get(name_of(path)) is not None


def for_a_device(path: str) -> bool:
    """Whether the words of a path say that a binary is what a device runs, and its name does not say otherwise."""
    said = any(words(part[-255:]) & _table().devices for part in path.rsplit("/", 2))
    return said and not words(name_of(path)) & model_words()


def few_lines() -> int:
    """New lines below which a text among settings is not worth measuring."""
    return _table().few_lines


def within(folder: str, sort: Sort) -> bool:
    """Whether a folder by this name is only a part of the dataset or the model that it lies in."""
    return _table().within[sort].covers(folder.lower()) or (sort is Sort.DATASET and is_split(folder))


def is_split(folder: str) -> bool:
    """Whether a folder by this name is a split of a dataset, such as `train`."""
    return _table().splits.covers(folder.lower())


def is_language(folder: str) -> bool:
    """Whether a folder is called by a language, or by two."""
    codes, parts = _table().languages, folder.lower().replace("_", "-").split("-")
    return len(parts) <= 2 and parts[0] in codes and len(parts[-1]) in (2, 4)


@dataclass(frozen=True, slots=True)
class _Folders:
    """Names of folders, whole, by how they begin and by how they end."""

    whole: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]

    def covers(self, folder: str) -> bool:
        return folder in self.whole or folder.startswith(self.starts) or folder.endswith(self.ends)


@dataclass(frozen=True, slots=True)
class _Table:
    data: _Folders
    data_names: frozenset[str]
    split: frozenset[str]
    less: float
    models: _Folders
    tests: _Folders
    quiet: int
    shown: _Folders
    more: float
    settings: _Folders
    settings_factor: float
    few_lines: int
    quiet_names: Names[bool]
    beside: Names[bool]
    devices: frozenset[str]
    within: Mapping[Sort, _Folders]
    splits: _Folders
    languages: frozenset[str]


@cache
def _table() -> _Table:
    read = table("places")
    return _Table(
        data=_folders(read["data"]),
        data_names=frozenset(read["data"]["names"]),
        split=frozenset(read["data"]["split"]),
        less=read["data"]["factor"],
        models=_folders(read["models"]),
        tests=_folders(read["tests"]),
        quiet=read["tests"]["quiet"],
        shown=_folders(read["shown"]),
        more=read["shown"]["factor"],
        settings=_folders(read["settings"]),
        settings_factor=read["settings"]["factor"],
        few_lines=read["settings"]["lines"],
        quiet_names=Names({True: read["quiet"]["names"]}),
        beside=Names({True: read["beside"]["names"]}),
        devices=frozenset(read["quiet"]["devices"]),
        within={sort: _folders(read[f"within-{sort}"]) for sort in Sort},
        splits=_folders(read["splits"]),
        languages=frozenset(read["languages"]["codes"].split()),
    )


def _folders(row: Mapping[str, Any]) -> _Folders:
    return _Folders(frozenset(row["folders"]), tuple(row.get("starts", ())), tuple(row.get("ends", ())))


def _in_data(folders: Iterable[str]) -> bool:
    return any(_table().data.covers(folder) for folder in folders)


def _in_tests(folders: list[str]) -> bool:
    """A folder `test` among data is a split of it."""
    places = _table()
    return any(
        places.tests.covers(folder) and not (folder in places.split and _in_data(folders[:at]))
        for at, folder in enumerate(folders)
    )
