# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is known of coding tools: the names that they leave behind, and the words by which people speak of them.

The table is data/ai_tools.toml; this module only reads it and looks things up.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rules.change import Person
from rules.data import table
from rules.people import login_in

_PARTS = re.compile(r"[.;,!?]|\b(?:and|but)\b", re.IGNORECASE)
_BRACKETS = str.maketrans("", "", "[]")


@dataclass(frozen=True, slots=True)
class _Known:
    """The tools by address, login and footer, all in lower case; and patterns for lines."""

    emails: dict[str, str]
    logins: dict[str, str]
    footers: dict[str, str]
    footer: re.Pattern[str]
    as_written: re.Pattern[str]
    any_case: re.Pattern[str]
    denial: re.Pattern[str]


def tool_of(person: Person, noreply: str) -> str | None:
    """The tool that somebody is by their account or address; a name says nothing.

    `noreply` is the host of the addresses that GitHub hands out. Such an address names an account, even where nothing
    proves it: nobody gains by calling themselves a tool.
    """
    known, email = _known(), person.email.strip()
    login = _comparable(person.login or login_in(email, noreply))
    return known.emails.get(_comparable(email)) or known.logins.get(login)


def footers_in(text: str) -> tuple[str, ...]:
    """The tools whose footer begins a line of a text, each once."""
    known = _known()
    found = known.footer.finditer(text.translate(_BRACKETS))
    return tuple(dict.fromkeys(known.footers[match[1].lower()] for match in found))


def speaks_of_ai(line: str) -> bool:
    """Whether a line of a description speaks of AI tools."""
    known = _known()
    return bool(known.as_written.search(line) or known.any_case.search(line))


def denies(text: str) -> bool:
    """Whether there is a word that says no in a text."""
    return _known().denial.search(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")) is not None


def denies_ai(line: str) -> bool:
    """Whether a line that speaks of AI tools says no to them, rather than to something else in the same sentence."""
    return any(speaks_of_ai(part) and denies(part) for part in _PARTS.split(line))


@cache
def _known() -> _Known:
    read = table("ai_tools")
    rows, lines = read["tools"], read["lines"]
    by = {
        column: {entry.lower(): tool for tool, row in rows.items() for entry in row.get(column, ())}
        for column in ("emails", "logins", "footers")
    }
    return _Known(
        **by,
        # What may stand before a footer, such as an emoji or an underscore; a quotation or code is none.
        footer=re.compile(
            rf"^(?:[^\w>`<\n]|_)*({_any_of(by['footers'])})(?![a-z0-9])", re.IGNORECASE | re.MULTILINE | re.ASCII
        ),
        as_written=re.compile(_words(lines["as-written"])),
        any_case=re.compile(_words(lines["any-case"]), re.IGNORECASE),
        denial=re.compile(_words(lines["denials"]), re.IGNORECASE),
    )


def _words(words: Iterable[str]) -> str:
    return rf"(?<!\w)(?:{_any_of(words)})(?!\w)"


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _comparable(text: str) -> str:
    """In lower case; nothing for what has letters that only resemble those of the alphabet, and may become them so."""
    return text.lower() if text.isascii() else ""
