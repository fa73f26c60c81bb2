# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A small audit log, and what somebody does to it who writes to the database behind Steward's back."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, text, update

from bot.store import audit
from bot.store.audit import Act, sealed
from bot.store.database import reading, writing
from bot.store.tables import audit as log
from bot.store.tables import audit_details

Tampering = Callable[[Connection], object]

ANN, BOB, EVE = 5, 6, 7
BEGAN = 1_800_000_000.25
ACTS = (
    Act("signature", {"signature": 1}, sealed(ANN, {"login": "ann"})),
    Act("company", {"company": 3}),
    Act("signature", {"signature": 2}, sealed(BOB, {"login": "bob"})),
    Act("revocation", {"signature": 1}, sealed(ANN, {"reason": "Zoë asked"})),
    Act("company-end", {"by": None, "company": 3}),
    Act("signature", {"signature": 3}, sealed(EVE, {"login": "eve"})),
)
WITH_DETAILS = (1, 3, 4, 6)


def write_log(engine: Engine) -> list[str]:
    """A log of six rows, a minute between any two. Returns their hashes."""
    with writing(engine) as connection:
        for minute, act in enumerate(ACTS):
            audit.append_all(connection, [act], BEGAN + 60 * minute)
    with reading(engine) as connection:
        return list(connection.scalars(select(log.c.hash).order_by(log.c.id)))


def change(connection: Connection, number: int, **values: Any) -> None:
    """Change a row, and nothing else."""
    connection.execute(update(log).where(log.c.id == number).values(values))


def change_beside(connection: Connection, number: int, **values: Any) -> None:
    """Change what stands beside a row."""
    connection.execute(update(audit_details).where(audit_details.c.id == number).values(values))


def swap(connection: Connection, table: str, first: int, second: int) -> None:
    """Let two rows change their places."""
    for old, new in ((first, -1), (second, first), (-1, second)):
        connection.execute(text(f"UPDATE {table} SET id = :new WHERE id = :old"), {"old": old, "new": new})


def chain_anew(connection: Connection) -> None:
    """Number, link and hash all rows anew, as who knows how it is done."""
    previous = "0" * 64
    for number, row in enumerate(connection.execute(select(log).order_by(log.c.id)).all(), 1):
        spelled = (
            f'{{"at":{row.at!r},"body":{row.body},"id":{number},"kind":{json.dumps(row.kind)},"previous":"{previous}"}}'
        )
        newest = hashlib.sha256(spelled.encode()).hexdigest()
        change(connection, row.id, id=number, previous=previous, hash=newest)
        previous = newest


def drop(*numbers: int) -> Tampering:
    """Take rows out."""
    return lambda connection: connection.execute(delete(log).where(log.c.id.in_(numbers)))


def erase(*numbers: int) -> Tampering:
    """Take away what stands beside rows."""
    return lambda connection: connection.execute(delete(audit_details).where(audit_details.c.id.in_(numbers)))
