# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Commits that stand for more than one pull request: shared heads, and the merge queue's groups."""

from typing import Any

import pytest

from bot.decide.evaluate import evaluate
from bot.demo.github.repository import Repository
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

BARE = "print(1)\n"
HEADED = "# SPDX-License-Identifier: Apache-2.0\n\nprint(1)\n"
NO_RULES = "version: 1\n"


def two_bases(house: House) -> Repository:
    """A repository whose branch `next` asks for nothing while `main` asks for headers."""
    repository = house.repository()
    repository.commit("next", {".github/governance.yml": NO_RULES})
    return repository


def test_one_check_speaks_for_all_pull_requests_on_a_head_and_the_strictest_wins(house: House) -> None:
    repository = two_bases(house)
    lenient = house.pull(repository, {"src/a.py": BARE}, base="next")
    house.work()
    assert house.check(repository, lenient.head_sha).conclusion == "success"

    strict = repository.open_pull("feature", "main", by=house.person("ada"))
    house.work()
    check = house.check(repository, strict.head_sha)
    assert check.conclusion == "failure"
    assert check.external_id == f"{lenient.number},{strict.number}"
    assert f"#{lenient.number}" in (check.summary or "")
    assert (check.title or "").startswith(f"#{strict.number}: ")


def test_a_new_pull_request_on_a_judged_head_first_sets_the_check_back_to_work(house: House) -> None:
    repository = two_bases(house)
    house.pull(repository, {"src/a.py": BARE}, base="next")
    house.work()
    house.github.forget_requests()
    house.github.fail(503, match="GET .*/files", times=None)
    strict = repository.open_pull("feature", "main", by=house.person("ada"))
    house.work()
    assert house.check(repository, strict.head_sha).status == "in_progress"


def test_when_the_strict_one_is_closed_the_lenient_verdict_stands(house: House) -> None:
    repository = two_bases(house)
    lenient = house.pull(repository, {"src/a.py": BARE}, base="next")
    strict = repository.open_pull("feature", "main", by=house.person("ada"))
    house.work()
    strict.close()
    house.work()
    check = house.check(repository, lenient.head_sha)
    assert (check.conclusion, check.external_id) == ("success", str(lenient.number))


def test_running_the_shared_check_again_looks_at_every_pull_request_on_it(house: House) -> None:
    repository = two_bases(house)
    lenient = house.pull(repository, {"src/a.py": BARE}, base="next")
    repository.open_pull("feature", "main", by=house.person("ada"))
    house.work()
    house.check(repository, lenient.head_sha).rerequest(house.person("ada"))
    house.work()
    assert house.check(repository, lenient.head_sha).conclusion == "failure"


