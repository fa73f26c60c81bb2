# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Prove the audit log whole, or find the first row that is not as it was written."""

from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, select

from bot.store.audit import FIRST, seal
from bot.store.audit_reading import Row, is_moment, parsed, rows, spelled
from bot.store.digest import digest
from bot.store.tables import audit, audit_details


@dataclass(frozen=True, slots=True)
class Whole:
    """A log that is whole: its number of rows, when the first and the last were written, the hash at its head.

    Times are seconds since 1970, 0 in an empty log.
    """

    count: int
    first: float
    last: float
    head: str


class Broken(Exception):
    """The log is not whole; the message names the first bad row by its number and says what is wrong with it."""


def verify(connection: Connection, known: str = FIRST) -> Whole:
    """Go over the whole log in its order; `known` is a hash that stood at its head once. Raises Broken.

    What was erased is not missed: the row keeps the digest of what stood beside it.
    """
    count, first, last, head, met = 0, 0.0, 0.0, FIRST, known == FIRST
    with rows(connection) as found:
        for count, row in enumerate(found, 1):
            wrong = _wrong(row, count, last, head)
            if wrong:
                raise Broken(wrong)
            first, last, head = first if count > 1 else row.at, row.at, row.hash
            met = met or head == known
    _expect_none_alone(connection)
    if not met:
        raise Broken(f"no row has the hash {known}; since that was the head, the log was cut short or written anew.")
    return Whole(count, first, last, head)


def _wrong(row: Row, number: int, last: float, head: str) -> str | None:
    """What is wrong with the row that should have this number, after one of that time and hash."""
    if row.number != number:
        return f"row {number} is missing; where it belongs stands row {row.number}."
    if row.previous != head:
        return f"row {number} does not follow the row before it: the hash that it carries is that of another one."
    if not is_moment(row.at):
        return f"row {number} has a time at which nothing can have been written."
    if row.at < last:
        return f"row {number} is older than the row before it: time runs backwards."
    body = spelled(row.body)
    if body is None:
        return f"row {number} has a body that is no canonical JSON."
    if row.hash != seal(number, row.at, row.kind, row.body, row.previous):
        return f"row {number} was changed: its hash does not fit what it says."
    return None if row.beside is None else _wrong_beside(row, row.beside, body.get("details"))


def _wrong_beside(row: Row, beside: str, written: object) -> str | None:
    if written is None:
        return f"row {row.number} has something beside it that is not its own: it was written without."
    if not beside.isascii() or digest(beside) != written:
        return f"row {row.number} has something else beside it than what was written: the digest does not fit."
    told = parsed(beside)
    if told is None or told.get("account_id") != row.about:
        return f"row {row.number} has what stands beside it filed under another account than the one it is about."
    return None


def _expect_none_alone(connection: Connection) -> None:
    """What stands beside a row is erased before the row could ever be."""
    alone = ~exists().where(audit.c.id == audit_details.c.id)
    number = connection.scalar(select(func.min(audit_details.c.id)).where(alone))
    if number is not None:
        raise Broken(f"row {number} is missing; what stood beside it is still there.")
