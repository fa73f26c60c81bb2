# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.store import repositories
from bot.store.database import reading, writing
from bot.store.repositories import RepositoryFacts

WIDGETS = RepositoryFacts(7, 1, "Acme", "Widgets", 3, False, "main", 100.0)


def remember(engine: Engine, *facts: RepositoryFacts) -> None:
    with writing(engine) as connection:
        repositories.remember(connection, *facts)


def known(engine: Engine, repository_id: int = 7) -> RepositoryFacts | None:
    with reading(engine) as connection:
        return repositories.find(connection, repository_id)


def test_what_an_event_told_is_remembered(engine: Engine) -> None:
    remember(engine, WIDGETS)
    assert known(engine) == WIDGETS
    assert known(engine, 8) is None


def test_nothing_told_is_nothing_written(engine: Engine) -> None:
    remember(engine)
    assert known(engine) is None


@pytest.mark.parametrize(
    "change", [{"name": "Gadgets"}, {"owner": "Other", "owner_id": 2}, {"private": True}, {"default_branch": "trunk"}]
)
def test_newer_facts_replace_older_ones(engine: Engine, change: dict[str, Any]) -> None:
    newer = replace(WIDGETS, seen_at=200.0, **change)
    remember(engine, WIDGETS)
    remember(engine, newer)
    assert known(engine) == newer


def test_older_facts_that_come_late_replace_nothing(engine: Engine) -> None:
    remember(engine, replace(WIDGETS, private=True, seen_at=200.0))
    remember(engine, WIDGETS)
    facts = known(engine)
    assert facts is not None
    assert facts.private


def test_of_several_facts_in_one_batch_the_newest_counts(engine: Engine) -> None:
    other = replace(WIDGETS, id=8, name="Gadgets")
    remember(engine, replace(WIDGETS, name="New", seen_at=300.0), other, WIDGETS)
    assert [known(engine, 7), known(engine, 8)] == [replace(WIDGETS, name="New", seen_at=300.0), other]


def test_only_a_change_is_written(engine: Engine) -> None:
    remember(engine, WIDGETS)
    remember(engine, replace(WIDGETS, seen_at=200.0))
    facts = known(engine)
    assert facts is not None
    assert facts.seen_at == 100.0


def test_what_an_event_does_not_tell_stays_as_it_was(engine: Engine) -> None:
    remember(engine, WIDGETS)
    remember(engine, replace(WIDGETS, installation_id=None, default_branch=None, name="New", seen_at=200.0))
    assert known(engine) == replace(WIDGETS, name="New", seen_at=200.0)


@pytest.mark.parametrize(("owner", "name"), [("Acme", "Widgets"), ("acme", "WIDGETS")])
def test_a_name_is_found_whatever_its_case(engine: Engine, owner: str, name: str) -> None:
    remember(engine, WIDGETS)
    with reading(engine) as connection:
        assert repositories.find_by_name(connection, owner, name) == WIDGETS
        assert repositories.find_by_name(connection, owner, "other") is None


def test_a_name_belongs_to_the_repository_that_took_it_last(engine: Engine) -> None:
    successor = replace(WIDGETS, id=5, seen_at=200.0)
    remember(engine, WIDGETS, successor)
    with reading(engine) as connection:
        assert repositories.find_by_name(connection, "acme", "widgets") == successor


def test_an_installation_that_is_gone_leaves_its_repositories_private(engine: Engine) -> None:
    gadgets, other = replace(WIDGETS, id=8, name="Gadgets"), replace(WIDGETS, id=9, installation_id=4)
    remember(engine, WIDGETS, gadgets, other)
    with writing(engine) as connection:
        assert repositories.of_installation(connection, 3) == [gadgets, WIDGETS]
        repositories.forget_installation(connection, 3)
        assert repositories.of_installation(connection, 3) == []
    assert known(engine) == replace(WIDGETS, installation_id=None, private=True)
    assert known(engine, 9) == other


def test_a_batch_is_one_statement(engine: Engine) -> None:
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    with writing(engine) as connection:
        statements.clear()
        repositories.remember(connection, *(replace(WIDGETS, id=number) for number in range(1, 17)))
    assert len(statements) == 1


@pytest.mark.parametrize(
    "field", [{"owner": ""}, {"owner": "a" * 101}, {"name": "a\0b"}, {"name": "n" * 201}, {"default_branch": "b" * 256}]
)
def test_what_the_store_could_not_hold_is_refused_before_it_gets_there(field: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="the repository's"):
        replace(WIDGETS, **field)
