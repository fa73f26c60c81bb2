# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from bot.work.delivery import Delivery
from bot.work.keys import Key
from bot.work.signals import Signal
from tests.bot.work.conftest import Story

OLD, NEW = "2026-01-01T10:00:00Z", "2026-01-01T10:00:01Z"


def pushed(name: str, head: str, head_at: str | None) -> Delivery:
    return Delivery(name, "pull_request", "synchronize", ("1#1",), "head", head=head, head_at=head_at)


def test_a_delivery_makes_its_key_due(story: Story) -> None:
    story.accept(Delivery("d1", "issue_comment", "created", ("1#1",), "decision", b"{}"))
    claim = story.claim()
    assert (claim.key, claim.turn, claim.done, claim.signals) == ("1#1", 1, 0, frozenset({Signal.DECISION}))
    [delivery] = story.queue.deliveries(claim)
    assert (delivery.id, delivery.event, delivery.action, delivery.body) == ("d1", "issue_comment", "created", b"{}")
    assert delivery.received == story.clock.now


def test_a_known_delivery_changes_nothing_at_all(story: Story) -> None:
    story.event("d1")
    before = story.row()
    story.clock.advance(5)
    assert story.accept(Delivery("d1", "push", None, ("1#1", "2#2"), "base", b"other")) == frozenset()
    assert story.row() == before
    story.queue.settle(story.claim())
    assert story.nothing_to_claim()


def test_a_delivery_that_dirties_nothing_is_known_from_then_on_and_its_body_is_not_kept(story: Story) -> None:
    ping = Delivery("d1", "ping", None, (), None, b"large")
    assert story.accept(ping) == {"d1"}
    assert story.accept(ping) == frozenset()
    assert story.nothing_to_claim()
    story.accept(Delivery("d2", "push", None, ("1~",)))
    assert story.told(story.claim()) == ["d2"]


def test_the_longest_key_fits_its_column(story: Story) -> None:
    key = str(Key.commit(9_223_372_036_854_775_807, "f" * 64))
    story.event("d1", key)
    assert story.told(story.claim()) == ["d1"]
    assert story.row(key)["wanted"] == 1


def test_no_deliveries_are_no_work(story: Story) -> None:
    assert story.accept() == frozenset()


def test_many_events_of_one_key_are_one_run(story: Story) -> None:
    for number in range(5):
        story.event(f"d{number}")
    claim = story.claim()
    assert (claim.turn, story.told(claim)) == (5, ["d0", "d1", "d2", "d3", "d4"])
    assert story.queue.settle(claim)
    assert story.nothing_to_claim()


def test_a_batch_may_share_ids_and_keys_and_keeps_its_order(story: Story) -> None:
    first = Delivery("z", "issue_comment", "created", ("1#1",), "decision", b"first")
    batch = [
        first,
        Delivery("y", "push", None, ("2~",), "base"),
        Delivery("x", "issue_comment", "created", ("1#1",), "decision", b"second"),
        first,
        Delivery("z", "issue_comment", "created", ("1#1",), "decision", b"repeated"),
        Delivery("w", "pull_request", "opened", ("1#1",), "head"),
    ]
    assert story.accept(*batch) == {"z", "y", "x", "w"}
    claims = {claim.key: claim for claim in (story.claim(), story.claim())}
    assert [one.body for one in story.queue.deliveries(claims["1#1"])] == [b"first", b"second", None]
    assert (claims["1#1"].turn, claims["2~"].turn) == (3, 1)
    assert claims["1#1"].signals == {Signal.DECISION, Signal.HEAD}


def test_a_batch_after_a_batch_goes_on_counting(story: Story) -> None:
    story.event("d1")
    story.queue.settle(story.claim())
    story.accept(*(Delivery(name, "push", None, ("1#1",), "base") for name in ("d2", "d3")))
    claim = story.claim()
    assert (claim.done, claim.turn, story.told(claim)) == (1, 3, ["d2", "d3"])


def test_one_delivery_may_dirty_several_keys(story: Story) -> None:
    story.accept(
        Delivery("d1", "check_run", "rerequested", ("1#1", "1#2"), "asked"),
        Delivery("d2", "pull_request", "opened", ("1#2",), "head"),
    )
    claims = {claim.key: claim for claim in (story.claim(), story.claim())}
    assert (story.told(claims["1#1"]), story.told(claims["1#2"])) == (["d1"], ["d2"])
    assert claims["1#2"].turn == 2
    assert claims["1#2"].signals == {Signal.ASKED, Signal.HEAD}


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    ("first", "second", "newest"),
    [
        (("a", OLD), ("b", NEW), ("b", NEW)),
        (("b", NEW), ("a", OLD), ("b", NEW)),
        (("a", NEW), ("b", NEW), ("b", NEW)),
        (("a", NEW), ("b", None), ("a", NEW)),
        (("a", None), ("b", None), ("b", None)),
    ],
)
def test_the_newest_head_is_kept_however_late_an_older_one_comes(
    story: Story,
    together: bool,
    first: tuple[str, str | None],
    second: tuple[str, str | None],
    newest: tuple[str, str | None],
) -> None:
    batch = [pushed("d1", *first), pushed("d2", *second)]
    for deliveries in [batch] if together else [[one] for one in batch]:
        story.accept(*deliveries)
    story.accept(Delivery("d3", "issue_comment", "created", ("1#1",), "decision"))
    claim = story.claim()
    assert (claim.head, claim.head_at) == newest


def test_an_event_hurries_nothing_that_backs_off_and_delays_nothing_that_waits(story: Story) -> None:
    story.event("d1")
    due = story.row()["due"]
    story.clock.advance(7)
    story.event("d2")
    assert (story.row()["due"], story.row()["since"]) == (due, due)
    later = story.clock.now + 100
    story.queue.again(story.claim(), later, counts=False, error="GitHub is down")
    story.event("d3")
    assert story.row()["due"] == later
    assert story.nothing_to_claim()


def test_an_event_wakes_a_parked_key_as_if_it_had_never_failed(story: Story) -> None:
    story.event("d1")
    story.queue.again(story.claim(), story.clock.now, counts=True, error="a bug")
    story.queue.park(story.claim(), "a bug")
    story.event("d2", signal="text")
    claim = story.claim()
    assert (claim.attempts, claim.tries, story.told(claim)) == (0, 1, ["d1", "d2"])
    assert claim.signals == {Signal.HEAD, Signal.TEXT}


def test_a_key_may_be_wanted_without_a_delivery(story: Story) -> None:
    story.want("1#1", "1#2")
    claims = [story.claim(), story.claim()]
    assert {claim.key for claim in claims} == {"1#1", "1#2"}
    assert [(story.told(claim), claim.signals) for claim in claims] == [([], frozenset({Signal.PEOPLE}))] * 2


def test_wanting_nothing_is_no_work(story: Story) -> None:
    story.want()
    assert story.nothing_to_claim()


def test_what_is_rolled_back_was_never_accepted(story: Story) -> None:
    delivery = Delivery("d1", "push", None, ("1~",), "base")
    with story.engine.connect() as connection:
        story.queue.accept(connection, [delivery])
        connection.rollback()
    assert story.nothing_to_claim()
    assert story.accept(delivery) == {"d1"}
