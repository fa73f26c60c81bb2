# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Descriptions of a dataset in JSON."""

import json
from typing import Any

import pytest

from rules.materials.cards.croissant import is_croissant, read_croissant, read_kaggle, read_package
from rules.materials.cards.json_text import read
from tests.rules.materials.cards.cards_help import said, told

CROISSANT: dict[str, Any] = {
    "@context": {"sc": "https://schema.org/", "rai": "http://mlcommons.org/croissant/RAI/"},
    "@type": "sc:Dataset",
    "dct:conformsTo": "http://mlcommons.org/croissant/1.1",
    "name": "Signs",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "url": "https://example.org/signs",
    "rai:personalSensitiveInformation": "Faces of passers-by",
    "sdLicense": "https://spdx.org/licenses/MIT",
    "distribution": [{"@type": "cr:FileObject", "name": "a.csv", "license": "ISC"}],
}


def croissant(**keys: Any) -> dict[str, str]:
    """What a Croissant description says with some other keys."""
    return said(read_croissant("croissant.json", read(json.dumps(CROISSANT | keys))))


def test_a_croissant_description_is_a_card() -> None:
    card = read_croissant("data/croissant.json", read(json.dumps(CROISSANT, indent=1)))
    assert said(card) == {
        "name": "Signs",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "source": "https://example.org/signs",
        "personal_data": "Faces of passers-by",
    }
    assert card.keys["license"].line == 9
    assert (card.path, card.form, card.line) == ("data/croissant.json", "Croissant description", 1)


@pytest.mark.parametrize(
    ("keys", "key", "value"),
    [
        ({"license": ["MIT", "CC-BY-4.0"]}, "license", "MIT, CC-BY-4.0"),
        ({"license": {"@id": "https://spdx.org/licenses/MIT"}}, "license", "https://spdx.org/licenses/MIT"),
        ({"license": {"@type": "sc:CreativeWork", "url": "https://example.org/l"}}, "license", "https://example.org/l"),
        ({"isBasedOn": {"@id": "https://example.org/old"}}, "source", "https://example.org/old"),
        ({"prov:wasDerivedFrom": "https://example.org/old"}, "source", "https://example.org/old"),
        ({"url": None, "sameAs": ["https://example.org/same"]}, "source", "https://example.org/same"),
        ({"url": "", "citeAs": "@misc{signs}"}, "source", "@misc{signs}"),
        ({"url": "", "rai:dataCollection": "A field trip"}, "source", "A field trip"),
        ({"url": "", "creator": [{"@type": "Person", "name": "Kim"}]}, "source", "Kim"),
        ({"name": "", "alternateName": "Road signs"}, "name", "Road signs"),
    ],
)
def test_its_terms_may_be_written_in_more_than_one_way(keys: dict[str, Any], key: str, value: str) -> None:
    assert croissant(**keys)[key] == value


def test_terms_may_be_addresses() -> None:
    terms = {"https://schema.org/license": "MIT", "http://mlcommons.org/croissant/RAI/dataCollection": "A trip"}
    assert said(read_croissant("x", read(json.dumps(terms)))) == {"license": "MIT", "source": "A trip"}


def test_what_is_wrong_in_it_is_told() -> None:
    card = read_croissant("x", read('{"license": 4,\n"name": [["a"]],\n"url": "TODO", "url": "https://example.org"}'))
    assert told(card) == [
        (1, "license is a number; it should be text or a list of texts"),
        (2, "name is a list that holds a list; it should be text or a list of texts"),
        (3, "the key 'url' stands a second time; the first is on line 3"),
    ]
    assert (card.keys, card.blank) == ({}, {"source": 3})


@pytest.mark.parametrize(
    ("conforms", "is_one"),
    [
        ("http://mlcommons.org/croissant/1.1", True),
        (["http://mlcommons.org/croissant/RAI/1.0"], True),
        ({"@id": "http://mlcommons.org/croissant/1.0"}, True),
        ("https://example.org", False),
        (None, False),
    ],
)
def test_a_croissant_description_says_that_it_is_one(conforms: Any, *, is_one: bool) -> None:
    assert is_croissant(read(json.dumps({"conformsTo": conforms}))) is is_one
    assert is_croissant(read(json.dumps({"http://purl.org/dc/terms/conformsTo": conforms}))) is is_one
    assert not is_croissant(read(json.dumps({"name": conforms})))


def test_a_data_package_is_a_card() -> None:
    package = {
        "name": "signs",
        "licenses": [{"name": "ODC-PDDL-1.0", "path": "https://example.org/pddl"}],
        "sources": [{"title": "The city", "path": "https://example.org/city"}, {"title": "A field trip"}],
        "personal_data": False,
        "resources": [{"name": "a", "path": "a.csv"}],
    }
    card = read_package("datapackage.json", read(json.dumps(package)))
    assert said(card) == {
        "name": "signs",
        "license": "ODC-PDDL-1.0",
        "source": "https://example.org/city, A field trip",
        "personal_data": "no",
    }
    assert card.form == "data package"


def test_what_kaggle_wants_is_a_card() -> None:
    metadata = '{"title": "Signs",\n"id": "acme/signs",\n"licenses": [{"name": "CC0-1.0"}]}'
    card = read_kaggle("dataset-metadata.json", read(metadata))
    assert said(card) == {"name": "Signs", "license": "CC0-1.0", "source": "acme/signs"}
    assert card.keys["source"].line == 2


def test_what_kaggle_puts_there_itself_is_none() -> None:
    metadata = '{"title": "INSERT_TITLE_HERE", "licenses": [{"name": "unknown"}], "userSpecifiedSources": "The city"}'
    card = read_kaggle("x", read(metadata))
    assert said(card) == {"source": "The city"}
    assert (set(card.blank), card.problems) == ({"name", "license"}, ())
