# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which files are worth a look, and which can be told by path and size, so that no request is spent on them.

Each is asked about twice: before anything is known but its path and its lines, where yes means that at least its size
is needed, and once it was measured, where yes means that what is in it matters.
"""

from rules.change import ChangedFile, FileKind
from rules.licensing.kinds import by_tools, kind_of
from rules.materials import described, formats, places, pointers
from rules.materials.candidates import is_empty, listed
from rules.materials.formats import Format, Use
from rules.materials.material import Sort
from rules.materials.submodules import GITMODULES
from rules.patterns import Globs

_DISGUISE = 1024 * 1024
"""Bytes from which on a picture that stands alone, or a program, may be weights in disguise and is worth a look."""
_DOUBTFUL = 64 * 1024
"""Bytes up to which it is looked into a file whose extension others use as well."""
_FEW_LINES = 200
"""New lines up to which a text in lines is taken to be short, so that it need not be measured."""
_IN_LINES = frozenset({"plain text", "XML", "YAML", "SQL"})


def wants(file: ChangedFile, sort: Sort, paths: Globs) -> bool:
    """Whether what is in a file, or while its size is unknown at least that, is needed to tell whether it counts."""
    if not file.content_changed or is_empty(file) or file.kind is FileKind.SUBMODULE:
        return False
    if file.kind is FileKind.SYMLINK:
        return _may_lead_to(file, sort)
    if file.path == GITMODULES or pointers.is_dvc(file.path) or described.may_describe(file.path, sort):
        return True
    if listed(file.path, paths):
        return file.size is None or pointers.may_be_pointer(file) or _tells_more(file, formats.of_path(file.path))
    return _wanted(file, sort)


def peeks(file: ChangedFile, sort: Sort, paths: Globs) -> bool:
    """Whether the first bytes of a binary file are worth a request, where its path does not settle what it is."""
    if file.kind is not FileKind.REGULAR or not wants(file, sort, paths):
        return False
    told = formats.of_path(file.path)
    return told is None or told.look or told.doubtful or told.text


def _may_lead_to(file: ChangedFile, sort: Sort) -> bool:
    told = formats.of_path(file.path)
    return told is not None and told.sort is sort and (file.size is None or file.size <= 4 * pointers.SMALL)


def _wanted(file: ChangedFile, sort: Sort) -> bool:
    told = formats.of_path(file.path)
    if told is None:
        return _of_unknown(file, sort)
    if _binary_by_lines(file) and told.text:
        return True  # git sees no lines in what is called a text
    if told.use is Use.HARMLESS:
        return _may_be_disguised(file)
    if told.sort is not sort or told.use is Use.COMPANION or _out_of_question(file.path, told):
        return False
    if file.size is None:
        return _to_be_measured(file, told)
    return pointers.may_be_pointer(file) or _tells_more(file, told)


def _of_unknown(file: ChangedFile, sort: Sort) -> bool:
    """A file whose name tells nothing: worth a look if git sees no lines in it, or in a folder for data."""
    if by_tools(file.path) or places.never_counts(file.path):
        return False
    if _binary_by_lines(file):
        return True
    place = places.of_path(file.path)
    if kind_of(file.path) or not place.data or sort is Sort.MODEL or place.settings:
        return False
    return file.size is None or pointers.may_be_pointer(file)


def _binary_by_lines(file: ChangedFile) -> bool:
    """Git counts no lines of what is binary; where it counts none for another reason, a look costs little."""
    return file.additions + file.deletions == 0


def _may_be_disguised(file: ChangedFile) -> bool:
    return _binary_by_lines(file) and (file.size is None or file.size >= _DISGUISE)


def _out_of_question(path: str, told: Format) -> bool:
    """Whether a file of this format counts at no size at such a place."""
    if places.never_counts(path):
        return not told.strong
    place = places.of_path(path)
    return (place.settings and told.text and not told.strong) or (told.use is Use.MEDIA and place.shown)


def _to_be_measured(file: ChangedFile, told: Format) -> bool:
    short = told.name in _IN_LINES and 0 < file.additions < _FEW_LINES
    return not short or places.of_path(file.path).data


def _tells_more(file: ChangedFile, told: Format | None) -> bool:
    """Whether what is in a file of known size matters, though its path says what it is."""
    size = file.size or 0
    if told is None:
        return False
    if told.use is Use.MEDIA:  # one without a number is none of many, so that few are read
        return size >= _DISGUISE and not any(mark.isdigit() for mark in file.path.rpartition("/")[2])
    if told.look:
        return size > places.of_path(file.path).quiet
    return told.doubtful and (size <= _DOUBTFUL or file.additions > 1)
