# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What was read and decided: snapshots of pull requests, the last good policies, and the reports that stand."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from bot.store.database import insert_into
from bot.store.tables import good_policies, reports, snapshots


@dataclass(frozen=True)
class Snapshot:
    """The files and commits of a pull request as they were read, for one head and one base, in the reader's bytes.

    `head_seen_at` is when this head was first read; to read it again leaves that.
    """

    repository_id: int
    number: int
    head: str
    base: str
    body: bytes
    read_at: float
    head_seen_at: float


@dataclass(frozen=True)
class StoredReport:
    """The report on one pull request at one head, in JSON; `minds` are the signals that could change it.

    `lapses_at` is when it may come out otherwise although nothing happens.
    """

    repository_id: int
    number: int
    head: str
    base_ref: str
    open: bool
    conclusion: str
    minds: frozenset[str]
    body: bytes
    judged_at: float
    lapses_at: float | None = None


@dataclass(frozen=True)
class OpenHead:
    """A head commit on which a report on an open pull request stands, without the report itself."""

    number: int
    head: str
    base_ref: str
    minds: frozenset[str]


def keep_snapshot(connection: Connection, snapshot: Snapshot) -> None:
    """Keep the newest snapshot of a pull request; an older one goes."""
    values = vars(snapshot)
    insert = insert_into(connection, snapshots).values(**values)
    connection.execute(insert.on_conflict_do_update(index_elements=["repository_id", "number"], set_=values))


def find_snapshot(connection: Connection, repository_id: int, number: int) -> Snapshot | None:
    """The newest snapshot of a pull request."""
    columns = [snapshots.c[name] for name in Snapshot.__dataclass_fields__]
    same = (snapshots.c.repository_id == repository_id) & (snapshots.c.number == number)
    row = connection.execute(select(*columns).where(same)).one_or_none()
    return Snapshot(*row) if row else None


def drop_snapshot(connection: Connection, repository_id: int, number: int) -> None:
    """A closed pull request needs no snapshot."""
    same = (snapshots.c.repository_id == repository_id) & (snapshots.c.number == number)
    connection.execute(delete(snapshots).where(same))


def keep_report(connection: Connection, report: StoredReport) -> None:
    """Keep the report on a pull request at one head; there is one for each head, for the history."""
    values = {**vars(report), "minds": ",".join(sorted(report.minds))}
    insert = insert_into(connection, reports).values(**values)
    same = ["repository_id", "number", "head"]
    connection.execute(insert.on_conflict_do_update(index_elements=same, set_=values))


def close_reports(connection: Connection, repository_id: int, number: int, *, but: str | None = None) -> None:
    """The pull request was closed or has another head now (`but`): its other reports no longer count for a head."""
    stale = (reports.c.repository_id == repository_id) & (reports.c.number == number) & reports.c.open
    if but is not None:
        stale &= reports.c.head != but
    connection.execute(update(reports).where(stale).values(open=False))


def lapse(connection: Connection, now: float) -> list[tuple[int, int]]:
    """Repository id and number of the open pull requests whose report has lapsed by now; each is told once."""
    over = reports.c.open & (reports.c.lapses_at <= now)
    told = update(reports).where(over).values(lapses_at=None).returning(reports.c.repository_id, reports.c.number)
    return sorted({(row.repository_id, row.number) for row in connection.execute(told)})


def open_reports(connection: Connection, repository_id: int, head: str) -> list[StoredReport]:
    """The whole reports on open pull requests of a repository that stand on one head commit, by number."""
    columns = [reports.c[name] for name in StoredReport.__dataclass_fields__]
    wanted = (reports.c.repository_id == repository_id) & reports.c.open & (reports.c.head == head)
    rows = connection.execute(select(*columns).where(wanted).order_by(reports.c.number))
    return [StoredReport(**{**row._mapping, "minds": _signals(row.minds)}) for row in rows]


def open_heads(
    connection: Connection, repository_id: int, *, head: str | None = None, number: int | None = None
) -> list[OpenHead]:
    """Where reports on open pull requests of a repository stand, by number; all, on one head, or of one of them."""
    columns = (reports.c.number, reports.c.head, reports.c.base_ref, reports.c.minds)
    wanted = (reports.c.repository_id == repository_id) & reports.c.open
    if head is not None:
        wanted &= reports.c.head == head
    if number is not None:
        wanted &= reports.c.number == number
    rows = connection.execute(select(*columns).where(wanted).order_by(reports.c.number))
    return [OpenHead(row.number, row.head, row.base_ref, _signals(row.minds)) for row in rows]


def _signals(minds: str) -> frozenset[str]:
    return frozenset(filter(None, minds.split(",")))


def open_numbers(connection: Connection, repository_id: int, signal: str) -> list[int]:
    """The open pull requests of a repository whose report minds a signal."""
    wanted = (reports.c.repository_id == repository_id) & reports.c.open & reports.c.minds.contains(signal)
    return list(connection.scalars(select(reports.c.number).where(wanted).distinct().order_by(reports.c.number)))


def keep_good_policy(connection: Connection, place: str, commit: str, text: str, now: float) -> None:
    """Remember a valid policy for the day on which the one at its place is broken or cannot be read."""
    values = {"commit": commit, "text": text, "seen_at": now}
    insert = insert_into(connection, good_policies).values(place=place, **values)
    changed = good_policies.c.commit != commit
    connection.execute(insert.on_conflict_do_update(index_elements=["place"], set_=values, where=changed))


def find_good_policy(connection: Connection, place: str) -> tuple[str, str] | None:
    """Commit and text of the last valid policy that was seen at a place."""
    columns = (good_policies.c.commit, good_policies.c.text)
    row = connection.execute(select(*columns).where(good_policies.c.place == place)).one_or_none()
    return (row.commit, row.text) if row else None


def forget_good_policy(connection: Connection, place: str) -> None:
    """The policy at this place was taken away, so that an older one must not come back."""
    connection.execute(delete(good_policies).where(good_policies.c.place == place))
