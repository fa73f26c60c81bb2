# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from collections.abc import Callable
from random import Random

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import text

from bot.store.database import StoreUnavailable, writing
from bot.work.claim import Claim
from bot.work.run import LONGEST_WAIT, MOST_ATTEMPTS, Outcome, Retry, Runner, StillOurs
from tests.bot.work.conftest import LEASE, Story


class Work:
    """A handler and a surrender that do what the test says, and remember that they were called."""

    def __init__(self) -> None:
        self.does: Callable[[], None] = lambda: None
        self.surrenders: Callable[[], None] = lambda: None
        self.seen: list[Claim] = []
        self.given_up: list[str] = []
        self.still_ours: StillOurs = lambda: False

    def handle(self, claim: Claim, still_ours: StillOurs) -> None:
        self.seen.append(claim)
        self.still_ours = still_ours
        self.does()

    def surrender(self, _claim: Claim, error: str) -> None:
        self.given_up.append(error)
        self.surrenders()


def raising(error: Exception) -> Callable[[], None]:
    def do() -> None:
        raise error

    return do


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def runner(story: Story, work: Work) -> Runner:
    return Runner(story.queue, work.handle, work.surrender, LEASE, Random(1))


def fail_until_parked(story: Story, runner: Runner) -> list[Outcome]:
    outcomes = []
    for _ in range(MOST_ATTEMPTS):
        story.clock.advance(1000)
        outcomes.append(runner.run(story.claim()))
    return outcomes


def test_a_run_that_ends_well_settles(story: Story, runner: Runner, work: Work) -> None:
    story.event("d1")
    claim = story.claim()
    assert runner.run(claim) is Outcome.SETTLED
    assert work.seen == [claim]
    assert story.nothing_to_claim()


@pytest.mark.parametrize(
    ("at", "seconds"),
    [(1_800_000_090.0, 90), (1.0, 0), (9e12, LONGEST_WAIT)],
)
def test_a_retry_is_looked_at_again_when_it_asks_and_never_counts(
    story: Story, runner: Runner, work: Work, at: float, seconds: float
) -> None:
    story.event("d1")
    work.does = raising(Retry("GitHub is limited", at=at))
    assert runner.run(story.claim()) is Outcome.RETRIED
    row = story.row()
    assert (row["due"], row["attempts"], row["last_error"]) == (story.clock.now + seconds, 0, "GitHub is limited")


def test_an_outage_of_any_length_parks_nothing_and_drains_by_itself(story: Story, runner: Runner, work: Work) -> None:
    story.event("d1")
    work.does = raising(Retry("502"))
    for _ in range(MOST_ATTEMPTS * 3):
        story.clock.advance(300)
        assert runner.run(story.claim()) is Outcome.RETRIED
    work.does = lambda: None
    story.clock.advance(300)
    assert runner.run(story.claim()) is Outcome.SETTLED


def test_pauses_in_an_outage_grow(story: Story, runner: Runner, work: Work) -> None:
    story.event("d1")
    work.does = raising(Retry("502"))
    pauses = []
    for _ in range(20):
        runner.run(story.claim())
        due = story.row()["due"]
        assert isinstance(due, float)
        pauses.append(due - story.clock.now)
        story.clock.now = due
    assert max(pauses[:3]) <= 8
    assert max(pauses[10:]) > 60


def test_an_error_of_ours_counts_and_backs_off(story: Story, runner: Runner, work: Work) -> None:
    story.event("d1")
    work.does = raising(ZeroDivisionError("division by zero"))
    assert runner.run(story.claim()) is Outcome.FAILED
    row = story.row()
    assert (row["attempts"], row["last_error"]) == (1, "ZeroDivisionError: division by zero")
    assert story.queue.depth().waiting == 1


def test_after_ten_failures_people_are_told_and_the_key_is_parked(story: Story, runner: Runner, work: Work) -> None:
    story.event("d1")
    work.does = raising(ValueError("a bug"))
    assert fail_until_parked(story, runner) == [*[Outcome.FAILED] * 9, Outcome.PARKED]
    assert work.given_up == ["ValueError: a bug"]
    assert story.queue.depth().parked == 1


def test_a_key_is_not_parked_before_people_could_be_told(story: Story, runner: Runner, work: Work) -> None:
    story.event("d1")
    work.does = raising(ValueError("a bug"))
    work.surrenders = raising(Retry("GitHub is down"))
    assert fail_until_parked(story, runner)[-1] is Outcome.RETRIED
    work.surrenders = lambda: None
    story.clock.advance(300)
    assert runner.run(story.claim()) is Outcome.PARKED
    assert len(work.given_up) == 2


def test_a_key_is_parked_even_if_telling_people_fails_by_our_fault(story: Story, runner: Runner, work: Work) -> None:
    story.event("d1")
    work.does = raising(ValueError("a bug"))
    work.surrenders = raising(ValueError("another"))
    assert fail_until_parked(story, runner)[-1] is Outcome.PARKED


def test_runs_that_kill_their_worker_are_given_up_too(story: Story, runner: Runner, work: Work) -> None:
    story.event("d1")
    for _ in range(MOST_ATTEMPTS):
        story.claim()
        story.clock.advance(LEASE)
    assert runner.run(story.claim()) is Outcome.PARKED
    assert work.seen == []
    assert work.given_up == ["the worker died in every run"]


def test_a_run_that_lost_its_key_is_told_so_and_settles_nothing(story: Story, runner: Runner, work: Work) -> None:
    story.event("d1")
    claim = story.claim()

    def lose() -> None:
        assert work.still_ours()
        story.clock.advance(LEASE)
        story.claim("another")
        assert not work.still_ours()

    work.does = lose
    assert runner.run(claim) is Outcome.LOST


def test_nobody_is_told_of_a_surrender_by_a_run_that_lost_its_key(story: Story, runner: Runner, work: Work) -> None:
    story.event("d1")
    for _ in range(MOST_ATTEMPTS + 1):
        claim = story.claim()
        story.clock.advance(LEASE)
    story.claim("another")
    assert runner.run(claim) is Outcome.LOST
    assert work.given_up == []


def test_a_store_that_fails_in_the_middle_of_a_run_never_counts(story: Story, runner: Runner, work: Work) -> None:
    story.event("d1")
    work.does = raising(StoreUnavailable("database is locked"))
    assert runner.run(story.claim()) is Outcome.RETRIED
    assert story.row()["attempts"] == 0


def test_a_run_whose_end_cannot_be_written_comes_back_by_its_lease(story: Story, runner: Runner, work: Work) -> None:
    story.event("d1")

    def lose_the_store() -> None:
        with writing(story.engine) as connection:
            connection.execute(text("ALTER TABLE work RENAME TO elsewhere"))

    work.does = lose_the_store
    assert runner.run(story.claim()) is Outcome.LOST
    with writing(story.engine) as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO work"))
    story.clock.advance(LEASE)
    assert story.claim().done == 0


def test_runs_are_counted_by_how_they_ended(story: Story, runner: Runner) -> None:
    def settled() -> float:
        return REGISTRY.get_sample_value("steward_runs_total", {"outcome": "settled"}) or 0.0

    before = settled()
    story.event("d1")
    runner.run(story.claim())
    assert settled() == before + 1
