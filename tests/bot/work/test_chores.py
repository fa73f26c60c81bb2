# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Chores come round in their rhythm, and one that fails holds no other up."""

from bot.work.chores import Chore, Chores


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_each_chore_is_done_in_its_own_rhythm() -> None:
    clock, done = Clock(), list[str]()
    often = Chore("often", 10, lambda: done.append("often"))
    seldom = Chore("seldom", 1_000, lambda: done.append("seldom"))
    chores = Chores((often, seldom), clock)
    for second in range(1_100):
        clock.now = second
        chores.do_what_is_due()
    assert done.count("often") == 109
    assert done.count("seldom") == 2  # a minute after the start, and once more


def test_a_chore_that_fails_is_tried_again_in_its_next_turn() -> None:
    clock, done = Clock(), list[str]()

    def fail() -> None:
        done.append("tried")
        raise RuntimeError("no")

    chores = Chores((Chore("failing", 10, fail), Chore("other", 10, lambda: done.append("other"))), clock)
    for clock.now in (10, 15, 20):
        chores.do_what_is_due()
    assert done == ["tried", "other", "tried", "other"]


def test_a_stopped_thread_begins_nothing() -> None:
    clock, done = Clock(), list[str]()
    chores = Chores((Chore("one", 10, lambda: done.append("one")),), clock)
    chores.start()
    chores.stop()
    clock.now = 100
    chores.do_what_is_due()
    assert done == []
