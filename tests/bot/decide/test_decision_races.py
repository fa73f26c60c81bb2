# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What happens while a command is in work, what happens at once, and whom a decision reaches besides."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.decide import pulls
from bot.decide.commands import run as running
from bot.decide.reading import read_now
from bot.demo.github.pull import Pull
from bot.store import personal
from bot.store.audit_verifying import verify
from bot.store.database import reading, writing
from tests.bot.decide.agreements import check, told, verdict
from tests.bot.decide.commands.help import THUMB, log, reactions, replies, say
from tests.bot.decide.deciding import (
    APPROVE,
    HEADERS,
    OVERRIDE,
    PROTECTED,
    acts,
    approve_in_review,
    governance,
    look,
    offer,
    project,
    protected,
    push,
    push_back,
    rows,
)
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

MINUTE, DAY = 60, 86_400


@contextmanager
def before_it_is_written(happens: Callable[[], object]) -> Iterator[None]:
    """Something happens after a command was found right, and before that is written down."""
    real, waiting = running._write, [happens]

    def write(*arguments: Any) -> None:
        while waiting:
            waiting.pop()()
        real(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "_write", write)
        yield
    assert not waiting, "no command was carried out"


# -- while it is in work ------------------------------------------------------------------------------------------


def test_what_is_pushed_meanwhile_is_not_overridden(house: House) -> None:
    pull = offer(house, project(house))
    with before_it_is_written(lambda: pull.repository.commit("feature", {"b.py": "text = 2\n"})):
        say(house, pull, "mia", OVERRIDE)
    assert check(house, pull).conclusion == "failure"
    assert "there are new commits since" in told(house, pull)


def test_who_pushes_away_and_back_meanwhile_changes_nothing(house: House) -> None:
    pull = offer(house, project(house))
    head = pull.head_sha

    def away_and_back() -> None:
        pull.repository.commit("feature", {"b.py": "text = 2\n"})
        pull.repository.push("feature", head, house.person("ada"))

    with before_it_is_written(away_and_back):
        say(house, pull, "mia", OVERRIDE)
    assert check(house, pull).conclusion == "success"


def test_what_is_meant_for_another_branch_meanwhile_is_not_overridden(house: House) -> None:
    repository = project(house)
    repository.push("release", repository.branches["main"], house.person("max"))
    pull = offer(house, repository)
    with before_it_is_written(lambda: pull.retarget("release")):
        say(house, pull, "mia", OVERRIDE)
    assert check(house, pull).conclusion == "failure"
    assert "the base branch was changed since" in told(house, pull)


def test_who_loses_the_right_meanwhile_has_overridden_nothing(house: House) -> None:
    pull = offer(house, project(house))
    with before_it_is_written(lambda: pull.repository.grant(house.person("mia"), "write")):
        say(house, pull, "mia", OVERRIDE)
    assert check(house, pull).conclusion == "failure"
    assert "it takes somebody with the role maintain" in told(house, pull)


def test_what_is_closed_meanwhile_is_left_alone(house: House) -> None:
    pull = offer(house, project(house))
    with before_it_is_written(lambda: pull.close(house.person("ada"))):
        remark = say(house, pull, "mia", OVERRIDE)
    assert reactions(remark) == THUMB
    assert house.context.queue.listing() == []


def test_a_review_that_is_dismissed_before_it_was_looked_at_counts_for_nothing(house: House) -> None:
    pull = protected(house)
    with house.github.webhooks.paused():
        pull.review(house.person("mia"), "APPROVED").dismiss(house.person("max"))
    house.work()
    assert check(house, pull).conclusion == "action_required"
    assert acts(house) == []


def test_a_comment_that_was_deleted_before_its_turn_decides_nothing(house: House) -> None:
    pull = offer(house, project(house))
    pull.comment(house.person("mia"), OVERRIDE).delete(house.person("mia"))
    house.work()
    assert rows(house, pull) == []
    assert replies(house, pull) == []
    assert acts(house) == ["refusal"]
    assert check(house, pull).conclusion == "failure"


