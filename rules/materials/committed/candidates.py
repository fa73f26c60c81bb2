# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What one changed file is for a dataset or a model: its format and sort, by what is in it rather than by its name.

Whether it counts is another question, which only its size, its place and the files beside it answer (counting.py).
"""

from dataclasses import dataclass, replace

from rules.change import ChangedFile, FileKind, FileStatus
from rules.licensing.kinds import kind_of
from rules.materials.committed import archives, described, formats, magic, pickles, places, pointers
from rules.materials.committed.formats import Format, Use
from rules.materials.committed.names import name_of
from rules.materials.committed.places import Place
from rules.materials.committed.submodules import GITMODULES
from rules.materials.material import Part, Sort
from rules.patterns import Globs

_EMPTY = frozenset(
    {
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
    }
)
"""The ids of an empty git object, by SHA-1 and by SHA-256."""
_SUSPECT_LINK = 120
"""Bytes of a link's target from which on it may lead into an annex, which is told by long keys."""
_UNKNOWN = 1024 * 1024
UNKNOWN_DATA = Format("data file", Sort.DATASET, least=_UNKNOWN)
"""What a file of no known format is in a folder for data."""
_UNKNOWN_TEXT = Format("plain text", Sort.DATASET, least=_UNKNOWN, text=True)
_UNKNOWN_WEIGHTS = Format("weights", Sort.MODEL, least=_UNKNOWN)
_KEPT_ELSEWHERE = Format("data file", Sort.DATASET, least=10 * _UNKNOWN)
"""What is of no known format, and so large that git does not keep it itself."""
_WORDS_OF_POLICY = {Sort.DATASET: "data file", Sort.MODEL: "weights"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A changed file that may belong to a material.

    `at` is the path that it is classified by, which for a pointer of DVC is that of what it points at; `folder`: a
    folder is there. `sure`: it counts whatever its size, for the policy or a pointer says what it is.
    """

    part: Part
    at: str
    format: Format
    place: Place
    sure: bool = False
    folder: bool = False


def is_empty(file: ChangedFile) -> bool:
    """Whether nothing is in a file."""
    return file.size == 0 or file.blob in _EMPTY


def listed(path: str, paths: Globs) -> bool:
    """Whether the policy says that a file is data or a model; what stands beside them is none, whatever it lists."""
    return bool(paths.patterns) and paths.match(path) and not places.stands_beside(path)


def candidate(file: ChangedFile, sort: Sort, paths: Globs) -> Candidate | None:
    """What a file is for a material of this sort; None if it is nothing of the kind."""
    if not file.content_changed or is_empty(file) or file.kind is FileKind.SUBMODULE or file.path == GITMODULES:
        return None
    if points := pointers.pointer(file):
        return _pointed(file, points, sort, paths)
    if file.kind is FileKind.SYMLINK:
        return _linked(file, sort)
    if pointers.is_dvc(file.path):
        return _dvc_unread(file, sort)
    if kind := described.describing(file, sort):
        return _found(file, Format(kind, sort, least=0), sure=True, describes=True)
    return _by_format(file, sort, paths)


def _by_format(file: ChangedFile, sort: Sort, paths: Globs) -> Candidate | None:
    told = format_of(file)
    if listed(file.path, paths):
        return _found(file, _of_policy(told, sort), sure=True)
    if told is None or told.sort is not sort or told.use is Use.HARMLESS:
        return None
    return _found(file, told)


def format_of(file: ChangedFile) -> Format | None:
    """The format of a file: what its beginning shows, where that was read and says more than its name."""
    told = _by_path(file.path)
    if file.content is not None and not file.content.binary:
        return _as_text(file.path, told, file.content.text)
    shown = magic.of_start(file.content.start) if file.content else None
    if told is None and places.never_counts(file.path):
        return formats.named(shown.format, file.path) if shown and not shown.container else None
    if shown and _goes_before(shown, told, file.path):
        return _shown(file, shown, told)
    return told or _unknown(file.path, binary=file.content is not None)


def _by_path(path: str) -> Format | None:
    """The format that a path tells, if by its name it may count."""
    told = formats.of_path(path)
    return None if told and not told.strong and places.never_counts(path) else told


def _as_text(path: str, told: Format | None, text: str) -> Format | None:
    """What is a text cannot be of a binary format, whatever it is called; but pickles were texts once."""
    if told and (told.text or told.use or (told.unsafe and pickles.imports(text.encode("utf-8", "replace")))):
        return told
    return _unknown_text(path)


def _goes_before(shown: magic.Shown, told: Format | None, path: str) -> bool:
    """A name that says as much as the first bytes goes before them: `.pt` is more than ZIP."""
    if told is None or not told.strong:
        return not shown.container or told is None or told.use is None
    other = formats.named(shown.format, path)
    return not shown.container and (other.sort is not told.sort or (other.unsafe and not told.unsafe))


def _shown(file: ChangedFile, shown: magic.Shown, told: Format | None) -> Format | None:
    found = formats.named(shown.format, file.path)
    if told and found.unsafe and not told.clues:
        return replace(found, sort=Sort.MODEL)  # what is in disguise is not told by the words of its name
    if not shown.container or found.strong:
        return found
    start = file.content.start if file.content else b""
    if archives.holds_no_data(start):
        return None
    if inner := archives.name_in_gzip(start):
        told = told and (formats.of_path(f"{inner}.gz") or told)
    return told or (found if places.of_path(file.path).data else None)


def _unknown(path: str, *, binary: bool = True) -> Format | None:
    """A file whose name says nothing: data or weights only by the folder that it lies in."""
    if kind_of(path):
        return None
    place = places.of_path(path)
    if place.models and binary:
        return _UNKNOWN_WEIGHTS
    return UNKNOWN_DATA if place.data else None


def _unknown_text(path: str) -> Format | None:
    if kind_of(path) or places.never_counts(path) or not places.of_path(path).data:
        return None
    return _UNKNOWN_TEXT


def _of_policy(told: Format | None, sort: Sort) -> Format:
    """The format by a file's own word, or what the policy calls all that it lists."""
    if told is None or told.sort is not sort or told.use is Use.HARMLESS:
        return Format(_WORDS_OF_POLICY[sort], sort, least=0)
    return replace(told, use=None, least=0)


def _found(file: ChangedFile, told: Format, *, sure: bool = False, describes: bool = False) -> Candidate:
    new = file.status in (FileStatus.ADDED, FileStatus.COPIED)
    part = Part(file.path, told.name, file.size, unsafe=told.unsafe, new=new, describes=describes)
    return Candidate(part, file.path, told, places.of_path(file.path), sure)


# -- pointers ---------------------------------------------------------------------------------------------------------


def _pointed(file: ChangedFile, points: pointers.Pointer, sort: Sort, paths: Globs) -> Candidate | None:
    """What a pointer stands for; of several files behind it those that are of this sort."""
    behind = [(one, _format_behind(one, points.kind, sort, paths)) for one in points.behind]
    mine = [(one, told) for one, told in behind if told is not None and told.sort is sort]
    if not mine:
        return None
    # Together they are one part: it is one file of the contribution that brings them.
    largest, told = max(mine, key=lambda pair: pair[0].size or 0)
    sizes = [one.size for one, _ in mine]
    size = None if None in sizes else min(sum(size or 0 for size in sizes), pointers.LARGEST)
    found = _found(file, told, sure=told.least == 0)
    part = replace(found.part, size=size, pointer=points.kind)
    return replace(found, part=part, at=largest.path, place=places.of_path(largest.path), folder=largest.folder)


def _format_behind(one: pointers.Behind, kind: str, sort: Sort, paths: Globs) -> Format | None:
    told = _by_path(one.path)
    if listed(one.path, paths):
        return _of_policy(told, sort)
    if places.never_counts(one.path) and told is None:
        return None
    if told is None and (one.folder or kind == pointers.DVC):
        return _folder(one.path)
    if told is None:
        return _unknown(one.path) or (None if kind_of(one.path) else _KEPT_ELSEWHERE)
    return told if told.use is not Use.HARMLESS else None


def _folder(path: str) -> Format:
    """What DVC keeps without an extension is mostly a folder; its words tell what is in it."""
    model = places.of_path(f"{path}/").models or formats.words(name_of(path)) & formats.model_words()
    return Format("folder", Sort.MODEL if model else Sort.DATASET)


def _linked(file: ChangedFile, sort: Sort) -> Candidate | None:
    """A link that was not read, or leads elsewhere. One that was not, and is long enough for an annex, may be data."""
    told = formats.of_path(file.path)
    if file.content is not None or (file.size or 0) < _SUSPECT_LINK or told is None or told.sort is not sort:
        return None
    found = _found(file, told)
    return replace(found, part=replace(found.part, size=None, pointer=pointers.ANNEX)) if told.strong else None


def _dvc_unread(file: ChangedFile, sort: Sort) -> Candidate | None:
    """A `.dvc` file whose content was not read is a pointer all the same."""
    path = file.path.removesuffix(".dvc")
    told = formats.of_path(path) or _folder(path)
    if told.sort is not sort or path == file.path:
        return None
    found = _found(file, told)
    return replace(found, part=replace(found.part, size=None, pointer=pointers.DVC), at=path)
