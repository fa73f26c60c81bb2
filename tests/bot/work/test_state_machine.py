# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The queue against a model of a few lines, in whatever order hypothesis can think of."""

import itertools
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event, select

from bot.store.database import connect, reading, writing
from bot.store.tables import inbox, metadata, work
from bot.work.claim import Claim
from bot.work.delivery import Delivery
from bot.work.queue import Queue
from bot.work.signals import Signal, from_bits
from tests.bot.conftest import Clock

LEASE = 60.0
NAMES = ("1#1", "1#2")
KEYS = st.sampled_from(NAMES)
SIGNALS = st.sampled_from(["head", "text", "asked", None])
SECONDS = st.sampled_from([0.0, 1.0, LEASE - 1, LEASE, 1000.0])


@dataclass
class Model:
    """What must be true of one key, however it came about."""

    wishes: list[tuple[str | None, str | None]] = field(default_factory=list)  # undone: (delivery, signal)
    done: int = 0
    due: float = 0.0
    parked: bool = False
    tries: int = 0
    attempts: int = 0
    holder: str | None = None
    until: float = 0.0

    @property
    def signals(self) -> set[Signal]:
        return {Signal(signal) for _, signal in self.wishes if signal}

    def wish(self, delivery: str | None, signal: str | None, now: float) -> None:
        if not self.wishes or self.parked:
            self.due = now
        if self.parked:
            self.parked, self.tries, self.attempts = False, 0, 0
        self.wishes.append((delivery, signal))

    def claimable(self, now: float) -> bool:
        leased = self.holder is not None and self.until > now
        return bool(self.wishes) and not self.parked and not leased and self.due <= now

    def settle(self, turn: int, now: float) -> None:
        self.wishes, self.done = self.wishes[turn - self.done :], turn
        self.due, self.tries, self.attempts = now, 0, 0


