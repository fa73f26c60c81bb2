# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Entries on the lists of companies: the one by which somebody stands there now, and what the last one left."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from bot.store.tables import company_people

BY_MEMBERSHIP = company_people.c.added_by == company_people.c.account_id
"""An entry of somebody who was found in the company's organization: one has added oneself."""

NOT_ACKNOWLEDGED = company_people.c.acknowledged_at.is_(None)


def standing(company_id: int, account_id: int) -> ColumnElement[bool]:
    """The entry by which somebody is on a company's list now."""
    return _of(company_id, account_id) & company_people.c.ended_at.is_(None)


def add(connection: Connection, **values: Any) -> int:
    """Keep a new entry. Returns its id."""
    new = insert(company_people).values(**values)
    number: int = connection.execute(new.returning(company_people.c.id)).scalar_one()
    return number


def change(connection: Connection, which: ColumnElement[bool], **values: Any) -> int | None:
    """Change the entry that fits. Returns its id; None if none does."""
    changed = update(company_people).where(which).values(**values)
    number: int | None = connection.scalar(changed.returning(company_people.c.id))
    return number


def acknowledged_as_member(connection: Connection, company_id: int, account_id: int) -> dict[str, float]:
    """When somebody who is back had acknowledged, if their last entry came and ended by membership; else nothing."""
    columns = (company_people.c.acknowledged_at, BY_MEMBERSHIP.label("by_membership"))
    theirs = select(*columns).where(_of(company_id, account_id)).order_by(company_people.c.id.desc()).limit(1)
    last = connection.execute(theirs).one_or_none()
    if last is None or not last.by_membership or last.acknowledged_at is None:
        return {}
    return {"acknowledged_at": last.acknowledged_at}


def _of(company_id: int, account_id: int) -> ColumnElement[bool]:
    return (company_people.c.company_id == company_id) & (company_people.c.account_id == account_id)
