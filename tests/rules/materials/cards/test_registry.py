# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The repository's registry: whom its entries speak for, and what is said of one that is wrong."""

import pytest

from rules.materials.cards.registry import MOST_ENTRIES, MOST_PATTERNS, MOST_PROBLEMS, Registry, read
from rules.materials.material import Material, Part, Sort
from tests.rules.materials.cards.cards_help import dataset, loaded, model, said

TEXT = """\
version: 1
datasets:
  - name: Signs
    paths: [data/signs/]
    license: CC-BY-4.0
    source: https://example.org/signs
    personal_data: none
  - name: All else
    paths:
      - data/**
      - "!data/secret/"
  - name: Books
    ids: [acme/Books, "https://example.org/books/"]
    license: MIT
models:
  - name: Tiny
    paths: models/tiny/*.safetensors
    ids: acme/tiny
    base_model: none
    training_data: [acme/books]
"""


def problems(text: str) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.words) for problem in read(text).problems]


def name(registry: Registry, material: Material) -> str | None:
    card = registry.of(material)
    return card.keys["name"].text if card else None


def test_an_entry_is_a_card() -> None:
    registry = read(TEXT)
    assert registry.problems == ()
    card = registry.of(dataset())
    assert card is not None
    assert said(card) == {
        "name": "Signs",
        "license": "CC-BY-4.0",
        "source": "https://example.org/signs",
        "personal_data": "none",
    }
    assert (card.path, card.form, card.line, card.keys["license"].line) == (
        "data-provenance.yml",
        "registry entry",
        3,
        5,
    )
    assert said(registry.of(model())) == {"name": "Tiny", "base_model": "none", "training_data": "acme/books"}


@pytest.mark.parametrize(
    ("material", "expected"),
    [
        (dataset("data/signs/a.csv", "data/signs/deep/b.csv"), "Signs"),
        (dataset("data/signs/a.csv", "data/b.csv"), "All else"),
        (dataset("data/signs/a.csv", "data/secret/b.csv"), None),
        (dataset("other/a.csv"), None),
        (model("data/signs/a.csv"), None),
        (model("models/tiny/a.safetensors", "models/tiny/b.bin"), None),
    ],
)
def test_an_entry_speaks_for_what_its_paths_cover_as_a_whole(material: Material, expected: str | None) -> None:
    assert name(read(TEXT), material) == expected


def test_what_only_tells_of_a_material_need_not_be_covered() -> None:
    parts = (Part("data/signs/a.csv", "CSV"), Part("README.md", "card", describes=True))
    assert name(read(TEXT), Material(Sort.DATASET, "signs", "", parts)) == "Signs"
    assert name(read(TEXT), Material(Sort.DATASET, "signs", "", parts[1:])) is None


@pytest.mark.parametrize(
    ("reference", "speaks"),
    [
        (loaded("acme/Books"), True),
        (loaded("ACME/books"), True),
        (loaded("x", source="https://example.org/books"), True),
        (loaded("x", source="https://example.org/books/"), True),
        (loaded("acme/book"), False),
        (loaded("acme/tiny"), False),
        (loaded("acme/tiny", Sort.MODEL), True),
    ],
)
def test_an_entry_speaks_for_what_is_loaded_by_its_id_or_address(reference: object, *, speaks: bool) -> None:
    assert (read(TEXT).of_reference(reference) is not None) is speaks  # type: ignore[arg-type]


def test_an_id_of_nothing_names_nothing_whose_address_is_not_known() -> None:
    assert read("version: 1\ndatasets:\n- ids: ['/']\n").of_reference(loaded("acme/books")) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("version: 1\n", []),
        ("\ufeffversion: 1\r\ndatasets:\r\nmodels: []\r\n", []),
        ("", [(1, "the registry does not say `version: 1`, the only version that is known")]),
        ("version: 2\n", [(1, "the registry does not say `version: 1`, the only version that is known")]),
        ("version: true\n", [(1, "the registry does not say `version: 1`, the only version that is known")]),
        ("version: 1\ndataset: []", [(2, "the key 'dataset' is not known; did you mean datasets?")]),
        ("version: 1\ndatasets: 3", [(2, "datasets should be a list of entries")]),
        ("version: 1\nmodels:\n- a", [(3, "an entry of models should be keys and values")]),
        (
            "version: 1\ndatasets:\n- name: a\n",
            [(3, "an entry speaks for nothing: give it `paths`, or `ids` of what is loaded")],
        ),
        ("version: 1\ndatasets:\n- ids: a\n  path: b\n", [(4, "the key 'path' is not known; did you mean paths?")]),
        ("version: 1\ndatasets:\n- IDs: a\n", [(3, "the key 'IDs' is not known; did you mean ids?")]),
        ("version: 1\ndatasets:\n- ids: a\n  License: b\n  Pretty-Name: c\n", []),
        ("version: 1\ndatasets:\n- ids: a\n  zzz: b\n", [(4, "the key 'zzz' is not known")]),
        (
            "version: 1\ndatasets:\n- ids: a\n  license: 4\n",
            [(4, "license is a number; it should be text or a list of texts")],
        ),
        (
            "version: 1\ndatasets:\n- paths: 4\n",
            [(3, "paths of an entry should be a list of texts of at most 300 characters")],
        ),
        (
            "version: 1\ndatasets:\n- ids: [a, [b]]\n",
            [(3, "ids of an entry should be a list of texts of at most 300 characters")],
        ),
        (
            "version: 1\ndatasets:\n- ids: ['']\n",
            [(3, "ids of an entry should be a list of texts of at most 300 characters")],
        ),
        (
            "version: 1\ndatasets:\n- paths: ['#']\n",
            [(3, "one of the paths of an entry should be a path or a gitignore pattern, such as src/ or *.py")],
        ),
        ("version: 1\ndatasets:\n- ids: *a\n", [(3, "aliases (*name) are not accepted: write the value out")]),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, expected: list[tuple[int, str]]) -> None:
    assert problems(text)[: len(expected)] == expected
    assert len(problems(text)) <= len(expected) + 1


def test_an_entry_with_a_wrong_path_speaks_for_nothing() -> None:
    text = "version: 1\ndatasets:\n- paths: [data/, '!#', '']\n- paths: [data/**]\n  name: next\n"
    assert name(read(text), dataset()) == "next"


def test_the_rest_of_a_broken_registry_counts() -> None:
    registry = read("version: 1\ndatasets:\n- ids: a: b\nmodels:\n- ids: acme/tiny\n")
    assert registry.of_reference(loaded("acme/tiny", Sort.MODEL)) is not None
    assert [problem.line for problem in registry.problems] == [3]


def test_a_registry_has_its_bounds() -> None:
    entries = "version: 1\ndatasets:\n" + "".join(f"- ids: a{number}\n" for number in range(MOST_ENTRIES + 1))
    assert problems(entries) == [
        (MOST_ENTRIES + 3, f"there are more than {MOST_ENTRIES} entries; the others are not read")
    ]
    assert len(read(entries).entries) == MOST_ENTRIES
    paths = "version: 1\ndatasets:\n- paths: [" + "a," * (MOST_PATTERNS - 1) + "a]\n- paths: a\n"
    assert problems(paths) == [(4, f"the entries up to here have more than {MOST_PATTERNS} paths together")]
    assert len(read(paths).entries) == 1
    wrong = "version: 1\ndatasets:\n" + "- license: 1\n" * 100
    assert len(problems(wrong)) == MOST_PROBLEMS
    unknown = "version: 1\n" + "".join(f"datasat{number}: 1\n" for number in range(9_000))
    assert len(problems(unknown)) == MOST_PROBLEMS
