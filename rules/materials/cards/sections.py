# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a card says in its Markdown: under known headings, and behind known words in bold at the beginning of a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from rules.data import table
from rules.materials.cards.empty import says_nothing
from rules.materials.cards.found import Found
from rules.materials.cards.markdown import LONGEST_LABEL, lines_of, name_in, title_of

MOST_CHARACTERS = 2_000
"""Of one section, what is listened to."""

_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)")
_EMPHASIS = re.compile(r"[*`]+")


@dataclass(slots=True)
class _Section:
    """A section that speaks for a key, while its lines are gone through."""

    key: str
    title: str
    level: int
    line: int
    words: list[str] = field(default_factory=list)
    size: int = 0

    def hear(self, text: str) -> None:
        """Take in the text of a line, unless it says nothing or enough was said."""
        if self.size < MOST_CHARACTERS and not _says_nothing(text, self.key):
            self.words.append(text)
            self.size += len(text)

    def found(self) -> Found:
        """What was said."""
        return _found(self.key, self.title, " ".join(self.words), self.line)


def spoken(body: str, first: int) -> Iterator[Found]:
    """What the Markdown of a card says, as it comes; its first heading of the first level, as the name, at the end.

    The body begins on line `first` of its file; its lines end in line feeds alone.
    """
    name: Found | None = None
    sections: list[_Section] = []
    for line in lines_of(body, first):
        if line.level:
            yield from (section.found() for section in sections if section.level >= line.level)
            sections = [section for section in sections if section.level < line.level]
        key = _keys().get(title_of(line.title)) if line.title else None
        if line.level == 1 and name is None:
            name = Found("name", "the first heading", name_in(line.title), line.number)
        if key and line.level:
            sections.append(_Section(key, line.title, line.level, line.number))
        elif key:
            yield _found(key, line.title, line.text, line.number)
        else:
            for section in sections:
                section.hear(line.text)
    yield from (section.found() for section in sections)
    yield from [name] if name else []


def _found(key: str, title: str, words: str, line: int) -> Found:
    """Words without Markdown's marks; of a license only its name, where a link leads to its text."""
    words = _LINK.sub(r"\1" if key == "license" else r"\1 (\2)", words[:MOST_CHARACTERS])
    words = _EMPHASIS.sub("", words).strip()
    return Found(key, title, words.rstrip(".") if key == "license" else words, line)


def _says_nothing(text: str, key: str) -> bool:
    """Whether a line says nothing, or has only a word before a colon, as in `Repository: TODO`."""
    word, _, rest = text.partition(":")
    return says_nothing(text, key) or (len(word) <= LONGEST_LABEL and says_nothing(rest or text, key))


@cache
def _keys() -> dict[str, str]:
    return {title: key for key, titles in table("cards")["sections"].items() for title in titles}
