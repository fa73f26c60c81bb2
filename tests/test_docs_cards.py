# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The page on cards says what is so."""

from rules.materials.cards.empty import says_nothing
from rules.materials.cards.names import names
from rules.materials.cards.nearest import Cards, places
from rules.materials.cards.sections import spoken
from rules.materials.material import Sort
from tests.pages import Page
from tests.rules.materials.cards.cards_help import at_head, dataset, loaded, model, said

PAGE = Page("docs/cards.md")
OF_DATA, OF_A_MODEL, REGISTRY = (example.text for example in PAGE.examples)
DATA_KEYS = {"name", "license", "source", "personal_data"}
MODEL_KEYS = {"name", "license", "base_model", "training_data"}


def test_the_cards_of_the_page_say_all_that_is_needed() -> None:
    assert set(said(Cards(at_head(**{"data/README.md": OF_DATA})).of(dataset()))) == DATA_KEYS
    assert set(said(Cards(at_head(**{"models/README.md": OF_A_MODEL})).of(model()))) == MODEL_KEYS


def test_each_is_of_its_own_sort() -> None:
    assert Cards(at_head(**{"README.md": OF_DATA})).of(model()) is None
    assert Cards(at_head(**{"README.md": OF_A_MODEL})).of(dataset()) is None


def test_the_registry_of_the_page_speaks_for_what_it_names() -> None:
    cards = Cards(at_head(**{"data-provenance.yml": REGISTRY}))
    assert cards.problems == ()
    assert set(said(cards.of(dataset()))) == DATA_KEYS
    assert set(said(cards.of(model()))) == MODEL_KEYS
    assert said(cards.of_reference(loaded("example/reading-corpus")))["license"] == "ODC-By-1.0"
    assert said(cards.of_reference(loaded("example/tiny-signs", Sort.MODEL)))["base_model"] == "none"


def test_every_key_has_its_names_on_the_page() -> None:
    rows = [tuple(row[2].strip("`").split("`, `")) for row in PAGE.rows("What is read")]
    assert rows == list(names().values())


def test_every_place_is_on_the_page() -> None:
    looked_for = {path.rpartition("/")[2] for sort in Sort for path in places("a/b", sort)} - {"data-provenance.yml"}
    assert set(PAGE.named("Where a card is found")) == looked_for


def test_every_heading_of_the_page_speaks() -> None:
    headings = [heading for row in PAGE.rows("Sections")[1:] for heading in row[1].split(", ")]
    body = "".join(f"## {heading}\nwords\n" for heading in headings)
    assert [found.name for found in spoken(body, 1)] == headings


def test_what_the_page_calls_empty_is() -> None:
    words = PAGE.text.partition("## What counts as empty\n")[2].split("\n\n")[0]
    placeholders = [word for word in words.split("`")[1::2] if word != "null"]
    assert len(placeholders) >= 10
    assert [word for word in placeholders if not says_nothing(word)] == []
