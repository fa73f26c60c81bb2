# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Events that were lost on the way are asked for again, and what no event told is found by looking."""

import pytest

from bot.decide.sweep import LOOK_BACK, REDELIVER_EVERY, Redelivery, go_through_installations
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

BARE = "print(1)\n"


def settle(house: House) -> None:
    """Wait until GitHub has sent what it was asked to send again."""
    webhooks = house.github.webhooks
    webhooks.wait_for(webhooks.last_queued())


def test_a_delivery_that_never_arrived_is_asked_for_and_judged(house: House) -> None:
    repository = house.repository()
    house.work()
    house.github.webhooks.drop_next(100)
    pull = house.pull(repository, {"src/a.py": BARE})
    house.github.webhooks.drop_next(0)
    house.work()
    assert house.github.check_runs(repository, pull.head_sha) == []

    assert Redelivery(house.context.world).look() > 0
    settle(house)
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "failure"


def test_what_arrived_is_not_asked_for_again(house: House) -> None:
    house.pull(house.repository(), {"src/a.py": BARE})
    house.work()
    assert Redelivery(house.context.world).look() == 0


def test_what_does_not_arrive_is_asked_for_ever_more_rarely_until_github_keeps_it_no_longer(house: House) -> None:
    repository = house.repository()
    house.github.webhooks.drop_next(1_000)
    house.pull(repository, {"src/a.py": BARE})
    redelivery = Redelivery(house.context.world)
    first = [asked_for(house, redelivery, REDELIVER_EVERY) for _ in range(9)]
    assert first == [True, True, False, True, False, False, False, True, False]
    later = [asked_for(house, redelivery, 6 * 3600) for _ in range(int(LOOK_BACK / (6 * 3600)) + 1)]
    assert 0 < sum(later) < len(later) / 2
    assert not asked_for(house, redelivery, 0)


def asked_for(house: House, redelivery: Redelivery, then: float) -> bool:
    """Whether anything is asked for now; then time passes."""
    asked = redelivery.look() > 0
    house.clock.now += then
    return asked


def test_a_delivery_arrives_though_steward_was_out_of_reach_for_hours(house: House) -> None:
    repository = house.repository()
    house.work()
    house.github.webhooks.drop_next(1_000)
    pull = house.pull(repository, {"src/a.py": BARE})
    redelivery = Redelivery(house.context.world)
    for _ in range(48):
        redelivery.look()
        house.clock.now += REDELIVER_EVERY
    settle(house)
    house.github.webhooks.drop_next(0)
    for _ in range(48):
        if redelivery.look():
            settle(house)
        house.clock.now += REDELIVER_EVERY
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "failure"
    assert redelivery.look() == 0


def test_an_outage_of_github_is_no_failure_of_the_sweep(house: House) -> None:
    house.repository()
    house.work()
    with house.github.outage(503):
        assert Redelivery(house.context.world).look() == 0
        assert go_through_installations(house.context.world) == 0


def test_a_walk_finds_open_pull_requests_without_a_verdict_and_asks_little_about_the_others(house: House) -> None:
    repository = house.repository()
    judged = house.pull(repository, {"src/a.py": BARE}, "judged")
    house.work()
    house.github.webhooks.drop_next(100)
    missed = house.pull(repository, {"src/b.py": BARE}, "missed")
    house.github.webhooks.drop_next(0)
    house.work()
    assert house.github.check_runs(repository, missed.head_sha) == []

    house.github.forget_requests()
    assert go_through_installations(house.context.world) == 1
    house.work()
    assert house.check(repository, missed.head_sha).conclusion == "failure"
    assert house.github.count("POST /graphql") == 2  # one for the pull request, one for what is beside its files
    assert house.check(repository, judged.head_sha).conclusion == "failure"


def test_a_walk_finds_pull_requests_whose_end_was_missed(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    house.github.webhooks.drop_next(100)
    pull.close()
    go_through_installations(house.context.world)
    house.work()
    house.github.forget_requests()
    go_through_installations(house.context.world)
    house.work()
    assert house.github.count("POST /graphql") == 0
