# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the `.gitattributes` of the base branch say of a file: whether tools made it, whether it came from elsewhere.

Source: gitattributes(5); github-linguist, docs/overrides.md.
"""

from collections.abc import Iterable

from rules.change import SideFile


class Attributes:
    """The attributes linguist-generated and linguist-vendored; only files of the base branch count."""

    def __init__(self, side_files: Iterable[SideFile]) -> None:
        """Read the side files; a line that git would not take is skipped."""
        raise NotImplementedError

    def generated(self, path: str) -> bool | None:
        """Whether a file is said to be made by a tool; None where nothing is said."""
        raise NotImplementedError

    def vendored(self, path: str) -> bool | None:
        """Whether a file is said to come from elsewhere; None where nothing is said."""
        raise NotImplementedError


def side_paths(path: str) -> tuple[str, ...]:
    """The `.gitattributes` that may say something of a file: from the root down to its folder."""
    raise NotImplementedError
