# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is kept of one person, wherever it stands: found by a login, and erased."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, func, null, select, update

from bot.store import audit
from bot.store.retelling import NOBODY, retell
from bot.store.tables import (
    audit_details,
    commands,
    companies,
    company_people,
    contributors,
    decisions,
    reports,
    sessions,
    signatures,
)


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure reached: the ids of signatures and of entries on companies' lists, and how many other rows."""

    signatures: tuple[int, ...]
    entries: tuple[int, ...]
    others: int

    def __bool__(self) -> bool:
        return bool(self.signatures or self.entries or self.others)


def accounts_called(connection: Connection, login: str) -> set[int]:
    """The accounts that were on record with this login, whatever its case: one login may pass from hand to hand."""
    found: set[int] = set()
    for table in _WITH_LOGINS:
        same = (func.lower(table.c.login) == login.lower()) & table.c.account_id.is_not(None)
        found.update(connection.scalars(select(table.c.account_id).where(same)))
    return found | set(_in_the_log(connection, login.lower()))


def owners_concerned(connection: Connection, account_id: int) -> set[int]:
    """The owners under whose documents somebody signed or is covered by a company."""
    signed = select(signatures.c.owner_id).where(signatures.c.account_id == account_id)
    covered = (
        select(companies.c.owner_id)
        .join_from(companies, company_people, company_people.c.company_id == companies.c.id)
        .where(company_people.c.account_id == account_id)
    )
    return {*connection.scalars(signed), *connection.scalars(covered)}


def pulls_decided_on(connection: Connection, account_id: int) -> set[tuple[int, int]]:
    """Repository id and number of the open pull requests on which somebody decided anything."""
    same = (reports.c.repository_id == decisions.c.repository_id) & (reports.c.number == decisions.c.number)
    theirs = select(decisions.c.repository_id, decisions.c.number).join_from(decisions, reports, same)
    rows = connection.execute(theirs.where(decisions.c.account_id == account_id, reports.c.open).distinct())
    return {(row.repository_id, row.number) for row in rows}


def erase(connection: Connection, account_id: int, now: float) -> Erased:
    """Take away whatever tells that an account is this person's, for good, and log that it was done.

    The signatures' rows stay, with document, version, text, date and way. So does the chain of the log: whom a row is
    about stands beside it and goes, but the number of who decided for others is part of the row. Reports stay, without
    what the person decided.
    """
    audit.serialize(connection)
    retold = retell(connection, account_id, _logins(connection, account_id))
    erased = Erased(
        _blank_signatures(connection, account_id, now),
        _blank_entries(connection, account_id, now),
        retold + sum(_forget(connection, account_id)),
    )
    if erased:
        body = {"signatures": list(erased.signatures), "entries": list(erased.entries)}
        audit.append(connection, "erasure", now, body=body)
    return erased


def _logins(connection: Connection, account_id: int) -> set[str]:
    """Whatever an account was called when it was written down."""
    known = (select(table.c.login).where(table.c.account_id == account_id) for table in _WITH_LOGINS)
    return {login for logins in known for login in connection.scalars(logins) if login is not None}


def _in_the_log(connection: Connection, login: str) -> Iterator[int]:
    """Whom acts in the log are about that named them so: of who was only refused, nothing else is kept."""
    spelled = audit.canonical({"login": login})[1:-1]
    named = func.lower(audit_details.c.body).contains(spelled, autoescape=True)
    for row in connection.execute(select(audit_details).where(named, audit_details.c.account_id.is_not(None))):
        if json.loads(row.body).get("login", "").lower() == login:  # not only somewhere among answers or evidence
            yield row.account_id


def _blank_signatures(connection: Connection, account_id: int, now: float) -> tuple[int, ...]:
    names = ("account_id", "login", "address", "answers", "evidence")
    theirs = update(signatures).where(signatures.c.account_id == account_id)
    blank = theirs.values(erased_at=now, **dict.fromkeys(names, null()))
    return tuple(sorted(connection.scalars(blank.returning(signatures.c.id))))


def _blank_entries(connection: Connection, account_id: int, now: float) -> tuple[int, ...]:
    theirs = update(company_people).where(company_people.c.account_id == account_id)
    ended = func.coalesce(company_people.c.ended_at, now)
    blank = theirs.values(account_id=null(), login=null(), ended_at=ended)
    return tuple(sorted(connection.scalars(blank.returning(company_people.c.id))))


def _forget(connection: Connection, account_id: int) -> Iterator[int]:
    for column in (companies.c.signed_by, company_people.c.added_by, commands.c.account_id):
        blank = update(column.table).where(column == account_id).values({column: null()})
        yield connection.execute(blank).rowcount
    yield _blank_decisions(connection, account_id)
    for table in _ABOUT_ONE:
        yield connection.execute(delete(table).where(table.c.account_id == account_id)).rowcount


def _blank_decisions(connection: Connection, account_id: int) -> int:
    """What they decided counts no more, and nobody sees why they had; a revocation of their own takes back nothing."""
    of_own = update(decisions).where(decisions.c.of == account_id)
    connection.execute(of_own.values(of=NOBODY))
    theirs = update(decisions).where(decisions.c.account_id == account_id)
    blank = theirs.values(dict.fromkeys(("account_id", "login", "reason", "address"), null()))
    return connection.execute(blank).rowcount


_WITH_LOGINS = (signatures, company_people, sessions, decisions)
_ABOUT_ONE: tuple[Table, ...] = (audit_details, sessions, contributors)