class QueueMachine(RuleBasedStateMachine):
    claims = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.folder = TemporaryDirectory()
        self.engine = connect(f"sqlite:///{self.folder.name}/steward.db")
        event.listen(self.engine, "connect", lambda raw, _record: raw.execute("PRAGMA synchronous = OFF"))
        with writing(self.engine) as connection:
            metadata.create_all(connection, [inbox, work])
        self.queue = Queue(self.engine, self.clock)
        self.numbers = itertools.count()
        self.known: list[Delivery] = []
        self.keys = {name: Model() for name in NAMES}

    def teardown(self) -> None:
        self.engine.dispose()
        self.folder.cleanup()

    def delivery(self, keys: list[str], signal: str | None) -> Delivery:
        return Delivery(f"d{next(self.numbers)}", "push", None, tuple(keys), signal)

    @rule(batch=st.lists(st.tuples(st.lists(KEYS, max_size=2, unique=True), SIGNALS), max_size=4), twice=st.booleans())
    def accept(self, batch: list[tuple[list[str], str | None]], twice: bool) -> None:
        deliveries = [self.delivery(keys, signal) for keys, signal in batch]
        with writing(self.engine) as connection:
            new = self.queue.accept(connection, deliveries * (2 if twice else 1))
        assert new == {delivery.id for delivery in deliveries}
        self.known += deliveries
        for delivery in deliveries:
            for position, key in enumerate(delivery.keys):
                self.keys[key].wish(delivery.id if position == 0 else None, delivery.signal, self.clock.now)

    @rule(claim=claims, signal=SIGNALS)
    def accept_during_a_run(self, claim: Claim, signal: str | None) -> None:
        self.accept([([claim.key], signal)], twice=False)

    @rule(keys=st.lists(KEYS, min_size=1))
    def crash_before_the_commit(self, keys: list[str]) -> None:
        with self.engine.connect() as connection:
            self.queue.accept(connection, [self.delivery([key], "base") for key in keys])

    @rule(data=st.data())
    def redeliver(self, data: st.DataObject) -> None:
        if self.known:
            with writing(self.engine) as connection:
                assert not self.queue.accept(connection, [data.draw(st.sampled_from(self.known))])

    @rule(keys=st.lists(KEYS))
    def want(self, keys: list[str]) -> None:
        with writing(self.engine) as connection:
            self.queue.want(connection, keys, "people")
        for key in keys:
            self.keys[key].wish(None, "people", self.clock.now)

    @rule(seconds=SECONDS)
    def time_passes(self, seconds: float) -> None:
        self.clock.advance(seconds)

    @rule(claim=claims, seconds=st.sampled_from([-1.0, 0.0]))
    def a_worker_dies_or_nearly(self, claim: Claim, seconds: float) -> None:
        self.clock.now = max(self.clock.now, self.keys[claim.key].until + seconds)

    @rule(target=claims)
    def claim(self) -> object:
        now = self.clock.now
        claimable = {name: model for name, model in self.keys.items() if model.claimable(now)}
        claim = self.queue.claim("worker", LEASE)
        if claim is None:
            assert not claimable
            return multiple()
        model = claimable[claim.key]
        assert model.due == min(other.due for other in claimable.values())
        model.attempts += model.holder is not None
        model.tries += 1
        model.holder, model.until = claim.lease, now + LEASE
        self.compare(claim, model)
        return claim

    def compare(self, claim: Claim, model: Model) -> None:
        assert (claim.done, claim.turn - claim.done) == (model.done, len(model.wishes))
        assert (claim.tries, claim.attempts) == (model.tries, model.attempts)
        assert claim.signals == model.signals
        assert [one.id for one in self.queue.deliveries(claim)] == [name for name, _ in model.wishes if name]

    @rule(claim=claims)
    def renew(self, claim: Claim) -> None:
        model = self.keys[claim.key]
        ours = model.holder == claim.lease
        assert self.queue.renew(claim, LEASE) is ours
        if ours:
            model.until = self.clock.now + LEASE

    @rule(claim=consumes(claims))
    def settle(self, claim: Claim) -> None:
        ours, model = self.end(claim)
        assert self.queue.settle(claim) is ours
        if ours:
            model.settle(claim.turn, self.clock.now)

    @rule(claim=consumes(claims), seconds=SECONDS, counts=st.booleans())
    def again(self, claim: Claim, seconds: float, counts: bool) -> None:
        ours, model = self.end(claim)
        assert self.queue.again(claim, self.clock.now + seconds, counts, "error") is ours
        if ours:
            model.due = self.clock.now + seconds
            model.attempts += counts

    @rule(claim=consumes(claims))
    def park(self, claim: Claim) -> None:
        ours, model = self.end(claim)
        assert self.queue.park(claim, "error") is ours
        if ours and claim.turn < model.done + len(model.wishes):
            model.due, model.tries, model.attempts = self.clock.now, 0, 0
        elif ours:
            model.parked = True
            model.attempts += 1

    @rule(claim=consumes(claims))
    def release(self, claim: Claim) -> None:
        ours, model = self.end(claim)
        assert self.queue.release(claim) is ours
        model.tries -= ours

    @rule(key=KEYS)
    def retry(self, key: str) -> None:
        model = self.keys[key]
        assert self.queue.retry(key) is bool(model.wishes)
        if model.wishes:
            model.due, model.parked, model.tries, model.attempts = self.clock.now, False, 0, 0

    @rule(key=KEYS)
    def drop(self, key: str) -> None:
        model = self.keys[key]
        assert self.queue.drop(key) is bool(model.wishes)
        if model.wishes:
            self.keys[key] = Model(done=model.done + len(model.wishes))

    def end(self, claim: Claim) -> tuple[bool, Model]:
        """Whether the claim holds its key, which it then no longer does."""
        model = self.keys[claim.key]
        ours = model.holder == claim.lease
        if ours:
            model.holder = None
        return ours, model

    @invariant()
    def no_acknowledged_delivery_is_lost(self) -> None:
        with reading(self.engine) as connection:
            assert set(connection.execute(select(inbox.c.delivery)).scalars()) == {one.id for one in self.known}

    @invariant()
    def every_row_agrees_with_the_model(self) -> None:
        with reading(self.engine) as connection:
            rows = connection.execute(select(work)).all()
        for row in rows:
            model = self.keys[row.key]
            assert row.done == model.done <= row.wanted == model.done + len(model.wishes)
            assert (row.since is None) is (not model.wishes)
            assert row.due == (model.due if model.wishes and not model.parked else None)
            assert (row.lease, row.parked) == (model.holder, model.parked)
            assert from_bits(row.signals | row.claimed) == model.signals

    @invariant()
    def the_depth_is_that_of_the_model(self) -> None:
        undone = [model for model in self.keys.values() if model.wishes]
        depth = self.queue.depth()
        assert depth.parked == sum(model.parked for model in undone)
        assert depth.waiting + depth.parked == len(undone)


def test_the_queue_does_as_its_model_does() -> None:
    run_state_machine_as_test(QueueMachine, settings=settings(max_examples=40, stateful_step_count=40))


@pytest.mark.long
def test_the_queue_does_as_its_model_does_at_length() -> None:
    run_state_machine_as_test(QueueMachine, settings=settings(max_examples=500, stateful_step_count=50))
