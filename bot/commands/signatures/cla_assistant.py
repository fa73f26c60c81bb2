# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The CSV file that cla-assistant exports, and any other table with a column of logins.

Source: cla-assistant, src/client/app/home/repo-list/report: the columns below, then one for each custom field,
separated by commas or by semicolons.
"""

import csv
import io
from collections.abc import Collection, Iterator

from bot.commands.signatures.files import Entry, Unusable, read_moment

_LOGIN, _SIGNED = "username", "signedat"
_EVIDENCE = {
    "repositoryowner": "repository_owner",
    "repositoryname": "repository_name",
    "clatitle": "title",
    "gisturl": "document",
    "gistversion": "document_version",
    "signedfororganisation": "for_organization",
}

Row = tuple[int, list[str]]


def parse(text: str) -> list[Entry]:
    """The signatures in the file, in its order. Raises Unusable."""
    rows = table(text, _LOGIN)
    (_, titles) = next(rows)
    known = {name: place for name, place in first_places(titles).items() if name in (_LOGIN, _SIGNED, *_EVIDENCE)}
    asked = _asked(titles, known.values())
    return [_entry(known, asked, line, cells) for line, cells in rows]


def table(text: str, column: str) -> Iterator[Row]:
    """The rows of a CSV text, the header first, each with its line; the one separator that shows `column` is taken.

    Raises Unusable.
    """
    for separator in (",", ";", "\t"):
        rows = _rows(text, separator)
        first = _first(rows)
        if column in map(plain, first[1]):
            yield first
            yield from (_checked(row, len(first[1])) for row in rows if any(row[1]))
            return
    raise Unusable(f"line 1: no column for the {'user name' if column == _LOGIN else column}")


def plain(title: str) -> str:
    """A column's title without what people vary: `User Name` is `username`."""
    return title.strip().lower().replace(" ", "").replace("_", "")


def first_places(titles: list[str]) -> dict[str, int]:
    """Where each column is, by its plain title; of several with one title the first, as later ones are people's own."""
    return {plain(title): place for place, title in reversed(list(enumerate(titles)))}


def _asked(titles: list[str], known: Collection[int]) -> dict[str, int]:
    """Where the answers are to what was asked when it was signed: all other columns, each by its title."""
    asked = {title or f"column {place + 1}": place for place, title in enumerate(titles) if place not in known}
    if len(asked) + len(known) < len(titles):
        raise Unusable("line 1: two columns have one title")
    return asked


def _first(rows: Iterator[Row]) -> Row:
    """The first row; nothing where there is none, or the separator is another."""
    try:
        return next(rows, (1, []))
    except Unusable:
        return 1, []


def _rows(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unusable(f"line {line}: {error}") from None
        yield line, [cell.strip() for cell in cells]
        line = reader.line_num + 1


def _checked(row: Row, width: int) -> Row:
    line, cells = row
    if len(cells) > width:
        raise Unusable(f"line {line}: {len(cells)} cells under {width} titles")
    return line, cells + [""] * (width - len(cells))


def _entry(known: dict[str, int], asked: dict[str, int], line: int, cells: list[str]) -> Entry:
    told, where = {name: cells[place] for name, place in known.items()}, f"line {line}"
    signed = told.get(_SIGNED)
    return Entry(
        where,
        login=told[_LOGIN],
        signed_at=read_moment(signed, f"{where}: Signed At") if signed else None,
        evidence={name: told[title] for title, name in _EVIDENCE.items() if told.get(title)},
        answers={title: cells[place] for title, place in asked.items() if cells[place]},
    )
