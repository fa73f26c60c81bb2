# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from sqlalchemy import Engine, event

from bot.store import contributors
from bot.store.database import reading, writing
from bot.store.repositories import RepositoryFacts, remember

ANN, BOB = 5, 6


def repository(engine: Engine, number: int, owner_id: int = 1) -> None:
    with writing(engine) as connection:
        facts = RepositoryFacts(number, owner_id, f"owner{owner_id}", f"name{number}", 3, False, "main", 100.0)
        remember(connection, facts)


def keep(engine: Engine, repository_id: int, number: int, *accounts: int) -> None:
    with writing(engine) as connection:
        contributors.keep_contributors(connection, repository_id, number, accounts)


def pulls(engine: Engine, *accounts: int, owner_id: int = 1) -> list[tuple[int, int]]:
    with reading(engine) as connection:
        return contributors.open_pulls_of(connection, owner_id, accounts)


def test_the_open_pull_requests_of_somebody_are_found_in_all_repositories_of_an_owner(engine: Engine) -> None:
    for number, owner in ((7, 1), (8, 1), (9, 2)):
        repository(engine, number, owner)
        keep(engine, number, 12, ANN, BOB)
    keep(engine, 7, 13, BOB)
    assert pulls(engine, ANN) == [(7, 12), (8, 12)]
    assert pulls(engine, ANN, BOB) == [(7, 12), (7, 13), (8, 12)]
    assert pulls(engine, ANN, owner_id=2) == [(9, 12)]
    assert pulls(engine, 99) == pulls(engine) == []


def test_for_whoever_it_is_all_open_pull_requests_are_found(engine: Engine) -> None:
    repository(engine, 7)
    for number, account in ((12, ANN), (13, BOB)):
        keep(engine, 7, number, account)
    with reading(engine) as connection:
        assert contributors.open_pulls_of(connection, 1, None) == [(7, 12), (7, 13)]


def test_a_closed_pull_request_is_not_found(engine: Engine) -> None:
    repository(engine, 7)
    keep(engine, 7, 12, ANN)
    keep(engine, 7, 13, ANN)
    with writing(engine) as connection:
        contributors.drop_contributors(connection, 7, 12)
    assert pulls(engine, ANN) == [(7, 13)]


def test_who_is_behind_it_now_replaces_who_was(engine: Engine) -> None:
    repository(engine, 7)
    keep(engine, 7, 12, ANN)
    keep(engine, 7, 12, BOB)
    assert (pulls(engine, ANN), pulls(engine, BOB)) == ([], [(7, 12)])


def test_only_a_change_is_written(engine: Engine) -> None:
    keep(engine, 7, 12, ANN, BOB)
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: statements.append(str(told[2])))
    keep(engine, 7, 12, BOB, ANN, BOB)
    assert [one.split()[0] for one in statements if not one.startswith("BEGIN")] == ["SELECT"]


def test_hundreds_of_people_are_kept_and_found(engine: Engine) -> None:
    repository(engine, 7)
    keep(engine, 7, 12, *range(1, 1_201))
    assert pulls(engine, *range(1_100, 2_300)) == [(7, 12)]
    keep(engine, 7, 12, 1)
    assert pulls(engine, *range(2, 1_300)) == []
    assert pulls(engine, 1) == [(7, 12)]


def test_a_pull_request_that_was_closed_is_dropped(engine: Engine) -> None:
    repository(engine, 7)
    for number in (12, 13):
        keep(engine, 7, number, ANN)
    with writing(engine) as connection:
        contributors.drop_contributors(connection, 7, 12)
    assert pulls(engine, ANN) == [(7, 13)]
