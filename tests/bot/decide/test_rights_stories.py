# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who may decide: asked of GitHub when somebody says so, and again whenever a report rests on it."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.demo.github.accounts import Account, Organization
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from tests.bot.decide.agreements import again, check, told
from tests.bot.decide.commands.help import CONFUSED, THUMB, reactions, replies, say
from tests.bot.decide.deciding import HEADERS, OVERRIDE, acts, governance, is_obeyed, offer, project, rows
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

TEAM = governance(HEADERS, override="permission: admin, teams: [stewards]")


def organization(repository: Repository) -> Organization:
    assert isinstance(repository.owner, Organization)
    return repository.owner


# -- when it is said ----------------------------------------------------------------------------------------------


def test_a_writer_may_not_override(house: House) -> None:
    pull = offer(house, project(house))
    assert reactions(say(house, pull, "wil", "/steward override headers I want it in")) == CONFUSED
    assert "it takes somebody with the role maintain or a higher one" in replies(house, pull)[0]
    assert check(house, pull).conclusion == "failure"
    assert acts(house) == ["refusal"]


def by_opener(repository: Repository, mia: Account) -> Pull:
    repository.commit("feature", {"a.py": "text = 1\n"}, parent=repository.branches["main"])
    return repository.open_pull("feature", by=mia)


def by_somebody_else(repository: Repository, **who: Any) -> Pull:
    repository.commit("feature", {"a.py": "text = 1\n"}, parent=repository.branches["main"], **who)
    return repository.open_pull("feature", by=repository.world.accounts["ada"])


PARTS: dict[str, Callable[[Repository, Account], Pull]] = {
    "opener": by_opener,
    "author": lambda repository, mia: by_somebody_else(repository, author=mia),
    "co-author": lambda repository, mia: by_somebody_else(repository, co_authors=[mia]),
    "committer": lambda repository, mia: by_somebody_else(repository, committer=mia),
}


@pytest.mark.parametrize(("part", "allowed"), [*((part, False) for part in PARTS), ("opener", True)])
def test_who_has_a_part_in_it_decides_only_where_the_policy_lets_them(house: House, part: str, allowed: bool) -> None:
    house.person("ada")
    repository = project(house, governance(HEADERS, override="allow_author: true" if allowed else ""))
    pull = PARTS[part](repository, house.person("mia"))
    house.work()
    assert is_obeyed(say(house, pull, "mia", OVERRIDE)) == allowed
    assert (check(house, pull).conclusion == "success") == allowed


def test_who_joins_the_authors_later_has_decided_on_their_own_work(house: House) -> None:
    pull = offer(house, project(house))
    say(house, pull, "mia", OVERRIDE)
    pull.repository.commit("feature", {}, author=house.person("mia"), message="The same files")
    house.work()
    assert check(house, pull).conclusion == "failure"
    assert "the policy does not let the authors of a contribution decide on it" in told(house, pull)


@pytest.mark.parametrize(
    ("nested", "secret", "state", "counts"),
    [
        (False, True, "active", True),
        (True, False, "active", True),
        (False, False, "pending", False),
    ],
)
def test_the_members_of_a_team_may(house: House, nested: bool, secret: bool, state: str, counts: bool) -> None:
    repository = project(house, TEAM)
    team = organization(repository).team("stewards", secret=secret)
    joined = organization(repository).team("below", parent=team) if nested else team
    joined.add(house.person("tea"), state=state)
    pull = offer(house, repository)
    assert is_obeyed(say(house, pull, "tea", OVERRIDE)) == counts
    assert (check(house, pull).conclusion == "success") == counts


def test_what_a_role_is_called_says_nothing(house: House) -> None:
    repository = project(house)
    only_read = {"pull": True, "triage": False, "push": False, "maintain": False, "admin": False}
    told_by_github = {"permission": "admin", "role_name": "maintain"}
    user = {"id": house.person("cus").id, "login": "cus", "permissions": only_read, "role_name": "admin"}
    house.github.fail(200, "collaborators/cus/permission", times=None, body={**told_by_github, "user": user})
    pull = offer(house, repository)
    assert reactions(say(house, pull, "cus", OVERRIDE)) == CONFUSED


