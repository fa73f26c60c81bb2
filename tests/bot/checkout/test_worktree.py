# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which files of a work tree are looked at, in real repositories."""

import os
import stat
from pathlib import Path

import pytest

from bot.checkout.git import CheckoutError
from bot.checkout.paths import WorkTree, open_work_tree
from bot.checkout.worktree import LARGEST, differing, every, ignored, unstaged
from rules.change import FileStatus
from tests.bot.checkout.conftest import Make, Repo

ONE, OTHER = "x = 1\n" * 9, "y = 2\n" * 9


def tree(repo: Repo) -> WorkTree:
    return open_work_tree(repo.folder)


def changed(repo: Repo, base: str = "main") -> dict[str, FileStatus]:
    """The files with new content, and what was done to them."""
    return {file.path: file.status for file in differing(tree(repo), base).change.files if file.content_changed}


@pytest.fixture
def branch(repo: Repo) -> Repo:
    """A repository with two files and a branch that is checked out, without a commit of its own."""
    repo.commit({"old.py": ONE, "sub/older.py": OTHER, ".gitignore": "*.log\n"}, "Base")
    repo.run("checkout", "--quiet", "-b", "feature")
    return repo


# -- what differs ---------------------------------------------------------------------------------------------------


def test_what_is_committed_staged_edited_and_new_differs(branch: Repo) -> None:
    branch.commit({"committed.py": ONE})
    branch.write("staged.py", OTHER)
    branch.run("add", "staged.py")
    branch.write("old.py", ONE + OTHER)
    branch.write("deep/new.py", "z\n")
    branch.write("deep/ignored.log")

    assert changed(branch) == {
        "committed.py": FileStatus.ADDED,
        "staged.py": FileStatus.ADDED,
        "old.py": FileStatus.MODIFIED,
        "deep/new.py": FileStatus.ADDED,
    }


def test_nothing_differs_on_a_clean_branch(branch: Repo) -> None:
    assert differing(tree(branch), "main").change.files == ()


def test_what_others_did_meanwhile_does_not(branch: Repo) -> None:
    branch.run("checkout", "--quiet", "main")
    tip = branch.commit({"theirs.py": ONE})
    branch.run("checkout", "--quiet", "feature")
    branch.write("mine.py", ONE)

    subject = differing(tree(branch), "main")

    assert [file.path for file in subject.change.files] == ["mine.py"]
    assert subject.policy_at == (tip, branch.run("rev-parse", "HEAD"))
    assert subject.change.base_ref == "main"


def test_a_file_that_was_only_touched_does_not_differ(branch: Repo) -> None:
    os.utime(branch.folder / "old.py", (1, 1))

    assert changed(branch) == {}


def test_line_ends_that_git_turns_into_its_own_are_no_difference(branch: Repo) -> None:
    branch.write("old.py", ONE.replace("\n", "\r\n"))

    assert changed(branch) == {}


def test_an_edit_that_keeps_size_and_time_is_seen(branch: Repo) -> None:
    branch.write("old.py", ONE.replace("1", "3"))

    assert changed(branch) == {"old.py": FileStatus.MODIFIED}


def test_an_edit_on_top_of_what_was_added_leaves_it_added(branch: Repo) -> None:
    branch.commit({"new.py": ONE})
    branch.write("new.py", OTHER)

    assert changed(branch) == {"new.py": FileStatus.ADDED}


def test_a_mode_alone_is_no_new_content(branch: Repo) -> None:
    (branch.folder / "old.py").chmod(0o755)

    assert changed(branch) == {}


def test_what_was_only_moved_has_no_new_content(branch: Repo) -> None:
    branch.run("mv", "old.py", "moved.py")
    (branch.folder / "sub/older.py").rename(branch.folder / "moved_without_git.py")

    assert changed(branch) == {}


def test_what_was_moved_and_edited_has(branch: Repo) -> None:
    branch.run("mv", "old.py", "moved.py")
    branch.write("moved.py", ONE + "z\n")

    assert changed(branch) == {"moved.py": FileStatus.RENAMED}


def test_what_is_gone_differs_and_has_no_new_content(branch: Repo) -> None:
    (branch.folder / "old.py").unlink()
    branch.write("new.py", "z\n")

    files = {file.path: file.status for file in differing(tree(branch), "main").change.files}

    assert files == {"old.py": FileStatus.REMOVED, "new.py": FileStatus.ADDED}


def test_a_file_that_is_only_meant_to_be_added_counts(branch: Repo) -> None:
    branch.write("new.py", ONE)
    branch.run("add", "--intent-to-add", "new.py")

    assert list(changed(branch)) == ["new.py"]


def test_a_link_in_a_files_place_is_for_the_rule_to_pass_over(branch: Repo) -> None:
    (branch.folder / "old.py").unlink()
    (branch.folder / "old.py").symlink_to("sub/older.py")

    assert list(changed(branch)) == ["old.py"]


def test_another_repository_in_a_folder_is_no_part_of_this_one(branch: Repo) -> None:
    inner = Repo(branch.folder / "inner")
    inner.folder.mkdir()
    inner.run("init", "--quiet")
    inner.commit({"a.py": ONE})

    assert changed(branch) == {}


