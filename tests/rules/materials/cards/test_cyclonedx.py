# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""CycloneDX documents that describe models and data."""

import json
from typing import Any

import pytest

from rules.materials.cards.card import Card
from rules.materials.cards.cyclonedx import read
from rules.materials.cards.json_text import read as parse
from tests.rules.materials.cards.cards_help import dataset, model, said

MODEL: dict[str, Any] = {
    "type": "machine-learning-model",
    "bom-ref": "m",
    "name": "tiny",
    "licenses": [{"license": {"id": "Apache-2.0"}}],
    "pedigree": {"ancestors": [{"type": "machine-learning-model", "name": "org/base"}]},
    "modelCard": {"modelParameters": {"datasets": [{"ref": "d"}, {"type": "dataset", "name": "Books"}, {"ref": "x"}]}},
}
DATA: dict[str, Any] = {
    "type": "data",
    "bom-ref": "d",
    "name": "Signs",
    "licenses": [{"expression": "CC-BY-4.0 OR MIT"}],
    "data": [{"contents": {"url": "https://example.org/signs"}, "sensitiveData": ["faces", "plates"]}],
}
LIBRARY = {"type": "library", "name": "tiny"}


def document(*components: Any, **keys: Any) -> str:
    return json.dumps(
        {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": list(components), **keys}, indent=1
    )


def of_model(text: str, **named: str) -> Card | None:
    return read("bom.json", parse(text), model(**named))


def of_data(text: str, **named: str) -> Card | None:
    return read("bom.json", parse(text), dataset(**named))


def test_a_component_is_the_card_of_a_model() -> None:
    card = of_model(document(LIBRARY, MODEL, DATA))
    assert card is not None
    assert said(card) == {
        "name": "tiny",
        "license": "Apache-2.0",
        "base_model": "org/base",
        "training_data": "Signs, Books, x",
    }
    assert (card.form, card.line, card.keys["license"].line) == ("CycloneDX document", 9, 13)


def test_a_component_is_the_card_of_data() -> None:
    assert said(of_data(document(MODEL, DATA))) == {
        "name": "Signs",
        "license": "CC-BY-4.0 OR MIT",
        "source": "https://example.org/signs",
        "personal_data": "faces, plates",
    }


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"components": [MODEL]}),
        document(LIBRARY, DATA),
        document(),
        document(MODEL | {"name": "a"}, MODEL | {"name": "b"}),
        document(components=None),
        document(components={"a": MODEL}),
        document(metadata=[MODEL]),
        document(MODEL | {"type": 3}, "x", None),
    ],
)
def test_a_document_on_other_things_is_no_card(text: str) -> None:
    assert of_model(text) is None


@pytest.mark.parametrize("name", ["TINY", "org/tiny", "model.safetensors", "model"])
def test_of_several_the_one_of_that_name_counts(name: str) -> None:
    others = [MODEL | {"name": "a"}, MODEL | {"name": "b"}, MODEL | {"name": 4}]
    assert said(of_model(document(*others, MODEL | {"name": name})))["name"] == name


def test_a_document_may_be_about_the_model_and_components_may_be_within_others() -> None:
    assert said(of_model(document(metadata={"component": MODEL})))["name"] == "tiny"
    nested = {"type": "application", "name": "app", "components": [LIBRARY, {"type": "file", "components": [MODEL]}]}
    card = of_model(document(LIBRARY, nested))
    assert card is not None
    assert said(card)["name"] == "tiny"
    assert card.line > 10


@pytest.mark.parametrize(
    ("keys", "key", "value"),
    [
        ({"licenses": [{"license": {"name": "My terms"}}]}, "license", "My terms"),
        ({"licenses": [{"license": {"id": "MIT"}}, {"license": {"id": "ISC"}}]}, "license", "MIT, ISC"),
        ({"externalReferences": [{"type": "website", "url": "https://example.org"}]}, "source", "https://example.org"),
        ({"properties": [{"name": "steward:base_model", "value": "none"}], "pedigree": {}}, "base_model", "none"),
        ({"properties": [{"name": "personal data", "value": "none"}, {"value": 1}]}, "personal_data", "none"),
    ],
)
def test_more_ways_to_say_it(keys: dict[str, Any], key: str, value: str) -> None:
    assert said(of_model(document(MODEL | keys)))[key] == value


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ({"licenses": []}, "license"),
        ({"pedigree": None}, "base_model"),
        ({"pedigree": {"ancestors": []}}, "base_model"),
        ({"modelCard": {}}, "training_data"),
        ({"modelCard": {"modelParameters": 4}}, "training_data"),
        ({"externalReferences": [{"type": "chat", "url": "https://example.org"}]}, "source"),
        ({"data": [{"contents": {}, "sensitiveData": "TODO"}]}, "personal_data"),
    ],
)
def test_what_stands_there_empty_is_a_blank(keys: dict[str, Any], key: str) -> None:
    card = of_model(document(MODEL | keys))
    assert card is not None
    assert card.blank[key] is not None
    assert key not in card.keys


def test_what_is_no_list_of_licenses_is_a_problem() -> None:
    card = of_model(document(MODEL | {"licenses": 4}))
    assert card is not None
    assert [problem.words for problem in card.problems] == [
        "licenses is a number; it should be text or a list of texts"
    ]
