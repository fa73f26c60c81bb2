# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""YAML as people write it into cards."""

import pytest

from rules.materials.cards.card import Problem
from rules.materials.cards.card_yaml import MAX_BYTES, MOST_PROBLEMS, read

NOT_A_PAIR = "there is no key with a value, such as `license: MIT`"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("license: mit", {"license": "mit"}),
        ("language: no", {"language": "no"}),
        ("version: 1.0", {"version": "1.0"}),
        ("date: 2024-05-01", {"date": "2024-05-01"}),
        ("license:", {"license": None}),
        ("license: ~", {"license": None}),
        ("datasets:\n- null\n-", {"datasets": [None, None]}),
        ("license: {{ license }}\nname: a", {"license": "TODO", "name": "a"}),
        ('license: "{{ license }}"', {"license": "TODO"}),
        ("{{ card_data }}\nlicense: mit", {"license": "mit"}),
        ("{% if x %}\nlicense: mit\n  {% endif %}", {"license": "mit"}),
        ("license: {license}", {"license": {"license": None}}),
        ("name: a\u2028b\x85c\nlicense: mit", {"name": "a b c", "license": "mit"}),
        ("{{ card_data }}", {}),
        ("", {}),
        (" \n\n", {}),
        ("  license: mit\n  name: a", {"license": "mit", "name": "a"}),
        ("# a comment: b\nlicense: mit", {"license": "mit"}),
    ],
)
def test_what_is_written_is_what_is_read(text: str, value: object) -> None:
    parsed = read(text, 1)
    assert parsed.value == value
    assert parsed.problems == ()


def test_lines_are_those_of_the_file() -> None:
    parsed = read("\nlicense: mit\nsource:\n  - a\n  - b: c", 3)
    assert [parsed.line("license"), parsed.line("source"), parsed.line("source", 1, "b")] == [4, 5, 7]
    assert parsed.line() == 3
    assert read("{{ x }}", 9).line() == 9


@pytest.mark.parametrize(
    ("text", "value", "line", "words"),
    [
        ("a: 1\nb: *x\nc: 3", {"a": 1, "b": None, "c": 3}, 11, "aliases (*name) are not accepted"),
        ("a: &x 1\nb: 2", {"a": 1, "b": 2}, 10, "anchors (&name) are not accepted"),
        ("a: 1\na: 2", {"a": 1}, 11, "the key 'a' stands here a second time; the first is on line 10"),
        ("a: !!python/object 1", {"a": "1"}, 10, "tags (!name) are not accepted"),
        (
            "a: 1\nb: c: d\ne: f",
            {"a": 1, "e": "f"},
            11,
            "not valid YAML: mapping values are not allowed in this context: put text that holds a colon",
        ),
        ("a: 1\nb: [c\ne: f", {"a": 1, "e": "f"}, 11, "not valid YAML: did not find expected"),
        ('a: "b\nc: d', {"c": "d"}, 10, "not valid YAML: found unexpected end of stream"),
        ("a: 1\n\tb: 2\nc: 3", {"c": 3}, 11, "not valid YAML: found a tab character"),
        ("a: 1\nb: \0\nc: 3", {"a": 1, "c": 3}, 11, "not valid YAML: control characters are not allowed"),
        ("a: 1\nb: \ud800\nc: 3", {"a": 1, "c": 3}, 11, "the file is not UTF-8 text"),
        ("a: 1\nb: " + "[" * 30 + "\nc: 3", {"a": 1, "c": 3}, 11, "values are nested deeper than 20 levels"),
        ("  a: 1\n  b: c: d", {}, 11, "not valid YAML: mapping values are not allowed"),
        ("}:", {}, 10, "not valid YAML: did not find expected node content"),
        ("? [a]\n: b\nc: d", {"c": "d"}, 10, "a key should be plain text"),
    ],
)
def test_what_cannot_be_read_costs_its_own_key_alone(text: str, value: object, line: int, words: str) -> None:
    parsed = read(text, 10)
    assert parsed.value == value
    assert parsed.problems[0].line == line
    assert parsed.problems[0].words.startswith(words)


@pytest.mark.parametrize("text", ["just words", "- a\n- b: c", "# only: comments", "license"])
def test_a_text_without_keys_holds_nothing(text: str) -> None:
    assert read(text, 4).problems == (Problem(NOT_A_PAIR, 4),)


def test_keys_that_are_read_one_by_one_count_once() -> None:
    parsed = read("a: 1\nb: c: d\na: 2\n", 1)
    assert parsed.value == {"a": 1}
    assert parsed.line("a") == 1
    assert [problem.words for problem in parsed.problems if problem.line == 3] == [
        "the key 'a' stands a second time; the first is on line 1"
    ]


def test_what_is_wrong_with_the_whole_is_told_where_every_key_is_right() -> None:
    parsed = read("a: 1\n...\nb: 2\n", 1)
    assert parsed.value == {"a": 1, "b": 2}
    assert len(parsed.problems) == 1


def test_bombs_and_floods_stay_small() -> None:
    laughs = "a: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a, *a]\n" for n in range(500)) + "license: mit"
    assert read(laughs, 1).value["license"] == "mit"
    assert len(read(laughs, 1).problems) == MOST_PROBLEMS
    assert len(read("\n".join(f"k{n}: a: b" for n in range(5_000)), 1).problems) == MOST_PROBLEMS
    assert read("? " + "k" * 10_000 + "\n: 1\nlicense: mit", 1).value["license"] == "mit"


def test_more_than_64_kib_are_not_read() -> None:
    assert read("a: " + "x" * (MAX_BYTES - 3), 1).problems == ()
    (problem,) = read("a: " + "x" * MAX_BYTES, 5).problems
    assert problem == Problem("there are more than 64 KiB of YAML, which are not read", 5)
