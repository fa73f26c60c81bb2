# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Cards in Markdown: front matter at the beginning of a file, and sections whose words speak where it does not.

Source: the metadata of repository cards on the Hugging Face Hub. Which keys and headings say what is in
`rules/data/cards.toml`.
"""

from dataclasses import dataclass
from functools import cache

from rules.data import table
from rules.materials.cards import card_yaml
from rules.materials.cards.card import Card, Problem
from rules.materials.cards.found import Parsed, card_of, plain_lines
from rules.materials.cards.names import all_names, declared, spelling
from rules.materials.cards.sections import spoken
from rules.materials.material import Sort

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The lines between the two `---` at the beginning of a file, which stand on the lines `first` and `last`.

    `body` is the text behind. All line ends are line feeds.
    """

    text: str
    body: str
    first: int
    last: int


def split(text: str) -> FrontMatter | None:
    """The front matter of a text and what follows it, or None where it does not begin with any."""
    lines = plain_lines(text).split("\n")
    first = _opening(lines)
    if first is None:
        return None
    last = next((at for at in range(first + 1, len(lines)) if lines[at].rstrip(" \t") == _FENCE), None)
    if last is None:
        return None
    return FrontMatter("\n".join(lines[first + 1 : last]), "\n".join(lines[last + 1 :]), first + 1, last + 1)


def _opening(lines: list[str]) -> int | None:
    """Where front matter begins: the first line with anything on it, if that is a fence."""
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    return first if first is not None and lines[first].strip() == _FENCE else None


def read(path: str, text: str, sort: Sort, *, dedicated: bool = False) -> Card | None:
    """The card that a Markdown file is for data or models, or None.

    A dedicated file is one whatever is in it. Any other is one if it has front matter, and not that of something else.
    """
    matter = split(text)
    if matter is None:
        return _without_front_matter(path, text, sort, dedicated=dedicated)
    parsed = card_yaml.read(matter.text, matter.first + 1)
    if not dedicated and _of_something_else(parsed, sort):
        return None
    found = [*declared(parsed, parsed.value), *spoken(matter.body, matter.last + 1)]
    return card_of(path, _form(sort), found, parsed.problems, matter.first)


def _without_front_matter(path: str, text: str, sort: Sort, *, dedicated: bool) -> Card | None:
    lines = plain_lines(text).split("\n")
    first = _opening(lines)
    if first is not None and _begins_with_a_key("".join(lines[first + 1 : first + 2])):
        problem = Problem("the front matter that begins here is never closed by a line with `---`", first + 1)
        return card_of(path, _form(sort), (), (problem,), first + 1)
    return card_of(path, _form(sort), spoken("\n".join(lines), 1)) if dedicated else None


def _begins_with_a_key(line: str) -> bool:
    """Whether a line begins like front matter, and not like prose behind a line across the page."""
    known = all_names().union(*_signs().values())
    return ":" in line and spelling(line.partition(":")[0].strip()) in known


def _form(sort: Sort) -> str:
    return f"{sort} card"


def _of_something_else(parsed: Parsed, sort: Sort) -> bool:
    """Whether front matter has keys that only other things have, and none that only this sort has."""
    keys = frozenset(spelling(key) for key in parsed.value)
    own = _signs()[sort]
    return not keys & own and any(keys & signs for signs in _signs().values())


@cache
def _signs() -> dict[str, frozenset[str]]:
    return {what: frozenset(signs) for what, signs in table("cards")["signs"].items()}
