# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Companies that cover the members of their GitHub organization: who is one now is asked when it matters.

Somebody found there is put on the company's list, where they have yet to acknowledge it; who is there no longer is
taken off it.
"""

from collections.abc import Collection, Iterable

from bot.decide.case import Case
from bot.github.errors import Forbidden
from bot.github.memberships import is_member, is_public_member
from bot.store import companies, repositories
from bot.store.agreements import Corporate
from bot.store.companies import MEMBER, Company
from bot.store.coverage import on_list, organizations
from bot.store.database import reading, writing
from rules.agreement import major
from rules.change import Change, Person


def bring_up_to_date(case: Case, corporate: Corporate, people: Iterable[Person], accounts: Collection[int]) -> bool:
    """Put on the lists whom memberships cover and take off whom they do not; whether anything changed.

    `people` are those whom the rule would turn down, `accounts` all that are behind the contribution. Raises
    GitHubError.
    """
    with reading(case.world.engine) as connection:
        found = organizations(connection, corporate.document, major(corporate.version))
    changes = [_compare(case, company, people, accounts) for company in found]
    return any(changes)


def _compare(case: Case, company: Company, people: Iterable[Person], accounts: Collection[int]) -> bool:
    with reading(case.world.engine) as connection:
        listed = on_list(connection, company.id, accounts)
    logins = {person.id: person.login for person in people if person.id not in listed}
    # Who was put on the list by hand stays there; an entry by membership is one's own.
    today = _logins(case.change)
    logins |= {number: today.get(number) or row.login for number, row in listed.items() if row.added_by == number}
    changed = False
    for account, login in logins.items():
        if account is not None and login and _belongs(case, company.organization or "", login) != (account in listed):
            _change_list(case, company, account, login, leaves=account in listed)
            changed = True
    return changed


def _logins(change: Change) -> dict[int | None, str | None]:
    """What the people of a contribution are called on GitHub now, by account id."""
    people = [person for commit in change.commits for person in (*commit.authors, commit.committer, change.opener)]
    return {person.id: person.login for person in people if person and person.login}


def _change_list(case: Case, company: Company, account: int, login: str, *, leaves: bool) -> None:
    with writing(case.world.engine) as connection:
        if leaves:
            companies.remove_person(connection, company.id, account, case.left_at())
        else:
            now = case.world.clock()
            companies.add_person(connection, company.id, account, login, MEMBER, now, added_by=account)


def _belongs(case: Case, organization: str, login: str) -> bool:
    """Whether somebody belongs to an organization: shown publicly, or seen from within where Steward is installed."""
    with reading(case.world.engine) as connection:
        installation = repositories.installation_of_owner(connection, organization)
    if installation is not None:
        try:
            return is_member(case.world.app.installation(installation), organization, login)
        except Forbidden:  # that organization gives Steward no right to see its members
            pass
    return is_public_member(case.client, organization, login)
