# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The names that people give to the keys of a card: in front matter, in the registry, in plain JSON descriptions."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from rules.data import table
from rules.materials.cards.found import Found, Parsed, Path, found_under

_SPELLING = str.maketrans(" -", "__")


def spelling(written: str) -> str:
    """A key as the tables spell it."""
    return written.lower().translate(_SPELLING)


def declared(parsed: Parsed, value: dict[str, Any], within: Path = ()) -> Iterator[Found]:
    """What a mapping at a place of a text holds under the keys of a card, those first that count first."""
    return found_under(parsed, value, names(), spelling, within)


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """The names of each key, the first that counts first."""
    return {key: tuple(ways) for key, ways in table("cards")["names"].items()}


@cache
def all_names() -> frozenset[str]:
    """The names of all keys."""
    return frozenset(name for ways in names().values() for name in ways)
