# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What stands beside a file about its license, and what of it counts."""

import pytest

from rules.change import Side, SideFile
from rules.licensing.comments import Line
from rules.licensing.reuse import Declared, Problem, Reuse, Said, side_paths, without_ignored
from rules.licensing.reuse_toml import Precedence

CLOSEST, AGGREGATE, OVERRIDE = Precedence.CLOSEST, Precedence.AGGREGATE, Precedence.OVERRIDE


def toml(license_: str = "", precedence: str = "", copyright_: str = "", path: str = "**") -> str:
    """A REUSE.toml with one annotation."""
    keys = {"precedence": precedence, "SPDX-License-Identifier": license_, "SPDX-FileCopyrightText": copyright_}
    said = "".join(f'{key} = "{value}"\n' for key, value in keys.items() if value)
    return f'version = 1\n[[annotations]]\npath = "{path}"\n{said}'


def reuse(files: dict[str, str]) -> Reuse:
    """Side files at the head of a contribution."""
    return Reuse(SideFile(path, Side.HEAD, text) for path, text in files.items())


def names(declared: tuple[Declared, ...]) -> list[str]:
    """The licenses and copyrights that are declared."""
    return [text for one in declared for text in (*one.licenses, *one.copyrights)]


@pytest.mark.parametrize(
    ("path", "paths"),
    [
        ("a.py", ("a.py.license", "REUSE.toml")),
        ("a/b/c.png", ("a/b/c.png.license", "a/b/REUSE.toml", "a/REUSE.toml", "REUSE.toml")),
    ],
)
def test_a_file_may_be_spoken_for_beside_it_and_above_it(path: str, paths: tuple[str, ...]) -> None:
    assert side_paths(path) == paths


# -- the file beside it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "licenses", "copyrights", "line"),
    [
        ("", (), (), None),
        ("SPDX-License-Identifier: MIT", ("MIT",), (), 1),
        ("\ufeffSPDX-License-Identifier: MIT", ("MIT",), (), 1),
        ("# SPDX-License-Identifier: mit\r\n", ("MIT",), (), 1),
        ("x\r\ry\n<!-- SPDX-License-Identifier: MIT -->", ("MIT",), (), 4),
        (
            "/*\n * SPDX-FileCopyrightText: A\n * SPDX-License-Identifier: ISC\n */",
            ("ISC",),
            ("* SPDX-FileCopyrightText: A",),
            3,
        ),
        ("SPDX-License-Identifier: MIT\nSPDX-License-Identifier: ISC", ("MIT", "ISC"), (), 1),
        ("SPDX-License-Identifier: MIT\n" * 9, ("MIT",), (), 1),
        ("SPDX-License-Identifier: none of them", ("none of them",), (), 1),
        ("The license is MIT", (), (), None),
        ("Copyright (c) 2020\x1b[2J A\x00B", (), ("Copyright (c) 2020 [2J A B",), None),
        ("© A\n" + "x" * 200_000 + "\nSPDX-License-Identifier: MIT", ("MIT",), ("© A",), 3),
        ("REUSE-IgnoreStart\nSPDX-License-Identifier: MIT", (), (), None),
    ],
)
def test_all_of_a_license_file_is_header(
    text: str, licenses: tuple[str, ...], copyrights: tuple[str, ...], line: int | None
) -> None:
    said = reuse({"a.png.license": text}).of("a.png")
    (declared,) = said.replaces
    assert (said.adds, said.instead) == ((), ())
    assert (declared.source, declared.precedence, declared.line) == ("a.png.license", OVERRIDE, line)
    assert (declared.licenses, declared.copyrights) == (licenses, copyrights)


def test_a_license_file_of_thousands_of_licenses_is_not_read_to_its_end() -> None:
    lines = "".join(f"SPDX-License-Identifier: LicenseRef-{number}\n" for number in range(5000))
    (declared,) = reuse({"a.license": lines}).of("a").replaces
    assert len(declared.licenses) == 100


# -- several at once ----------------------------------------------------------------------------------------------

ROOT, NEAR = "REUSE.toml", "a/REUSE.toml"


