# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The new lines of changed files in a local repository, whatever they are called and git is told."""

from pathlib import Path

import pytest

from bot.checkout import lines, read
from bot.checkout.lines import with_lines
from rules.change import Change, Lines
from tests.bot.checkout.conftest import Make, Repo

Found = dict[str, list[tuple[int, str]] | None]


def told(file_lines: tuple[Lines, ...] | None) -> list[tuple[int, str]] | None:
    return None if file_lines is None else [(run.first, run.text) for run in file_lines]


def found(repo: Repo, change: Change, *paths: str) -> Found:
    asked = paths or [file.path for file in change.files]
    filled = with_lines(repo.git, read.measured(repo.git, change), asked)
    return {file.path: told(file.lines) for file in filled.files}


def in_last_commit(repo: Repo, *paths: str) -> Found:
    return found(repo, read.of_range(repo.git, "HEAD~1", "HEAD").change, *paths)


def test_an_added_file_is_all_new_and_of_others_what_the_diff_shows(repo: Repo) -> None:
    many = "".join(f"{number}\n" for number in range(50))
    repo.commit(
        {"old.py": "a\nb\nc\n", "gone.py": "x\n", "cut.py": "a\nb\n", "moved.py": many, "kept.py": f"{many}x\n"}
    )
    for name in ("gone.py", "moved.py", "kept.py"):
        (repo.folder / name).unlink()
    files = {"old.py": "a\nB\nC\nc\nno end", "cut.py": "a\n", "new.py": "one\n\ntwo\n", "empty.py": ""}
    repo.commit({**files, "there.py": many, "edited.py": f"{many}x\nmore\n"})

    assert in_last_commit(repo) == {
        "cut.py": [],
        "edited.py": [(52, "more")],
        "empty.py": [],
        "gone.py": None,
        "new.py": [(1, "one\n\ntwo")],
        "old.py": [(2, "B\nC"), (5, "no end")],
        "there.py": None,  # its content is not new
    }


def test_only_the_files_that_are_asked_for_are_read(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"old.py": "a\n"})
    repo.commit({"old.py": "b\n", "new.py": "n\n", "other.py": "o\n"})

    assert in_last_commit(repo, "new.py") == {"new.py": [(1, "n")], "old.py": None, "other.py": None}
    monkeypatch.setattr(lines, "_in_patches", None)  # not even called
    monkeypatch.setattr(lines, "_in_wholes", None)
    assert set(in_last_commit(repo, "elsewhere.py").values()) == {None}


def test_what_is_staged_counts_and_not_what_lies_in_the_folder(repo: Repo) -> None:
    repo.commit({"old.py": "a\n"})
    repo.write("old.py", "a\nstaged\n")
    repo.write("new.py", "staged\n")
    repo.run("add", "--all")
    repo.write("old.py", "a\nedited since\n")

    assert found(repo, read.of_index(repo.git).change) == {"new.py": [(1, "staged")], "old.py": [(2, "staged")]}


