# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Commands that were carried out, each once, and what was answered; or is still to be."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Connection, select, update

from bot.store.database import insert_into
from bot.store.tables import commands


@dataclass(frozen=True, slots=True)
class CommandKey:
    """Which command: of which comment, the digest of its normalized line, and how often that had stood there."""

    comment: str
    command: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command: the reaction that answers it, and a few words where it was refused."""

    reaction: str
    reply: str | None = None


def is_done(connection: Connection, key: CommandKey) -> bool:
    """Whether this command was carried out or refused before."""
    return connection.execute(select(commands.c.answered).where(_same(key))).first() is not None


def keep_outcome(connection: Connection, key: CommandKey, outcome: Outcome, now: float) -> bool:
    """Write down what came of a command, in the transaction of its effect; its answer is due from now on.

    False: another run was quicker, and nothing may be done again.
    """
    values = {**asdict(key), "outcome": json.dumps(asdict(outcome)), "answered": False, "done_at": now}
    insert = insert_into(connection, commands).values(**values).on_conflict_do_nothing()
    return connection.execute(insert.returning(commands.c.occurrence)).first() is not None


def unanswered(connection: Connection, keys: Sequence[CommandKey]) -> list[tuple[CommandKey, Outcome]]:
    """Those of these commands that were carried out or refused and not answered yet, in the order given."""
    found = []
    for key in keys:
        due = select(commands.c.outcome).where(_same(key), commands.c.answered.is_(False))
        outcome: str | None = connection.scalar(due)
        if outcome is not None:
            found.append((key, Outcome(**json.loads(outcome))))
    return found


def keep_answered(connection: Connection, keys: Sequence[CommandKey]) -> None:
    """GitHub has our answer to these, or will not take it."""
    for key in keys:
        connection.execute(update(commands).where(_same(key)).values(answered=True))


def _same(key: CommandKey) -> ColumnElement[bool]:
    same_comment = (commands.c.comment == key.comment) & (commands.c.command == key.command)
    return same_comment & (commands.c.occurrence == key.occurrence)
