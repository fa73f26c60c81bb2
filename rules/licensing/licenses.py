# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a header says of its license: SPDX expressions compared, and licenses told by their words.

The words are in data/licenses.toml.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any

import re2

from rules.data import table
from rules.licensing.spdx import COMMON, listed, parsed_in_file, unlisted_in_file
from rules.suggest import nearest

MOST_CHARACTERS = 1000
"""An expression in a file that is longer than this is not read."""
MOST_LICENSES = 12
"""An expression of more licenses than this is compared by its text alone: choices multiply."""

_EXPRESSION = re.compile(r"[A-Za-z0-9.:+() \t-]+")
_WORD = re.compile(r"[^\W_]+")

Choices = frozenset[frozenset[str]]


@lru_cache(maxsize=4096)
def canonical(text: str) -> str | None:
    """The canonical form of an SPDX expression that a file names, or None if it is not a valid one."""
    plain = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    if plain in COMMON:
        return plain
    if len(text) > MOST_CHARACTERS or not _EXPRESSION.fullmatch(text):
        return None
    parsed = parsed_in_file(text)
    return None if parsed is None else str(parsed)


@lru_cache(maxsize=4096)
def unlisted(text: str) -> tuple[str, str]:
    """The first license in what a file names that SPDX does not list, and what was probably meant; either may be empty.

    Without one, what has no canonical form is no expression at all.
    """
    if len(text) > MOST_CHARACTERS or not _EXPRESSION.fullmatch(text):
        return "", ""
    name = unlisted_in_file(text) or ""
    return name, nearest(name, listed()) if name else ""


@lru_cache(maxsize=4096)
def offers(found: str, wanted: str) -> bool:
    """Whether a file under `found` gives everybody every choice that `wanted` gives; both are canonical.

    `OR` leaves the choice to the recipient, `AND` binds to all (SPDX specification, annex on license expressions).
    So `MIT OR Apache-2.0` is enough where `MIT` is wanted, `MIT` is not where `MIT OR Apache-2.0` is wanted, and
    `MIT AND BSD-3-Clause` is not where `MIT` is. `-only` and `-or-later` are different licenses, and so is a license
    with an exception.
    """
    if found == wanted:
        return True
    choices = _choices(found), _choices(wanted)
    return all(choices) and choices[1] <= choices[0]


def _choices(text: str) -> Choices:
    """The sets of licenses of which a recipient picks one; none if there are too many to tell."""
    if text in COMMON:
        return frozenset({frozenset({text})})
    parsed = parsed_in_file(text)
    if parsed is None or len(parsed.get_literals()) > MOST_LICENSES:
        return frozenset()
    return _multiplied(parsed)


def _multiplied(parsed: Any) -> Choices:
    if parsed.isliteral:
        return frozenset({frozenset({str(parsed)})})
    parts = [_multiplied(part) for part in parsed.args]
    if parsed.operator.strip() == "OR":
        return frozenset().union(*parts)
    return frozenset(frozenset().union(*picked) for picked in product(*parts))


@dataclass(frozen=True, slots=True)
class License:
    """A license by its words; see data/licenses.toml for what the columns mean. Phrases are normalized."""

    license: str
    notice: str
    copyright: str
    whole: tuple[str, ...]
    hints: tuple[str, ...]
    unless: tuple[str, ...]
    members: tuple[str, ...]

    def may_be(self, wanted: str) -> bool:
        """Whether what its words hint at may be the wanted license or a part of it, or leaves the choice to take it."""
        parts = frozenset[str]().union(*_choices(wanted))
        return not parts.isdisjoint(self.members or (self.license,)) or (
            not self.members and offers(self.license, wanted)
        )


@dataclass(frozen=True, slots=True)
class Recognized:
    """A license whose words are in a text: all of its notice or a hint alone, told by the phrase found first."""

    license: License
    phrase: str


def normalized(text: str) -> str:
    """Letters and digits in lower case, one space around every word: what texts are compared by.

    "Licence" is the same word as "license" (SPDX matching guidelines).
    """
    return f" {' '.join(_WORD.findall(text.lower()))} ".replace("licence", "license")


def notice_of(license_: str) -> License | None:
    """The license of this expression, if it has a standard notice that is put into files."""
    return next((known for known in _licenses() if known.license == license_ and known.notice), None)


def may_speak_of_any(text: str) -> bool:
    """Whether a text, as it is, may have words of any license: one look, where `in_full` and `hinted` take hundreds."""
    return _any_phrase().search(text.lower()) is not None


def means(text: str, wanted: str) -> bool:
    """Whether a normalized text has words of the wanted license, which is canonical."""
    return _meaning(wanted).search(text) is not None


def in_full(text: str) -> list[Recognized]:
    """The licenses whose whole notice is in a normalized text."""
    found = (known for known in _licenses() if known.whole and all(phrase in text for phrase in known.whole))
    return [Recognized(known, known.whole[0]) for known in found if not _ruled_out(known, text)]


def hinted(text: str) -> list[Recognized]:
    """The licenses that a normalized text speaks of, in the order of the table."""
    return [
        Recognized(known, hint)
        for known in _licenses()
        if (hint := next((hint for hint in known.hints if hint in text), None)) and not _ruled_out(known, text)
    ]


@cache
def _any_phrase() -> Any:
    """All phrases in one pattern for a text in lower case: to search it takes a tenth of what normalizing it takes."""
    phrases = (phrase for known in _licenses() for phrase in (*known.whole[:1], *known.hints))
    spelled = "|".join("[^a-z0-9]+".join(map(re2.escape, phrase.split())) for phrase in phrases)
    return re2.compile(f"(?:^|[^a-z0-9])(?:{spelled.replace('license', 'licen[cs]e')})(?:[^a-z0-9]|$)")


def _ruled_out(known: License, text: str) -> bool:
    return any(phrase in text for phrase in known.unless)


@cache
def _licenses() -> tuple[License, ...]:
    return tuple(_license(row) for row in table("licenses")["licenses"])


def _license(row: dict[str, Any]) -> License:
    return License(
        license=row["license"],
        notice=row.get("notice", "").strip("\n"),
        copyright=row.get("copyright", ""),
        whole=_phrases(row.get("whole", ())),
        hints=_phrases(row.get("hints", ())),
        unless=_phrases(row.get("unless", ())),
        members=tuple(row.get("members", ())),
    )


@cache
def _meaning(wanted: str) -> Any:
    """A phrase by which a text means a license, or one that gives all of its choices."""
    offering = (known for known in _licenses() if offers(known.license, wanted))
    phrases = (phrase for known in offering for phrase in (*known.whole[:1], *known.hints))
    return re2.compile("|".join(map(re2.escape, (normalized(wanted), *phrases))))


def _phrases(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(normalized(text) for text in texts)
