# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How much of a pull request to read, as the rules that are on ask for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rules.change import ChangedFile, Need, Side

Place = tuple[Side, str]
"""Where a file stands: at which end of the contribution, and its path."""

LONGEST = 4 * 1024 * 1024
"""Characters of all places together. 3,000 files come to a tenth of it, unless folders are nested to fill memory."""


@dataclass(frozen=True)
class Wanted:
    """How much of a pull request to read: which parts, the content of which files, and what beside each of them."""

    needs: frozenset[Need]
    content: Callable[[ChangedFile], bool]
    beside: Callable[[ChangedFile], Iterable[Place]] = lambda _file: ()

    def looks_into(self, file: ChangedFile) -> bool:
        """Whether a file has new content that somebody wants to see."""
        return file.content_changed and self.content(file)

    def places(self, files: Iterable[ChangedFile]) -> tuple[frozenset[Place], bool]:
        """Where to look beside these files, whether or not there is anything; and whether that is all of it."""
        found, length = set[Place](), 0
        for place in (place for file in files if self.looks_into(file) for place in self.beside(file)):
            if place not in found:
                length += len(place[1])
                if length > LONGEST:
                    return frozenset(found), False
                found.add(place)
        return frozenset(found), True
