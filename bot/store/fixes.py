# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What came of the buttons that mend: each press is answered once. Commits that came of one stay known."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, select

from bot.store.chunks import chunks
from bot.store.database import insert_into
from bot.store.tables import fixes


class Kind(StrEnum):
    """What a button adds."""

    HEADERS = "headers"
    CARD = "card"


class Outcome(StrEnum):
    """What came of a press."""

    COMMITTED = "committed"
    SUGGESTED = "suggested"
    REPEATED = "repeated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Fix:
    """One press: the delivery that told of it, the pull request, and the head that whoever pressed had before them.

    `made` is the SHA of the commit that came of it.
    """

    delivery: str
    repository_id: int
    number: int
    head: str
    outcome: Outcome
    made: str | None = None
    kind: Kind = Kind.HEADERS


def is_answered(connection: Connection, delivery: str) -> bool:
    """Whether this press was carried out or refused before."""
    return connection.execute(select(fixes.c.outcome).where(fixes.c.delivery == delivery)).first() is not None


def outcomes(connection: Connection, repository_id: int, number: int, head: str, kind: Kind) -> frozenset[Outcome]:
    """What came of the presses of one button on this head of a pull request so far."""
    here = (fixes.c.repository_id == repository_id) & (fixes.c.number == number) & (fixes.c.head == head)
    here &= fixes.c.kind == kind
    return frozenset(map(Outcome, connection.scalars(select(fixes.c.outcome).where(here))))


def made_here(connection: Connection, repository_id: int, commits: Iterable[str]) -> frozenset[str]:
    """Those of some commits, by SHA, that came of a press in this repository."""
    made = select(fixes.c.made).where(fixes.c.repository_id == repository_id)
    found = (connection.scalars(made.where(fixes.c.made.in_(some))) for some in chunks(commits))
    return frozenset(sha for some in found for sha in some)


def keep_fix(connection: Connection, fix: Fix, now: float) -> bool:
    """Write down what came of a press. False: another run was quicker."""
    new = insert_into(connection, fixes).values(**asdict(fix), done_at=now).on_conflict_do_nothing()
    return connection.execute(new.returning(fixes.c.delivery)).first() is not None


def purge(connection: Connection, older_than: float) -> int:
    """Forget what was done before `older_than`, but no commit. Returns how many presses that were."""
    old = delete(fixes).where(fixes.c.done_at < older_than, fixes.c.made.is_(None))
    return connection.execute(old).rowcount
