# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which policy is asked, as GitHub's branches and repositories have it."""

import pytest

from bot.demo.github.git.content import Symlink
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

BARE = "print(1)\n"
POLICY = ".github/governance.yml"
NO_RULES = "version: 1\n"
ADVICE = HEADERS + "enforcement: advise\n"
BROKEN = "version: 1\nrulez: {}\n"


def test_without_a_policy_the_check_is_neutral_and_nobody_is_bothered(house: House) -> None:
    repository = house.repository(policy=None)
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    check = house.check(repository, pull.head_sha)
    assert (check.conclusion, check.title) == ("neutral", "No governance policy")
    assert house.comments(pull) == []


def test_a_pull_request_cannot_change_the_policy_that_it_is_judged_by(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE, POLICY: NO_RULES})
    house.work()
    check = house.check(repository, pull.head_sha)
    assert check.conclusion == "failure"
    assert "is judged by the one that stands on its base branch" in (check.summary or "")
    assert "It is valid" in (check.summary or "")
    assert "the result would be: success" in (check.summary or "")


def test_a_pull_request_that_breaks_the_policy_is_told_where(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {POLICY: BROKEN})
    house.work()
    assert "It is not valid: line 2: rulez is not a setting" in (house.check(repository, pull.head_sha).summary or "")


def test_the_first_policy_of_a_repository_is_told_whether_it_is_valid(house: House) -> None:
    repository = house.repository(policy=None)
    valid = house.pull(repository, {POLICY: HEADERS}, "valid")
    broken = house.pull(repository, {POLICY: BROKEN}, "broken")
    house.work()
    assert "It is valid" in (house.check(repository, valid.head_sha).summary or "")
    assert "It is not valid" in (house.check(repository, broken.head_sha).summary or "")


def test_a_new_policy_on_the_base_branch_is_applied_to_open_pull_requests(house: House) -> None:
    repository = house.repository(policy=None)
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    repository.commit("main", {POLICY: HEADERS})
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "failure"


def test_a_push_that_leaves_the_policy_alone_asks_nothing(house: House) -> None:
    repository = house.repository()
    house.pull(repository, {"src/a.py": BARE})
    house.work()
    house.github.forget_requests()
    repository.commit("main", {"src/other.py": BARE})
    house.work()
    assert house.github.requests == []


def test_a_force_push_to_somebodys_branch_asks_nothing_but_about_their_own_pull_request(house: House) -> None:
    repository = house.repository()
    house.pull(repository, {"src/a.py": BARE}, "one")
    house.pull(repository, {"src/b.py": BARE}, "other")
    house.work()
    house.github.forget_requests()
    repository.commit("one", {"src/a.py": BARE * 2}, parent=repository.branches["main"])
    house.work()
    assert house.github.count("GET /repos/acme/widgets/pulls[?]") == 0
    assert house.github.count("POST /graphql") == 2  # one for the pull request, one for what is beside its files


def test_a_base_branch_without_the_file_is_governed_by_the_default_branch(house: House) -> None:
    repository = house.repository(policy=None)
    repository.commit("release", {"VERSION": "1\n"})
    repository.commit("main", {POLICY: HEADERS})
    pull = house.pull(repository, {"src/a.py": BARE}, base="release")
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "failure"


def test_the_organizations_policy_governs_where_a_repository_has_none(house: House) -> None:
    house.repository(".github", policy=HEADERS)
    repository = house.repository("gadgets", policy=None)
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    check = house.check(repository, pull.head_sha)
    assert check.conclusion == "failure"
    assert "acme/.github:.github/governance.yml" in (check.summary or "")


def test_a_new_organization_policy_reaches_every_open_pull_request(house: House) -> None:
    shared = house.repository(".github", policy=None)
    repository = house.repository("gadgets", policy=None)
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    shared.commit("main", {POLICY: HEADERS})
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "failure"


def test_a_broken_policy_with_no_good_one_before_it_fails_and_says_where(house: House) -> None:
    repository = house.repository(policy=BROKEN)
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    check = house.check(repository, pull.head_sha)
    assert (check.conclusion, check.title) == (
        "failure",
        "The policy cannot be read, so nothing can be judged by it.",
    )
    assert "rulez is not a setting" in (check.summary or "")


def test_a_policy_that_breaks_later_leaves_the_last_good_one_in_force(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    repository.commit("main", {POLICY: BROKEN})
    repository.commit("feature", {"src/b.py": BARE})
    house.work()
    check = house.check(repository, pull.head_sha)
    assert check.title == "2 of 2 files lack the license header"
    assert "its last valid version" in (check.summary or "")


def test_a_policy_that_is_a_symlink_is_not_followed(house: House) -> None:
    repository = house.repository(policy=None)
    repository.commit("main", {POLICY: Symlink("../elsewhere.yml")})
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    assert "it is not a text file" in (house.check(repository, pull.head_sha).summary or "")


def test_what_is_not_built_yet_is_accepted_and_said(house: House) -> None:
    repository = house.repository(policy=HEADERS + "votes: {quorum: 3}\n")
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    summary = house.check(repository, pull.head_sha).summary or ""
    assert "These settings are accepted and have no effect yet: votes" in summary


def test_a_retargeted_pull_request_is_judged_anew_by_the_policy_of_its_new_base(house: House) -> None:
    repository = house.repository()
    repository.commit("next", {POLICY: NO_RULES})
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    house.github.forget_requests()
    pull.retarget("next")
    house.work()
    assert [one.method for one in house.github.writes if "/check-runs/" in one.path] == ["PATCH", "PATCH"]
    assert house.check(repository, pull.head_sha).conclusion == "success"
