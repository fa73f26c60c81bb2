# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Companies, their agreements and the people that these cover, changed with a row in the log each time."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from bot.store import audit
from bot.store.agreements import Document, major
from bot.store.entries import BY_MEMBERSHIP, NOT_ACKNOWLEDGED, acknowledged_as_member, add, change, standing
from bot.store.tables import companies, company_people

MANAGER, MEMBER = "manager", "member"


@dataclass(frozen=True, slots=True)
class Company:
    """A company and its agreement. It counts from `signed_at` on, until `ended_at`.

    `how` is web or paper; `signed_by` the manager who signed on the web. `organization` is the GitHub organization
    whose members it covers too, if any.
    """

    id: int
    document: Document
    version: str
    name: str
    organization: str | None
    sha256: str | None
    how: str | None
    signed_by: int | None
    signed_at: float | None
    ended_at: float | None


@dataclass(frozen=True, slots=True)
class CompanyPerson:
    """Somebody on a company's list. Managers keep it; whoever stands on it is covered once they acknowledged it."""

    id: int
    company_id: int
    account_id: int | None
    login: str | None
    role: str
    added_at: float
    added_by: int | None
    acknowledged_at: float | None
    ended_at: float | None


def add_company(
    connection: Connection,
    document: Document,
    version: str,
    name: str,
    now: float,
    *,
    organization: str | None = None,
    by: int | None = None,
) -> int:
    """Take a company in; it covers nobody before its agreement is signed. Returns its id. `by`: who asked for it."""
    audit.serialize(connection)
    values = {
        "owner_id": document.owner_id,
        "document_repository_id": document.repository_id,
        "path": document.path,
        "major": major(version),
        "version": version,
        "name": name,
        "organization": organization,
    }
    number: int = connection.execute(insert(companies).values(**values).returning(companies.c.id)).scalar_one()
    body = {"company": number, "version": version, "by": by}
    audit.append(connection, "company", now, body=body, details={"name": name, "organization": organization})
    return number


def sign_company(
    connection: Connection,
    company_id: int,
    now: float,
    *,
    how: str,
    sha256: str | None = None,
    signed_by: int | None = None,
    signed_at: float | None = None,
) -> bool:
    """A company signs: on the web, or on paper, on an earlier day maybe. False: it had signed already, or has ended."""
    audit.serialize(connection)
    at = now if signed_at is None else signed_at
    unsigned = (companies.c.id == company_id) & companies.c.signed_at.is_(None) & companies.c.ended_at.is_(None)
    values = {"sha256": sha256, "how": how, "signed_by": signed_by, "signed_at": at}
    if connection.execute(update(companies).where(unsigned).values(**values)).rowcount == 0:
        return False
    body = {"company": company_id, "sha256": sha256, "how": how, "signed_at": at}
    audit.append(connection, "company-signature", now, body=body, account_id=signed_by)
    return True


def end_company(connection: Connection, company_id: int, now: float, *, by: int | None = None) -> bool:
    """A company's agreement covers no contribution from now on. False: it had ended already."""
    audit.serialize(connection)
    goes_on = (companies.c.id == company_id) & companies.c.ended_at.is_(None)
    if connection.execute(update(companies).where(goes_on).values(ended_at=now)).rowcount == 0:
        return False
    audit.append(connection, "company-end", now, body={"company": company_id, "by": by})
    return True


def add_person(
    connection: Connection,
    company_id: int,
    account_id: int,
    login: str | None,
    role: str,
    now: float,
    *,
    added_by: int | None = None,
) -> int | None:
    """Put somebody on a company's list, or give them another role on it.

    Returns the id of their entry; None: they have this role already. A member of the company's organization adds
    themself; who is back in it and had acknowledged has done so still.
    """
    audit.serialize(connection)
    entry, member = _entry(connection, company_id, account_id), added_by == account_id
    if entry and entry.role == role and (member or entry.added_by != account_id):
        return None
    known = acknowledged_as_member(connection, company_id, account_id) if member and not entry else {}
    values = {"role": role, "added_by": added_by}
    if entry:
        number = entry.id
        change(connection, standing(company_id, account_id), **values)
    else:
        whose = {"company_id": company_id, "account_id": account_id, "login": login}
        number = add(connection, added_at=now, **whose, **values, **known)
    by = {"by": None if member else added_by, "membership": member}
    body = {"company": company_id, "entry": number, "role": role, **by, **known}
    told = {"login": login} if login else {}
    audit.append(connection, "company-person", now, body=body, details=told, account_id=account_id)
    return number


