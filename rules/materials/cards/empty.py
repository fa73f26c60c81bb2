# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What counts as no answer in a card: nothing at all, a placeholder, or a hole that a template left open."""

import re
from functools import cache

from rules.data import table

LOOKED_AT = 1_000
"""Characters of a text that tell whether it is a placeholder."""

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_HOLE = re.compile(r"\{\{[^{}]*\}\}|\{[^{}]*\}|<(?![^<>]*(?:://|@))[^<>]*>")
_EMPHASIS = re.compile(r"[*_~`]")
_INNER = re.compile(r"\w(?:.*\w)?", re.DOTALL)


def says_nothing(text: str, key: str = "") -> bool:
    """Whether a text is no answer to what a key of a card asks: `none` is one to some keys, and `TODO` to no key."""
    words = plain(text)
    return words not in _answers(key) and (not words or words in _words() or _begin().match(words) is not None)


def plain(text: str) -> str:
    """The beginning of a text in lower case, without holes, emphasis and the punctuation around it."""
    shown = _LINK.sub(r"\1", text.strip()[:LOOKED_AT])
    inner = _INNER.search(_EMPHASIS.sub(" ", _HOLE.sub(" ", shown)))
    return " ".join(inner[0].casefold().split()) if inner else ""


def is_none(text: str, key: str) -> bool:
    """Whether a text says that there is nothing of what a key asks for, where that is an answer."""
    return plain(text) in _answers(key)


@cache
def _answers(key: str) -> frozenset[str]:
    return frozenset(table("cards")["answers"].get(key, ()))


@cache
def _words() -> frozenset[str]:
    return frozenset(table("cards")["empty"]["words"])


@cache
def _begin() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, table('cards')['empty']['begin']))})(?!\w)")
