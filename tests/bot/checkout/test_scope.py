# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which files `steward fix` looks at, whether it is given paths or not, and that its words for them are true."""

from pathlib import Path

import pytest

from tests.bot.checkout.conftest import Repo
from tests.bot.checkout.fixing import BARE, FIXED, POLICY, STRICT, lines, project, run, text


@pytest.fixture
def acme(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Without a remote: one old file, and `feature` is checked out."""
    return project(repo, monkeypatch)


@pytest.fixture
def clone(acme: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """What somebody has who clones that repository: `main` is checked out, as it is at origin."""
    acme.run("checkout", "--quiet", "main")
    acme.commit({"src/older.py": BARE, "lib/oldest.py": BARE, ".gitignore": "build/\n"})
    acme.run("clone", "--quiet", str(acme.folder), str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    return Repo(tmp_path / "clone")


def added(*arguments: str | Path) -> tuple[str, list[str]]:
    """The words for what was looked at, and the files that would get a header."""
    heading, *rest = lines("--check", *arguments)
    would = "would add the header: "
    return heading, [line.removeprefix(would) for line in rest if line.startswith(would)]


# -- without a path -------------------------------------------------------------------------------------------------


def test_a_clean_clone_is_left_as_it_is(clone: Repo) -> None:
    result = run()

    assert (result.exit_code, result.stdout) == (
        0,
        "Nothing differs from origin/main. --all looks at every file, --base REF compares with another branch.\n",
    )
    assert clone.run("status", "--porcelain") == ""


def test_a_remote_that_was_never_fetched_from_is_one(acme: Repo) -> None:
    acme.run("remote", "add", "origin", "https://github.com/acme/widgets")

    assert added() == (
        "Nothing differs from main. --all looks at every file, --base REF compares with another branch.",
        [],
    )


def test_without_a_remote_nothing_tells_old_files_from_new_ones(acme: Repo) -> None:
    assert added() == ("Nothing differs from main, and there is no remote to compare with, so every file:", ["old.py"])


def test_what_differs_from_the_remotes_branch_counts(clone: Repo) -> None:
    clone.commit({"new.py": BARE})

    assert added() == ("What differs from origin/main:", ["new.py"])


def test_where_a_base_is_named_only_what_differs_from_it_counts(acme: Repo) -> None:
    nothing = "Nothing differs from main. --all looks at every file, --base REF compares with another branch."
    assert added("--base", "main") == (nothing, [])
    acme.commit({"a.py": BARE})
    acme.commit({"b.py": BARE})

    assert added("--base", "HEAD~1") == ("What differs from HEAD~1:", ["b.py"])
    assert added("--base", "HEAD~1", ".github")[0].startswith("Nothing in .github differs from HEAD~1. ")


# -- with paths -----------------------------------------------------------------------------------------------------


def test_what_differs_below_the_path_is_touched_and_nothing_else(clone: Repo) -> None:
    clone.write("src/new.py", BARE)
    clone.write("srcs/new.py", BARE)

    assert added("src") == ("What differs from origin/main in src:", ["src/new.py"])
    assert added("srcs/new.py") == ("What differs from origin/main in srcs/new.py:", ["srcs/new.py"])


def test_who_names_a_path_below_which_nothing_differs_means_all_of_it(clone: Repo) -> None:
    clone.write("src/new.py", BARE)

    assert added("lib") == ("All of lib, where nothing has new content since origin/main:", ["lib/oldest.py"])
    assert added("old.py") == ("All of old.py, where nothing has new content since origin/main:", ["old.py"])


def test_a_file_that_is_gone_or_only_moved_is_no_difference_below_a_path(clone: Repo) -> None:
    clone.run("mv", "src/older.py", "src/moved.py")

    assert added("src") == ("All of src, where nothing has new content since origin/main:", ["src/moved.py"])


def test_of_several_paths_each_is_taken_by_itself(clone: Repo) -> None:
    clone.write("src/new.py", BARE)

    assert added("src", "old.py", "lib/oldest.py") == (
        "What differs from origin/main in src, and all of old.py, lib/oldest.py, where nothing has new content:",
        ["lib/oldest.py", "old.py", "src/new.py"],
    )


def test_many_paths_are_not_all_named(clone: Repo) -> None:
    for number in range(5):
        clone.write(f"{number}.py", BARE)

    assert lines(*(f"{number}.py" for number in range(5)))[0] == (
        "What differs from origin/main in 0.py, 1.py, 2.py and 2 more:"
    )


def test_a_file_that_git_ignores_is_meant_if_it_is_named(clone: Repo) -> None:
    clone.write("build/made.py", BARE)
    clone.write("build/other.py", BARE)

    assert lines("build/made.py") == [
        "What differs from origin/main in build/made.py:",
        "added the header: build/made.py",
        "1 header added.",
    ]
    assert (text(clone, "build/made.py"), text(clone, "build/other.py")) == (FIXED, BARE)
    assert added("--all", "build/other.py") == ("Every file in build/other.py:", ["build/other.py"])


@pytest.mark.parametrize("option", ["--check", "--all"])
def test_a_folder_that_git_ignores_is_not_looked_at_and_that_is_said(clone: Repo, option: str) -> None:
    clone.write("build/made.py", BARE)

    assert lines(option, "build") == ["There is no file in build but what git ignores. To mend such a file, name it."]
    assert text(clone, "build/made.py") == BARE


def test_the_whole_may_be_named_too(clone: Repo) -> None:
    assert added(".") == (
        "All of this repository, where nothing has new content since origin/main:",
        ["lib/oldest.py", "old.py", "src/older.py"],
    )


def test_in_a_folder_the_whole_is_meant_and_a_dot_means_the_folder(
    clone: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write("src/a.py", BARE)
    clone.write("b.py", BARE)
    monkeypatch.chdir(clone.folder / "src")

    assert added(".")[1] == ["src/a.py"]
    assert added()[1] == ["b.py", "src/a.py"]


def test_a_link_writes_into_no_other_repository(clone: Repo, acme: Repo) -> None:
    (clone.folder / "link").symlink_to(acme.folder)

    result = run("link")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "link is a symbolic link in a repository: name what it leads to, if that is meant" in result.stderr
    assert text(acme, "old.py") == BARE


# -- what is staged -------------------------------------------------------------------------------------------------


def test_where_nothing_is_staged_nothing_is_done(clone: Repo) -> None:
    """So it is in a hook when a commit is amended."""
    clone.write("new.py", BARE)
    clone.write("old.py", BARE * 2)

    result = run("--staged")

    assert (result.exit_code, result.stdout) == (0, "Nothing is staged.\n")
    assert text(clone, "new.py") == BARE


def test_only_what_is_staged_is_mended_and_steward_stages_nothing(clone: Repo) -> None:
    clone.write("src/new.py", BARE)
    clone.run("add", "src/new.py")
    staged = clone.run("write-tree")
    clone.write("untracked.py", BARE)
    clone.write("old.py", BARE * 2)

    result = run("--staged")

    assert (result.exit_code, result.stdout) == (
        0,
        "What is staged:\nadded the header: src/new.py\n1 header added.\n",
    )
    assert (text(clone, "src/new.py"), text(clone, "untracked.py"), text(clone, "old.py")) == (FIXED, BARE, BARE * 2)
    assert clone.run("write-tree") == staged
    assert lines("--staged", "lib") == ["Nothing is staged in lib."]


def test_a_staged_file_with_other_edits_is_mended_and_that_is_said(clone: Repo) -> None:
    clone.write("new.py", "staged\n")
    clone.run("add", "new.py")
    clone.write("new.py", BARE)

    assert lines("--staged")[1:3] == [
        "added the header: new.py",
        "note: new.py has edits that are not staged; to stage the header stages them, too.",
    ]
    assert text(clone, "new.py") == FIXED


def test_what_is_staged_and_gone_from_the_work_tree_is_passed_over(clone: Repo) -> None:
    clone.write("new.py", BARE)
    clone.run("add", "new.py")
    (clone.folder / "new.py").unlink()

    assert lines("--staged") == ["What is staged:", "No header is missing."]


def test_in_a_merge_the_files_of_the_other_branch_are_not_touched(clone: Repo) -> None:
    clone.run("checkout", "--quiet", "-b", "topic")
    clone.commit({"theirs.py": BARE, "both.py": "theirs\n"})
    clone.run("checkout", "--quiet", "main")
    clone.commit({"mine.py": BARE})
    clone.run("merge", "--quiet", "--no-commit", "topic")
    clone.write("both.py", BARE)
    clone.run("add", "both.py")

    assert added("--staged") == ("What is staged:", ["both.py"])


def test_before_the_first_commit_what_is_staged_counts(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.folder)
    repo.write(POLICY, STRICT)
    repo.write("new.py", BARE)
    repo.run("add", ".")
    repo.write("untracked.py", BARE)

    assert lines("--staged", "--check") == [
        "What is staged:",
        f"note: No commit has a {POLICY} yet: the policy is read from what is staged.",
        "would add the header: new.py",
        "1 header to add.",
    ]
