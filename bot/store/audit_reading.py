# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Read the audit log as it stands, row by row in its order and in little memory, whatever somebody made of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, LargeBinary, cast, select

from bot.store.audit import canonical
from bot.store.tables import audit, audit_details

AT_ONCE = 250
"""Rows fetched at a time: few enough not to set off the search for garbage, of which there is none."""
LATEST = 253_402_300_799.0
"""The last second of the year 9999, after which no time can be written as a date."""
_READING = json.JSONDecoder()


class Row(NamedTuple):
    """A row with what stands beside it, None where there is nothing or it was erased.

    Somebody who tampers with a log in SQLite may leave something of another type in `number`, `at` and `about`.
    """

    number: int
    at: float
    about: int | None
    kind: str
    body: str
    previous: str
    hash: str
    beside: str | None


@contextmanager
def rows(connection: Connection, since: float | None = None) -> Iterator[Iterator[Row]]:
    """The rows in the order of their numbers: all, or those from `since` (seconds since 1970) on."""
    raw = connection.dialect.name == "sqlite"
    texts = (audit.c.kind, audit.c.body, audit.c.previous, audit.c.hash, audit_details.c.body)
    columns = (audit.c.id, audit.c.at, audit_details.c.account_id, *(_octets(one) if raw else one for one in texts))
    log = audit.outerjoin(audit_details, audit_details.c.id == audit.c.id)
    wanted = select(*columns).select_from(log).order_by(audit.c.id)
    if since is not None:
        wanted = wanted.where(audit.c.at >= since)
    with connection.execute(wanted, execution_options={"yield_per": AT_ONCE}) as found:
        yield (Row(*row[:3], *map(_text, row[3:])) if raw else Row(*row) for row in found)


def spelled(text: str) -> dict[str, Any] | None:
    """The object whose canonical JSON a text is; None where it is that of none."""
    value = parsed(text)
    try:
        return value if value is not None and canonical(value) == text else None
    except (ValueError, RecursionError):  # a number that is none, or too deep to be spelled
        return None


def parsed(text: str) -> dict[str, Any] | None:
    """The object whose JSON a text begins with, in whatever spelling; None where there is none."""
    try:
        value, _ = _READING.raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def is_moment(at: object) -> bool:
    """Whether a row can have been written then: seconds since 1970, as a date that can be told."""
    return isinstance(at, float) and 0.0 <= at <= LATEST


def _octets(column: ColumnElement[str]) -> ColumnElement[bytes]:
    """SQLite also keeps text that is no UTF-8, and its driver would stop there without a word on which row it is."""
    return cast(column, LargeBinary)


def _text(octets: bytes | None) -> str | None:
    """The text of some bytes: of other bytes always another text."""
    return None if octets is None else octets.decode("utf-8", "surrogateescape")