def test_a_whole_tree_is_new(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit({"a.py": "a\n", "b.py": "b\n" * 5_000})
    monkeypatch.setattr(lines, "_patches", None)  # no diff is asked for
    change = read.of_tree(repo.git, "HEAD").change

    assert found(repo, change) == {"a.py": [(1, "a")], "b.py": [(1, "b\n" * 4_999 + "b")]}
    held = read.with_content(repo.git, change, {"a.py"})
    assert found(repo, held)["a.py"] == [(1, "a")]


HOSTILE = (
    "odd\n@@ -1 +1 @@\n+forged = 1\n.py",
    "diff --git a\n:100644 100644 1 2 M\t.py",
    'quoted " name.py',
    "tab\tand \\ ünïcödé ☃.py",
    "+++ b.py",
)


def test_a_name_is_no_patch(repo: Repo) -> None:
    repo.commit(dict.fromkeys(HOSTILE, "a\n"))
    repo.commit(dict.fromkeys(HOSTILE, "a\n@@ -1 +9 @@\n+++ x\ndiff --git a b\n"))

    assert in_last_commit(repo) == {name: [(2, "@@ -1 +9 @@\n+++ x\ndiff --git a b")] for name in HOSTILE}


def test_what_becomes_another_kind_of_thing_leads_nobody_astray(repo: Repo) -> None:
    (repo.folder / "a.py").symlink_to("z.py")
    repo.commit({"b.py": "b\n", "z.py": "z\n"})
    (repo.folder / "a.py").unlink()
    (repo.folder / "b.py").unlink()
    (repo.folder / "b.py").symlink_to("z.py")
    repo.run("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},lib")
    (repo.folder / "lib").mkdir()
    repo.commit({"a.py": "a\n", "z.py": "z\nmore\n"})

    assert in_last_commit(repo) == {"a.py": [(1, "a")], "b.py": None, "lib": None, "z.py": [(2, "more")]}


def test_a_file_that_git_is_told_to_hide_is_all_new(repo: Repo) -> None:
    repo.commit({"a.py": "a\n", ".gitattributes": "*.py -diff\n"})
    repo.commit({"a.py": "a\nhidden\n"})

    assert in_last_commit(repo) == {"a.py": [(1, "a\nhidden")]}


def test_what_is_no_text_or_too_large_has_no_lines(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LARGEST", 10)
    monkeypatch.setattr(lines, "_ROOM", 40)
    repo.commit({"binary.py": b"\0", "long.py": "a\n", "longest.py": "a\n"})
    repo.commit(
        {
            "binary.py": b"\0\1",
            "long.py": "a\n" + "b\n" * 11,
            "longest.py": "a\n" + "b\n" * 50,
            "new.py": "twelve bytes",
            "small.py": "9 bytes \n",
            "zero.py": b"\0",
        }
    )
    assert in_last_commit(repo) == {
        "binary.py": None,
        "long.py": None,
        "longest.py": None,
        "new.py": None,
        "small.py": [(1, "9 bytes ")],
        "zero.py": None,
    }
    change = read.measured(repo.git, read.of_range(repo.git, "HEAD~1", "HEAD").change)
    seen = read.with_content(repo.git, change, {"binary.py"})
    assert found(repo, seen, "binary.py")["binary.py"] is None


def test_no_more_lines_are_kept_than_fit_into_memory(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "TOGETHER", 10)
    repo.commit(dict.fromkeys(("1.py", "2.py", "3.py"), "x\n"))
    repo.commit({"1.py": "x\nfive5\n", "2.py": "x\nseven77\n", "3.py": "x\nyy\n", "4.py": "z\n"})

    assert in_last_commit(repo) == {"1.py": [(2, "five5")], "2.py": None, "3.py": None, "4.py": None}
    change = read.of_tree(repo.git, "HEAD").change
    assert found(repo, change) == {"1.py": [(1, "x\nfive5")], "2.py": None, "3.py": None, "4.py": [(1, "z")]}


def test_an_index_that_moves_meanwhile_mixes_nothing(repo: Repo) -> None:
    repo.commit({"a.py": "a\n", "b.py": "b\n"})
    repo.write("b.py", "b\nnow\n")
    repo.run("add", "--all")
    before = read.of_index(repo.git).change
    repo.write("a.py", "a\nsince\n")
    repo.run("add", "--all")

    assert found(repo, before) == {"b.py": [(1, "b\nnow")]}  # not what the diff shows first by now


def test_nothing_that_the_repository_configures_is_run_or_changes_the_form(repo: Repo, tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    for key, value in {
        "diff.external": f"touch {trap}",
        "diff.trap.command": f"touch {trap}",
        "diff.trap.textconv": f"touch {trap}; cat",
        "color.ui": "always",
        "color.diff": "always",
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.interHunkContext": "20",
        "diff.context": "7",
        "diff.submodule": "log",
        "diff.renames": "false",
        "diff.suppressBlankEmpty": "true",
        "diff.wordRegex": ".",
        "core.quotePath": "false",
    }.items():
        repo.run("config", key, value)
    repo.commit({"a.py": "1\n2\n3\n4\n5\n", ".gitattributes": "*.py diff=trap\n"})
    repo.commit({"a.py": "one\n2\n3\n4\nfive\n"})

    assert in_last_commit(repo) == {"a.py": [(1, "one"), (5, "five")]}
    assert not trap.exists()


def test_a_repository_of_sha256(make: Make) -> None:
    repo = make("sha256", "--object-format=sha256")
    repo.commit({"a.py": "a\n"})
    repo.commit({"a.py": "a\nb\n", "c.py": "c\n"})

    assert in_last_commit(repo) == {"a.py": [(2, "b")], "c.py": [(1, "c")]}
