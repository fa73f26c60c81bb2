# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What somebody probably meant by a word that is not known."""

import difflib
from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str]) -> str:
    """The candidate most like the word, whatever its case, or nothing where none is like it."""
    if len(word) > 60:
        return ""  # comparing takes time with the square of the length, and no name is that long
    names = {candidate.lower(): candidate for candidate in candidates}
    return next((names[name] for name in difflib.get_close_matches(word.lower(), names, 1)), "")
