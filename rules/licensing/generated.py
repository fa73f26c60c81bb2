# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files that tools made, told by what they say of themselves or by their names; folders of what came from elsewhere.

The tables are in data/generated.toml. A contributor could write any of it, so whoever passes over such a file says so.
"""

from rules.licensing.comments import Line


def marker(seen: str) -> Line | None:
    """The line by which a file says that a tool made it, as it stands there; `seen` is the window of its text."""
    raise NotImplementedError


def by_name(path: str) -> bool:
    """Whether a file has a name that only tools give."""
    raise NotImplementedError


def vendored(path: str) -> bool:
    """Whether a file lies in a folder for what came from elsewhere."""
    raise NotImplementedError
