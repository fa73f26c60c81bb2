# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from typing import Any

import pytest

from bot.receive.facts import told
from bot.store.repositories import RepositoryFacts
from tests.bot.receive.payloads import INSTALLATION, REPOSITORY, payload

NOW = 1_800_000_000.0
UPDATED = 1_767_225_600.0  # 2026-01-01T00:00:00Z
FACTS = RepositoryFacts(7, 1, "acme", "widgets", 3, False, "main", UPDATED)
LISTED = {"id": 9, "name": "gears", "full_name": "acme/gears", "private": False}


def only(event: str, payload: dict[str, Any]) -> RepositoryFacts:
    (facts,) = told(event, payload, NOW)
    return facts


def test_an_event_tells_of_its_repository() -> None:
    assert only("pull_request", payload("opened")) == FACTS


def test_a_late_event_tells_what_was_true_when_the_repository_last_changed() -> None:
    assert only("pull_request", payload("opened")).seen_at == UPDATED


def test_an_event_about_the_repository_itself_has_the_word_of_the_moment() -> None:
    assert only("repository", payload("privatized")).seen_at == NOW


@pytest.mark.parametrize("updated_at", [None, 5, "2999-01-01T00:00:00Z"])
def test_without_a_time_that_can_be_the_facts_are_of_now(updated_at: object) -> None:
    facts = only("push", payload(repository={**REPOSITORY, "updated_at": updated_at}))

    assert facts.seen_at == NOW


@pytest.mark.parametrize("private", [True, None, "false", 0])
def test_a_repository_is_private_unless_it_is_surely_not(private: object) -> None:
    assert only("push", payload(repository={**REPOSITORY, "private": private})).private is True


@pytest.mark.parametrize("branch", [None, "", 5, "x" * 256, "a\nb"])
def test_a_default_branch_that_is_none_is_left_out(branch: object) -> None:
    assert only("push", payload(repository={**REPOSITORY, "default_branch": branch})).default_branch is None


def test_an_installation_may_go_unnamed() -> None:
    event = payload("opened")
    del event["installation"]

    assert only("pull_request", event).installation_id is None


def test_an_event_without_a_repository_tells_of_none() -> None:
    assert told("organization", {"installation": INSTALLATION}, NOW) == ()


@pytest.mark.parametrize(
    ("event", "action", "lists"),
    [("installation", "created", "repositories"), ("installation_repositories", "added", "repositories_added")],
)
def test_an_installation_tells_of_the_repositories_it_reaches(event: str, action: str, lists: str) -> None:
    facts = only(event, payload(action, **{lists: [LISTED]}))

    assert facts == RepositoryFacts(9, 1, "acme", "gears", 3, False, None, NOW)


def test_a_deleted_installation_tells_nothing_of_what_it_reaches_no_more() -> None:
    assert told("installation", payload("deleted", repositories=[LISTED]), NOW) == ()


@pytest.mark.parametrize("count", [0, 201])
def test_of_no_or_very_many_repositories_nothing_is_told(count: int) -> None:
    assert told("installation", payload("created", repositories=[LISTED] * count), NOW) == ()


def test_an_installation_may_list_nothing() -> None:
    assert told("installation", payload("created"), NOW) == ()
