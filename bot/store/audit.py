# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The audit log: one row an act, each with the SHA-256 of the row before it, so that none can be undone unseen.

Rows hold ids of things and digests. Whom a row is about, by number and by name, stands beside the chain, sealed by a
salted digest in its row: it can be erased, and the chain still verifies.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from bot.store.digest import digest
from bot.store.tables import audit, audit_details

FIRST = "0" * 64
"""What stands for the row before the first one."""

_LOCK = 7_165_331_802_440_913_991  # any number that nothing else in this database locks by
_SPELLING = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a row, and the digest of it that stands in the row.

    `account_id` is whom it is about, whose erasure takes it away.
    """

    account_id: int | None
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Act:
    """Something to write down: `body` in digests and ids of things, `beside` whatever tells whom it is about."""

    kind: str
    body: Mapping[str, object]
    beside: Beside | None = None


def sealed(account_id: int | None, details: Mapping[str, object]) -> Beside | None:
    """Seal whom an act is about, and what names or describes them. None if there is neither.

    The salt keeps people from finding out what was erased by trying what it may have been.
    """
    whom = {} if account_id is None else {"account_id": account_id}
    if not whom and not details:
        return None
    text = canonical({"salt": secrets.token_hex(16), **whom, **details})
    return Beside(account_id, text, digest(text))


def serialize(connection: Connection) -> None:
    """Let one transaction at a time write to the log, until this one ends.

    Taken before anything that an act changes, so that two transactions never wait for each other in a circle. SQLite
    has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def append(
    connection: Connection,
    kind: str,
    now: float,
    *,
    body: Mapping[str, object],
    details: Mapping[str, object] | None = None,
    account_id: int | None = None,
) -> int:
    """Write one act down in the caller's transaction. Returns the number of its row."""
    return append_all(connection, [Act(kind, body, sealed(account_id, details or {}))], now)


def append_all(connection: Connection, acts: Sequence[Act], now: float) -> int:
    """Write acts down in their order. Returns the number of the last row, 0 where there is none.

    Time never runs backwards in the log: who took `now` and then waited for another is as late as that one.
    """
    serialize(connection)
    last, latest, previous = _newest(connection)
    at = max(float(now), latest)  # as the database gives it back
    rows, beside = [], []
    for number, act in enumerate(acts, last + 1):
        body = dict(act.body)
        if act.beside:
            body["details"] = act.beside.digest
            beside.append({"id": number, "account_id": act.beside.account_id, "body": act.beside.text})
        text = canonical(body)
        row = {"id": number, "at": at, "kind": act.kind, "body": text, "previous": previous}
        previous = seal(number, at, act.kind, text, previous)
        rows.append({**row, "hash": previous})
    if rows:
        connection.execute(insert(audit), rows)
    if beside:
        connection.execute(insert(audit_details), beside)
    return last + len(rows)


def head(connection: Connection) -> tuple[int, str]:
    """The number and the hash of the last row; 0 and zeros before the first one."""
    number, _, newest = _newest(connection)
    return number, newest


def _newest(connection: Connection) -> tuple[int, float, str]:
    newest = select(audit.c.id, audit.c.at, audit.c.hash).order_by(audit.c.id.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return (row.id, row.at, row.hash) if row else (0, 0.0, FIRST)


def seal(number: int, at: float, kind: str, body: str, previous: str) -> str:
    """The hash that a row must have: of its canonical JSON, in which `body` is already spelled so.

    It is put together rather than spelled anew, for whoever checks a million rows.
    """
    what = _SPELLING.encode(kind)
    return digest(f'{{"at":{at!r},"body":{body},"id":{number},"kind":{what},"previous":"{previous}"}}')


def canonical(value: Mapping[str, object]) -> str:
    """The one spelling in JSON: keys sorted, no spaces, ASCII."""
    return _SPELLING.encode(value)
