# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""SPDX documents that describe models and data."""

import json
from typing import Any

import pytest

from rules.materials.cards.card import Card
from rules.materials.cards.json_text import read as parse
from rules.materials.cards.spdx_document import read
from rules.materials.material import Material
from tests.rules.materials.cards.cards_help import dataset, model, said

PACKAGE: dict[str, Any] = {
    "name": "signs",
    "licenseDeclared": "CC-BY-4.0",
    "licenseConcluded": "MIT",
    "downloadLocation": "https://example.org/signs",
}
AI: dict[str, Any] = {"type": "ai_AIPackage", "spdxId": "urn:m", "name": "tiny"}
DATASET: dict[str, Any] = {
    "type": "dataset_DatasetPackage",
    "spdxId": "urn:d",
    "name": "Signs",
    "software_downloadLocation": "https://example.org/signs",
    "dataset_hasSensitivePersonalInformation": "no",
}
EXPRESSION = {
    "type": "simplelicensing_LicenseExpression",
    "spdxId": "urn:l",
    "simplelicensing_licenseExpression": "CC-BY-4.0",
}


def version_2(*packages: Any) -> str:
    return json.dumps({"spdxVersion": "SPDX-2.3", "name": "doc", "packages": list(packages)}, indent=1)


def version_3(*elements: Any) -> str:
    context = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
    return json.dumps({"@context": context, "@graph": list(elements)}, indent=1)


def related(kind: str, to: Any, source: str = "urn:d") -> dict[str, Any]:
    return {"type": "Relationship", "from": source, "relationshipType": kind, "to": to}


def card(text: str, material: Material) -> Card | None:
    return read("bom.spdx.json", parse(text), material)


def test_a_package_of_that_name_is_a_card() -> None:
    read_ = card(version_2({"name": "other"}, PACKAGE), dataset())
    assert read_ is not None
    assert said(read_) == {"name": "signs", "license": "CC-BY-4.0", "source": "https://example.org/signs"}
    assert (read_.form, read_.line, read_.keys["license"].line) == ("SPDX document", 8, 10)


def test_what_nobody_asserts_is_a_blank() -> None:
    package = {"name": "signs", "licenseDeclared": "NOASSERTION", "licenseConcluded": "NONE"}
    read_ = card(version_2(package | {"downloadLocation": "NOASSERTION", "homepage": "https://example.org"}), dataset())
    assert read_ is not None
    assert said(read_) == {"name": "signs", "source": "https://example.org"}
    assert read_.blank == {"license": 7}


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"spdxVersion": "SPDX-2.3"}',
        version_2(PACKAGE | {"name": "the project"}),
        version_2(PACKAGE | {"name": ["signs"]}),
        version_2("signs"),
        '{"@context": "https://example.org", "@graph": []}',
        version_3(AI),
        version_3(DATASET | {"type": None}),
        version_3(DATASET | {"name": "b"}, DATASET | {"name": "c"}),
        '{"@context": "https://spdx.org/x", "@graph": 3}',
    ],
)
def test_a_document_on_other_things_is_no_card(text: str) -> None:
    assert card(text, dataset()) is None


def test_a_dataset_package_is_a_card() -> None:
    text = version_3(
        DATASET,
        AI,
        EXPRESSION,
        related("hasDeclaredLicense", ["urn:l"]),
        related("hasConcludedLicense", ["https://spdx.org/licenses/MIT"]),
        related("hasDeclaredLicense", ["https://spdx.org/licenses/ISC"], "urn:m"),
    )
    assert said(card(text, dataset())) == {
        "license": "CC-BY-4.0",
        "name": "Signs",
        "source": "https://example.org/signs",
        "personal_data": "no",
    }


def test_a_listed_license_is_its_address_and_the_originator_a_source() -> None:
    by = {"type": "Organization", "spdxId": "urn:o", "name": "The City"}
    element = {key: value for key, value in DATASET.items() if "Location" not in key} | {"originatedBy": ["urn:o"]}
    text = version_3(element, by, related("hasDeclaredLicense", "https://spdx.org/licenses/MIT"))
    assert said(card(text, dataset()))["license"] == "https://spdx.org/licenses/MIT"
    assert said(card(text, dataset()))["source"] == "The City"


def test_a_model_has_its_origin_and_its_training_data_by_relationships() -> None:
    base = {"type": "ai_AIPackage", "spdxId": "urn:b", "name": "org/base"}
    text = version_3(
        base, AI, DATASET, related("trainedOn", ["urn:d", 4], "urn:m"), related("descendantOf", ["urn:b"], "urn:m")
    )
    read_ = card(text, model())
    assert read_ is not None
    assert said(read_) == {"name": "tiny", "base_model": "org/base"}
    assert [problem.words for problem in read_.problems] == [
        "trainedOn is a number; it should be text or a list of texts"
    ]
    told = card(version_3(AI | {"ai_informationAboutTraining": "Books"}), model(name="else"))
    assert said(told) == {"name": "tiny", "training_data": "Books"}
