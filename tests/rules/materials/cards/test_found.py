# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How what a form holds becomes a card: types, bounds, and which of several values counts."""

from typing import Any

import pytest

from rules.materials.cards.card import KEYS, Problem
from rules.materials.cards.found import Found, Parsed, card_of, found_under
from rules.materials.cards.names import names


def card(key: str, value: Any) -> Any:
    return card_of("README.md", "dataset card", [Found(key, key, value, 7)])


@pytest.mark.parametrize(
    ("key", "value", "values"),
    [
        ("license", "MIT", ("MIT",)),
        ("license", " MIT\n", ("MIT",)),
        ("license", ["MIT", "CC-BY-4.0", "MIT"], ("MIT", "CC-BY-4.0")),
        ("license", ["MIT", None, "TODO", ""], ("MIT",)),
        ("license", {"name": "MIT"}, ("MIT",)),
        ("license", {"@id": "https://spdx.org/licenses/MIT"}, ("https://spdx.org/licenses/MIT",)),
        ("license", {"id": "MIT", "url": "https://example.org"}, ("MIT",)),
        ("license", {"id": "unknown", "url": "https://example.org"}, ("https://example.org",)),
        ("license", [{"name": "MIT"}, "ISC"], ("MIT", "ISC")),
        ("source", [{"title": "The Bank", "path": "https://example.org"}], ("https://example.org",)),
        ("source", {"title": "The Bank"}, ("The Bank",)),
        ("name", 1984, ("1984",)),
        ("name", 2.5, ("2.5",)),
        ("personal_data", True, ("yes",)),
        ("personal_data", False, ("no",)),
        ("personal_data", "None.", ("None.",)),
        ("base_model", "None.", ("none",)),
        ("base_model", ["org/a", "org/b"], ("org/a", "org/b")),
        ("name", "a\tb\u200b\x00c\ud800d", ("a b c d",)),
    ],
)
def test_values_are_texts_each_once_on_one_line(key: str, value: Any, values: tuple[str, ...]) -> None:
    read = card(key, value)
    assert read.keys[key].values == values
    assert read.keys[key].line == 7
    assert read.keys[key].path is None
    assert (read.blank, read.problems) == ({}, ())


@pytest.mark.parametrize(
    "value", [None, "", [], {}, [None], "TODO", ["N/A", "?"], {"license": None}, "unknown", {"name": "?"}]
)
def test_nothing_said_is_a_blank(value: Any) -> None:
    read = card("license", value)
    assert (read.keys, read.blank, read.problems) == ({}, {"license": 7}, ())


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("license", 1, "a number"),
        ("license", 1.5, "a number"),
        ("license", True, "true or false"),
        ("name", True, "true or false"),
        ("personal_data", 0, "a number"),
        ("license", {"a": "b"}, "a mapping"),
        ("license", {"name": ["MIT"]}, "a mapping"),
        ("license", ["MIT", ["ISC"]], "a list that holds a list"),
        ("license", ["MIT", 3], "a number"),
    ],
)
def test_a_value_of_another_type_is_a_problem_with_its_line(key: str, value: Any, what: str) -> None:
    read = card(key, value)
    assert read.problems == (Problem(f"{key} is {what}; it should be text or a list of texts", 7),)
    assert (read.keys, read.blank) == ({}, {})


def test_the_first_value_that_says_something_counts() -> None:
    found = [
        Found("source", "source_datasets", None, 1),
        Found("source", "source", 3, 9),
        Found("source", "url", "https://example.org", 3),
        Found("source", "homepage", 4, 4),
        Found("license", "license", "TODO", 5),
        Found("license", "License", "?", 6),
    ]
    read = card_of("README.md", "dataset card", found, [Problem("of YAML", 10), Problem("of nowhere")], 2)
    assert read.keys["source"].text == "https://example.org"
    assert read.blank == {"license": 5}
    assert [problem.line for problem in read.problems] == [None, 9, 10]
    assert read.line == 2


def test_what_is_cut_or_left_out_shows() -> None:
    (long,) = card("license", "MIT OR " * 200).keys["license"].values
    assert len(long) == 200
    assert long.endswith("...")
    many = card("license", [f"L-{number}" for number in range(30)]).keys["license"].values
    assert len(many) == 20
    assert many[-1] == "... and 11 more"
    assert len(card("license", [f"L-{number}" for number in range(20)]).keys["license"].values) == 20


def test_a_line_that_is_not_known_is_that_of_what_is_around() -> None:
    parsed = Parsed({}, {(): 2, ("a",): 3})
    assert [parsed.line(), parsed.line("a"), parsed.line("a", 0, "b"), parsed.line("b")] == [2, 3, 3, 2]
    assert Parsed({}, {}).line("a") == 1


def test_of_keys_that_are_spelled_alike_the_first_counts() -> None:
    value = {"License": "MIT", "license": "ISC", "x": 1}
    parsed = Parsed(value, {("License",): 4})
    found = list(found_under(parsed, value, {"license": ("license", "licence")}, str.lower))
    assert found == [Found("license", "License", "MIT", 4)]


def test_every_key_of_a_card_has_its_names() -> None:
    assert tuple(names()) == KEYS
    spelled = [name for ways in names().values() for name in ways]
    assert len(spelled) == len(set(spelled))