@pytest.mark.parametrize(
    ("files", "own", "licenses"),
    [
        ({}, False, []),
        ({"b.license": "SPDX-License-Identifier: MIT"}, False, []),
        # What the file says itself, or what speaks for it, comes first; then what is nearest.
        ({ROOT: toml("MIT")}, False, ["MIT"]),
        ({ROOT: toml("MIT")}, True, []),
        ({ROOT: toml("MIT"), NEAR: toml("ISC")}, False, ["ISC"]),
        ({ROOT: toml("MIT"), NEAR: toml(copyright_="A")}, False, ["MIT"]),
        ({ROOT: toml("MIT"), NEAR: toml("ISC", path="c")}, False, ["MIT"]),
        ({ROOT: toml("MIT"), "b/REUSE.toml": toml("ISC")}, False, ["MIT"]),
        ({ROOT: toml("MIT"), "a/b.license": "SPDX-License-Identifier: ISC"}, False, ["ISC"]),
        ({ROOT: toml("MIT"), "a/b.license": "SPDX-License-Identifier: ISC"}, True, ["ISC"]),
        ({ROOT: toml("MIT"), "a/b.license": "nothing"}, False, ["MIT"]),
        ({ROOT: toml("MIT"), "a/b.license": "nothing"}, True, ["MIT"]),
        # What is aggregated always counts.
        ({ROOT: toml("MIT", "aggregate")}, True, ["MIT"]),
        ({ROOT: toml("MIT", "aggregate"), NEAR: toml("ISC", "aggregate")}, True, ["MIT", "ISC"]),
        ({ROOT: toml("MIT", "aggregate"), NEAR: toml("ISC")}, True, ["MIT"]),
        ({ROOT: toml("MIT", "aggregate"), NEAR: toml("ISC")}, False, ["MIT", "ISC"]),
        ({ROOT: toml("MIT"), NEAR: toml("ISC", "aggregate")}, False, ["ISC", "MIT"]),
        (
            {ROOT: toml("MIT", "aggregate"), "a/b.license": "SPDX-License-Identifier: ISC"},
            True,
            ["ISC", "MIT"],
        ),
        # An override silences what is nearer to the file, and what would only have stood in for that.
        ({ROOT: toml("MIT", "override")}, True, ["MIT"]),
        ({ROOT: toml("MIT", "override"), "a/b.license": "SPDX-License-Identifier: ISC"}, True, ["MIT"]),
        ({ROOT: toml("MIT", "override"), NEAR: toml("ISC", "override")}, True, ["MIT"]),
        ({ROOT: toml("MIT", "override"), NEAR: toml("ISC", "aggregate")}, True, ["MIT"]),
        ({ROOT: toml("MIT", "aggregate"), NEAR: toml("ISC", "override")}, True, ["ISC", "MIT"]),
        ({ROOT: toml("MIT"), NEAR: toml("ISC", "override")}, True, ["ISC"]),
        ({ROOT: toml("MIT"), NEAR: toml("", "override", "A")}, True, []),
    ],
)
def test_what_is_said_in_several_places_counts_in_their_order(
    files: dict[str, str], own: bool, licenses: list[str]
) -> None:
    assert names(reuse(files).of("a/b").licenses(own=own)) == licenses


@pytest.mark.parametrize(
    ("files", "own", "copyrights"),
    [
        ({ROOT: toml("MIT", copyright_="A")}, False, ["MIT", "A"]),
        ({ROOT: toml("MIT", copyright_="A"), NEAR: toml("ISC")}, False, ["MIT", "A"]),
        ({ROOT: toml("MIT", copyright_="A")}, True, []),
        ({ROOT: toml("", "aggregate", "A"), NEAR: toml("", "aggregate", "B")}, True, ["A", "B"]),
    ],
)
def test_copyrights_are_looked_at_on_their_own(files: dict[str, str], own: bool, copyrights: list[str]) -> None:
    assert names(reuse(files).of("a/b").copyrights(own=own)) == copyrights


def test_what_is_declared_names_where_it_stands() -> None:
    said = reuse({NEAR: toml("mit", copyright_="2020 A")}).of("a/b")
    assert said == Said(instead=(Declared(("MIT",), ("2020 A",), CLOSEST, NEAR, 2),))
    assert said
    assert not reuse({NEAR: toml("mit")}).of("b")


