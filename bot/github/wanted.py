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
    """How much of a pull request to read: which parts, the content of which files, and what beside each of them.

    `content` is asked of a file before it is measured and again once its kind and size are known; both have to say yes.
    `peeks` says of a binary file whether its first bytes are wanted too, and `lines` of any whether those that are new
    are. `beside` says where to look beside a file, nowhere if nobody looks at the file itself.
    """

    needs: frozenset[Need]
    content: Callable[[ChangedFile], bool]
    beside: Callable[[ChangedFile], Iterable[Place]] = lambda _file: ()
    peeks: Callable[[ChangedFile], bool] = lambda _file: False
    lines: Callable[[ChangedFile], bool] = lambda _file: False

    def looks_into(self, file: ChangedFile) -> bool:
        """Whether a file has new content that somebody wants to see."""
        return file.content_changed and self.content(file)

    def lacks_start(self, file: ChangedFile) -> bool:
        """Whether a file is known to be binary, and its first bytes are wanted and not at hand."""
        return _is_binary(file) and not (file.content and file.content.start) and self.peeks(file)

    def lacks_lines(self, file: ChangedFile) -> bool:
        """Whether the new lines of a file are wanted and not at hand, and it may have any."""
        possible = file.lines is None and file.content_changed and not _is_binary(file)
        return possible and Need.LINES in self.needs and self.lines(file)

    def places(self, files: Iterable[ChangedFile]) -> tuple[frozenset[Place], bool]:
        """Where to look beside these files, whether or not there is anything; and whether that is all of it."""
        found, length = set[Place](), 0
        for place in (place for file in files if file.content_changed for place in self.beside(file)):
            if place not in found:
                length += len(place[1])
                if length > LONGEST:
                    return frozenset(found), False
                found.add(place)
        return frozenset(found), True


def _is_binary(file: ChangedFile) -> bool:
    return file.content is not None and file.content.binary
