# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which card speaks for a material."""

import pytest

from rules.change import Side, SideFile
from rules.materials.cards.nearest import FOLDERS, Cards, places
from rules.materials.material import Sort
from tests.rules.materials.cards.cards_help import at_head, dataset, loaded, model, said, told

CARD = "---\nlicense: {}\n---\n"


def licenses(*paths: str) -> Cards:
    """Markdown cards at some paths, whose license is that path."""
    return Cards(SideFile(path, Side.HEAD, CARD.format(path)) for path in paths)


def test_cards_of_data_stand_in_its_folder_and_above_it() -> None:
    assert list(places("data/signs", Sort.DATASET)) == [
        "data/signs/DATASET_CARD.md",
        "data/signs/DATA_CARD.md",
        "data/signs/datacard.md",
        "data/signs/README.md",
        "data/signs/croissant.json",
        "data/signs/metadata.json",
        "data/signs/datapackage.json",
        "data/signs/dataset-metadata.json",
        "data/signs/bom.json",
        "data/signs/bom.cdx.json",
        "data/signs/bom.spdx.json",
        "data/DATASET_CARD.md",
        "data/DATA_CARD.md",
        "data/datacard.md",
        "data/README.md",
        "data/croissant.json",
        "data/metadata.json",
        "data/datapackage.json",
        "data/dataset-metadata.json",
        "data/bom.json",
        "data/bom.cdx.json",
        "data/bom.spdx.json",
        "DATASET_CARD.md",
        "DATA_CARD.md",
        "datacard.md",
        "README.md",
        "data-provenance.yml",
    ]


def test_cards_of_models_as_well() -> None:
    assert list(places("", Sort.MODEL)) == [
        "MODEL_CARD.md",
        "modelcard.md",
        "README.md",
        "bom.json",
        "bom.cdx.json",
        "bom.spdx.json",
        "data-provenance.yml",
    ]


def test_few_places_are_asked_for_however_deep_a_folder_is() -> None:
    deep = "/".join(["a"] * 2_000)
    asked = list(places(deep, Sort.DATASET))
    assert len([path for path in asked if path.endswith("README.md")]) == FOLDERS + 1
    assert asked[-2:] == ["README.md", "data-provenance.yml"]


@pytest.mark.parametrize(
    ("there", "counts"),
    [
        (["README.md"], "README.md"),
        (["README.md", "data/README.md"], "data/README.md"),
        (["README.md", "data/README.md", "data/signs/README.md"], "data/signs/README.md"),
        (["data/signs/README.md", "data/signs/datacard.md"], "data/signs/datacard.md"),
        (["data/signs/datacard.md", "data/signs/DATA_CARD.md"], "data/signs/DATA_CARD.md"),
        (["data/signs/DATA_CARD.md", "data/signs/DATASET_CARD.md"], "data/signs/DATASET_CARD.md"),
        (["DATASET_CARD.md", "data/README.md"], "data/README.md"),
        (["data/signs/MODEL_CARD.md", "README.md"], "README.md"),
        (["data/signs/deeper/README.md", "data/other/README.md", "dataset/README.md"], None),
    ],
)
def test_the_nearest_card_of_the_right_sort_counts(there: list[str], counts: str | None) -> None:
    card = licenses(*there).of(dataset())
    assert (said(card)["license"] if card else None) == counts


def test_a_readme_of_something_else_is_passed_by() -> None:
    files = {"data/signs/README.md": "---\nbase_model: org/a\nlicense: mit\n---\n", "README.md": CARD.format("isc")}
    assert said(Cards(at_head(**files)).of(dataset()))["license"] == "isc"
    assert said(Cards(at_head(**files)).of(model(folder="data/signs")))["license"] == "mit"


def test_a_readme_without_front_matter_is_passed_by() -> None:
    files = {"data/signs/README.md": "# Signs\n\n## License\nMIT\n", "data/README.md": CARD.format("isc")}
    assert said(Cards(at_head(**files)).of(dataset()))["license"] == "isc"


