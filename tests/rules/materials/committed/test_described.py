# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files that tell of data or of a model and are none of it."""

import pytest

from rules.materials.committed.described import begins_as_card, describing, is_card, may_describe
from rules.materials.material import Sort
from tests.rules.materials.committing import file

DATASET, MODEL = Sort.DATASET, Sort.MODEL
CROISSANT = '{"@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.1"}'


@pytest.mark.parametrize(
    ("path", "text", "sort", "kind"),
    [
        ("README.md", "---\ndataset_info: {}\n---\n", DATASET, "dataset card"),
        ("a/readme.md", "\ufeff---\r\ntask_categories: []\r\n---\r\n", DATASET, "dataset card"),
        ("README.md", "\n\n--- \nconfigs:\n- a: 1\n---", DATASET, "dataset card"),
        ("README.md", "---\rsize_categories: x\r---\r", DATASET, "dataset card"),
        ("README.md", "---\nsize_categories: x\nand no end", DATASET, "dataset card"),
        ("README.md", "---\nbase_model: a/b\n---\n", MODEL, "model card"),
        ("README.md", "---\nlicense: mit\n---\n", DATASET, ""),
        ("README.md", "---\nlicense: mit\n---\nconfigs: no key of a card\n", DATASET, ""),
        ("README.md", "---\n  configs: not at the top\n---\n", DATASET, ""),
        ("README.md", "# Title\n\n---\nconfigs: 1\n---\n", DATASET, ""),
        ("README.md", "---\nbase_model: a/b\n---\n", DATASET, ""),
        ("DATASET_CARD.md", "", DATASET, "dataset card"),
        ("modelcard.md", "", MODEL, "model card"),
        ("MODEL_CARD.md", "", DATASET, ""),
        ("croissant.json", CROISSANT, DATASET, "Croissant"),
        ("a/metadata.json", CROISSANT, DATASET, "Croissant"),
        ("a/metadata.json", "{}", DATASET, ""),
        ("datapackage.json", '{"resources": []}', DATASET, "data package"),
        ("dataset-metadata.json", "{}", DATASET, "Kaggle metadata"),
        ("config.json", '{"model_type": "bert"}', MODEL, "model configuration"),
        ("config.json", '{"port": 80}', MODEL, ""),
        ("adapter_config.json", "{}", MODEL, "adapter configuration"),
        ("model.safetensors.index.json", "{}", MODEL, "index of weights"),
        ("notes.md", "---\ndataset_info: {}\n---\n", DATASET, ""),
    ],
)
def test_names_and_words_show_what_describes(path: str, text: str, sort: Sort, kind: str) -> None:
    assert describing(file(path, text=text), sort) == kind
    assert may_describe(path, sort) or not kind


def test_what_was_not_read_describes_nothing_unless_its_name_does() -> None:
    assert describing(file("README.md", 100), DATASET) == ""
    assert describing(file("config.json", 100), MODEL) == ""
    assert describing(file("DATASET_CARD.md", 100), DATASET) == "dataset card"


@pytest.mark.parametrize(
    ("path", "sort", "may"),
    [("a/README.md", MODEL, True), ("config.json", DATASET, False), ("src/a.md", DATASET, False)],
)
def test_few_paths_may_describe(path: str, sort: Sort, *, may: bool) -> None:
    assert may_describe(path, sort) is may


def test_a_card_is_markdown_and_begins_with_front_matter() -> None:
    assert is_card("a/README.md")
    assert not is_card("a/croissant.json")
    assert begins_as_card("---\na: 1\n---\n")
    assert not begins_as_card("# ---\n")


@pytest.mark.parametrize("text", ["---\n" + "a" * 8000, "---\n" + "\n" * 8000, " " * 8000, "---\n" + "a:" * 4000])
def test_hostile_front_matter_is_none(text: str) -> None:
    assert describing(file("README.md", text=text), DATASET) == ""
