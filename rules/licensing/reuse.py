# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What stands beside a file about its license: its own `.license` file, and REUSE.toml in the folders above it.

Source: REUSE Specification 3.3, "Licensing information" and "Order of precedence".
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.change import SideFile
from rules.licensing.comments import Line


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a REUSE.toml, so that nothing it says counts; `words` is a clause without a full stop."""

    path: str
    line: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What one side file says of one file; `licenses` are SPDX expressions, canonical where they are valid.

    `source` is the path of the side file, `line` where it says so, if that is known; `precedence` is `override`,
    `aggregate` or `closest`, in the words of REUSE.toml. A `.license` file overrides.
    """

    licenses: tuple[str, ...]
    copyrights: tuple[str, ...]
    precedence: str
    source: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """All that side files say of one file.

    Where something `replaces`, what stands in the file itself does not count. What `adds` is added to it.
    What stands in `instead` counts where neither the file nor what replaces it says anything: licenses and copyrights
    are looked at separately, and the nearest that has them comes first.
    """

    replaces: tuple[Declared, ...] = ()
    adds: tuple[Declared, ...] = ()
    instead: tuple[Declared, ...] = ()

    def licenses(self, *, own: bool) -> tuple[Declared, ...]:
        """What names licenses of the file beside its own header; `own` says whether that header names one."""
        raise NotImplementedError

    def copyrights(self, *, own: bool) -> tuple[Declared, ...]:
        """The same for copyrights."""
        raise NotImplementedError


class Reuse:
    """What the side files of one contribution say; only those at its head count."""

    problems: tuple[Problem, ...]

    def __init__(self, side_files: Iterable[SideFile]) -> None:
        """Read the side files; what is wrong with one is a problem, never an error."""
        raise NotImplementedError

    def of(self, path: str) -> Said:
        """What they say of a file; nothing at all is an empty Said, which is false."""
        raise NotImplementedError


def side_paths(path: str) -> tuple[str, ...]:
    """The files that may say something of a file: its `.license`, and REUSE.toml from its folder up to the root."""
    raise NotImplementedError


def without_ignored(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that stand outside of REUSE-IgnoreStart .. REUSE-IgnoreEnd; one without an end ignores the rest."""
    raise NotImplementedError
