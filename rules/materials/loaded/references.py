# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What new lines of a contribution load from elsewhere: datasets and models that never enter the repository.

Only what is named as a literal counts; nobody can tell what a variable holds. In folders of tests a name without an
owner is quiet, such as `load_dataset("squad")`: there most are made up, or tiny. One with an owner or an address is
downloaded when the tests run, and counts there as elsewhere.
"""

from collections.abc import Iterator
from itertools import chain, islice

from rules.change import Change, ChangedFile
from rules.materials.loaded import code_lines
from rules.materials.loaded.addresses import addressed
from rules.materials.loaded.calls import named_strings
from rules.materials.loaded.code_lines import Source, read_by_name
from rules.materials.loaded.commands import commanded
from rules.materials.loaded.config_keys import configured
from rules.materials.loaded.embedded import all_sources
from rules.materials.loaded.known import Found, owned, reference_table
from rules.materials.loaded.loaders import loaded
from rules.materials.loaded.named_in_code import kept
from rules.materials.material import Reference, Sort

MOST = 200
"""References of a sort that are told; who adds more has to look at all of them anyway."""
MOST_IN_A_FILE = 2000
"""Places in one file that are looked at, the same thing counted each time."""

reads_lines = code_lines.reads_lines


def references(change: Change, sort: Sort) -> tuple[Reference, ...]:
    """The datasets or the models that are loaded from elsewhere, one each by its first place, sorted by path and line.

    No more than `MOST`.
    """
    found: dict[str, Reference] = {}
    for file in sorted(change.files, key=lambda file: file.path):
        for reference in _in_file(file, sort):
            found.setdefault(reference.id.lower(), reference)
            if len(found) == MOST:
                return tuple(found.values())
    return tuple(found.values())


def unread(change: Change, _sort: Sort) -> tuple[str, ...]:
    """The files whose new lines were not shown though they may load something, whatever its sort; sorted."""
    texts = (file for file in change.files if not (file.content and file.content.binary))
    return tuple(sorted(file.path for file in texts if file.lines is None and read_by_name(file)))


def _in_file(file: ChangedFile, sort: Sort) -> list[Reference]:
    """What one file loads, sorted by line."""
    seen = tuple(all_sources(file))
    names = named_strings(seen)
    quiet = _of_tests(file.path)
    found = (
        Reference(sort, one.id, one.host, one.source, file.path, source.line(one.offset), one.pinned)
        for source in seen
        for one in _in_source(source, names)
        if one.sort is sort and (not quiet or owned(one.id) or "/" in one.id)
    )
    return sorted(islice(found, MOST_IN_A_FILE), key=lambda one: one.line)


def _in_source(source: Source, names: dict[bytes, str]) -> Iterator[Found]:
    found = [addressed(source), commanded(source)]
    if "calls" in source.family.finds:
        found += [loaded(source, names), kept(source)]
    if "settings" in source.family.finds:
        found.append(configured(source))
    return chain.from_iterable(found)


def _of_tests(path: str) -> bool:
    return not set(reference_table()["tests"]["folders"]).isdisjoint(path.lower().split("/")[:-1])
