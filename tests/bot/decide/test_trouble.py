# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""GitHub fails, lags and forgets; processes die. Nothing is lost, nothing is said twice, nothing false is green."""

from typing import Any

import pytest

from bot.decide.sweep import go_through_installations
from bot.github.files import read_files
from bot.store.database import writing
from bot.store.tables import repositories
from bot.work.run import Outcome
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

BARE = "print(1)\n"
HEADED = "# SPDX-License-Identifier: Apache-2.0\n\nprint(1)\n"
HOUR = 3600


@pytest.mark.parametrize(
    "status", [500, 502, 503, 504, 0], ids=lambda status: f"status {status}" if status else "no answer"
)
def test_an_outage_of_an_hour_drains_by_itself(house: House, status: int) -> None:
    repository = house.repository()
    house.work()
    with house.github.outage(status):
        pull = house.pull(repository, {"src/a.py": BARE})
        outcomes = house.work_for(HOUR)
        assert Outcome.FAILED not in outcomes
        assert 5 < outcomes.count(Outcome.RETRIED) < 100
    house.work_for(HOUR)
    assert house.check(repository, pull.head_sha).conclusion == "failure"
    assert len(house.comments(pull)) == 1


@pytest.mark.parametrize("kind", ["primary", "secondary"])
def test_a_rate_limit_is_waited_out_to_the_second(house: House, kind: str) -> None:
    repository = house.repository()
    house.work()
    pull = house.pull(repository, {"src/a.py": BARE})
    if kind == "primary":
        house.github.limit("primary", reset_in=600)
    else:
        house.github.limit("secondary", status=429, retry_after=600)
    house.work()
    house.github.forget_requests()
    house.work_for(590)
    assert house.github.requests == []
    house.work_for(15)
    assert house.check(repository, pull.head_sha).conclusion == "failure"


@pytest.mark.parametrize("status", [502, 0], ids=["502", "no answer"])
def test_a_check_whose_answer_was_lost_is_found_again_and_not_doubled(house: House, status: int) -> None:
    repository = house.repository()
    house.work()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.github.fail(status, match="POST .*/check-runs", after_effect=True)
    house.work()
    house.restart()
    house.work_for(60)
    check = house.check(repository, pull.head_sha)  # there is exactly one
    assert check.conclusion == "failure"
    assert len(check.annotations) == 1


@pytest.mark.parametrize("status", [502, 0], ids=["502", "no answer"])
def test_a_comment_whose_answer_was_lost_is_found_again_and_not_doubled(house: House, status: int) -> None:
    repository = house.repository()
    house.work()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.github.fail(status, match="POST .*/comments", after_effect=True)
    house.work()
    house.restart()
    house.work_for(60)
    assert len(house.comments(pull)) == 1


def test_a_refused_write_is_simply_tried_again(house: House) -> None:
    repository = house.repository()
    house.work()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.github.fail(503, match="POST .*/check-runs")
    house.work_for(60)
    assert house.check(repository, pull.head_sha).conclusion == "failure"


