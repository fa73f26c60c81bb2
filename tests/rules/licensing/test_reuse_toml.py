# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One REUSE.toml: what it says of a path, and what is said of one that cannot be used."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.licensing.reuse_toml import Annotation, Precedence, Size, UnfitTomlError, read

TABLE = "[[annotations]]\n"
MANY = "".join(f'{TABLE}path = "a"\n' for _ in range(1001))
GLOBS = f"{TABLE}path = [" + '"*", ' * 501 + "]"
WIDE = f"{TABLE}path = [" + f'"{"a" * 239}*", ' * 69 + "]"
LICENSES = "".join(
    f"{TABLE}path = 'a'\nSPDX-License-Identifier = {[f'LicenseRef-{number}' for number in range(100)]}\n"
    for _ in range(11)
)


def covers(path: str, other: str) -> bool:
    """Whether a path as a REUSE.toml spells it covers another."""
    return read(f"version = 1\n{TABLE}path = '{path}'").of(other) is not None


@pytest.mark.parametrize(
    ("path", "covered", "left"),
    [
        ("a.py", "a.py", "b/a.py A.PY a.py/b"),
        ("a/b", "a/b", "a b x/a/b"),
        ("a/", "", "a a/b"),
        ("/a", "", "a"),
        ("./a", "", "a"),
        ("../a", "", "a a/a"),
        ("*", "a .a a*", "a/b"),
        ("*.py", "a.py .py a.b.py", "a/b.py a.pyc"),
        ("a*c/d", "ac/d abc/d", "a/c/d"),
        ("**", "a a/b/c .a/b", ""),
        ("a/**", "a/b a/b/c", "a b/a/c"),
        ("**/a", "b/a b/c/a a ba", "a/b"),
        ("a/**/b", "a/x/b a/x/y/b a/b a/xb", "b"),
        ("a**b", "ab axb a/b a/x/yb", "a"),
        ("***", "a a/b", ""),
        ("a?", "a?", "ab"),
        ("[ab]", "[ab]", "a b"),
        ("a.b", "a.b", "axb"),
        (r"\*", "*", "a"),
        (r"a\**", "a* a*b", "ab"),
        (r"\\*", r"\a \ ", "a"),
        (r"\a\.b", "a.b", r"\a.b"),
        ("a\\", "a", "a\\"),
        (r"\**", "*a", "aa a/b"),
    ],
)
def test_a_path_covers_what_the_specification_says(path: str, covered: str, left: str) -> None:
    assert {other for other in covered.split() if not covers(path, other)} == set()
    assert {other for other in left.split() if covers(path, other)} == set()


def test_a_star_covers_names_that_nobody_would_give() -> None:
    assert covers("a/*", "a/line\nbreak")
    assert covers("a/*", "a/\udcff\x00")
    assert not covers("*", "a/line\nbreak")


def test_a_path_that_is_very_long_is_covered_by_its_name_alone() -> None:
    assert covers("**", "é" * 150)
    assert not covers("**", "é" * 150 + "x")
    assert not covers("b**", "a" * 300)
    assert covers("a" * 300, "a" * 300)


def test_as_much_as_a_file_may_hold_is_read() -> None:
    paths, licenses = ["a" * 31 + "*"] * 500 + ["b"] * 1000, [f"LicenseRef-{number}" for number in range(100)]
    said = read(f"version = 1\n{TABLE}path = {paths}\nSPDX-License-Identifier = {licenses}")
    assert said.size == Size(patterns=500, pattern_characters=16_000, licenses=100)


def test_of_one_annotation_no_more_is_kept_than_a_verdict_needs() -> None:
    licenses = [f"LicenseRef-{number}" for number in (*range(90), *range(90), *range(90, 200))]
    notices = ["Somebody", *(["x" * 500] * 200), "2019 Them"]
    said = read(
        f"version = 1\n{TABLE}path = 'a'\nSPDX-License-Identifier = {licenses}\nSPDX-FileCopyrightText = {notices}"
    ).of("a")
    assert said
    assert said.licenses == tuple(f"LicenseRef-{number}" for number in range(100))
    assert said.copyrights == ("2019 Them", "Somebody", *(["x" * 300] * 98))


