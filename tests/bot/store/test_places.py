# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from dataclasses import replace

from sqlalchemy import Engine

from bot.store import places
from bot.store.agreements import Document
from bot.store.database import reading, writing
from bot.store.repositories import RepositoryFacts, remember

WIDGETS = RepositoryFacts(7, 1, "Acme", "Widgets", 3, False, "main", 100.0)
OTHER = RepositoryFacts(8, 2, "Other", "Thing", 4, False, "main", 300.0)


def known(engine: Engine, *facts: RepositoryFacts) -> None:
    with writing(engine) as connection:
        remember(connection, *facts)


def test_a_document_is_found_by_the_name_of_its_repository(engine: Engine) -> None:
    known(engine, WIDGETS)
    with reading(engine) as connection:
        assert places.document_at(connection, "acme", "widgets", "CLA.md") == Document(1, 7, "CLA.md")
        assert places.document_at(connection, "acme", "gadgets", "CLA.md") is None


def test_a_name_that_passed_on_is_its_newest_owners(engine: Engine) -> None:
    known(engine, WIDGETS, replace(OTHER, owner="ACME"))
    with reading(engine) as connection:
        assert places.owner_called(connection, "acme") == 2
        assert places.owner_called(connection, "nobody") is None


def test_the_owners_own_installation_is_asked_first_and_else_any(engine: Engine) -> None:
    with reading(engine) as connection:
        assert places.installation_for(connection, 1) is None
    known(engine, WIDGETS, OTHER, replace(OTHER, id=9, owner_id=5, installation_id=None, seen_at=900.0))
    with reading(engine) as connection:
        assert places.installation_for(connection, 1) == 3
        assert places.installation_for(connection, 5) == 4


def test_repositories_are_named_as_they_are_called_now(engine: Engine) -> None:
    known(engine, WIDGETS, OTHER)
    with reading(engine) as connection:
        assert places.names_of(connection, [7, 8, 99]) == {7: "Acme/Widgets", 8: "Other/Thing"}
