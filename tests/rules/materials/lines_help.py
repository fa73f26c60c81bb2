# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the tests of new lines share: a contribution that adds them, and what is found in it."""

from rules.change import Change, ChangedFile, FileStatus, Lines
from rules.materials.loaded.references import references
from rules.materials.material import Reference, Sort


def adding(path: str, text: str, *, first: int = 1) -> ChangedFile:
    """A file with new lines, of which the first has this number."""
    return ChangedFile(path, FileStatus.ADDED, additions=text.count("\n") + 1, lines=(Lines(first, text),))


def change(*files: ChangedFile) -> Change:
    """A contribution of these files."""
    return Change("base", "head", files=files)


def loaded(path: str, text: str, *, first: int = 1) -> tuple[Reference, ...]:
    """All that new lines load, data first."""
    whole = change(adding(path, text, first=first))
    return tuple(reference for sort in (Sort.DATASET, Sort.MODEL) for reference in references(whole, sort))


def told(path: str, text: str) -> list[str]:
    """What new lines load, as `dataset id` and `model id`."""
    return [f"{reference.sort} {reference.id}" for reference in loaded(path, text)]