def test_the_last_annotation_of_a_path_counts() -> None:
    rows = [["a", "b*"], ["*"], ["b"], ["a*"], ["d"], [r"\d"]]
    lines = [f'{TABLE}path = {row}\nSPDX-FileCopyrightText = "{number}"' for number, row in enumerate(rows)]
    found = read("version = 1\n" + "\n".join(lines).replace("\\\\", "\\"))
    said = {path: found.of(path) for path in ("a", "b", "bb", "c", "d", "x/y")}
    assert {path: annotation and annotation.copyrights[0] for path, annotation in said.items()} == {
        "a": "3",
        "b": "2",
        "bb": "1",
        "c": "1",
        "d": "5",
        "x/y": None,
    }


@pytest.mark.parametrize(
    ("keys", "precedence", "licenses", "copyrights"),
    [
        ("", "closest", (), ()),
        ('precedence = "closest"', "closest", (), ()),
        ('precedence = "aggregate"', "aggregate", (), ()),
        ('precedence = "override"', "override", (), ()),
        ('SPDX-License-Identifier = "mit"', "closest", ("MIT",), ()),
        ('SPDX-License-Identifier = ["MIT", "isc or mit"]', "closest", ("MIT", "ISC OR MIT"), ()),
        ('SPDX-License-Identifier = "LicenseRef-Own"', "closest", ("LicenseRef-Own",), ()),
        ('SPDX-License-Identifier = "GPL-3.0"', "closest", ("GPL-3.0-only",), ()),
        ('SPDX-FileCopyrightText = ["2020 A", "© B"]', "closest", (), ("2020 A", "© B")),
        (r'SPDX-FileCopyrightText = "A\u0000\u202eB\n\tC "', "closest", (), ("A B C",)),
        ("SPDX-FileComment = 1\nx = nan\ny = 1979-05-27\nz = {a.b = [[[]]]}", "closest", (), ()),
    ],
)
def test_an_annotation_says(keys: str, precedence: str, licenses: tuple[str, ...], copyrights: tuple[str, ...]) -> None:
    said = read(f'# Ours\nversion = 1\n\n{TABLE}path = "a"\n{keys}').of("a")
    assert said == Annotation(("a",), Precedence(precedence), licenses, copyrights, line=4)