def test_ids_of_sha256_are_known(make: Make) -> None:
    repo = make("sha256", "--object-format=sha256")
    repo.commit({"old.py": ONE})
    os.utime(repo.folder / "old.py", (1, 1))

    assert changed(repo) == {}


def test_a_merge_that_is_not_resolved_is_refused(branch: Repo) -> None:
    blob = branch.run("rev-parse", "HEAD:old.py")
    entries = "".join(f"100644 {blob} {stage}\told.py\n" for stage in (1, 2, 3))
    branch.run("update-index", "--index-info", stdin=f"0 {'0' * 40}\told.py\n{entries}".encode())

    with pytest.raises(CheckoutError, match=r"old\.py has an unresolved merge conflict"):
        differing(tree(branch), "main")
    with pytest.raises(CheckoutError, match=r"old\.py has an unresolved merge conflict"):
        every(tree(branch))


# -- every file -----------------------------------------------------------------------------------------------------


def test_every_file_is_what_git_tracks_or_does_not_ignore(branch: Repo) -> None:
    (branch.folder / "link.py").symlink_to("old.py")
    branch.run("add", "link.py")
    branch.run("update-index", "--add", "--cacheinfo", f"160000,{branch.run('rev-parse', 'HEAD')},lib")
    branch.write("new.py")
    branch.write("ignored.log")

    subject = every(tree(branch))

    assert {file.path for file in subject.change.files} == {".gitignore", "old.py", "sub/older.py", "new.py"}
    assert {file.status for file in subject.change.files} == {FileStatus.ADDED}
    assert subject.policy_at == (branch.run("rev-parse", "HEAD"),)


def test_before_the_first_commit_every_file_is_there_and_no_commit(repo: Repo) -> None:
    repo.write("new.py")

    subject = every(tree(repo))

    assert ([file.path for file in subject.change.files], subject.policy_at) == (["new.py"], ())


@pytest.mark.parametrize("name", ["-rf.py", ":(top)x.py", "a\nb.py", "a\tb.py", "quo\"te's.py", "*.py", " .py", "ü.py"])
def test_a_name_is_only_a_name(branch: Repo, name: str) -> None:
    branch.write(name, ONE)

    assert list(changed(branch)) == [name]
    assert name in [file.path for file in every(tree(branch)).change.files]


def test_a_linked_work_tree_is_one(branch: Repo, tmp_path: Path) -> None:
    branch.run("worktree", "add", "--quiet", "-b", "other", str(tmp_path / "other"))
    other = Repo(tmp_path / "other")
    other.write("new.py")

    assert list(changed(other)) == ["new.py"]


def test_a_file_that_git_ignores_counts_only_by_its_own_name(branch: Repo) -> None:
    for path in ("ignored.log", "sub/ignored.log", "new.py"):
        branch.write(path)
    within = (branch.folder / path for path in ("ignored.log", "sub", "new.py", "old.py"))

    assert [file.path for file in ignored(open_work_tree(*within))] == ["ignored.log"]
    assert ignored(tree(branch)) == ()


def test_an_edit_on_top_of_what_is_staged_is_not_staged(branch: Repo) -> None:
    for path in ("old.py", "sub/older.py"):
        branch.write(path, "staged\n")
    branch.run("add", ".")
    branch.write("old.py", "edited\n")

    assert unstaged(tree(branch)) == {"old.py"}


# -- what a repository may not do -----------------------------------------------------------------------------------


def program(repo: Repo) -> tuple[Path, str]:
    """A program, and the file that it leaves behind if it is run."""
    mark, script = repo.folder.parent / "was-run", repo.folder.parent / "program.sh"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(stat.S_IRWXU)
    return mark, str(script)


@pytest.mark.parametrize("setting", ["clean", "process"])
def test_no_filter_runs_even_where_time_stamps_decide_nothing(branch: Repo, setting: str) -> None:
    mark, script = program(branch)
    branch.write(".git/info/attributes", "*.py filter=Evil.Filter\n")
    branch.run("config", f"filter.Evil.Filter.{setting}", script)
    branch.run("config", "filter.Evil.Filter.required", "true")
    os.utime(branch.folder / ".git/index", (1, 1))  # so that every file may have been edited since
    branch.write("new.py", ONE)

    assert list(changed(branch)) == ["new.py"]
    assert not mark.exists()


def test_a_filter_that_cannot_be_switched_off_is_refused(branch: Repo) -> None:
    branch.run("config", "filter.a=b.clean", "cat")

    with pytest.raises(CheckoutError, match="a filter"):
        changed(branch)


def test_neither_hooks_nor_monitors_run(branch: Repo) -> None:
    mark, script = program(branch)
    branch.run("config", "core.fsmonitor", script)
    branch.run("config", "core.hooksPath", str(Path(script).parent))
    branch.write("new.py")

    assert list(changed(branch)) == ["new.py"]
    assert not mark.exists()


def test_a_file_too_large_to_be_compared_differs(branch: Repo) -> None:
    with (branch.folder / "old.py").open("wb") as file:
        file.truncate(LARGEST + 1)

    assert list(changed(branch)) == ["old.py"]