def test_only_what_the_contribution_leaves_counts() -> None:
    assert Cards([SideFile("README.md", Side.BASE, CARD.format("mit"))]).of(dataset()) is None
    assert Cards([]).of(dataset()) is None


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("croissant.json", '{"license": "MIT"}', "Croissant description"),
        (
            "metadata.json",
            '{"license": "MIT", "conformsTo": "http://mlcommons.org/croissant/1.1"}',
            "Croissant description",
        ),
        ("datapackage.json", '{"licenses": [{"name": "MIT"}]}', "data package"),
        ("dataset-metadata.json", '{"licenses": [{"name": "MIT"}]}', "Kaggle description"),
        (
            "bom.cdx.json",
            '{"bomFormat": "CycloneDX", "components": [{"type": "data", "licenses": [{"expression": "MIT"}]}]}',
            "CycloneDX document",
        ),
        (
            "bom.json",
            '{"spdxVersion": "SPDX-2.3", "packages": [{"name": "signs", "licenseDeclared": "MIT"}]}',
            "SPDX document",
        ),
    ],
)
def test_json_counts_in_the_folder_itself_and_the_one_above(name: str, text: str, form: str) -> None:
    for folder in ("data/signs", "data"):
        card = Cards([SideFile(f"{folder}/{name}", Side.HEAD, text)]).of(dataset())
        assert card is not None
        assert (said(card)["license"], card.form, card.path) == ("MIT", form, f"{folder}/{name}")
    assert Cards([SideFile(name, Side.HEAD, text)]).of(dataset()) is None


@pytest.mark.parametrize("name", ["metadata.json", "bom.json", "bom.cdx.json"])
@pytest.mark.parametrize("text", ["{}", '{"license": "MIT"}', "not JSON", "[" * 100_000])
def test_json_on_something_else_is_passed_by(name: str, text: str) -> None:
    files = {f"data/signs/{name}": text, "README.md": CARD.format("isc")}
    assert said(Cards(at_head(**files)).of(dataset()))["license"] == "isc"


@pytest.mark.parametrize("name", ["croissant.json", "datapackage.json", "dataset-metadata.json"])
def test_a_card_that_is_no_json_is_one_with_a_problem(name: str) -> None:
    card = Cards([SideFile(f"data/{name}", Side.HEAD, "{\n'a': 1}")]).of(dataset())
    assert told(card) == [
        (2, "nothing can be read: the file is not valid JSON: Expecting property name enclosed in double quotes")
    ]
    assert said(card) == {}


def test_the_registry_fills_in_what_a_card_lacks() -> None:
    files = {
        "data/signs/README.md": "---\nlicense: mit\nsource: TODO\n---\n",
        "data-provenance.yml": "version: 1\ndatasets:\n- paths: [data/]\n  license: isc\n  source: https://example.org\n",
    }
    card = Cards(at_head(**files)).of(dataset())
    assert card is not None
    assert said(card) == {"license": "mit", "source": "https://example.org"}
    assert card.path == "data/signs/README.md"
    assert (card.keys["license"].path, card.keys["license"].line) == (None, 2)
    assert (card.keys["source"].path, card.keys["source"].line) == ("data-provenance.yml", 5)
    assert card.blank == {}


def test_the_registry_speaks_alone_where_there_is_no_card() -> None:
    cards = Cards(
        at_head(**{"data-provenance.yml": "version: 1\nmodels:\n- paths: ['**']\n  ids: a/b\n  license: mit\n"})
    )
    assert said(cards.of(model())) == {"license": "mit"}
    assert said(cards.of_reference(loaded("a/b", Sort.MODEL))) == {"license": "mit"}
    assert cards.of_reference(loaded("a/c", Sort.MODEL)) is None
    assert cards.of(dataset()) is None
    assert cards.problems == ()


def test_a_broken_registry_is_told() -> None:
    (problem,) = Cards(at_head(**{"data-provenance.yml": "version: 3\n"})).problems
    assert problem.line == 1
    assert Cards([]).problems == ()


def test_each_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"data/README.md": CARD.format("mit"), "data/signs/bom.json": "{}", "data/signs/metadata.json": "{"}
    cards = Cards(at_head(**files))
    first = cards.of(dataset())
    monkeypatch.setattr("rules.materials.cards.front_matter.read", None)
    monkeypatch.setattr("rules.materials.cards.nearest.read", None)
    assert cards.of(dataset()) is first