@pytest.mark.parametrize(
    "text",
    [
        "version = 1",
        "version = 1\nannotations = []",
        "\ufeffversion = 1\r\nSPDX-PackageName = 'x'\r\n[other]\r\n",
    ],
)
def test_a_file_may_say_nothing(text: str) -> None:
    assert read(text).of("a") is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("version = 1\n\n  [[ annotations ]] # x\npath = 'a'", 3),
        ("version = 1\nannotations = [{path = 'a'}]", None),
        (f"version = 1\n{TABLE}path = 'a'\nx = '''\n{TABLE}'''", None),
    ],
)
def test_where_an_annotation_stands_is_told_if_it_is_known(text: str, line: int | None) -> None:
    said = read(text).of("a")
    assert said
    assert said.line == line


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        # too much of it
        ("# " + "x" * 256 * 1024, None, "it has more than 262,144 characters"),
        ("x = " + "[" * 100_000, None, "it holds a value that is too long or nested too deeply"),
        ("x = " + "{a = " * 40_000, None, "it holds a value that is too long or nested too deeply"),
        ("x = " + "9" * 5000, None, "it holds a value that is too long or nested too deeply"),
        ("\n\n" + "a." * 20 + "a = 1", 3, "it has a key of more than 20 parts"),
        ("[" + "a . " * 50_000 + "a]", 1, "it has a key of more than 20 parts"),
        ("x = {" + '\'a b\'."a\\"."\t.' * 10 + "a = 1}", 1, "it has a key of more than 20 parts"),
        ("version = 1\n" + MANY, None, "it has more than 1,000 annotations"),
        ("version = 1\n" + GLOBS, None, "it has more than 500 patterns for paths"),
        ("version = 1\n" + WIDE, None, "it has more than 16,384 characters in patterns for paths"),
        ("version = 1\n" + LICENSES, None, "it has more than 1,000 licenses"),
        # not the version, not the tables
        ("", None, "it does not say version = 1, the only version that is known"),
        ("version = 2", None, "it does not say version = 1, the only version that is known"),
        ("version = '1'", None, "it does not say version = 1, the only version that is known"),
        ("version = true", None, "it does not say version = 1, the only version that is known"),
        ("version = 1.0", None, "it does not say version = 1, the only version that is known"),
        ("version = 1\n[annotations]", None, "its annotations should be tables, each under [[annotations]]"),
        ("version = 1\nannotations = ['a']", None, "its annotations should be tables, each under [[annotations]]"),
        # one annotation
        (f"version = 1\n{TABLE}", 2, "an annotation has no path"),
        (f"version = 1\n{TABLE}path = []", 2, "an annotation has no path"),
        (f"version = 1\n{TABLE}path = ['a', '']", 2, "an annotation has no path"),
        (f"version = 1\n{TABLE}path = 1", 2, "an annotation has under path neither a text nor a list of texts"),
        (f"version = 1\n{TABLE}path = [1]", 2, "an annotation has under path neither a text nor a list of texts"),
        (
            f"version = 1\n{TABLE}path.a = 'a'",
            2,
            "an annotation has under path neither a text nor a list of texts",
        ),
        (f"version = 1\n{TABLE}path = '{'a' * 301}'", 2, "an annotation has a path of more than 300 characters"),
        *(
            (
                f"version = 1\n{TABLE}path = 'a'\n{TABLE}path = 'b'\nprecedence = {value}",
                4,
                "an annotation has a precedence that is none of closest, aggregate and override",
            )
            for value in ("'first'", "1", "[]", "{}", "''")
        ),
        (
            f"version = 1\n{TABLE}path = 'a'\nSPDX-License-Identifier = [['MIT']]",
            2,
            "an annotation has under SPDX-License-Identifier neither a text nor a list of texts",
        ),
        ("version = 1\n# \ufffd", 2, "it is not UTF-8, as TOML has to be"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_reason(text: str, line: int | None, words: str) -> None:
    with pytest.raises(UnfitTomlError) as raised:
        read(text)
    assert (raised.value.words, raised.value.line) == (words, line)


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ('["MIT", "\\n@org"]', 'a license that is not an SPDX license expression: "??org"'),
        ('["", "MIT"]', "an empty license"),
        (f"'{'x' * 200}'", f"a license that SPDX does not list: {'x' * 60}..."),
        ("'Apche-2.0'", "a license that SPDX does not list: Apche-2.0 (did you mean Apache-2.0?)"),
    ],
)
def test_an_invalid_license_is_told_and_stands_for_itself_alone(named: str, words: str) -> None:
    found = read(
        f'version = 1\n{TABLE}path = "a"\nSPDX-License-Identifier = {named}\n'
        f'{TABLE}path = "b"\nSPDX-License-Identifier = "MIT"\n'
    )
    assert found.invalid
    assert (found.invalid.line, found.invalid.words) == (2, f"an annotation names {words}")
    assert (said := found.of("b"))
    assert said.licenses == ("MIT",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x", None),
        ("x\n", 1),
        ("version = 1\nversion = 1\n", 2),
        ("version = 1\n" + "[a]\n" * 2, 3),
        (f"[{'a' * 300}]\n" * 2, 2),
        ("x = '\x00\x1b[2J'", 1),
        ('x = "\n"', 1),
        ("x = 1979-13-41\n", 1),
    ],
)
def test_what_is_no_toml_is_told_in_a_few_words_with_its_line_if_there_is_one(text: str, line: int | None) -> None:
    with pytest.raises(UnfitTomlError, match=r"^it is not TOML: .") as raised:
        read(text)
    assert raised.value.line == line
    assert raised.value.words.isprintable()
    assert len(raised.value.words) < 130


@given(
    st.text()
    | st.text("version=1[]annotations.\"'{}\n \\u0", max_size=200)
    | st.tuples(st.sampled_from(["path", "precedence", "SPDX-License-Identifier", "x"]), st.text(max_size=50)).map(
        lambda pair: f"version = 1\n{TABLE}path = 'a'\n{pair[0]} = {pair[1]}"
    )
)
def test_nothing_that_somebody_writes_is_an_error_of_another_kind(text: str) -> None:
    with suppress(UnfitTomlError):
        read(text).of("a")
