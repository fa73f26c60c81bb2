# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What people write into a policy to name paths, branches and accounts."""

import pytest
from pydantic import TypeAdapter, ValidationError

from rules.patterns import MAX_ENTRIES, MAX_LENGTH, Branches, Globs, Logins, PatternList, SomeGlobs, UnfitError


@pytest.mark.parametrize(
    ("patterns", "covered", "not_covered"),
    [
        ([], [], ["a", "a/b"]),
        (["**"], ["a", "a/b/c.py", ".hidden", "a\nb"], []),
        (["*"], ["a", "a/b"], []),
        (["*.py"], ["a.py", "deep/down/a.py"], ["a.pyc", "A.PY"]),
        (["/a.py"], ["a.py"], ["src/a.py"]),
        (["vendor/"], ["vendor/a", "src/vendor/a/b"], ["vendor", "vendors/a"]),
        (["vendor/**"], ["vendor/a", "vendor/a/b", "vendor/a\nb.py"], ["src/vendor/a", "vendor"]),
        (["a/**/b"], ["a/b", "a/x/b", "a/x/y/b"], ["a/xb", "x/a/b"]),
        (["a?c"], ["abc", "aéc", "x/abc"], ["ac", "abbc", "a/c"]),
        (["[ab].c"], ["a.c"], ["c.c"]),
        (["[!ab].c"], ["c.c"], ["a.c"]),
        (["a[!b]c"], ["axc"], ["a/c", "abc"]),
        (["LICENSE"], ["LICENSE", "sub/LICENSE"], ["License", "LICENSE.txt"]),
        ([r"\!x"], ["!x"], ["x"]),
        ([r"\#x"], ["#x"], ["x"]),
        (["vendor/**", "!vendor/ours/**"], ["vendor/a"], ["vendor/ours/a"]),
        (["vendor/", "!vendor/ours/"], ["vendor/a"], ["vendor/ours/a"]),
        (["!vendor/ours/**", "vendor/**"], ["vendor/a", "vendor/ours/a"], []),
        (["a", "!a", "a"], ["a"], []),
        (["data/*"], ["data/\udcff.csv", "data/\ud800"], ["\udcff"]),
    ],
)
def test_paths_are_matched_as_gitignore_does(patterns: list[str], covered: list[str], not_covered: list[str]) -> None:
    globs = Globs(patterns)
    assert [path for path in covered if not globs.match(path)] == []
    assert [path for path in not_covered if globs.match(path)] == []


@pytest.mark.parametrize(
    ("patterns", "covered", "not_covered"),
    [
        (["**"], ["main", "a/b/c"], []),
        (["main"], ["main"], ["maintenance", "x/main", "main/x", "Main"]),
        (["release/*"], ["release/1"], ["release/1/x", "release", "prerelease/1"]),
        (["release/**"], ["release/1", "release/1/x"], ["release"]),
        (["v?.x"], ["v1.x"], ["v10.x", "v/.x", "v1-x"]),
        (["**", "!wip/**"], ["main"], ["wip/a", "wip/a/b"]),
        (["a+(b)[c]"], ["a+(b)[c]"], ["aab", "ac"]),
    ],
)
def test_branches_are_matched_whole(patterns: list[str], covered: list[str], not_covered: list[str]) -> None:
    branches = Branches(patterns)
    assert [name for name in covered if not branches.match(name)] == []
    assert [name for name in not_covered if branches.match(name)] == []


@pytest.mark.parametrize(
    ("pattern", "covered", "not_covered"),
    [
        ("octocat", ["octocat", "OctoCat"], ["octocat2", "xoctocat", "octocat\n"]),
        ("bot*", ["bot", "bot-7", "BOTTOM"], ["robot", "robotfan"]),
        ("*-bot", ["acme-bot", "-bot"], ["acme-bots"]),
        ("dependabot[bot]", ["dependabot[bot]", "Dependabot[bot]"], ["dependabot", "dependabotb", "dependabot[bot]x"]),
        ("renovate*[bot]", ["renovate[bot]", "renovate-acme[bot]"], ["renovate"]),
        ("emu_acme", ["emu_acme"], ["emuxacme"]),
    ],
)
def test_logins_are_matched_whole_and_in_any_case(pattern: str, covered: list[str], not_covered: list[str]) -> None:
    logins = Logins([pattern])
    assert [login for login in covered if not logins.match(login)] == []
    assert [login for login in not_covered if logins.match(login)] == []


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        (Globs, "# a comment"),
        (Globs, "/"),
        (Globs, "   "),
        (Globs, "!"),
        (Globs, "a\\"),
        (Globs, "[a-"),
        (Globs, "[z-a]"),
        (Branches, "!"),
        (Branches, "a branch"),
        (Branches, "a\nb"),
        (Logins, "*"),
        (Logins, "-*-"),
        (Logins, "a b"),
        (Logins, "@octocat"),
        (Logins, "!octocat"),
        (Logins, "x@example.com"),
        (Logins, "dependabot[bat]"),
    ],
)
def test_what_is_no_pattern_is_refused(kind: type[PatternList], pattern: str) -> None:
    with pytest.raises(UnfitError):
        kind([pattern])


@pytest.mark.parametrize("kind", [Branches, SomeGlobs])
@pytest.mark.parametrize("patterns", [[], ["!main"]])
def test_a_list_that_could_cover_nothing_is_refused_where_it_must(kind: type[PatternList], patterns: list[str]) -> None:
    with pytest.raises(UnfitError, match="at least one pattern"):
        kind(patterns)


def test_lists_are_equal_when_they_are_of_one_kind_and_say_the_same() -> None:
    assert Globs(["a"]) == Globs(["a"])
    assert hash(Globs(["a"])) == hash(Globs(["a"]))
    assert Globs(["a"]) != Globs(["b"])
    assert Globs(["a"]) != SomeGlobs(["a"])
    assert Globs(["a"]) != ["a"]
    assert repr(Globs(["a"])) == "Globs(['a'])"


def test_pydantic_reads_writes_and_bounds_a_list() -> None:
    adapter = TypeAdapter(Globs)
    assert adapter.dump_python(adapter.validate_python(["a", "b/"])) == ["a", "b/"]
    for unfit in (["x"] * (MAX_ENTRIES + 1), ["x" * (MAX_LENGTH + 1)], [""], [1], "x"):
        with pytest.raises(ValidationError):
            adapter.validate_python(unfit)


def test_a_pattern_that_would_strangle_a_backtracking_engine_is_harmless() -> None:
    assert not Globs(["*a" * 100 + "b"]).match("a" * 4000)
    assert not Branches(["**a" * 90 + "b"]).match("a" * 4000)
