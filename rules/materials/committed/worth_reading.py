# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which files are worth a look, and which can be told by path and size, so that no request is spent on them.

Each is asked about twice: before anything is known but its path and its lines, where yes means that at least its size
is needed, and once it was measured, where yes means that what is in it matters.
"""

from rules.change import ChangedFile, FileKind
from rules.licensing.kinds import by_tools, kind_of
from rules.materials.committed import described, formats, places, pointers
from rules.materials.committed.candidates import UNKNOWN_DATA, is_empty, listed
from rules.materials.committed.formats import Format, Use
from rules.materials.committed.names import name_of
from rules.materials.committed.places import Place
from rules.materials.committed.submodules import GITMODULES
from rules.materials.material import Sort
from rules.patterns import Globs

_DISGUISE = 1024 * 1024
"""Bytes from which on a picture that stands alone, or a program, may be weights in disguise and is worth a look."""
_DOUBTFUL = 64 * 1024
"""Bytes up to which it is looked into a file whose extension others use as well."""
_FEW_LINES = 200
"""New lines up to which a text in lines is taken to be short, so that it need not be measured."""
_LINES_OF_POINTER = range(3, 8)
"""How many lines a Git LFS pointer has: three, and one for each extension of LFS."""
_IN_LINES = frozenset({"plain text", "XML", "YAML", "SQL"})


def wants(file: ChangedFile, sort: Sort, paths: Globs) -> bool:
    """Whether what is in a file, or while its size is unknown at least that, is needed to tell whether it counts."""
    if not file.content_changed or is_empty(file) or file.kind is FileKind.SUBMODULE:
        return False
    if file.kind is FileKind.SYMLINK:
        return _may_lead_to(file, sort)
    if file.path == GITMODULES or pointers.is_dvc(file.path) or described.may_describe(file.path, sort):
        return True
    if listed(file.path, paths) and (file.size is None or pointers.may_be_pointer(file)):
        return True
    return _wanted(file, sort)


def peeks(file: ChangedFile, sort: Sort, paths: Globs) -> bool:
    """Whether the first bytes of a binary file are worth a request, where its path does not settle what it is."""
    if file.kind is not FileKind.REGULAR or not wants(file, sort, paths):
        return False
    told = formats.of_path(file.path)
    return told is None or told.look or told.doubtful or told.text


def _may_lead_to(file: ChangedFile, sort: Sort) -> bool:
    told = formats.of_path(file.path)
    of_sort = told.sort is sort if told else sort is Sort.DATASET and places.of_path(file.path).data
    return of_sort and (file.size or 0) <= pointers.SMALL


def _wanted(file: ChangedFile, sort: Sort) -> bool:
    told, place = formats.of_path(file.path), places.of_path(file.path)
    if told is None:
        return _of_unknown(file, sort, place)
    if _settled(file, told, place):
        return False
    if _may_be_disguised(file, told, place):
        return True
    if told.text and _without_lines(file):
        return not by_tools(file.path)
    if told.sort is not sort or told.use in (Use.COMPANION, Use.HARMLESS) or _out_of_question(file.path, told, place):
        return False
    if file.size is None:
        return not _short(file, told, place)
    return pointers.may_be_pointer(file) or _tells_more(file, told, place)


def _of_unknown(file: ChangedFile, sort: Sort, place: Place) -> bool:
    """A file whose name tells nothing: worth a look if git sees no lines in it, or in a folder for data."""
    if by_tools(file.path) or places.never_counts(file.path):
        return False
    if place.data and _one_of_many(file) and (file.size or 0) >= places.least(UNKNOWN_DATA, place):
        return False
    if _without_lines(file):
        return True
    if kind_of(file.path) or sort is Sort.MODEL or place.settings:
        return False
    if not place.data:
        return file.additions in _LINES_OF_POINTER and pointers.may_be_pointer(file)
    return file.size is None or pointers.may_be_pointer(file)


def _settled(file: ChangedFile, told: Format, place: Place) -> bool:
    """Whether a file is large enough to be data by its name and place, so that many such cost no reading."""
    if file.size is None or told.sort is Sort.MODEL or told.use is not None:
        return False
    is_text = told.text and not _without_lines(file)
    return (is_text or _one_of_many(file)) and file.size >= places.least(told, place)


def _one_of_many(file: ChangedFile) -> bool:
    """What has a number in its name is mostly one of a series: few of the others are ever large."""
    return any(mark.isdigit() for mark in name_of(file.path))


def _without_lines(file: ChangedFile) -> bool:
    """Git counts no lines of what is binary; where it counts none for another reason, a look costs little."""
    return file.additions + file.deletions == 0


def _may_be_disguised(file: ChangedFile, told: Format, place: Place) -> bool:
    """Whether a picture that stands alone, a program or the like may be weights: few are as large."""
    alone = told.use is Use.MEDIA and not place.shown and not _one_of_many(file)
    large = file.size is None or file.size >= _DISGUISE
    return (alone or told.use is Use.HARMLESS) and large and _without_lines(file)


def _out_of_question(path: str, told: Format, place: Place) -> bool:
    """Whether a file of this format counts at no size at such a place."""
    if told.strong:
        return False
    return places.never_counts(path) or (place.shown and told.use is Use.MEDIA)


def _short(file: ChangedFile, told: Format, place: Place) -> bool:
    """Whether a text has so few new lines that it need not be measured."""
    if place.settings and told.text and not told.strong:
        return 0 < file.additions < places.few_lines()
    return told.name in _IN_LINES and 0 < file.additions < _FEW_LINES and not place.data


def _tells_more(file: ChangedFile, told: Format, place: Place) -> bool:
    """Whether what is in a file of known size matters, though its path says what it is."""
    size = file.size or 0
    if told.look:
        return size > place.quiet
    return (told.doubtful and size <= _DOUBTFUL) or (not told.text and file.additions > 1)  # git saw it as a text
