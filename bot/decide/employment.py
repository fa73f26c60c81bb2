# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Companies that cover the members of their GitHub organization: who is one now is asked when it matters.

Somebody found there is put on the company's list, where they have yet to acknowledge it; who is there no longer is
taken off it.
"""

from collections.abc import Collection, Iterable

from bot.decide.world import World
from bot.github.client import Client
from bot.github.memberships import is_member, is_public_member
from bot.store import companies, repositories
from bot.store.agreements import Corporate
from bot.store.companies import MEMBER, Company
from bot.store.coverage import organizations
from bot.store.database import reading, writing
from rules.agreement import major
from rules.change import Person


def bring_up_to_date(
    world: World,
    client: Client,
    corporate: Corporate,
    people: Iterable[Person],
    accounts: Collection[int],
    left_at: float,
) -> bool:
    """Put on the lists whom memberships cover and take off whom they do not; whether anything changed.

    `people` are those whom the rule would turn down, `accounts` all that are behind the contribution; who is found to
    be gone left at `left_at`. Raises GitHubError.
    """
    with reading(world.engine) as connection:
        found = organizations(connection, corporate.document, major(corporate.version))
    changes = [_compare(world, client, company, people, accounts, left_at) for company in found]
    return any(changes)


def _compare(
    world: World,
    client: Client,
    company: Company,
    people: Iterable[Person],
    accounts: Collection[int],
    left_at: float,
) -> bool:
    with reading(world.engine) as connection:
        rows = companies.people_of(connection, company.id)
    listed = {row.account_id: row for row in rows if row.ended_at is None and row.account_id in accounts}
    # Who was put on the list by hand stays there; an entry by membership is one's own.
    logins = {person.id: person.login for person in people if person.id not in listed}
    logins |= {number: row.login for number, row in listed.items() if row.added_by == number}
    changed = False
    for account, login in logins.items():
        if account is None or not login:
            continue
        if _belongs(world, client, company.organization or "", login) != (account in listed):
            _change_list(world, company, account, login, left_at if account in listed else None)
            changed = True
    return changed


def _change_list(world: World, company: Company, account: int, login: str, left_at: float | None) -> None:
    with writing(world.engine) as connection:
        if left_at is not None:
            companies.remove_person(connection, company.id, account, left_at)
        else:
            companies.add_person(connection, company.id, account, login, MEMBER, world.clock(), added_by=account)


def _belongs(world: World, client: Client, organization: str, login: str) -> bool:
    """Whether somebody belongs to an organization: shown publicly, or seen from within where Steward is installed."""
    with reading(world.engine) as connection:
        installation = repositories.installation_of_owner(connection, organization)
    if installation is not None:
        return is_member(world.app.installation(installation), organization, login)
    return is_public_member(client, organization, login)
