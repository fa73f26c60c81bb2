# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from bot.store.contributors import keep_contributors
from bot.store.database import writing
from bot.store.judged import StoredReport, keep_report
from bot.store.repositories import RepositoryFacts, remember
from bot.work.look_again import look_again, look_again_at
from tests.bot.work.conftest import Story

ANN = 5


def behind(story: Story, number: int, account: int) -> None:
    """An open pull request with somebody behind it."""
    with writing(story.engine) as connection:
        remember(connection, RepositoryFacts(7, 1, "acme", "widgets", 3, False, "main", 100.0))
        keep_report(connection, StoredReport(7, number, "a" * 40, "main", True, "failure", frozenset(), b"", 1.0))
        keep_contributors(connection, 7, number, [account])


def test_whoever_signs_has_their_open_pull_requests_looked_at_again(story: Story) -> None:
    behind(story, 12, ANN)
    behind(story, 13, 6)
    with writing(story.engine) as connection:
        assert look_again(connection, story.queue, 1, [ANN]) == 1
    claim = story.claim()
    assert (claim.key, claim.signals) == ("7#12", frozenset({"people"}))
    assert story.nothing_to_claim()


def test_where_it_concerns_everybody_all_are_looked_at(story: Story) -> None:
    behind(story, 12, ANN)
    behind(story, 13, 6)
    with writing(story.engine) as connection:
        assert look_again(connection, story.queue, 1, None) == 2


def test_who_has_no_open_pull_request_causes_no_work(story: Story) -> None:
    behind(story, 12, ANN)
    with writing(story.engine) as connection:
        assert look_again(connection, story.queue, 1, [6]) == 0
        assert look_again(connection, story.queue, 2, [ANN]) == 0
    assert story.nothing_to_claim()


def test_those_of_several_owners_are_asked_for_at_once(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    behind(story, 12, ANN)
    with writing(story.engine) as connection:
        remember(connection, RepositoryFacts(3, 2, "other", "thing", 4, False, "main", 100.0))
        keep_report(connection, StoredReport(3, 1, "a" * 40, "main", True, "failure", frozenset(), b"", 1.0))
        keep_contributors(connection, 3, 1, [ANN])
    asked: list[set[str]] = []
    monkeypatch.setattr(story.queue, "want", lambda _connection, keys, _signal: asked.append(set(keys)))
    with writing(story.engine) as connection:
        assert look_again_at(connection, story.queue, [1, 2], [ANN]) == {"7#12", "3#1"}
    assert asked == [{"7#12", "3#1"}]