def test_after_the_database_was_lost_the_check_and_the_comment_are_found_on_github(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    house.lose_database()
    repository.commit("feature", {"src/b.py": BARE})
    house.work()
    house.check(repository, pull.head_sha)
    (comment,) = house.comments(pull)
    assert "`src/b.py`" in comment.body


def test_a_comment_that_only_looks_like_ours_is_not_touched(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    forged = "<!-- steward:report -->\nAll is well."
    comment = pull.comment(house.person("mallory"), forged)
    house.work()
    assert comment.body == forged
    assert len(house.comments(pull)) == 1


def test_an_older_state_than_an_event_told_of_is_never_published(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    before = pull.head_sha
    repository.commit("feature", {"src/a.py": HEADED})
    house.github.lag(pull, reads=2)
    house.github.forget_requests()
    house.work()
    assert house.clock.slept == [2.0, 5.0]
    assert house.check(repository, pull.head_sha).conclusion == "success"
    assert [one for one in house.github.writes if before in one.path] == []


def test_a_state_that_stays_old_is_waited_for_and_then_put_off(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    repository.commit("feature", {"src/a.py": HEADED})
    house.github.lag(pull, reads=4)
    assert house.work()[-1] is Outcome.RETRIED
    assert house.clock.slept == [2.0, 5.0, 15.0]
    house.work_for(60)
    assert house.check(repository, pull.head_sha).conclusion == "success"


def test_two_heads_of_one_second_are_not_waited_for_for_ever(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    repository.commit("feature", {"src/a.py": HEADED})
    house.github.lag(pull, reads=1_000)
    house.work_for(600)
    assert house.work() == []


def test_a_push_in_the_middle_of_a_look_starts_it_over(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = house.repository()
    house.work()
    pull = house.pull(repository, {"src/a.py": BARE})
    first = pull.head_sha

    def pushed_meanwhile(*arguments: Any) -> Any:
        monkeypatch.undo()
        repository.commit("feature", {"src/a.py": HEADED})
        return read_files(*arguments)

    monkeypatch.setattr("bot.github.change.read_files", pushed_meanwhile)
    assert Outcome.RETRIED in house.work()
    house.work_for(30)
    assert house.github.check_runs(repository, first) == []
    assert house.check(repository, pull.head_sha).conclusion == "success"


def test_what_fails_by_our_own_fault_is_parked_and_says_so_on_github(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = house.repository()
    house.work()
    pull = house.pull(repository, {"src/a.py": BARE})
    monkeypatch.setattr("bot.decide.pulls.evaluate", lambda *_: 1 / 0)
    outcomes = house.work_for(24 * HOUR // 10)
    assert outcomes.count(Outcome.FAILED) == 9
    assert outcomes[-1] is Outcome.PARKED
    check = house.check(repository, pull.head_sha)
    assert check.conclusion == "failure"
    assert (check.title or "").startswith("Steward could not evaluate this, ask its operator (")

    monkeypatch.undo()
    repository.commit("feature", {"src/a.py": HEADED})
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "success"


def test_a_token_that_github_no_longer_takes_is_replaced(house: House) -> None:
    repository = house.repository()
    house.work()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.github.fail(401, match="POST /graphql", message="Bad credentials")
    house.work_for(10)
    assert house.github.count("POST .*/access_tokens") == 2
    assert house.check(repository, pull.head_sha).conclusion == "failure"


def test_tokens_are_kept_for_an_hour_and_renewed_before_they_end(house: House) -> None:
    repository = house.repository()
    house.work()
    for number in range(3):
        house.pull(repository, {"src/a.py": BARE}, f"branch-{number}")
    house.work()
    assert house.github.count("POST .*/access_tokens") == 1
    house.clock.now += HOUR - 200
    house.github.advance(HOUR - 200)
    house.pull(repository, {"src/a.py": BARE}, "later")
    house.work()
    assert house.github.count("POST .*/access_tokens") == 2


def test_a_missing_permission_is_our_operators_to_mend_and_never_quiet(house: House) -> None:
    repository = house.repository()
    house.work()
    house.pull(repository, {"src/a.py": BARE})
    house.github.fail(403, match="POST .*/check-runs", message="Resource not accessible by integration")
    assert house.work()[-1] is Outcome.FAILED


def test_a_comment_that_github_refuses_takes_nothing_from_the_verdict(house: House) -> None:
    repository = house.repository()
    house.work()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.github.fail(403, match="POST .*/comments", times=None, message="Resource not accessible by integration")
    assert house.work()[-1] is Outcome.SETTLED
    assert house.check(repository, pull.head_sha).conclusion == "failure"


def test_a_query_that_this_github_cannot_answer_is_our_operators_to_know(house: House) -> None:
    repository = house.repository()
    house.work()
    house.pull(repository, {"src/a.py": BARE})
    house.context.world.app.app_id = 2**40  # more than GraphQL's Int holds
    assert Outcome.FAILED in house.work()


# -- what is gone -------------------------------------------------------------------------------------------------


def test_a_repository_that_vanished_is_done_with(house: House) -> None:
    repository = house.repository()
    house.work()
    house.pull(repository, {"src/a.py": BARE})
    repository.delete()
    assert set(house.work()) == {Outcome.SETTLED}


def test_a_repository_that_is_out_of_reach_counts_as_private(house: House) -> None:
    gone, stays = house.repository(), house.repository("gadgets")
    house.work()
    assert (house.known(gone).private, house.known(stays).private) == (False, False)
    with house.github.webhooks.paused() as lost:
        gone.delete()
        lost.clear()
    go_through_installations(house.context.world)
    house.work()
    assert (house.known(gone).private, house.known(gone).installation_id) == (True, None)
    assert not house.known(stays).private


def test_a_repository_that_was_renamed_is_found_under_its_new_name(house: House) -> None:
    repository = house.repository()
    house.work()
    with house.github.webhooks.paused():
        pull = house.pull(repository, {"src/a.py": BARE})
        repository.rename("gizmos")
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "failure"


def test_after_an_owner_was_renamed_the_organizations_policy_still_governs(house: House) -> None:
    house.repository(".github")
    repository = house.repository("gadgets", policy=None)
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "failure"
    with writing(house.context.engine) as connection:
        connection.execute(repositories.update().values(owner="formerly-acme"))
    house.github.world.moved["formerly-acme/gadgets"] = repository.id
    repository.commit("feature", {"src/b.py": BARE})
    house.work()
    check = house.check(repository, pull.head_sha)
    assert check.conclusion == "failure"
    assert "acme/.github:.github/governance.yml" in (check.summary or "")


def test_nothing_is_asked_where_steward_is_not_installed_any_more(house: House) -> None:
    repository = house.repository()
    house.work()
    (installation,) = house.github.world.installations.values()
    house.pull(repository, {"src/a.py": BARE})
    installation.uninstall()
    assert house.work_for(5)[-1] is Outcome.SETTLED
    assert house.github.writes == []


def test_a_suspended_installation_is_left_alone_and_looked_at_when_it_is_back(house: House) -> None:
    repository = house.repository()
    house.work()
    (installation,) = house.github.world.installations.values()
    installation.suspend()
    pull = house.pull(repository, {"src/a.py": BARE})
    assert set(house.work()) <= {Outcome.SETTLED}
    installation.unsuspend()
    house.work_for(5)
    assert house.check(repository, pull.head_sha).conclusion == "failure"
