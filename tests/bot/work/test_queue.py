# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from bot.work.queue import LONGEST_ERROR
from bot.work.signals import Signal
from tests.bot.work.conftest import LEASE, Story


def test_nothing_due_is_nothing_to_claim(story: Story) -> None:
    assert story.nothing_to_claim()


def test_the_key_that_has_waited_longest_comes_first(story: Story) -> None:
    for name, key in [("d1", "1#3"), ("d2", "1#1"), ("d3", "1#2")]:
        story.event(name, key)
        story.clock.advance(1)
    assert [story.claim().key for _ in range(3)] == ["1#3", "1#1", "1#2"]
    assert story.nothing_to_claim()


def test_a_claimed_key_is_nobody_elses_until_its_lease_runs_out(story: Story) -> None:
    story.event("d1")
    first = story.claim("one")
    story.clock.advance(LEASE - 1)
    assert story.nothing_to_claim()
    story.clock.advance(1)
    second = story.claim("two")
    assert second.lease != first.lease
    assert not story.queue.renew(first, LEASE)
    assert not story.queue.settle(first)
    assert not story.queue.again(first, story.clock.now, counts=True, error="late")
    assert not story.queue.park(first, "late")
    assert not story.queue.release(first)
    assert story.queue.settle(second)


def test_a_renewed_lease_holds_on(story: Story) -> None:
    story.event("d1")
    claim = story.claim()
    for _ in range(5):
        story.clock.advance(LEASE - 1)
        assert story.queue.renew(claim, LEASE)
    assert story.nothing_to_claim()
    assert story.queue.settle(claim)


def test_a_lease_that_ran_out_is_still_good_while_nobody_else_has_the_key(story: Story) -> None:
    story.event("d1")
    claim = story.claim()
    story.clock.advance(LEASE * 2)
    assert story.queue.renew(claim, LEASE)
    assert story.nothing_to_claim()


def test_what_comes_during_a_run_is_done_by_the_next_one(story: Story) -> None:
    story.event("d1", signal="head")
    claim = story.claim()
    story.clock.advance(3)
    story.event("d2", signal="decision")
    assert story.told(claim) == ["d1"]
    assert story.queue.settle(claim)
    after = story.claim()
    assert (after.done, after.turn, after.signals, story.told(after)) == (1, 2, frozenset({Signal.DECISION}), ["d2"])
    assert story.queue.settle(after)
    assert story.nothing_to_claim()


def test_signals_of_a_run_that_died_come_back_with_those_that_came_since(story: Story) -> None:
    story.event("d1", signal="base")
    story.claim()
    story.event("d2", signal="text")
    story.clock.advance(LEASE)
    claim = story.claim()
    assert claim.signals == {Signal.BASE, Signal.TEXT}
    assert story.told(claim) == ["d1", "d2"]


def test_signals_of_a_run_that_failed_come_back(story: Story) -> None:
    story.event("d1", signal="base")
    story.queue.again(story.claim(), story.clock.now, counts=True, error="a bug")
    assert story.claim().signals == {Signal.BASE}


def test_a_run_that_died_counts_as_an_attempt(story: Story) -> None:
    story.event("d1")
    assert story.claim().attempts == 0
    story.clock.advance(LEASE)
    assert story.claim().attempts == 1


@pytest.mark.parametrize(("counts", "attempts"), [(True, 1), (False, 0)])
def test_a_failed_run_comes_back_at_its_time(story: Story, counts: bool, attempts: int) -> None:
    story.event("d1")
    assert story.queue.again(story.claim(), story.clock.now + 30, counts, "it\nbroke\0" + "x" * 1000)
    error = str(story.row()["last_error"])
    assert error.startswith("it broke xxx")
    assert len(error) == LONGEST_ERROR
    story.clock.advance(29)
    assert story.nothing_to_claim()
    story.clock.advance(1)
    claim = story.claim()
    assert (claim.attempts, claim.tries) == (attempts, 2)


def test_a_settled_run_forgets_earlier_failures(story: Story) -> None:
    story.event("d1")
    story.queue.again(story.claim(), story.clock.now, counts=True, error="a bug")
    story.queue.settle(story.claim())
    row = story.row()
    assert (row["attempts"], row["tries"]) == (0, 0)
    assert {row[name] for name in ("last_error", "lease", "lease_until", "due", "since")} == {None}


def test_a_parked_key_waits_for_an_event(story: Story) -> None:
    story.event("d1")
    assert story.queue.park(story.claim(), "a bug")
    story.clock.advance(1e6)
    assert story.nothing_to_claim()
    story.event("d2")
    assert story.told(story.claim()) == ["d1", "d2"]


def test_an_event_that_came_during_the_last_attempt_asks_already(story: Story) -> None:
    story.event("d1")
    claim = story.claim()
    story.event("d2")
    assert story.queue.park(claim, "a bug")
    assert story.claim().attempts == 0


def test_a_released_key_is_as_if_it_had_not_been_claimed(story: Story) -> None:
    story.event("d1", signal="text")
    before = story.row()
    assert story.queue.release(story.claim())
    assert story.row() == before | {"signals": 0, "claimed": before["signals"]}
    claim = story.claim()
    assert (claim.attempts, claim.tries, claim.signals) == (0, 1, frozenset({Signal.TEXT}))
