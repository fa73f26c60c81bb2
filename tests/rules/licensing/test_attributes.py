# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What .gitattributes say of a file, as git reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.change import Side, SideFile
from rules.licensing.attributes import Attributes, side_paths

YES, NO = " linguist-generated\n", " -linguist-generated\n"


def generated(files: dict[str, str], path: str, side: Side = Side.BASE) -> bool | None:
    """Whether a file is said to be generated."""
    return Attributes(SideFile(source, side, text) for source, text in files.items()).generated(path)


def covers(pattern: str, path: str) -> bool:
    """Whether a pattern covers a path."""
    return generated({".gitattributes": f"{pattern}{YES}"}, path) is True


def test_every_folder_may_say_something_of_its_files() -> None:
    assert side_paths("a.py") == (".gitattributes",)
    assert side_paths("a/b/c.py") == (".gitattributes", "a/.gitattributes", "a/b/.gitattributes")


def test_nobody_looks_into_folders_without_end() -> None:
    assert len(side_paths("a/" * 2000 + "b")) == 101
    assert generated({".gitattributes": f"*{YES}"}, "a/" * 2000 + "b") is True


# Each row is what `git check-attr` answers.
@pytest.mark.parametrize(
    ("pattern", "covered", "left"),
    [
        ("a", "a b/a", "a/b ab"),
        ("/a", "a", "b/a"),
        ("a/", "", "a a/b"),
        ("a/b", "a/b", "c/a/b"),
        ("*.go", "a.go b/a.go .go", "a.go/b a.gox"),
        ("a/*", "a/b", "a/b/c"),
        ("*/a", "x/a", "a y/x/a"),
        ("a*c/d", "ac/d abc/d", "a/c/d"),
        ("a?c", "abc b/abc", "ac a/c"),
        ("a?c/d", "abc/d", "a/c/d"),
        ("**", "a a/b", ""),
        ("/**", "a a/b", ""),
        ("a/**", "a/b a/b/c", "a c/a/b"),
        ("**/b", "b a/b a/c/b", "xb"),
        ("***/a", "a b/a c/b/a", "xa"),
        ("a/**/b", "a/b a/x/b a/x/y/b", "axb"),
        ("**/**/a", "a x/a x/y/a", ""),
        ("a**b", "ab axb", "a/b"),
        ("a**b/c", "axb/c", "a/b/c"),
        ("[ab]", "a b", "c"),
        ("[a-c]x", "bx", "dx -x"),
        ("[a-]", "a -", "b"),
        (r"[a\-c]", "a - c", "b"),
        (r"[\]]", "]", "a"),
        ("[]a]", "] a", "b"),
        ("[[a]", "[ a", "b"),
        ("[!a]", "b x/b", "a"),
        ("[^a]", "b ^", "a"),
        ("x[!a]b/c", "xcb/c", "x/b/c xab/c"),
        ("[[:digit:]]", "1", "a"),
        ("[[:none:]]", "", "n : ["),
        ("[z-a]", "", "b"),
        ("x[a/b]y/z", "xay/z xby/z", "x/y/z"),
        ("x[/]y/z", "", "x/y/z"),
        ("x[.-0]y/z", "x.y/z x0y/z", "x/y/z"),
        ("x[--/]y/z", "x-y/z x.y/z", "x/y/z"),
        ("x[/-1]y/z", "x0y/z x1y/z", "x/y/z"),
        ("x[^.-0]y/z", "xay/z", "x/y/z x.y/z"),
        ("x[[:punct:]]y/z", "x[y/z x!y/z x-y/z x~y/z x^y/z", "x/y/z xay/z"),
        ("x[[:graph:]]y/z", "xay/z x!y/z", "x/y/z"),
        ("x[[:print:]]y/z", "xay/z", "x/y/z"),
        ("[a", "", "a [a"),
        ("a\\", "", "a a\\"),
        (r"\*", "*", "a"),
        (r"\#a", "#a", ""),
        (r"\!a", "!a", ""),
        ("a.b", "a.b", "axb"),
        ("A", "A", "a"),
        ('"a"', "a", '"a"'),
        (r'"\141\t"', "", "141"),
        (r'"\303\244"', "ä", ""),
        (r'"\"\\\\"', '"\\', '"'),
        (r'"\q"', "", "q"),
        ('"#a"', "#a", ""),
        ('"a"b', "a", "b"),
        ('"a', '"a', "a"),
        ("#a", "", "#a a"),
        ("!a", "", "!a a b"),
        ('"!a"', "", "!a a b"),
        ("[attr]a", "", "a [attr]a ta"),
        ("\ufeffa", "a", ""),
        (" \t a", "a", ""),
        ("a" * 2000, "a" * 2000, ""),
        ("a" * 2049, "", "a" * 2049),
    ],
)
def test_a_pattern_covers_what_git_says(pattern: str, covered: str, left: str) -> None:
    assert {path for path in covered.split() if not covers(pattern, path)} == set()
    assert {path for path in left.split() if covers(pattern, path)} == set()


