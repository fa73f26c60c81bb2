# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Cards in Markdown: where front matter begins and ends, and which files are cards at all."""

import pytest

from rules.materials.cards.front_matter import FrontMatter, read, split
from rules.materials.material import Sort
from tests.rules.materials.cards.cards_help import said, told

README = "data/README.md"


@pytest.mark.parametrize(
    ("text", "matter", "body", "first", "last"),
    [
        ("---\na: b\n---\nbody", "a: b", "body", 1, 3),
        ("---\na: b\n---", "a: b", "", 1, 3),
        ("---\n---\nbody", "", "body", 1, 2),
        ("\ufeff---\na: b\n---\nbody", "a: b", "body", 1, 3),
        ("---\r\na: b\r\nc: d\r\n---\r\nbody\r\n", "a: b\nc: d", "body\n", 1, 4),
        ("---\ra: b\r---\rbody", "a: b", "body", 1, 3),
        ("\n \n\t---\na: b\n---\nbody", "a: b", "body", 3, 5),
        ("--- \t\na: b\n---  \nbody", "a: b", "body", 1, 3),
        ("---\na: b\n ---\n----\n---x\n---\nbody\n---\n", "a: b\n ---\n----\n---x", "body\n---\n", 1, 6),
    ],
)
def test_front_matter_stands_between_two_fences(text: str, matter: str, body: str, first: int, last: int) -> None:
    assert split(text) == FrontMatter(matter, body, first, last)


@pytest.mark.parametrize(
    "text",
    ["", "\n", "# A heading\n---\na: b\n---\n", "----\na: b\n----", "---\na: b\n", "--- a\na: b\n---", "x---\n---\n"],
)
def test_a_text_without_both_fences_at_its_beginning_has_none(text: str) -> None:
    assert split(text) is None


def test_front_matter_speaks_first_and_sections_where_it_does_not() -> None:
    card = read(
        README,
        "\n---\nlicense: cc-by-4.0\nsource:\n---\n# Dataset Card for Signs\n\n## Source Data\nA field trip.\n"
        "## License\nMIT\n",
        Sort.DATASET,
    )
    assert said(card) == {"license": "cc-by-4.0", "source": "A field trip.", "name": "Signs"}
    assert card is not None
    assert [card.keys[key].line for key in ("license", "source", "name")] == [3, 8, 6]
    assert (card.path, card.form, card.line) == (README, "dataset card", 2)
    assert card.blank == {}


@pytest.mark.parametrize(
    ("written", "key", "value"),
    [
        ("pretty_name: Signs", "name", "Signs"),
        ("Dataset Name: Signs", "name", "Signs"),
        ("model-name: Signs", "name", "Signs"),
        ("name: a\npretty_name: Signs", "name", "Signs"),
        ("name: Signs\npretty_name: TODO", "name", "Signs"),
        ("LICENCE: MIT", "license", "MIT"),
        ("license: [mit, cc-by-4.0]", "license", "mit, cc-by-4.0"),
        ("license: other\nlicense_name: acme", "license_name", "acme"),
        ("license_link: LICENSE", "license_link", "LICENSE"),
        ("source_datasets:\n- original", "source", "original"),
        ("source: https://example.org", "source", "https://example.org"),
        ("sources: [{url: https://example.org}]", "source", "https://example.org"),
        ("url: https://example.org", "source", "https://example.org"),
        ("personal_sensitive: none", "personal_data", "none"),
        ("personal_data: no", "personal_data", "no"),
        ("personal_data: false", "personal_data", "no"),
        ("personal_and_sensitive_information: faces", "personal_data", "faces"),
        ("base_model: none", "base_model", "none"),
        ("base_model:\n- org/a\n- org/b", "base_model", "org/a, org/b"),
        ("datasets: [org/a, null]", "training_data", "org/a"),
        ("training_data: all of it", "training_data", "all of it"),
    ],
)
def test_keys_have_more_than_one_name(written: str, key: str, value: str) -> None:
    sort = Sort.MODEL if key in ("base_model", "training_data") else Sort.DATASET
    assert said(read(README, f"---\n{written}\n---\n", sort, dedicated=True))[key] == value


def test_wrong_types_and_yaml_traps_are_problems_with_lines_and_the_rest_counts() -> None:
    text = "---\nlicense: true\npretty_name: 1984\nsource: [[a]]\npersonal_data: *x\nurl: https://example.org\n---\n"
    card = read(README, text, Sort.DATASET)
    assert said(card) == {"name": "1984", "source": "https://example.org"}
    assert told(card) == [
        (2, "license is true or false; it should be text or a list of texts"),
        (4, "source is a list that holds a list; it should be text or a list of texts"),
        (5, "aliases (*name) are not accepted: write the value out"),
    ]


@pytest.mark.parametrize(
    ("keys", "of_data", "of_models"),
    [
        ("license: mit", True, True),
        ("", True, True),
        ("{{ card_data }}", True, True),
        ("size_categories: [n<1K]", True, False),
        ("pretty_name: x\nlicense: mit", True, False),
        ("base_model: none", False, True),
        ("pipeline-tag: text-generation", False, True),
        ("base_model: none\nsize_categories: [n<1K]", True, True),
        ("sdk: gradio\nlicense: mit", False, False),
        ("colorFrom: red\ncolorTo: blue", False, False),
        ("layout: page\ntitle: Home", False, False),
        ("layout: page\npretty_name: Signs", True, False),
    ],
)
def test_a_readme_with_front_matter_serves_what_its_keys_are_of(keys: str, *, of_data: bool, of_models: bool) -> None:
    text = f"---\n{keys}\n---\n"
    assert (read(README, text, Sort.DATASET) is not None) is of_data
    assert (read(README, text, Sort.MODEL) is not None) is of_models
    assert read("DATASET_CARD.md", text, Sort.DATASET, dedicated=True) is not None


def test_without_front_matter_only_a_dedicated_file_is_a_card() -> None:
    text = "# Signs\n\n## License\nMIT\n"
    assert read(README, text, Sort.DATASET) is None
    assert said(read("DATASET_CARD.md", text, Sort.DATASET, dedicated=True)) == {"license": "MIT", "name": "Signs"}
    assert said(read("MODEL_CARD.md", "", Sort.MODEL, dedicated=True)) == {}


@pytest.mark.parametrize("dedicated", [True, False])
def test_front_matter_that_never_ends_is_a_problem(*, dedicated: bool) -> None:
    card = read(README, "\n---\nlicense: mit\n# Signs\n", Sort.DATASET, dedicated=dedicated)
    assert told(card) == [(2, "the front matter that begins here is never closed by a line with `---`")]
    assert said(card) == {}


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nAnd now: something else\n",
        "---",
        "---\nhttps://example.org\n",
        "---\nNote: mind this\n",
        "---\nlicense\n",
    ],
)
def test_a_line_across_the_page_is_no_front_matter(text: str) -> None:
    assert read(README, text, Sort.DATASET) is None
