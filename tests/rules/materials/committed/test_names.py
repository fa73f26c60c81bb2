# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from rules.materials.committed.names import Names, extensions, name_of


@pytest.mark.parametrize(
    ("path", "name"),
    [("a/B.JSON", "b.json"), ("B", "b"), ("", ""), ("a/", ""), ("x" * 4000 + ".csv", "x" * 251 + ".csv")],
)
def test_a_name_is_the_last_part_of_a_path(path: str, name: str) -> None:
    assert name_of(path) == name


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a.tar.gz", ["tar.gz", "gz"]),
        ("a.b.tar.gz", ["tar.gz", "gz"]),
        ("a.csv", ["csv"]),
        (".csv", []),
        ("..csv", []),
        ("a", []),
        ("a.", [""]),
        ("", []),
    ],
)
def test_extensions_stand_behind_something(name: str, found: list[str]) -> None:
    assert list(extensions(name)) == found


def test_a_whole_name_goes_before_a_pattern_and_the_first_pattern_before_the_next() -> None:
    names = Names({1: ["a*"], 2: ["ab", "*b?"], 3: ["zab*"]})
    assert [names.get(name) for name in ("ab", "abc", "zabc", "zab", "b")] == [2, 1, 2, 3, None]


def test_without_a_pattern_nothing_matches_by_one() -> None:
    assert Names({1: ["a"]}).get("b") is None
