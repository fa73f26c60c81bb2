# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The paths that a command is called for: of which work tree they are, and that no link chooses it."""

from pathlib import Path

import pytest

from bot.checkout.git import CheckoutError
from bot.checkout.paths import open_work_tree
from tests.bot.checkout.conftest import Make, Repo

ONE, OTHER = "x = 1\n" * 9, "y = 2\n" * 9


@pytest.fixture
def branch(repo: Repo) -> Repo:
    """A repository with two files."""
    repo.commit({"old.py": ONE, "sub/older.py": OTHER}, "Base")
    return repo


@pytest.mark.parametrize(
    ("asked", "covered"),
    [
        (".", {"old.py", "sub/older.py", "subway.py"}),
        ("sub", {"sub/older.py"}),
        ("sub/", {"sub/older.py"}),
        ("sub/older.py", {"sub/older.py"}),
        ("sub/..", {"old.py", "sub/older.py", "subway.py"}),
    ],
)
def test_a_path_stands_for_what_lies_in_it(branch: Repo, asked: str, covered: set[str]) -> None:
    there = open_work_tree(branch.folder / asked)

    assert {path for path in ("old.py", "sub/older.py", "subway.py") if there.covers(path)} == covered


def test_without_a_path_it_is_the_whole_from_any_folder(branch: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(branch.folder / "sub")

    assert open_work_tree().covers("old.py")
    assert not open_work_tree(Path()).covers("old.py")


def test_a_path_that_is_not_there_is_refused(branch: Repo) -> None:
    with pytest.raises(CheckoutError, match=r"none\.py is not a file or folder"):
        open_work_tree(branch.folder / "none.py")


def test_a_folder_without_a_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckoutError, match="is not in a git repository"):
        open_work_tree(tmp_path)


def test_a_repository_without_a_work_tree_is_refused(make: Make) -> None:
    with pytest.raises(CheckoutError, match="must be run in a work tree"):
        open_work_tree(make("bare", "--bare").folder)


def test_several_paths_stand_for_what_lies_in_one_of_them(branch: Repo) -> None:
    there = open_work_tree(branch.folder / "sub", branch.folder / "old.py", branch.folder / "old.py")

    assert there.within == ("sub", "old.py")
    assert [path for path in ("old.py", "sub/older.py", "new.py") if there.covers(path)] == ["old.py", "sub/older.py"]


def test_paths_of_two_repositories_are_refused(branch: Repo, make: Make) -> None:
    with pytest.raises(CheckoutError, match="more than one repository"):
        open_work_tree(branch.folder / "old.py", make("other").folder)


@pytest.mark.parametrize("asked", ["link", "link/", "link/b.py", "link/sub", "link/..", "link.py", "sub/../link/b.py"])
def test_a_path_through_a_link_of_the_repository_is_refused(
    branch: Repo, make: Make, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    other = make("other")
    other.commit({"b.py": ONE, "sub/c.py": ONE})
    (branch.folder / "link").symlink_to("../other")
    (branch.folder / "link.py").symlink_to("old.py")
    monkeypatch.chdir(branch.folder)

    for path in (Path(asked), branch.folder / asked):
        with pytest.raises(CheckoutError, match=r"link(\.py)? is a symbolic link in a repository"):
            open_work_tree(path)


def test_a_link_from_outside_to_a_repository_may_lead_there(branch: Repo, tmp_path: Path) -> None:
    (tmp_path / "shortcut").symlink_to(branch.folder)

    assert open_work_tree(tmp_path / "shortcut" / "sub").within == ("sub",)


def test_a_path_that_is_not_utf8_is_refused(branch: Repo) -> None:
    branch.write("caf\udce9.py", ONE)

    with pytest.raises(CheckoutError, match="a name that is not UTF-8"):
        open_work_tree(branch.folder / "caf\udce9.py")


def test_a_path_outside_of_the_work_tree_that_git_was_told_of_is_refused(
    branch: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(branch.folder / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(branch.folder))

    with pytest.raises(CheckoutError, match="is not in the work tree"):
        open_work_tree(Path())


# -- what a repository may not do -----------------------------------------------------------------------------------


@pytest.mark.parametrize("elsewhere", ["..", "../.."])
def test_a_repository_cannot_call_a_folder_around_it_its_own(branch: Repo, elsewhere: str) -> None:
    branch.run("config", "core.worktree", str((branch.folder / ".git" / ".." / elsewhere).resolve()))

    with pytest.raises(CheckoutError):
        open_work_tree(branch.folder)


def test_a_repository_cannot_call_another_one_around_it_its_own(branch: Repo) -> None:
    inner = Repo(branch.folder / "inner")
    inner.folder.mkdir()
    inner.run("init", "--quiet")
    inner.run("config", "core.worktree", str(branch.folder))

    with pytest.raises(CheckoutError, match=r"work tree is elsewhere"):
        open_work_tree(inner.folder)
