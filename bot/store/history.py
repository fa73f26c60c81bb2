# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What was decided on one pull request, head after head, for those who come to read it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from bot.store.tables import reports


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the report on one head came out, and when it was last looked at, in seconds since 1970."""

    head: str
    conclusion: str
    judged_at: float


@dataclass(frozen=True, slots=True)
class CurrentReport:
    """The report that stands: its JSON in interface version 1, for which base branch it is, and when it was judged."""

    body: bytes
    base_ref: str
    judged_at: float


def current_report(connection: Connection, repository_id: int, number: int) -> CurrentReport | None:
    """The newest report on a pull request, if there ever was one."""
    columns = (reports.c.body, reports.c.base_ref, reports.c.judged_at)
    newest = select(*columns).where(_of(repository_id, number)).order_by(*_NEWEST_FIRST).limit(1)
    row = connection.execute(newest).one_or_none()
    return CurrentReport(*row) if row else None


def verdicts(connection: Connection, repository_id: int, number: int, at_most: int) -> list[Verdict]:
    """The verdicts on a pull request, newest first: the first is the current one."""
    columns = (reports.c.head, reports.c.conclusion, reports.c.judged_at)
    newest = select(*columns).where(_of(repository_id, number)).order_by(*_NEWEST_FIRST).limit(at_most)
    return [Verdict(*row) for row in connection.execute(newest)]


# Two heads may be judged in one moment: their ids settle which counts, so that both questions agree.
_NEWEST_FIRST = (reports.c.judged_at.desc(), reports.c.head)


def _of(repository_id: int, number: int) -> ColumnElement[bool]:
    return (reports.c.repository_id == repository_id) & (reports.c.number == number)
