# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Paths that strangers chose, as they may stand in a sentence."""

_LONGEST = 80


def shown_path(path: str) -> str:
    """A path on one line, without control characters, cut at its front where it is long."""
    end = path if len(path) <= _LONGEST else f"...{path[-_LONGEST:]}"
    return end if end.isprintable() else repr(end)[1:-1]
