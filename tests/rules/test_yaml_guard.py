# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""YAML as Steward accepts it."""

from typing import Any

import pytest

from rules.yaml_guard import MAX_BYTES, Place, YamlError, load


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("text", "text"),
        ("7", 7),
        ("-7", -7),
        ("0", 0),
        ("007", "007"),
        ("9" * 15, int("9" * 15)),
        ("9" * 5000, "9" * 5000),
        ("'7'", "7"),
        ("true", True),
        ("False", False),
        ("'true'", "true"),
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("no", "no"),
        ("1.0", "1.0"),
        ("1.10", "1.10"),
        ("12:30:45", "12:30:45"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("2024-05-01", "2024-05-01"),
        (".inf", ".inf"),
        ("''", ""),
        ("'~'", "~"),
        ("|\n  two\n  lines", "two\nlines"),
        ("[a, 1, {b: c}]", ["a", 1, {"b": "c"}]),
        ("{}", {}),
    ],
)
def test_a_value_is_what_it_looks_like_and_nothing_else(written: str, read: Any) -> None:
    document = load(f"key: {written}")
    assert document.value == {"key": read}
    assert type(document.value["key"]) is type(read)
    assert document.problems == ()


def test_keys_are_text_whatever_they_look_like() -> None:
    assert load("on: 1\n1: 2\nnull: 3\n").value == {"on": 1, "1": 2, "null": 3}


def test_every_key_and_entry_has_its_place_and_the_rest_the_nearest_one() -> None:
    document = load("a:\n  b:\n    - x\n    - {c: 1}\n")
    assert document.place(("a",)) == Place(1, 1)
    assert document.place(("a", "b")) == Place(2, 3)
    assert document.place(("a", "b", 1)) == Place(4, 7)
    assert document.place(("a", "b", 1, "c")) == Place(4, 8)
    assert document.place(("a", "missing", "deeper")) == Place(1, 1)
    assert document.place(("missing",)) == Place(1, 1)


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert load("\ufeffversion: 1").value == {"version": 1}


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("", "the file is empty", Place(1, 1)),
        ("# only a comment\n", "the file is empty", Place(1, 1)),
        ("\n- a", "the top of the file should be a mapping", Place(2, 1)),
        ("text", "the top of the file should be a mapping", Place(1, 1)),
        ("null", "the top of the file should be a mapping", Place(1, 1)),
        ("*a", "the top of the file should be a mapping", Place(1, 1)),
        ("a: 1\n---\nb: 2", "a second document starts here", Place(2, 1)),
        ("a: [1", "not valid YAML", Place(2, 1)),
        ("a: 1\nb:\n\t- x", "indent with spaces, not tabs", Place(3, 1)),
        ("a: @x", "put text that begins with @ or ` in quotes", Place(1, 4)),
        ("a: 1\nb: \0", "not valid YAML: control characters are not allowed", Place(2, 1)),
        ("a: 1\nb: \ud800", "the file is not UTF-8 text", Place(2, 1)),
        ("? [a]\n: 1", "a key should be plain text", Place(1, 3)),
        ("x: " + "a" * MAX_BYTES, "the file has 256,003 bytes; at most 256,000 are read", Place(1, 1)),
        ("x: " + "é" * (MAX_BYTES // 2), "the file has 256,003 bytes", Place(1, 1)),
        ("a: " + "[" * 20 + "]" * 20, "values are nested deeper than 20 levels", Place(1, 23)),
        ("a: " + "[" * 100_000, "values are nested deeper than 20 levels", Place(1, 23)),
        ("a: [" + "x," * 20_000 + "]", "the file holds more than 20,000 values", Place(1, 40_001)),
    ],
)
def test_what_cannot_be_read_says_why_and_where(text: str, words: str, place: Place) -> None:
    with pytest.raises(YamlError) as caught:
        load(text)
    assert words in caught.value.problem.message
    assert caught.value.problem.place == place


def test_the_largest_and_the_deepest_file_are_read() -> None:
    assert load("x: " + "a" * (MAX_BYTES - 3)).problems == ()
    assert load("a: " + "[" * 19 + "]" * 19).problems == ()


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("a: 1\nb: 2\na: 3", "the key 'a' stands here a second time; the first is on line 1", Place(3, 1)),
        ("a: {b: 1, b: 1}", "the key 'b' stands here a second time", Place(1, 11)),
        ("a: &x 1", "anchors (&name) are not accepted", Place(1, 4)),
        ("a: &x []", "anchors (&name) are not accepted", Place(1, 4)),
        ("a: *x", "aliases (*name) are not accepted", Place(1, 4)),
        ("a: !!python/object:os.system {}", "tags (!name) are not accepted", Place(1, 4)),
        ("a: !!str 1", "tags (!name) are not accepted", Place(1, 4)),
        ("a: ! 1", "tags (!name) are not accepted", Place(1, 4)),
        ("&x a: 1", "a key takes no anchor and no tag", Place(1, 1)),
        ("!!str a: 1", "a key takes no anchor and no tag", Place(1, 1)),
        ("a:\n  <<: {b: 1}", "merge keys (<<) are not accepted", Place(2, 3)),
        ("a:", "there is no value here", Place(1, 3)),
        ("a: ~", "there is no value here", Place(1, 4)),
        ("a: null", "there is no value here", Place(1, 4)),
        ("a: [null]", "there is no value here", Place(1, 5)),
    ],
)
def test_what_is_refused_becomes_a_problem_of_the_document(text: str, words: str, place: Place) -> None:
    (problem,) = load(text).problems
    assert words in problem.message
    assert problem.place == place


def test_a_doubled_mapping_is_one_problem_and_the_first_counts() -> None:
    document = load("a: {b: 1}\na: {b: 2}\n")
    assert document.value == {"a": {"b": 1}}
    assert len(document.problems) == 1


def test_a_document_within_a_file_has_the_lines_of_the_file() -> None:
    document = load("a: 1\na: *x\nb:\n  c: 2", first=5)
    assert document.place(("b", "c")) == Place(8, 3)
    assert document.place(()) == Place(5)
    assert [problem.place.line for problem in document.problems] == [6, 6]
    assert "the first is on line 5" in document.problems[0].message


@pytest.mark.parametrize("text", ["", "a: ]", "- a", "a: \0", "a: \ud800", f"a: {'x' * MAX_BYTES}"])
def test_so_have_errors(text: str) -> None:
    with pytest.raises(YamlError) as caught:
        load(text, first=5)
    assert caught.value.problem.place.line == 5


def test_keys_without_a_value_may_be_let_through() -> None:
    document = load("a:\nb: ~\nc: [null]\nd: ''", blanks=True)
    assert document.value == {"a": None, "b": None, "c": [None], "d": ""}
    assert document.problems == ()
