# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Pointers of Git LFS: small texts that stand in a repository in place of large files (git-lfs, docs/spec.md)."""

import re

from rules.change import Content

_POINTER = re.compile(
    r"version https://git-lfs\.github\.com/spec/v\d+\n(?:ext-[^\n]*\n)*oid sha256:[0-9a-f]{64}\nsize (?P<size>\d+)\n?"
)
LONGEST = 1024
"""A pointer is shorter than this, in bytes."""


def size_behind(content: Content) -> int | None:
    """How many bytes the file has that a pointer stands for; None if the content is no pointer."""
    if not content.whole or len(content.text) >= LONGEST:
        return None
    pointer = _POINTER.fullmatch(content.text)
    return int(pointer["size"]) if pointer else None
