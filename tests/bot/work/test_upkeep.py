# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from bot.work import upkeep
from bot.work.delivery import Delivery
from bot.work.upkeep import Depth
from tests.bot.work.conftest import Story

DAY = 86_400.0


def test_an_empty_queue_has_no_depth(story: Story) -> None:
    assert story.queue.depth() == Depth(waiting=0, parked=0, oldest=0.0)
    assert story.queue.listing() == []


def test_depth_tells_waiting_and_parked_apart(story: Story) -> None:
    story.event("d1", "1#1")
    story.clock.advance(10)
    story.queue.park(story.claim(), "a bug")
    story.event("d2", "1#2")
    story.clock.advance(5)
    story.event("d3", "1#3")
    story.claim()  # in work is not done
    story.event("d4", "1#4")
    story.queue.settle(story.claim())
    assert story.queue.depth() == Depth(waiting=2, parked=1, oldest=5.0)


def test_what_a_run_left_over_is_as_old_as_that_run(story: Story) -> None:
    story.event("d1")
    claim = story.claim()
    story.event("d2")
    story.clock.advance(30)
    story.queue.settle(claim)
    story.clock.advance(2)
    assert story.queue.depth().oldest == 2.0


def test_a_clock_that_was_set_back_makes_no_negative_age(story: Story) -> None:
    story.event("d1")
    story.clock.advance(-100)
    assert story.queue.depth().oldest == 0.0


def test_the_listing_shows_every_key_that_is_not_done(story: Story) -> None:
    story.event("d1", "1#1")
    story.queue.park(story.claim(), "a bug")
    story.clock.advance(1)
    story.event("d2", "1#2")
    story.event("d3", "1#2")
    story.claim()
    parked, in_work = story.queue.listing()
    assert (parked.key, parked.parked, parked.due, parked.attempts, parked.last_error) == (
        "1#1",
        True,
        None,
        1,
        "a bug",
    )
    assert (in_work.key, in_work.in_work, in_work.wishes, in_work.since) == ("1#2", True, 2, story.clock.now)


def test_a_person_may_have_a_parked_key_tried_again(story: Story) -> None:
    story.event("d1")
    story.queue.park(story.claim(), "a bug")
    assert story.queue.retry("1#1")
    assert story.claim().attempts == 0


def test_there_is_nothing_to_retry_or_drop_where_nothing_waits(story: Story) -> None:
    story.event("d1")
    story.queue.settle(story.claim())
    for key in ("1#1", "9#9"):
        assert not story.queue.retry(key)
        assert not story.queue.drop(key)
    assert story.nothing_to_claim()


def test_a_dropped_key_is_done_and_a_run_that_had_it_loses_it(story: Story) -> None:
    story.event("d1")
    claim = story.claim()
    story.event("d2")
    assert story.queue.drop("1#1")
    assert not story.queue.settle(claim)
    assert story.nothing_to_claim()
    story.event("d3", signal="text")
    after = story.claim()
    assert story.told(after) == ["d3"]
    assert after.signals == {"text"}


def test_deliveries_are_purged_when_they_are_old_and_done(story: Story) -> None:
    story.event("old", "1#1")
    story.accept(Delivery("ping", "ping"))
    story.queue.settle(story.claim())
    story.event("parked", "1#2")
    story.queue.park(story.claim(), "a bug")
    story.clock.advance(30 * DAY)
    story.event("young", "1#3")
    story.queue.settle(story.claim())
    assert story.queue.purge(story.clock.now - DAY) == 2
    known = [Delivery(name, "ping") for name in ("old", "ping", "parked", "young")]
    assert story.accept(*known) == {"old", "ping"}


def test_a_key_goes_when_nothing_is_left_of_it_and_may_come_back(story: Story) -> None:
    story.event("d1")
    story.queue.settle(story.claim())
    story.clock.advance(DAY)
    story.queue.purge(story.clock.now)
    story.event("d2")
    claim = story.claim()
    assert (claim.turn, story.told(claim)) == (1, ["d2"])


def test_a_large_purge_goes_on_until_all_is_gone(story: Story) -> None:
    count = 2 * upkeep._CHUNK + 1
    story.accept(*(Delivery(f"d{number}", "ping") for number in range(count)))
    assert story.queue.purge(story.clock.now + 1) == count
    assert story.queue.purge(story.clock.now + 1) == 0
