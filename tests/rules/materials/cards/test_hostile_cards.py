# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whatever a stranger writes into a card, it is read, within bounds and without a crash."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.materials.cards.card import KEYS, Card
from rules.materials.cards.nearest import Cards, places
from rules.materials.material import Sort
from tests.rules.materials.cards.cards_help import at_head, dataset, loaded, model

MARKS = st.text(st.sampled_from("-# :\n\r\t[]{}*&!|>'\"`~=<a0\u2028\ud800\x00\\,%@"), max_size=60)
TEXTS = st.one_of(
    st.text(max_size=60),
    MARKS,
    st.sampled_from(
        ["license: ", "---\n", "## License\n", "**Source:** ", "name: TODO\n", "version: 1\n", "datasets:\n- "]
    ),
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    MARKS,
    st.sampled_from(["ai_AIPackage", "data", "urn:a", "signs"]),
)
ABOUT = ["license", "licenses", "name", "type", "data", "value", "properties", "bomFormat", "components", "metadata"]
TERMS = ["@graph", "@context", "spdxId", "from", "to", "relationshipType", "packages", "spdxVersion", "pedigree"]
WORDS = st.sampled_from([*ABOUT, *TERMS, "component", "modelCard"])
TREES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(WORDS | MARKS, inner), max_leaves=20)
PATHS = sorted({*places("data/signs", Sort.DATASET), *places("data/signs", Sort.MODEL)})


def within_bounds(card: Card | None) -> None:
    """Hold what others rely on."""
    for key, declared in card.keys.items() if card else ():
        assert key in KEYS
        assert 0 < len(declared.values) <= 20
        assert all(0 < len(value) <= 200 and value.isprintable() for value in declared.values)
    for problem in card.problems if card else ():
        problem.words.encode()


def look(path: str, text: str) -> None:
    cards = Cards(at_head(**{path: text}))
    for material in (dataset(), model(folder="data/signs", name="signs")):
        within_bounds(cards.of(material))
    within_bounds(cards.of_reference(loaded("a/b")))
    for problem in cards.problems:
        problem.words.encode()


@given(st.lists(TEXTS, max_size=12).map("".join), st.sampled_from(PATHS))
def test_any_text_is_read(text: str, path: str) -> None:
    look(path, text)


@given(st.lists(TEXTS, max_size=8).map("".join), st.sampled_from([path for path in PATHS if path.endswith(".md")]))
def test_any_front_matter_is_read(text: str, path: str) -> None:
    look(path, f"---\n{text}\n---\n{text}")


@given(TREES, st.sampled_from([path for path in PATHS if path.endswith(".json")]))
def test_any_json_is_read(tree: object, path: str) -> None:
    look(path, json.dumps(tree))
    about = {"bomFormat": "CycloneDX", "components": [{"type": "data", "data": tree}], "metadata": tree}
    look(path, json.dumps(about | (tree if isinstance(tree, dict) else {})))
    look(path, json.dumps({"@context": "https://spdx.org/", "@graph": [tree, {"spdxId": tree}], "license": tree}))


@given(TREES)
def test_any_registry_is_read(tree: object) -> None:
    look("data-provenance.yml", json.dumps({"version": 1, "datasets": [tree, {"paths": tree}], "models": tree}))


@pytest.mark.parametrize("path", ["README.md", "DATASET_CARD.md", "croissant.json", "bom.json", "data-provenance.yml"])
@pytest.mark.parametrize(
    "text",
    [
        "[" * 250_000,
        '{"a":' * 50_000,
        "---\n" + "[" * 60_000 + "\n---\n",
        "---\na: " + "k" * 200_000 + "\n---\n",
        "---\n" * 60_000,
        "---\n" + "license: mit\n" * 20_000,
        "# Source Data\n" * 18_000,
        "# " + "[" * 250_000,
        "## Source Data\n" + "a" + "." * 998 + "a\n",
        "**" * 120_000,
        "\n" * 250_000,
        "<!--" * 60_000,
        "{{" * 100_000,
        '"' + '\\"' * 100_000,
        '{"license": [' + '"a",' * 50_000 + '"b"]}',
    ],
    ids=lambda text: text[:12],
)
def test_large_and_hostile_texts_are_read(path: str, text: str) -> None:
    look(path if path == "data-provenance.yml" else f"data/signs/{path}", text)
