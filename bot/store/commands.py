# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Commands that were carried out, each once, and what was answered; or is still to be."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import ColumnElement, Connection, delete, exists, func, select, update

from bot.store.database import insert_into
from bot.store.tables import commands, inbox


@dataclass(frozen=True, slots=True)
class CommandKey:
    """Which command: of which comment, the digest of its normalized line, and how often that had stood there."""

    comment: str
    command: str
    occurrence: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who gave a command, on which pull request or issue."""

    repository_id: int
    number: int
    account_id: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command: the reaction that answers it, and words where it was refused or asked for some.

    Without a reaction nobody is answered; the words are for the log.
    """

    reaction: str | None
    reply: str | None = None

    @property
    def refuses(self) -> bool:
        """Whether the command was not carried out."""
        return self.reaction != "+1"


def is_done(connection: Connection, key: CommandKey) -> bool:
    """Whether this command was carried out or refused before."""
    return connection.execute(select(commands.c.answered).where(_same(key))).first() is not None


def keep_outcome(connection: Connection, key: CommandKey, by: Speaker, outcome: Outcome, now: float) -> bool:
    """Write down what came of a command, in the transaction of its effect; its answer is due from now on.

    False: another run was quicker, and nothing may be done again.
    """
    answered = outcome.reaction is None
    values = {**asdict(key), **asdict(by), "outcome": json.dumps(asdict(outcome))}
    new = insert_into(connection, commands).values(**values, answered=answered, done_at=now)
    insert = new.on_conflict_do_nothing()
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


def reply_to(connection: Connection, comment: str) -> list[str]:
    """What our reply to a comment says so far, in the order in which it came to say so."""
    answered = select(commands.c.outcome).where(commands.c.comment == comment, commands.c.answered)
    in_order = answered.order_by(commands.c.done_at, commands.c.command, commands.c.occurrence)
    outcomes = (Outcome(**json.loads(outcome)) for outcome in connection.scalars(in_order))
    return list(dict.fromkeys(one.reply for one in outcomes if one.reply and one.reaction))


def given(connection: Connection, by: Speaker, since: float) -> int:
    """How many commands one account has given on one pull request or issue since then, whatever came of them."""
    return connection.scalar(select(func.count()).select_from(commands).where(_by(by, since))) or 0


def answers(connection: Connection, by: Speaker, since: float) -> int:
    """How many of those were answered in words, or refused."""
    outcomes = connection.scalars(select(commands.c.outcome).where(_by(by, since)))
    return sum(Outcome(**json.loads(outcome)).reply is not None for outcome in outcomes)


def forget_replies(connection: Connection, repository_id: int, number: int) -> int:
    """Forget in which words commands on a pull request were answered, once GitHub has them. Returns how many those are.

    That they were answered in words stays known.
    """
    here = (commands.c.repository_id == repository_id) & (commands.c.number == number) & commands.c.answered
    rows = connection.execute(select(commands).where(here)).all()
    told = [(row, outcome) for row in rows if (outcome := Outcome(**json.loads(row.outcome))).reply]
    for row, outcome in told:
        same = _same(CommandKey(row.comment, row.command, row.occurrence))
        silent = json.dumps(asdict(replace(outcome, reply="")))
        connection.execute(update(commands).where(same).values(outcome=silent))
    return len(told)


def purge(connection: Connection, older_than: float) -> int:
    """Forget what was done before `older_than`. Returns how many commands that were.

    None as long as a delivery of those days that brought one is kept: it may not be done, and come up once more.
    """
    kept = exists().where(inbox.c.received < older_than, inbox.c.signal == "decision")
    return connection.execute(delete(commands).where(commands.c.done_at < older_than, ~kept)).rowcount


def _by(by: Speaker, since: float) -> ColumnElement[bool]:
    theirs = (commands.c.account_id == by.account_id) & (commands.c.done_at > since)
    return theirs & (commands.c.repository_id == by.repository_id) & (commands.c.number == by.number)


def _same(key: CommandKey) -> ColumnElement[bool]:
    same_comment = (commands.c.comment == key.comment) & (commands.c.command == key.command)
    return same_comment & (commands.c.occurrence == key.occurrence)
