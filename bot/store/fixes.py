# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What came of the button that adds headers: each press is answered once, and each head gets one answer."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, select

from bot.store.database import insert_into
from bot.store.tables import fixes


class Outcome(StrEnum):
    """What came of a press."""

    COMMITTED = "committed"
    SUGGESTED = "suggested"
    REPEATED = "repeated"
    REFUSED = "refused"


_DONE = (Outcome.COMMITTED.value, Outcome.SUGGESTED.value)


@dataclass(frozen=True, slots=True)
class Fix:
    """One press: the delivery that told of it, the pull request, and the head that whoever pressed had before them."""

    delivery: str
    repository_id: int
    number: int
    head: str
    outcome: Outcome


def is_answered(connection: Connection, delivery: str) -> bool:
    """Whether this press was carried out or refused before."""
    return connection.execute(select(fixes.c.outcome).where(fixes.c.delivery == delivery)).first() is not None


def is_fixed(connection: Connection, repository_id: int, number: int, head: str) -> bool:
    """Whether headers were committed or suggested on this head of a pull request before."""
    here = (fixes.c.repository_id == repository_id) & (fixes.c.number == number) & (fixes.c.head == head)
    found = select(fixes.c.delivery).where(here, fixes.c.outcome.in_(_DONE))
    return connection.execute(found).first() is not None


def keep_fix(connection: Connection, fix: Fix, now: float) -> bool:
    """Write down what came of a press. False: another run was quicker."""
    new = insert_into(connection, fixes).values(**asdict(fix), done_at=now).on_conflict_do_nothing()
    return connection.execute(new.returning(fixes.c.delivery)).first() is not None


def purge(connection: Connection, older_than: float) -> int:
    """Forget what was done before `older_than`. Returns how many presses that were."""
    return connection.execute(delete(fixes).where(fixes.c.done_at < older_than)).rowcount
