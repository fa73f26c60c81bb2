# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The table of what a contribution brings of one sort: a row for each that is committed or loaded."""

from collections.abc import Iterator

from rules.finding import Table
from rules.materials.findings import named
from rules.materials.look import Found, Loaded, Look
from rules.materials.material import Sort
from rules.materials.sizes import in_words

MOST_ROWS = 100
_COLUMNS = {
    Sort.DATASET: ("Dataset", "Where", "Strength", "Format and size", "License", "Source"),
    Sort.MODEL: ("Model", "Where", "Strength", "Format and size", "License", "Made from"),
}
_ORIGIN = {Sort.DATASET: "source", Sort.MODEL: "base_model"}
_MOST_FORMATS = 3
_NOT_SAID = "not said"
_PINNED = {True: ", fixed revision", False: ", no fixed revision", None: ""}


def table(seen: Look, sort: Sort) -> Table | None:
    """The first rows; None where there is nothing."""
    rows = tuple(_rows(seen, sort))[:MOST_ROWS]
    return Table(_COLUMNS[sort], rows) if rows else None


def rows_left_out(seen: Look) -> tuple[str, ...]:
    """A note on the rows that the table does not have."""
    count = len(seen.found) + len(seen.loaded)
    return (f"The table has {MOST_ROWS} of {count:,} rows",) if count > MOST_ROWS else ()


def _rows(seen: Look, sort: Sort) -> Iterator[tuple[str, ...]]:
    yield from (_committed(one, _ORIGIN[sort]) for one in seen.found)
    yield from (_loaded(one) for one in seen.loaded)


def _committed(one: Found, origin: str) -> tuple[str, ...]:
    where = named(f"{one.material.folder}/" if one.material.folder else one.place)
    return (named(one.material.name), where, "committed", _contents(one), _said(one, "license"), _said(one, origin))


def _loaded(one: Loaded) -> tuple[str, ...]:
    reference = one.reference
    where = f"{named(reference.path)}, line {reference.line}"
    host = f"{reference.host}{_PINNED[reference.pinned]}"
    return (named(reference.id), where, "loaded", host, _said(one, "license"), named(reference.source) or _NOT_SAID)


def _contents(one: Found) -> str:
    """Its formats, their size as far as that is known, how many files there are, and what pointers stand for them."""
    parts = one.parts
    if not parts:
        return "only what tells of it"
    formats = list(dict.fromkeys(part.format for part in parts))
    more = " and more" if len(formats) > _MOST_FORMATS else ""
    files = "" if len(parts) == 1 else f" in {len(parts):,} files"
    sizes = [part.size for part in parts if part.size is not None]
    least = "" if len(sizes) == len(parts) else "at least "
    size = f"{least}{in_words(sum(sizes))}" if sizes else "size unknown"
    kinds = dict.fromkeys(part.pointer for part in parts if part.pointer and part.pointer not in formats)
    held = f", by {' and '.join(kinds)}" if kinds else ""
    return f"{', '.join(formats[:_MOST_FORMATS])}{more}, {size}{files}{held}"


def _said(one: Found | Loaded, key: str) -> str:
    said = one.card.keys.get(key) if one.card else None
    return named(said.text) if said else _NOT_SAID
