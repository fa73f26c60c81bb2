# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which files of one folder count as data or as a model: by their sizes and places, alone or together.

A file whose size nobody knows counts if its format is one of data or weights and of nothing else, or if it is behind
a pointer. Another does not: it would have had to be measured, and that it was not is a gap that the report tells.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rules.materials.committed import places
from rules.materials.committed.candidates import Candidate
from rules.materials.committed.formats import Use
from rules.materials.committed.names import name_of
from rules.materials.material import Sort

TOGETHER = 10
"""Files that are too small each count all the same if together they have this many times the bound of one."""
MEDIA_FILES, MEDIA_BYTES = 20, 10 * 1024 * 1024
MUCH = 10 * 1024 * 1024
"""Bytes of data or weights in one folder of tests from which on they count, however small each file is."""
_FEWEST = 5
"""Media that make a dataset at least, in whatever folder: two pictures are none."""
_METADATA = frozenset({"metadata.csv", "metadata.jsonl", "metadata.parquet", "metadata.tsv"})


def counting(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those of one folder that count, and, where any does, what belongs to them; nothing where none does."""
    described = _describes_media(candidates)
    loud = [one for one in candidates if described or not _of_no_concern(one)]
    if not described and not _much(one for one in loud if _small_in_tests(one)):
        loud = [one for one in loud if not _small_in_tests(one)]
    counted = [one for one in loud if _alone(one)]
    counted += _together(one for one in loud if one.format.use is None and not _alone(one))
    media = [one for one in loud if one.format.use is Use.MEDIA and not one.sure]
    if described or _media_counts(media):
        counted += media
    return _with_what_belongs(counted, loud)


def _describes_media(candidates: Sequence[Candidate]) -> bool:
    """Whether media come with the file that describes each of them, as in an image folder of huggingface/datasets."""
    media = sum(one.format.use is Use.MEDIA for one in candidates)
    return media >= _FEWEST and any(name_of(one.at) in _METADATA for one in candidates)


def _of_no_concern(one: Candidate) -> bool:
    """Whether nothing is in a file, or what a device runs."""
    is_binary = one.format.sort is Sort.MODEL and one.format.name == "weights" and not one.sure
    return one.part.size == 0 or (is_binary and places.for_a_device(one.at))


def _small_in_tests(one: Candidate) -> bool:
    """Whether nothing is said of a file for its size, as tests and examples need such."""
    if one.sure and not one.part.describes:
        return False
    return one.part.size is not None and one.part.size <= one.place.quiet


def _much(small: Iterable[Candidate]) -> bool:
    """Whether files that are small each are too much for a test; pictures of pages are a few thousand at times."""
    return sum(one.part.size or 0 for one in small if one.format.strong) >= MUCH


def _alone(one: Candidate) -> bool:
    if one.sure:
        return True
    if one.format.use is not None:
        return False
    size = one.part.size
    if size is None:  # nobody would keep little behind a pointer
        return one.format.strong or bool(one.part.pointer)
    return size >= places.least(one.format, one.place)


def _together(small: Iterable[Candidate]) -> list[Candidate]:
    by_format = defaultdict[str, list[Candidate]](list)
    for one in small:
        by_format[one.format.name].append(one)
    return [one for alike in by_format.values() if _enough(alike) for one in alike]


def _enough(alike: Sequence[Candidate]) -> bool:
    bound = max(places.least(one.format, one.place) for one in alike)
    return sum(one.part.size or 0 for one in alike) >= TOGETHER * bound


def _media_counts(media: Sequence[Candidate]) -> bool:
    if not media:
        return False
    factor = max(one.place.factor for one in media)
    size = sum(one.part.size or 0 for one in media)
    return len(media) >= max(MEDIA_FILES * factor, _FEWEST) or size >= MEDIA_BYTES * factor


def _with_what_belongs(counted: Sequence[Candidate], loud: Sequence[Candidate]) -> list[Candidate]:
    """Companions belong to weights beside them; small tables and the like to data beside them, within a folder."""
    if not counted or all(one.part.describes for one in counted):
        return list(counted)
    paths = {one.part.path for one in counted}
    rest = (one for one in loud if one.part.path not in paths)
    return [*counted, *(one for one in rest if _belongs(one))]


def _belongs(one: Candidate) -> bool:
    if one.place.settings and one.format.text:
        return False
    return one.format.use is Use.COMPANION or "/" in one.at or one.format.strong
