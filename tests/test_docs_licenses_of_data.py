# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the page on licenses of data and weights says is what Steward does: its tables, and what follows of them."""

import re

import pytest

from rules.change import Side, SideFile
from rules.data import table
from rules.materials.cards.card import Card, Declared
from rules.materials.material import Material, Part, Reference, Sort
from rules.materials.terms.classes import Class, classes_of
from rules.materials.terms.license_files import NAMES
from rules.materials.terms.license_names import reference
from rules.materials.terms.licensing import Kind, Licensing
from rules.settings import LicenseLists
from tests.pages import Page

PAGE = Page("docs/licenses-of-data.md")
CLASSES = {row[0]: row[1:] for row in PAGE.rows("Classes")}
TERMS = table("terms")
LIST = LicenseLists()
PROJECT = SideFile("LICENSE", Side.BASE, "MIT License")
EXAMPLES = {
    Class.PUBLIC_DOMAIN: "CC0-1.0",
    Class.ATTRIBUTION: "CC-BY-4.0",
    Class.PERMISSIVE: "CDLA-Permissive-2.0",
    Class.SHARE_ALIKE: "CC-BY-SA-4.0",
    Class.COMPUTATIONAL: "C-UDA-1.0",
    Class.NON_COMMERCIAL: "CC-BY-NC-4.0",
    Class.NO_DERIVATIVES: "CC-BY-ND-4.0",
    Class.RESEARCH_ONLY: "LicenseRef-HF-h-research",
    Class.BEHAVIOURAL: "LicenseRef-HF-llama3",
    Class.UNCLEAR: "LicenseRef-Acme",
}
FATES = {(): "passes", ((Kind.DENIED, False),): "fails", ((Kind.DENIED, True),): "warns"}


def test_the_page_has_the_classes_of_the_table() -> None:
    assert {name: _code(row[1]) for name, row in CLASSES.items() if name != Class.UNCLEAR} == {
        row["class"]: row["licenses"] for row in TERMS["classes"]
    }
    assert list(CLASSES) == list(Class)
    assert [CLASSES[row["class"]][0] for row in TERMS["classes"]] == [row["words"] for row in TERMS["classes"]]


@pytest.mark.parametrize("class_", CLASSES)
def test_what_follows_of_a_class_is_what_happens(class_: str) -> None:
    committed, loaded = CLASSES[class_][2:]
    assert Class(class_) in classes_of(EXAMPLES[Class(class_)])
    found = Licensing([PROJECT], LIST).of(_material(), _card(class_))
    outcome = tuple((one.kind, one.warning) for one in found)
    assert {**FATES, ((Kind.NO_FILE, False),): "needs its text beside"}[outcome] == committed
    named = Reference(Sort.DATASET, "org/name", "Hugging Face", "", "train.py", 1)
    outcome = tuple((one.kind, one.warning) for one in Licensing([PROJECT], LIST).of_reference(named, _card(class_)))
    assert FATES[outcome] == loaded


def _card(class_: str) -> Card:
    return Card("data/README.md", "dataset card", {"license": Declared((EXAMPLES[Class(class_)],), 2)})


def _material() -> Material:
    return Material(Sort.DATASET, "data", "data", (Part("data/a.parquet", "Parquet"),))


def test_the_ids_of_hugging_face_are_on_the_page() -> None:
    rows = PAGE.named("Ids of Hugging Face")
    section = PAGE.text.partition("## Ids of Hugging Face")[2]
    assert {id_ for id_ in TERMS["aliases"] if rows[id_][1] == f"`{TERMS['aliases'][id_]}`"} == set(TERMS["aliases"])
    assert {id_ for id_ in TERMS["families"] if set(_code(rows[id_][1])) == set(TERMS["families"][id_])} == set(
        TERMS["families"]
    )
    custom = re.findall(r"^\| `([^`]+)` \| `(LicenseRef-HF-[^`]+)` \| (.+) \|$", section, re.MULTILINE)
    assert custom == [(id_, reference(id_), name) for id_, name in TERMS["custom"].items()]


def test_the_names_of_license_files_are_on_the_page() -> None:
    assert set(NAMES) <= set(_code(PAGE.text))


def _code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)
