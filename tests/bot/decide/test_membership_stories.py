# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who belongs where: exemptions for members and teams, and what it costs to ask for them."""

import pytest

from bot.demo.github.pushing import Identity
from bot.demo.github.repository import Repository
from tests.bot.decide.agreements import check, offer, policy, project, sign, told
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_members_of_the_organization_are_exempt_where_the_policy_says_so(house: House) -> None:
    repository = project(house, policy("document: CLA.md, exempt: {members: true}"))
    pull = offer(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "action_required"
    repository.owner.add_member(house.person("ada"))  # type: ignore[attr-defined]
    house.work()
    assert check(house, pull).conclusion == "success"
    repository.owner.remove_member(house.person("ada"))  # type: ignore[attr-defined]
    house.work()
    assert check(house, pull).conclusion == "action_required"


def test_a_team_is_exempt_where_the_policy_names_it(house: House) -> None:
    repository = project(house, policy("document: CLA.md, exempt: {teams: [core]}"))
    team = repository.owner.team("core")  # type: ignore[attr-defined]
    pull = offer(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "action_required"
    team.add(house.person("ada"))
    house.work()
    assert check(house, pull).conclusion == "success"


def test_a_team_that_does_not_exist_exempts_nobody(house: House) -> None:
    repository = project(house, policy("document: CLA.md, exempt: {teams: [gone]}"))
    assert check(house, offer(house, repository, house.person("ada"))).conclusion == "action_required"


@pytest.mark.parametrize("exempt", ["members: true", "teams: [core]"])
def test_without_the_right_to_see_members_nobody_is_exempt_and_the_check_says_so(house: House, exempt: str) -> None:
    repository = project(house, policy(f"document: CLA.md, exempt: {{{exempt}}}"))
    house.github.fail(403, r"/orgs/", times=None, message="Resource not accessible by integration")
    pull = offer(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "action_required"
    assert "permission to read members" in told(house, pull)


def test_github_is_asked_of_nobody_who_has_signed(house: House) -> None:
    repository = project(house, policy("document: CLA.md, exempt: {members: true, teams: [core]}"))
    repository.owner.team("core")  # type: ignore[attr-defined]
    offer(house, repository, house.person("ada"), branch="first")
    sign(house, repository, house.person("ada"))
    house.github.forget_requests()
    offer(house, repository, house.person("ada"), branch="second")
    assert house.github.count("/orgs/") == 0


def propose(house: House, repository: Repository, governance: str, *authors: Identity) -> str:
    """Somebody proposes a policy beside a change; what the check tells of it."""
    mallory = house.person("mallory")
    files = {".github/governance.yml": governance}
    repository.commit("proposal", files, author=mallory, parent=repository.branches["main"])
    for number, author in enumerate(authors):
        repository.commit("proposal", {f"{number}.txt": "text\n"}, author=author)
    pull = repository.open_pull("proposal", by=mallory)
    house.work()
    return told(house, pull)


def test_a_proposed_policy_tells_nobody_who_belongs_where(house: House) -> None:
    repository = project(house)
    repository.owner.add_member(house.person("ada"))  # type: ignore[attr-defined]
    sign(house, repository, house.person("mallory"))
    house.github.forget_requests()
    summary = propose(house, repository, policy("document: CLA.md, exempt: {members: true}"), house.person("ada"))
    assert "Under it the result would be: action" in summary
    assert "Exemptions by membership are left out" in summary
    assert house.github.count("/orgs/") == 0


def test_many_names_in_one_pull_request_cost_few_requests(house: House) -> None:
    repository = project(house, policy("document: CLA.md, exempt: {members: true, teams: [core]}"))
    repository.owner.team("core")  # type: ignore[attr-defined]
    crowd = [house.person(f"person{number}") for number in range(30)]
    house.github.forget_requests()
    pull = offer(house, repository, house.person("ada"), co_authors=crowd)
    assert house.github.count("/orgs/") == 21
    assert "More than 20 people" in told(house, pull)