@pytest.mark.parametrize(("times", "waits"), [(1, 1), (1_000, 9)])
def test_a_dismissal_that_github_shows_late_is_waited_for(house: House, times: int, waits: int) -> None:
    pull = protected(house)
    approve_in_review(house, pull)
    world, known = house.context.world, house.known(pull.repository)
    client = world.app.installation(known.installation_id or 0)
    stale = [read_now(world, client, known, pull.number)] * times
    house.github.advance(MINUTE)
    pull.reviews[0].dismiss(house.person("max"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pulls, "read_now", lambda *of: stale.pop() if stale else read_now(*of))
        house.work_for(600)
    assert len(house.clock.slept) == waits
    assert (check(house, pull).conclusion == "success") == bool(stale)


# -- at once ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("while_in_work", [False, True])
def test_two_maintainers_at_once_are_both_heard(house: House, while_in_work: bool) -> None:
    pull = protected(house, "count: 2, permission: maintain")
    mia, max_ = house.person("mia"), house.person("max")
    if while_in_work:
        with before_it_is_written(lambda: pull.comment(max_, APPROVE)):
            say(house, pull, "mia", APPROVE)
    else:
        pull.comment(mia, APPROVE)
        pull.comment(max_, APPROVE)
        house.work()
    assert [row.login for row in rows(house, pull)] == ["mia", "max"]
    assert check(house, pull).conclusion == "success"
    assert [reactions(one) for one in pull.comments if one.user in (mia, max_)] == [THUMB, THUMB]


def test_of_two_who_override_at_once_the_last_is_named(house: House) -> None:
    pull = offer(house, project(house))
    pull.comment(house.person("mia"), OVERRIDE)
    pull.comment(house.person("max"), "/steward override headers as she says")
    house.work()
    assert verdict(house, pull) == ("success", "Passed with 1 override")
    assert "overridden by `max`" in told(house, pull)
    assert acts(house) == ["override", "override"]


def test_one_overrides_while_another_takes_it_back(house: House) -> None:
    pull = offer(house, project(house))
    pull.comment(house.person("mia"), OVERRIDE)
    pull.comment(house.person("max"), "/steward revoke headers")
    house.work()
    assert check(house, pull).conclusion == "failure"
    assert acts(house) == ["override", "revocation"]


def test_a_push_and_a_review_of_what_was_before_come_at_once(house: House) -> None:
    pull = protected(house)
    with house.github.webhooks.paused():
        pull.review(house.person("mia"), "APPROVED")
        pull.repository.commit("feature", {"LICENSE": "Yours\n"})
    house.work()
    assert check(house, pull).conclusion == "action_required"


def test_a_review_that_counted_counts_again_where_its_commit_comes_back(house: House) -> None:
    pull = protected(house)
    head = pull.head_sha
    approve_in_review(house, pull)
    push(house, pull, {"LICENSE": "Yours\n"})
    assert check(house, pull).conclusion == "action_required"
    push_back(house, pull, head)
    assert check(house, pull).conclusion == "success"
    assert acts(house) == ["approval"]


# -- whom else it reaches -----------------------------------------------------------------------------------------


def test_another_pull_request_on_the_same_commit_has_to_be_decided_on_by_itself(house: House) -> None:
    repository = project(house)
    first = offer(house, repository)
    repository.push("release", repository.branches["main"], house.person("max"))
    second = repository.open_pull("feature", "release", by=house.person("ada"))
    house.work()
    say(house, first, "mia", OVERRIDE)
    assert check(house, first).conclusion == "failure"
    say(house, second, "mia", OVERRIDE)
    assert check(house, first).conclusion == "success"


def in_the_queue(house: House, pull: Pull) -> str | None:
    group = pull.repository.merge_group(pull)
    house.work()
    return house.check(pull.repository, group.head_sha).conclusion


def test_in_the_merge_queue_the_overrides_of_that_moment_count(house: House) -> None:
    pull = offer(house, project(house, governance(HEADERS, override="expires: 1d")))
    say(house, pull, "mia", OVERRIDE)
    assert in_the_queue(house, pull) == "success"
    house.clock.now += DAY + MINUTE
    house.github.advance(DAY + MINUTE)
    assert in_the_queue(house, pull) == "failure"


def test_in_the_merge_queue_approvals_count_as_well(house: House) -> None:
    pull = offer(house, project(house, governance(PROTECTED)), "LICENSE")
    assert in_the_queue(house, pull) == "action_required"
    pull.review(house.person("mia"), "APPROVED")
    assert in_the_queue(house, pull) == "success"


def test_an_approval_that_lets_a_group_through_is_on_record_before_its_own_event_comes(house: House) -> None:
    pull = protected(house)
    with house.github.webhooks.paused() as held:
        pull.review(house.person("mia"), "APPROVED")
        group = pull.repository.merge_group(pull)
        house.github.webhooks.deliver_now(*(one for one in tuple(held) if one.event == "merge_group"))
        house.work()
        assert house.check(pull.repository, group.head_sha).conclusion == "success"
        assert acts(house) == ["approval"]
        assert [(row.kind, row.login) for row in rows(house, pull)] == [("approval", "mia")]
    house.work()
    assert check(house, pull).conclusion == "success"
    assert acts(house) == ["approval"]


# -- the record ---------------------------------------------------------------------------------------------------


def test_every_decision_is_one_row_of_the_log_and_a_redelivery_none(house: House) -> None:
    pull = protected(house)
    say(house, pull, "mia", APPROVE)
    approve_in_review(house, pull, "max")
    pull.reviews[0].dismiss(house.person("mia"))
    say(house, pull, "mia", "/steward override protected by the book")
    say(house, pull, "max", "/steward revoke protected")
    say(house, pull, "wil", "/steward override protected I say so")
    for delivery in list(house.github.deliveries):
        house.github.redeliver(delivery)
    house.work()
    assert acts(house) == ["approval", "approval", "withdrawal", "refusal", "revocation", "refusal"]
    assert all(beside["login"] for _, _, beside in log(house))
    with reading(house.context.engine) as connection:
        assert verify(connection).count == 6


def test_what_an_erased_maintainer_decided_counts_no_more(house: House) -> None:
    pull = offer(house, project(house))
    say(house, pull, "mia", OVERRIDE)
    with writing(house.context.engine) as connection:
        personal.erase(connection, house.person("mia").id, house.clock())
    look(house, pull)
    assert check(house, pull).conclusion == "failure"
    assert "mia" not in told(house, pull)
    with reading(house.context.engine) as connection:
        assert verify(connection).count == 2


def test_a_review_that_github_still_shows_counts_no_more_once_its_author_was_erased(house: House) -> None:
    pull = protected(house)
    approve_in_review(house, pull)
    with writing(house.context.engine) as connection:
        personal.erase(connection, house.person("mia").id, house.clock())
    look(house, pull)
    assert check(house, pull).conclusion == "action_required"
    assert "mia" not in told(house, pull)
    assert [(row.account_id, row.login) for row in rows(house, pull)] == [(None, None)]
    approve_in_review(house, pull)  # what they say from now on is said anew
    assert check(house, pull).conclusion == "success"
