# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whom companies cover: their lists as the rule on agreements asks for them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from bot.store.agreements import Document
from bot.store.chunks import chunks
from bot.store.companies import Company, CompanyPerson, companies_where, of_document
from bot.store.tables import companies, company_people


@dataclass(frozen=True, slots=True)
class Covered:
    """A company that covers somebody. It counts once they acknowledged it, and `until` they left or it ended."""

    company: str
    acknowledged: bool
    until: float | None


def coverage(
    connection: Connection, document: Document, major: int, account_ids: Collection[int]
) -> dict[int, list[Covered]]:
    """The signed companies on whose lists these accounts stand or stood; each id has its list.

    A company that ended covers until then, whoever was still on its list.
    """
    found: dict[int, list[Covered]] = {account: [] for account in account_ids}
    listed = (
        select(company_people, companies.c.name, companies.c.ended_at.label("company_ended"))
        .join_from(company_people, companies, companies.c.id == company_people.c.company_id)
        .where(of_document(document), companies.c.major == major, companies.c.signed_at.is_not(None))
        .order_by(company_people.c.id)
    )
    for some in chunks(account_ids):
        for row in connection.execute(listed.where(company_people.c.account_id.in_(some))):
            ends = [at for at in (row.ended_at, row.company_ended) if at is not None]
            found[row.account_id].append(Covered(row.name, row.acknowledged_at is not None, min(ends, default=None)))
    return found


def organizations(connection: Connection, document: Document, major: int) -> list[Company]:
    """The signed companies that cover the members of a GitHub organization and have not ended."""
    by_membership = companies.c.organization.is_not(None) & (companies.c.major == major)
    counts = companies.c.signed_at.is_not(None) & companies.c.ended_at.is_(None)
    return companies_where(connection, of_document(document), by_membership, counts)


def on_list(connection: Connection, company_id: int, account_ids: Collection[int]) -> dict[int, CompanyPerson]:
    """The entries of those of these accounts that stand on a company's list now."""
    stands = (company_people.c.company_id == company_id) & company_people.c.ended_at.is_(None)
    found: dict[int, CompanyPerson] = {}
    for some in chunks(account_ids):
        for row in connection.execute(select(company_people).where(stands, company_people.c.account_id.in_(some))):
            found[row.account_id] = CompanyPerson(**row._asdict())
    return found
