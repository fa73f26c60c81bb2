# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the readers of all forms have in common: a parsed text with its lines, and how what they find becomes a card.

Declared values end up in comments, so they are bounded here, all on one line and without anything that is not printed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rules.licensing.reuse_toml import one_line
from rules.materials.cards.card import Card, Declared, Problem
from rules.materials.cards.empty import LOOKED_AT, is_none, says_nothing

LONGEST = 200
"""Characters of one value."""
MOST = 20
"""Values of one key."""

Path = tuple[str | int, ...]

_LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A mapping out of YAML or JSON, the lines of the file on which its keys stand, and what in it was refused."""

    value: dict[str, Any]
    lines: Mapping[Path, int]
    problems: tuple[Problem, ...] = ()

    def line(self, *path: str | int) -> int:
        """The line of a key, or of the nearest thing around it whose line is known."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


@dataclass(frozen=True, slots=True)
class Found:
    """A value that a form holds for a key of a card; `name` is what the form calls that key."""

    key: str
    name: str
    value: Any
    line: int | None = None


def found_under(
    parsed: Parsed,
    value: dict[str, Any],
    names: Mapping[str, Iterable[str]],
    spell: Callable[[str], str] = str,
    within: Path = (),
) -> Iterator[Found]:
    """What a mapping holds under the names that a form has for the keys of a card, the first that count first.

    `within` is the path of the mapping; `spell` spells its keys as the names are spelled.
    """
    spelled = {spell(written): written for written in reversed(value)}
    for key, ways in names.items():
        for written in (spelled[name] for name in ways if name in spelled):
            yield Found(key, written[:60], value[written], parsed.line(*within, written))


def doubled(key: str, line: int, again: int) -> Problem:
    """The problem of a key that stands on one line and again on another."""
    return Problem(f"the key {key[:60]!r} stands a second time; the first is on line {line}", again)


def plain_lines(text: str) -> str:
    """A text without its byte order mark, whose lines all end in line feeds."""
    return _LINE_END.sub("\n", text.removeprefix("\ufeff"))


class _WrongTypeError(ValueError):
    """A value that is no text and no list of texts; the message says what it is."""


def card_of(path: str, form: str, found: Iterable[Found], problems: Iterable[Problem] = (), line: int = 1) -> Card:
    """The card that was found; of several values for a key, the first that says something counts."""
    keys: dict[str, Declared] = {}
    blank: dict[str, int | None] = {}
    told = list(problems)
    for one in found:
        if one.key in keys:
            continue
        try:
            values = tuple(_values(one))
        except _WrongTypeError as error:
            told.append(Problem(f"{one.name} is {error}; it should be text or a list of texts", one.line))
            continue
        if values:
            keys[one.key] = Declared(values, one.line)
        else:
            blank.setdefault(one.key, one.line)
    blank = {key: at for key, at in blank.items() if key not in keys}
    return Card(path, form, keys, blank, tuple(sorted(told, key=lambda one: one.line or 0)), line)


def _values(found: Found) -> list[str]:
    """What is declared, each once, without placeholders. What is left out is told, lest it pass for less than it is."""
    texts = dict.fromkeys(_bounded(text, found.key) for text in _texts(found.value, found.key))
    values = [text for text in texts if not says_nothing(text, found.key)]
    if len(values) <= MOST:
        return values
    return [*values[: MOST - 1], f"... and {len(values) - MOST + 1} more"]


def _bounded(text: str, key: str) -> str:
    if key == "base_model" and is_none(text, key):
        return "none"
    text = one_line(text.strip()[:LOOKED_AT])
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


_FIELDS = {
    "license": ("expression", "id", "name", "@id", "url", "path", "title", "@value"),
    "license_link": ("url", "path", "@id"),
}
_OTHER_FIELDS = ("url", "path", "@id", "id", "ref", "title", "name", "@value")
"""What names a thing that is described by a mapping, the most exact first."""


def _texts(value: Any, key: str) -> Iterator[str]:
    """The texts that a value is made of; raises _WrongTypeError."""
    match value:
        case None:
            return
        case str():
            yield value
        case bool() if key == "personal_data":
            yield "yes" if value else "no"
        case int() | float() if key == "name" and not isinstance(value, bool):
            yield str(value)
        case list():
            for one in value:
                if isinstance(one, list):
                    raise _WrongTypeError("a list that holds a list")
                yield from _texts(one, key)
        case dict():
            yield from _named(value, key)
        case _:
            raise _WrongTypeError("true or false" if isinstance(value, bool) else "a number")


def _named(value: dict[str, Any], key: str) -> Iterator[str]:
    """What a mapping names; `{hole}` is one to YAML, and says nothing."""
    if all(one is None for one in value.values()):
        return
    fields = (value.get(field) for field in _FIELDS.get(key, _OTHER_FIELDS))
    texts = [one for one in fields if isinstance(one, str)]
    if not texts:
        raise _WrongTypeError("a mapping")
    yield next((text for text in texts if not says_nothing(text)), "")