def test_what_a_contribution_does_not_bring_or_keep_does_not_count() -> None:
    assert not Reuse([SideFile(ROOT, Side.BASE, toml("MIT"))]).of("a")


def test_what_is_wrong_is_told_and_does_not_count() -> None:
    files = {
        NEAR: "version = 2",
        ROOT: toml("MIT"),
        "c/REUSE.toml": "[[annotations]\n",
        "d/REUSE.toml": toml("ISC, MIT"),
    }
    found = reuse(files)
    assert [(problem.path, problem.line) for problem in found.problems] == [
        (NEAR, None),
        ("c/REUSE.toml", 1),
        ("d/REUSE.toml", 2),
    ]
    assert found.problems[0] == Problem(NEAR, None, "it does not say version = 1, the only version that is known")
    assert [problem.part for problem in found.problems] == [False, False, True]
    for path, license_ in (("a/b", "MIT"), ("c/b", "MIT"), ("d/b", "ISC, MIT")):
        assert names(found.of(path).licenses(own=False)) == [license_]


def many(count: int, path: str) -> str:
    """A REUSE.toml with a path as often as that."""
    return f"version = 1\n[[annotations]]\npath = {[path] * count}"


def licensed(count: int) -> str:
    """A REUSE.toml with as many annotations, each of a license."""
    return "version = 1\n" + "[[annotations]]\npath = 'a'\nSPDX-License-Identifier = 'MIT'\n" * count


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"REUSE.toml": many(500, "**"), "a/REUSE.toml": toml("MIT", path="b")}, {}),
        (
            {"REUSE.toml": many(400, "**"), "A/REUSE.toml": many(100, "**"), "A/b/REUSE.toml": toml("MIT")},
            {"A/b/REUSE.toml": "with those in the folders above it has more than 500 patterns for paths"},
        ),
        (
            {f"{folder}/REUSE.toml": many(500, "**") for folder in "abcd"} | {"e/REUSE.toml": toml("MIT")},
            {
                "e/REUSE.toml": "with the other REUSE.toml of this contribution it has more than 2,000 patterns for "
                "paths"
            },
        ),
        (
            {f"{folder}/REUSE.toml": many(100, "a" * 150 + "*") for folder in "abc"},
            {
                "c/REUSE.toml": "with the other REUSE.toml of this contribution it has more than 32,768 characters in "
                "patterns for paths"
            },
        ),
        (
            {f"{folder}/REUSE.toml": toml("MIT") + "#" * 250 * 1024 for folder in "abcde"},
            {"e/REUSE.toml": "with the other REUSE.toml of this contribution it has more than 1,048,576 characters"},
        ),
        (
            {f"{folder}/REUSE.toml": licensed(900) for folder in "abc"},
            {"c/REUSE.toml": "with the other REUSE.toml of this contribution it has more than 2,000 licenses"},
        ),
    ],
)
def test_all_of_them_together_have_a_bound(files: dict[str, str], words: dict[str, str]) -> None:
    assert {problem.path: problem.words for problem in reuse(files).problems} == words


def test_what_has_no_room_takes_none_from_the_others() -> None:
    files = {"REUSE.toml": many(400, "x*"), "a/REUSE.toml": many(200, "*"), "a/b/REUSE.toml": toml("MIT")}
    found = reuse(files)
    assert [problem.path for problem in found.problems] == ["a/REUSE.toml"]
    assert names(found.of("a/b/c").licenses(own=False)) == ["MIT"]


# -- what is to be ignored ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ("a b", "a b"),
        ("a [ b ] c", "a c"),
        ("a [ b [ c ] d", "a d"),
        ("a ] b", "a ] b"),
        ("[ b", ""),
        ("a [ b ] c [ d ] e", "a c e"),
        ("a [] b", "a b"),
        ("[ a ][ b ] c", "c"),
    ],
)
def test_what_is_marked_is_ignored(lines: str, left: str) -> None:
    def spelled(texts: str) -> list[Line]:
        words = texts.replace("[", "REUSE-IgnoreStart").replace("]", "-REUSE-IgnoreEnd").split()
        return [Line(number, word) for number, word in enumerate(words)]

    assert [line.text for line in without_ignored(spelled(lines))] == [line.text for line in spelled(left)]