def test_what_github_refuses_to_tell_is_no_right_and_is_said(house: House) -> None:
    pull = offer(house, project(house))
    house.github.fail(403, "collaborators/mia", times=None, message="Resource not accessible by integration")
    assert reactions(say(house, pull, "mia", OVERRIDE)) == CONFUSED
    assert "GitHub does not let Steward see" in replies(house, pull)[0]
    assert rows(house, pull) == []


def test_while_github_does_not_answer_a_command_waits_and_is_then_carried_out_once(house: House) -> None:
    pull = offer(house, project(house))
    house.github.fail(502, "collaborators/mia", times=2)
    remark = say(house, pull, "mia", OVERRIDE)
    assert reactions(remark) == []
    house.work_for(120)
    assert reactions(remark) == THUMB
    assert len(rows(house, pull)) == 1


# -- when a report rests on it ------------------------------------------------------------------------------------


def test_with_the_right_the_override_goes_and_with_the_right_it_comes_back(house: House) -> None:
    pull = offer(house, project(house))
    say(house, pull, "mia", OVERRIDE)
    pull.repository.grant(house.person("mia"), "write")
    house.work()
    assert check(house, pull).conclusion == "failure"
    assert "by mia of" in told(house, pull)
    assert "it takes somebody with the role maintain" in told(house, pull)
    pull.repository.grant(house.person("mia"), "admin")
    house.work()
    assert check(house, pull).conclusion == "success"
    assert acts(house) == ["override"]


def test_who_leaves_the_team_has_an_override_that_counts_no_longer(house: House) -> None:
    repository = project(house, TEAM)
    team = organization(repository).team("stewards", [house.person("tea")])
    pull = offer(house, repository)
    say(house, pull, "tea", OVERRIDE)
    assert check(house, pull).conclusion == "success"
    team.remove(house.person("tea"))
    house.work()
    assert check(house, pull).conclusion == "failure"
    assert "a member of the team stewards" in told(house, pull)


def test_a_maintainer_under_a_new_name_is_the_same_and_who_took_the_old_one_is_not(house: House) -> None:
    pull = offer(house, project(house))
    mia = house.person("mia")
    say(house, pull, "mia", OVERRIDE)
    mia.rename("mia2")
    impostor = house.github.user("mia", emails=["other@example.com"])
    again(house, pull.repository)
    assert check(house, pull).conclusion == "success"
    pull.repository.grant(mia, "write")
    pull.repository.grant(impostor, "admin")
    house.work()
    assert check(house, pull).conclusion == "failure"


def test_a_member_of_a_team_under_a_new_name_is_found_there(house: House) -> None:
    repository = project(house, TEAM)
    tea = house.person("tea")
    organization(repository).team("stewards", [tea])
    pull = offer(house, repository)
    say(house, pull, "tea", OVERRIDE)
    tea.rename("tea2")
    again(house, repository)
    assert check(house, pull).conclusion == "success"


def test_the_team_of_who_took_the_old_name_helps_nobody(house: House) -> None:
    repository = project(house, TEAM)
    tea = house.person("tea")
    team = organization(repository).team("stewards", [tea])
    pull = offer(house, repository)
    say(house, pull, "tea", OVERRIDE)
    tea.rename("tea2")
    team.add(house.github.user("tea", emails=["other@example.com"]))
    team.remove(tea)
    house.work()
    assert check(house, pull).conclusion == "failure"


def test_who_is_gone_from_github_has_decided_nothing(house: House) -> None:
    pull = offer(house, project(house))
    say(house, pull, "mia", OVERRIDE)
    house.github.fail(404, "collaborators/mia|/user/", times=None, message="Not Found")
    again(house, pull.repository)
    assert check(house, pull).conclusion == "failure"


def test_where_github_refuses_to_tell_later_the_check_is_red_and_says_why(house: House) -> None:
    pull = offer(house, project(house))
    say(house, pull, "mia", OVERRIDE)
    house.github.fail(403, "collaborators/mia", times=None, message="Resource not accessible by integration")
    again(house, pull.repository)
    assert check(house, pull).conclusion == "failure"
    assert "GitHub does not let Steward see" in told(house, pull)