def test_a_pattern_in_quotes_may_have_spaces() -> None:
    assert covers('"a b"', "c/a b")
    assert covers(r'"a\tb"', "a\tb")
    assert not covers('"a b"', "a")


def test_names_that_nobody_would_give_are_covered_like_others() -> None:
    assert covers("*.go", "a\n.go")
    assert covers("a/*", "a/\udcff")


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ("linguist-generated", True),
        ("\tlinguist-generated\r", True),
        ("linguist-generated=true", True),
        ("linguist-generated=1", True),
        ("linguist-generated=", True),
        ("linguist-generated=false", False),
        ("-linguist-generated", False),
        ("-linguist-generated=true", False),
        ("!linguist-generated", None),
        ("text -diff eol=lf linguist-generated merge=x=y", True),
        ("linguist-generated -linguist-generated", False),
        ("linguist-generated=false linguist-generated", True),
        ("linguist-vendored", None),
        ("linguist-generated-not", None),
        ("Linguist-Generated", None),
        ("", None),
        # A name that is none makes git skip the line.
        ("--linguist-generated", None),
        ("linguist-generated =true", None),
        ("linguist-generated bü", None),
    ],
)
def test_an_attribute_says_yes_or_no_or_nothing(attributes: str, said: bool | None) -> None:
    assert generated({".gitattributes": f"a {attributes}"}, "a") is said


ROOT, NEAR = ".gitattributes", "a/.gitattributes"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, None),
        ({ROOT: f"*{YES}"}, True),
        ({ROOT: f"*{YES}b{NO}"}, False),
        ({ROOT: f"b{NO}*{YES}"}, True),
        ({ROOT: f"*{YES}b text\n"}, True),
        ({ROOT: f"*{YES}b !linguist-generated\n"}, None),
        ({ROOT: f"a/b{YES}", NEAR: "b text"}, True),
        ({ROOT: f"a/b{YES}", NEAR: f"b{NO}"}, False),
        ({ROOT: f"a/b{YES}", NEAR: f"/b{NO}"}, False),
        ({ROOT: f"a/b{YES}", NEAR: f"a/b{NO}"}, True),
        ({ROOT: f"a/b{YES}", NEAR: "b !linguist-generated"}, None),
        ({ROOT: f"a/b{NO}", NEAR: f"*{YES}"}, True),
        ({"c/.gitattributes": f"*{YES}"}, None),
        ({"a/b/.gitattributes": f"*{YES}"}, None),
        ({"a/gitattributes": f"*{YES}"}, None),
    ],
)
def test_the_last_line_in_the_nearest_file_decides(files: dict[str, str], said: bool | None) -> None:
    assert generated(files, "a/b") is said


def test_what_a_contribution_brings_itself_says_nothing() -> None:
    assert generated({ROOT: f"*{YES}"}, "a", Side.HEAD) is None


def test_vendored_is_another_attribute() -> None:
    found = Attributes(
        [SideFile(ROOT, Side.BASE, "* linguist-vendored\nb linguist-vendored=false linguist-generated\n")]
    )
    assert [(found.vendored(path), found.generated(path)) for path in ("a", "b")] == [(True, None), (False, True)]


@given(st.text('ab*?[]!^\\/"#-: .\t\r\n\x00é', max_size=40), st.text(max_size=20))
def test_no_line_and_no_name_is_an_error(line: str, path: str) -> None:
    assert generated({ROOT: f'{line}{YES}"{line}"{YES}'}, path) in (True, None)
