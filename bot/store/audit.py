# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The audit log: one row an act, each with the SHA-256 of the row before it, so that none can be undone unseen.

Rows hold ids and digests. What names somebody stands beside the chain, sealed by a salted digest in its row: it can be
erased, and the chain still verifies.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, insert, select

from bot.store.tables import audit, audit_details

FIRST = "0" * 64
"""What stands for the row before the first one."""

_LOCK = 7_165_331_802_440_913_991  # any number that nothing else in this database locks by


@dataclass(frozen=True, slots=True)
class Act:
    """Something to write down: `body` in ids and digests only, `details` with whatever names or describes somebody.

    `account_id` is whose erasure takes the details away.
    """

    kind: str
    body: Mapping[str, object]
    details: Mapping[str, object] = field(default_factory=dict)
    account_id: int | None = None


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
    return append_all(connection, [Act(kind, body, details or {}, account_id)], now)


def append_all(connection: Connection, acts: Sequence[Act], now: float) -> int:
    """Write acts down in their order. Returns the number of the last row, 0 where there is none."""
    serialize(connection)
    last, previous = head(connection)
    rows, beside = [], []
    for number, act in enumerate(acts, last + 1):
        body: dict[str, object] = dict(act.body)
        if act.details:
            details = canonical({"salt": secrets.token_hex(16), **act.details})
            body["details"] = _sha256(details)
            beside.append({"id": number, "account_id": act.account_id, "body": details})
        row = {"id": number, "at": now, "kind": act.kind, "body": canonical(body), "previous": previous}
        previous = seal(number, now, act.kind, body, previous)
        rows.append({**row, "hash": previous})
    if rows:
        connection.execute(insert(audit), rows)
    if beside:
        connection.execute(insert(audit_details), beside)
    return last + len(rows)


def head(connection: Connection) -> tuple[int, str]:
    """The number and the hash of the last row; 0 and zeros before the first one."""
    newest = select(audit.c.id, audit.c.hash).order_by(audit.c.id.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return (row.id, row.hash) if row else (0, FIRST)


def seal(number: int, at: float, kind: str, body: Mapping[str, Any], previous: str) -> str:
    """The hash that a row must have."""
    return _sha256(canonical({"id": number, "at": at, "kind": kind, "body": body, "previous": previous}))


def canonical(value: Mapping[str, object]) -> str:
    """The one spelling in JSON: keys sorted, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
