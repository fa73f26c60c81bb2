# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Companies that sign for their people: whom they list, and who belongs to their organization."""

import pytest
from sqlalchemy import update

from bot.demo.github.accounts import Account, Organization
from bot.demo.github.repository import Repository
from bot.store import companies
from bot.store.database import writing
from bot.store.tables import company_people
from tests.bot.decide.agreements import again, asked, check, offer, policy, project, told
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


CORPORATE = policy("document: CLA.md, corporate: {document: CCLA.md}")


def company(house: House, repository: Repository, organization: str | None = None) -> int:
    """A company that signed on paper."""
    corporate = asked(house, repository).corporate
    assert corporate
    with writing(house.context.engine) as connection:
        number = companies.add_company(
            connection, corporate.document, corporate.version, "Example Inc", house.clock(), organization=organization
        )
        companies.sign_company(connection, number, house.clock(), how="paper", sha256=corporate.sha256)
    return number


def employ(employer: Organization, person: Account) -> None:
    """Somebody belongs to a company's organization, and shows it."""
    employer.add_member(person)
    employer.publicize(person)


def with_steward_too(house: House) -> Organization:
    """A company's organization on which Steward is installed as well."""
    employer = house.github.organization("example-inc")
    employer.repository("work").commit("main", {"a.txt": "a\n"})
    house.github.install(house.app, employer)
    house.work()
    return employer


def with_company(house: House) -> Repository:
    repository = project(house, CORPORATE)
    repository.commit("main", {"CCLA.md": "For companies.\n"}, message="Add the agreement for companies")
    offer(house, repository, house.person("eve"), branch="begin")
    return repository


def test_a_company_covers_whom_it_lists_once_they_acknowledge_it_until_they_leave(house: House) -> None:
    repository, ada = with_company(house), house.person("ada")
    number = company(house, repository)
    pull = offer(house, repository, ada)
    with writing(house.context.engine) as connection:
        companies.add_person(connection, number, ada.id, ada.login, "member", house.clock())
    again(house, repository, pull.number)
    assert "Example Inc" in told(house, pull)
    assert check(house, pull).conclusion == "action_required"
    with writing(house.context.engine) as connection:
        companies.acknowledge(connection, number, ada.id, house.clock())
    again(house, repository, pull.number)
    assert check(house, pull).conclusion == "success"

    house.clock.now += 10
    with writing(house.context.engine) as connection:
        companies.remove_person(connection, number, ada.id, house.clock())
    again(house, repository, pull.number)
    assert check(house, pull).conclusion == "success"  # what was offered before stays covered
    house.clock.now += 10
    repository.commit("feature", {"later.txt": "later\n"}, author=ada)
    house.work()
    assert check(house, pull).conclusion == "action_required"


def test_a_company_covers_the_members_of_its_organization(house: House) -> None:
    repository, ada = with_company(house), house.person("ada")
    employer = house.github.organization("example-inc")
    number = company(house, repository, "example-inc")
    pull = offer(house, repository, ada)
    assert check(house, pull).conclusion == "action_required"
    employ(employer, ada)
    again(house, repository, pull.number)
    assert "Example Inc" in told(house, pull)
    with writing(house.context.engine) as connection:
        companies.acknowledge(connection, number, ada.id, house.clock())
    again(house, repository, pull.number)
    assert check(house, pull).conclusion == "success"

    house.clock.now += 10
    employer.remove_member(ada)
    house.clock.now += 10
    repository.commit("feature", {"later.txt": "later\n"}, author=ada)
    house.work()
    assert check(house, pull).conclusion == "action_required"


def test_who_goes_by_another_login_by_now_stays_covered(house: House) -> None:
    repository, ada = with_company(house), house.person("ada")
    employer = house.github.organization("example-inc")
    number = company(house, repository, "example-inc")
    employ(employer, ada)
    pull = offer(house, repository, ada)
    with writing(house.context.engine) as connection:
        companies.acknowledge(connection, number, ada.id, house.clock())
        connection.execute(update(company_people).values(login="called-ada-before"))
    again(house, repository, pull.number)
    assert check(house, pull).conclusion == "success"


def test_an_organization_that_hides_its_members_from_steward_stops_nobody(house: House) -> None:
    repository, ada = with_company(house), house.person("ada")
    employer = with_steward_too(house)
    company(house, repository, "example-inc")
    employ(employer, ada)
    house.github.fail(403, r"/orgs/example-inc/members", times=None, message="Resource not accessible by integration")
    assert "Example Inc" in told(house, offer(house, repository, ada))


def test_who_is_in_no_organization_is_covered_by_none(house: House) -> None:
    repository, ada = with_company(house), house.person("ada")
    house.github.organization("example-inc")
    company(house, repository, "example-inc")
    pull = offer(house, repository, ada)
    again(house, repository, pull.number)
    assert check(house, pull).conclusion == "action_required"
    assert "Example Inc" not in told(house, pull)


def test_a_private_membership_is_seen_where_steward_is_installed(house: House) -> None:
    repository, ada = with_company(house), house.person("ada")
    employer = with_steward_too(house)
    company(house, repository, "example-inc")
    employer.add_member(ada)
    pull = offer(house, repository, ada)
    assert "Example Inc" in told(house, pull)