def test_no_verdict_on_one_is_green_over_another_that_could_not_be_evaluated(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = two_bases(house)
    first = house.pull(repository, {"src/a.py": BARE}, base="next")
    house.work()
    second = repository.open_pull("feature", "main", by=house.person("ada"))

    def only_the_first(world: Any, client: Any, pull: Any) -> Any:
        return evaluate(world, client, pull) if pull.number == first.number else 1 / 0

    monkeypatch.setattr("bot.decide.pulls.evaluate", only_the_first)
    house.work_for(9_000)
    assert house.check(repository, second.head_sha).conclusion == "failure"
    house.check(repository, first.head_sha).rerequest(house.person("ada"))
    house.work_for(60)
    assert house.check(repository, first.head_sha).conclusion != "success"


@pytest.mark.parametrize("leaves", ["closes", "pushes elsewhere"])
def test_a_pull_request_that_leaves_a_head_unjudged_leaves_no_check_in_progress_behind(
    house: House, leaves: str
) -> None:
    repository = two_bases(house)
    stays = house.pull(repository, {"src/a.py": BARE}, base="next")
    house.work()
    repository.push("other", stays.head_sha, house.person("ada"))
    goes = repository.open_pull("other", "main", by=house.person("ada"))
    house.github.fail(503, match="GET .*/files", times=None)
    house.work()
    assert house.check(repository, stays.head_sha).status == "in_progress"
    house.github.recover()
    if leaves == "closes":
        goes.close()
    else:
        repository.commit("other", {"src/b.py": HEADED})
    house.work_for(600)
    check = house.check(repository, stays.head_sha)
    assert (check.status, check.conclusion) == ("completed", "success")


# -- the merge queue ----------------------------------------------------------------------------------------------


def test_a_group_of_clean_pull_requests_may_be_merged(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    house.work()
    group = repository.merge_group(pull)
    house.work()
    check = house.check(repository, group.head_sha)
    assert (check.conclusion, check.external_id) == ("success", str(pull.number))


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_a_group_is_judged_by_its_own_pull_requests_however_it_merges(house: House, method: str) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    group = repository.merge_group(pull, method=method)
    house.work()
    check = house.check(repository, group.head_sha)
    assert (check.conclusion, check.title) == ("failure", "1 of 1 file lacks the license header")


def test_every_pull_request_of_a_group_counts(house: House) -> None:
    repository = house.repository()
    bad = house.pull(repository, {"src/a.py": BARE}, "bad")
    good = house.pull(repository, {"src/b.py": HEADED}, "good")
    house.work()
    group = repository.merge_group(bad, good)
    house.work()
    assert house.check(repository, group.head_sha).conclusion == "failure"


@pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
def test_whoever_builds_upon_the_commits_of_a_group_is_not_in_it(house: House, method: str) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    repository.commit("upon", {"src/b.py": BARE}, parent=pull.head_sha)
    upon = repository.open_pull("upon", by=house.person("eve"))
    house.work()
    assert house.check(repository, upon.head_sha).conclusion == "failure"
    group = repository.merge_group(pull, method=method)
    house.work()
    assert house.check(repository, group.head_sha).conclusion == "success"


def test_a_group_is_judged_by_the_policy_of_that_moment(house: House) -> None:
    repository = house.repository(policy=None)
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    repository.commit("main", {".github/governance.yml": "version: 1\nrules: {headers: {license: MIT}}\n"})
    group = repository.merge_group(pull)
    house.work()
    assert house.check(repository, group.head_sha).conclusion == "failure"


def test_a_group_that_is_asked_for_again_is_judged_again(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    group = repository.merge_group(pull)
    house.work()
    house.check(repository, group.head_sha).rerequest(house.person("ada"))
    house.work()
    assert house.check(repository, group.head_sha).conclusion == "success"


@pytest.mark.parametrize("named", ["gh-readonly-queue/main/no-number", "refs/heads/elsewhere"])
def test_a_group_whose_branch_names_no_pull_request_fails(house: House, named: str) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    house.work()
    with house.github.webhooks.paused() as held:
        group = repository.merge_group(pull)
        next(one for one in held if one.event == "merge_group").payload["merge_group"]["head_ref"] = named
    house.work()
    check = house.check(repository, group.head_sha)
    assert (check.conclusion, check.title) == ("failure", "The merge queue's branch names no pull request")


def test_a_group_of_too_many_commits_fails(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.github.groups.COMMITS_AT_MOST", 0)
    monkeypatch.setattr("bot.decide.groups.COMMITS_AT_MOST", 0)
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    group = repository.merge_group(pull)
    house.work()
    check = house.check(repository, group.head_sha)
    assert check.title == "A merge group of more than 0 commits cannot be judged"


def test_a_group_with_a_pull_request_that_cannot_be_seen_fails(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    house.work()
    with house.github.webhooks.paused() as held:
        group = repository.merge_group(pull)
        event = next(one for one in held if one.event == "merge_group").payload["merge_group"]
        event["head_ref"] = event["head_ref"].replace(f"pr-{pull.number}-", "pr-99-")
    house.work()
    check = house.check(repository, group.head_sha)
    assert (check.conclusion, check.title) == ("failure", "A pull request of this merge group cannot be seen")


def test_a_commit_in_a_group_that_no_pull_request_explains_fails_and_is_named(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    house.work()
    with house.github.webhooks.paused():
        group = repository.merge_group(pull)
        stray = repository.commit(group.branch, {"src/sneaked.py": BARE}, author=house.person("mallory"))
        group.head_sha = stray
        event = next(one for one in house.github.deliveries if one.event == "merge_group")
        event.payload["merge_group"]["head_sha"] = stray
    house.work()
    check = house.check(repository, stray)
    assert (check.conclusion, check.title) == (
        "failure",
        "A commit of this merge group belongs to no pull request",
    )
    assert stray in (check.summary or "")