def remove_person(
    connection: Connection,
    company_id: int,
    account_id: int,
    now: float,
    *,
    removed_by: int | None = None,
    by_hand: bool = False,
) -> bool:
    """Take somebody off a company's list: later contributions are not covered. False: they were not on it.

    `removed_by` is the manager who did it, `by_hand` that anybody did. Else a member has left the organization: then
    alone what they acknowledged counts when they come back.
    """
    audit.serialize(connection)
    theirs = standing(company_id, account_id)
    if by_hand or removed_by is not None:
        change(connection, theirs & BY_MEMBERSHIP, added_by=removed_by)
    entry = change(connection, theirs, ended_at=now)
    if entry is None:
        return False
    body = {"company": company_id, "entry": entry, "by": removed_by, "ended_at": now}
    audit.append(connection, "company-person-end", now, body=body, account_id=account_id)
    return True


def acknowledge(connection: Connection, company_id: int, account_id: int, now: float) -> bool:
    """Somebody confirms that they contribute for the company. False: they are not on its list, or did so before."""
    audit.serialize(connection)
    entry = change(connection, standing(company_id, account_id) & NOT_ACKNOWLEDGED, acknowledged_at=now)
    if entry is None:
        return False
    body = {"company": company_id, "entry": entry}
    audit.append(connection, "company-acknowledgement", now, body=body, account_id=account_id)
    return True


def find_company(connection: Connection, company_id: int) -> Company | None:
    """The company with this id."""
    return next(iter(companies_where(connection, companies.c.id == company_id)), None)


def companies_of(connection: Connection, document: Document | None = None) -> list[Company]:
    """The companies that ever had to do with a document, or with any, in the order in which they came."""
    return companies_where(connection, *([] if document is None else [of_document(document)]))


def people_of(connection: Connection, company_id: int) -> list[CompanyPerson]:
    """Everybody who ever stood on a company's list, in the order in which they came."""
    rows = connection.execute(
        select(company_people).where(company_people.c.company_id == company_id).order_by(company_people.c.id)
    )
    return [CompanyPerson(**row._asdict()) for row in rows]


def managed_by(connection: Connection, account_id: int) -> list[Company]:
    """The companies whose list somebody keeps, signed or not, that have not ended."""
    keeps = (
        select(company_people.c.company_id)
        .where(company_people.c.account_id == account_id, company_people.c.role == MANAGER)
        .where(company_people.c.ended_at.is_(None))
    )
    return companies_where(connection, companies.c.id.in_(keeps), companies.c.ended_at.is_(None))


def entries_of(
    connection: Connection, document: Document, major: int, account_id: int
) -> list[tuple[Company, CompanyPerson]]:
    """The signed companies on whose lists somebody stands now, with their entry on each."""
    on_list = select(company_people.c.company_id).where(
        company_people.c.account_id == account_id, company_people.c.ended_at.is_(None)
    )
    signed = companies.c.signed_at.is_not(None) & companies.c.ended_at.is_(None) & (companies.c.major == major)
    theirs = companies_where(connection, of_document(document), signed, companies.c.id.in_(on_list))
    found = ((company, _entry(connection, company.id, account_id)) for company in theirs)
    return [(company, entry) for company, entry in found if entry is not None]


def _entry(connection: Connection, company_id: int, account_id: int) -> CompanyPerson | None:
    row = connection.execute(select(company_people).where(standing(company_id, account_id))).first()
    return CompanyPerson(**row._asdict()) if row else None


def of_document(document: Document) -> ColumnElement[bool]:
    """Which companies have to do with a document."""
    return and_(
        companies.c.owner_id == document.owner_id,
        companies.c.document_repository_id == document.repository_id,
        companies.c.path == document.path,
    )


def companies_where(connection: Connection, *wanted: ColumnElement[bool]) -> list[Company]:
    """The companies that fit, in the order in which they came."""
    rows = connection.execute(select(companies).where(*wanted).order_by(companies.c.id))
    return [_company(row._asdict()) for row in rows]


def _company(row: dict[str, Any]) -> Company:
    document = Document(row["owner_id"], row["document_repository_id"], row["path"])
    same = {name: row[name] for name in Company.__dataclass_fields__ if name != "document"}
    return Company(document=document, **same)
