# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The keys under which work is queued: what one run looks at, and what only one worker at a time may hold."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a key stands for, by the sign that its spelling carries."""

    PULL = "#"  # a pull request or an issue
    COMMIT = "@"  # the head commit of a merge group
    REPOSITORY = "~"
    INSTALLATION = "%"


_SPELLING = re.compile(
    r"(?P<id>[1-9][0-9]{0,18})(?:(?P<kind>[~%])|(?P<pull>#)(?P<number>[1-9][0-9]{0,9})"
    r"|(?P<commit>@)(?P<sha>[0-9a-f]{64}|[0-9a-f]{40}))"
)


@dataclass(frozen=True, slots=True)
class Key:
    """One thing to look at.

    `id` is that of the installation for a key of kind INSTALLATION and of the repository for all others. `number`
    is set for a pull request only, `sha` for a commit only. Make one by the four functions below or by `parse`.
    """

    kind: Kind
    id: int
    number: int | None = None
    sha: str | None = None

    def __str__(self) -> str:
        return f"{self.id}{self.kind}{self.number or self.sha or ''}"

    @staticmethod
    def pull(repository_id: int, number: int) -> "Key":
        """A pull request or an issue: `7#12`."""
        return Key.parse(f"{repository_id}#{number}")

    @staticmethod
    def commit(repository_id: int, sha: str) -> "Key":
        """The head commit of a merge group, or one whose pull requests are not known yet: `7@SHA`."""
        return Key.parse(f"{repository_id}@{sha}")

    @staticmethod
    def repository(repository_id: int) -> "Key":
        """A repository as a whole: `7~`."""
        return Key.parse(f"{repository_id}~")

    @staticmethod
    def installation(installation_id: int) -> "Key":
        """Everything that an installation reaches: `3%`."""
        return Key.parse(f"{installation_id}%")

    @staticmethod
    def parse(text: str) -> "Key":
        """Read a key as `str()` spells it. Raises ValueError for anything else."""
        match = _SPELLING.fullmatch(text)
        if match is None:
            raise ValueError(f"not a key of work: {text[:80]!r}")
        part = match.groupdict()
        kind = Kind(part["kind"] or part["pull"] or part["commit"])
        return Key(kind, int(part["id"]), int(part["number"]) if part["number"] else None, part["sha"])
