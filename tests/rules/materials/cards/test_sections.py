# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a card says in its Markdown."""

import pytest

from rules.materials.cards.card import KEYS
from rules.materials.cards.found import Found, card_of
from rules.materials.cards.sections import MOST_CHARACTERS, spoken


def said(body: str) -> dict[str, str]:
    """What counts of what a text says."""
    return {key: declared.text for key, declared in card_of("x", "card", spoken(body, 1)).keys.items()}


@pytest.mark.parametrize(
    "heading",
    [
        "## Personal and Sensitive Information",
        "###### personal AND sensitive information ##",
        "   ## **Personal and Sensitive Information**",
        "## 3.1 Personal and Sensitive Information:",
        "## Personal & Sensitive Information",
        "## \U0001f512 Personal and Sensitive Information [optional]",
        "## [Personal and Sensitive Information](#pii)",
        '## <a name="pii"></a>Personal and Sensitive Information',
        "##\tPersonal Data",
        "Personal and Sensitive Information\n---",
    ],
)
def test_a_section_is_known_by_its_heading(heading: str) -> None:
    assert said(f"Hello.\n\n{heading}\n\nFaces of\npassers-by.\n\n## Next\n\nx\n") == {
        "personal_data": "Faces of passers-by."
    }


@pytest.mark.parametrize(
    "heading",
    ["Personal Data", "##Personal Data", "####### Personal Data", "    ## Personal Data", "- Personal Data\n---"],
)
def test_other_lines_are_no_heading(heading: str) -> None:
    assert said(f"{heading}\n\nFaces.\n") == {}


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("License", "license"),
        ("Licensing Information", "license"),
        ("Dataset Sources", "source"),
        ("Source Data", "source"),
        ("Data Collection and Processing", "source"),
        ("Provenance", "source"),
        ("Personal and Sensitive Information", "personal_data"),
        ("Base model", "base_model"),
        ("Training Data", "training_data"),
    ],
)
def test_headings_of_the_known_templates_speak(heading: str, key: str) -> None:
    assert key in KEYS
    assert said(f"## {heading}\nwords") == {key: "words"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[More Information Needed]",
        "[More Information Needed](https://example.org/how-to)",
        "{{ training_data | default('[More Information Needed]', true)}}",
        "<!-- Say what it was trained on,\nin a few words. -->\n\n[More Information Needed]",
        "<!-- never closed\nwords",
        "- **Repository:** [More Information Needed]\n- **Paper [optional]:** N/A",
        "TODO: say it\n\n* Repository: unknown",
        "```\n```",
        "> ...\n\n1. ?",
        "None.",
        "### Preprocessing\n\n### Sizes",
    ],
)
def test_a_section_of_placeholders_is_a_blank(text: str) -> None:
    card = card_of("x", "card", spoken(f"\n## Training Data\n{text}\n\n## Next\nwords\n", 10))
    assert (card.keys, card.blank) == ({}, {"training_data": 11})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!-- why --> Web pages <!-- and\nmore --> of 2020", "Web pages of 2020"),
        ("- Web pages\n- [x] Books", "Web pages Books"),
        ("```\n# Not a heading\n```\nBooks", "# Not a heading Books"),
        ("~~~~\n```\n## Web\n~~~~\nBooks", "## Web Books"),
        ("### Where from\nThe web\n### How\nby `wget`", "The web by wget"),
        ("- **Repository:** https://example.org", "https://example.org"),
        ("See [the page](https://example.org/a).", "See the page (https://example.org/a)."),
        ("TODO\nBooks", "Books"),
        (f"{'Crawled and crawled again ' * 3}: unknown", f"{'Crawled and crawled again ' * 3}: unknown"),
    ],
)
def test_a_section_says_what_it_holds_beside_marks_and_placeholders(text: str, words: str) -> None:
    assert said(f"## Training Data\n{text}\n# Next\nwords\n")["training_data"] == words


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("**License:** MIT", "license", "MIT"),
        ("- **License**: MIT.", "license", "MIT"),
        ("* __License__ : [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/)", "license", "CC BY 4.0"),
        ("- **Finetuned from model [optional]:** org/base", "base_model", "org/base"),
        ("> - **Source:** https://example.org", "source", "https://example.org"),
        ("1. **Personal data:** none", "personal_data", "none"),
    ],
)
def test_a_label_in_bold_speaks_as_well(line: str, key: str, value: str) -> None:
    assert said(line) == {key: value}


@pytest.mark.parametrize(
    "line", ["License: MIT", "**License** MIT", "The **License:** MIT", "**Other:** MIT", "**License:"]
)
def test_other_words_are_no_label(line: str) -> None:
    assert said(line) == {}


def test_what_a_label_says_is_not_said_by_the_section_around_it() -> None:
    assert said("## Source Data\n- **License:** MIT\n") == {"license": "MIT"}


def test_the_first_section_that_says_something_counts() -> None:
    text = "## Source Data\nTODO\n### Data Collection\nA field trip.\n## Sources\nThe web.\n"
    found = [(one.key, one.line, one.value) for one in spoken(text, 5)]
    assert found == [("source", 5, "A field trip."), ("source", 7, "A field trip."), ("source", 9, "The web.")]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("# Signs", "Signs"),
        ("# Dataset Card for Signs", "Signs"),
        ("# Model card: Tiny", "Tiny"),
        ("# Datasheet for Signs", "Signs"),
        ("# Data Card of the Signs", "the Signs"),
        ("# Model Card Zoo", "Zoo"),
        ("# Dataset Cardinality", "Dataset Cardinality"),
        ("Signs\n=====", "Signs"),
        ("## About\n# Signs\n# More", "Signs"),
    ],
)
def test_the_first_heading_is_a_name(heading: str, name: str) -> None:
    assert said(heading)["name"] == name


@pytest.mark.parametrize(
    "heading",
    [
        "# Dataset Card for {{ pretty_name }}",
        "# Dataset Card for Dataset Name",
        "# Model Card for Model ID",
        "# Model Card",
        "#",
    ],
)
def test_the_heading_of_a_template_is_none(heading: str) -> None:
    card = card_of("x", "card", spoken(heading, 3))
    assert (card.keys, card.blank) == ({}, {"name": 3})


def test_a_heading_of_the_second_level_is_no_name() -> None:
    assert list(spoken("## Signs\n", 1)) == []


def test_a_long_section_is_listened_to_for_a_while_and_a_long_heading_cut() -> None:
    (section,) = spoken("## Source\n" + "0123456789\n" * 1_000, 1)
    assert len(section.value) < 2 * MOST_CHARACTERS
    assert list(spoken("# " + "[" * 250_000, 1)) == [Found("name", "the first heading", "[" * 300, 1)]


def test_thousands_of_sections_are_gone_through_once() -> None:
    found = list(spoken("".join(f"{'#' * (n % 6 + 1)} Source Data\nwords\n" for n in range(6_000)), 1))
    assert len([one for one in found if one.key == "source"]) == 6_000
