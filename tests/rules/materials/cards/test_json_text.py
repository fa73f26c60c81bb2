# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""JSON of strangers: what is read, where its keys stand, and what is refused."""

import pytest

from rules.materials.cards.card import Problem
from rules.materials.cards.json_text import MAX_CHARACTERS, MAX_DEPTH, UnfitJsonError, read


def test_keys_have_their_lines() -> None:
    parsed = read('\ufeff{\r\n "a": [1, {\r\n  "b": "x\\n{",\r\n\r\n  "c\\"d": {"e": null}},\r\n {}], "f": 2}')
    assert parsed.value == {"a": [1, {"b": "x\n{", 'c"d': {"e": None}}, {}], "f": 2}
    assert parsed.lines == {
        (): 1,
        ("a",): 2,
        ("a", 1): 2,
        ("a", 1, "b"): 3,
        ("a", 1, 'c"d'): 5,
        ("a", 1, 'c"d', "e"): 5,
        ("a", 2): 6,
        ("f",): 6,
    }
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("123456789012345", 123456789012345),
        ("1" * 5_000, "1" * 5_000),
        ("1.5", 1.5),
        ("1e99999", float("inf")),
        ("true", True),
        ('"\\ud800"', "\ud800"),
        ("-Infinity", float("-inf")),
    ],
)
def test_values_are_what_they_look_like(written: str, value: object) -> None:
    assert read(f'{{"a": {written}}}').value == {"a": value}


def test_of_keys_that_stand_twice_the_first_counts() -> None:
    parsed = read('{"license": "MIT",\n "license": "ISC", "b": {"license": "BSD"}}')
    assert parsed.value["license"] == "MIT"
    assert parsed.problems == (Problem("the key 'license' stands a second time; the first is on line 1", 2),)
    assert len(read("{" + ",".join(['"a": 1'] * 500) + "}").problems) == 20


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("", "is not valid JSON: Expecting value", 1),
        ("{\n'a': 1}", "is not valid JSON: Expecting property name", 2),
        ('{"a": "\n"}', "is not valid JSON: Invalid control character", 1),
        ("{}{}", "is not valid JSON: Extra data", 1),
        ("[]", "is no JSON object", 1),
        ("1", "is no JSON object", 1),
        ("\n\n" + "[" * 250_000, f"is nested deeper than {MAX_DEPTH} levels", 3),
        ('{"a":' * 50_000, f"is nested deeper than {MAX_DEPTH} levels", 1),
        ('"' + '\\"' * 100_000, "is not valid JSON: Unterminated string", 1),
        (" " * (MAX_CHARACTERS + 1), "has more than 256 KiB, which are not read", 1),
    ],
)
def test_what_is_no_json_to_be_read_is_told_with_its_line(text: str, words: str, line: int) -> None:
    with pytest.raises(UnfitJsonError) as caught:
        read(text)
    assert caught.value.words.startswith(words)
    assert caught.value.line == line


def test_brackets_in_texts_are_not_counted_and_depth_has_its_bound() -> None:
    assert read('{"a": "' + "[" * 1_000 + '"}').value == {"a": "[" * 1_000}
    assert read('{"a":' * MAX_DEPTH + "1" + "}" * MAX_DEPTH).line("a") == 1
