# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.github import Executable, Submodule, Symlink
from bot.demo.github.git.content import Stamp, Written
from bot.demo.github.git.difference import FileChange
from bot.demo.github.git.store import GitError, GitStore

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ALICE = Stamp("Alice", "alice@example.com", AT)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GitStore]:
    opened = GitStore(tmp_path / "a.git")
    yield opened
    opened.close()


def commit(store: GitStore, files: dict[str, Written], *parents: str, message: str = "Change") -> str:
    return store.commit("refs/heads/main", parents, files, message, ALICE, ALICE)


def changed(store: GitStore, before: dict[str, Written], after: dict[str, Written]) -> list[FileChange]:
    base = commit(store, before or {"kept": ""})
    return store.difference(base, commit(store, after, base))


LINES = "".join(f"line {number}\n" for number in range(30))

CHANGES: list[tuple[str, dict[str, Written], dict[str, Written], tuple[str, str, str | None, int, int, str | None]]] = [
    ("added", {}, {"a": "x\n"}, ("a", "added", None, 1, 0, "@@ -0,0 +1 @@\n+x")),
    ("no newline", {}, {"a": "x"}, ("a", "added", None, 1, 0, "@@ -0,0 +1 @@\n+x\n\\ No newline at end of file")),
    ("empty", {}, {"a": ""}, ("a", "added", None, 0, 0, None)),
    ("modified", {"a": "x\n"}, {"a": "y\n"}, ("a", "modified", None, 1, 1, "@@ -1 +1 @@\n-x\n+y")),
    ("removed", {"a": "x\n"}, {"a": None}, ("a", "removed", None, 0, 1, "@@ -1 +0,0 @@\n-x")),
    ("renamed", {"a": LINES}, {"a": None, "b": LINES}, ("b", "renamed", "a", 0, 0, None)),
    ("binary", {"a": b"\0\1"}, {"a": b"\0\2"}, ("a", "modified", None, 0, 0, None)),
    ("mode", {"a": "x\n"}, {"a": Executable("x\n")}, ("a", "changed", None, 0, 0, None)),
    ("link", {}, {"a": Symlink("to")}, ("a", "added", None, 1, 0, "@@ -0,0 +1 @@\n+to\n\\ No newline at end of file")),
    ("hostile name", {}, {'q"\n\t\\é': "x\n"}, ('q"\n\t\\é', "added", None, 1, 0, "@@ -0,0 +1 @@\n+x")),
    (
        "like a header",
        {},
        {"a": "diff --git a/x b/x\n"},
        ("a", "added", None, 1, 0, "@@ -0,0 +1 @@\n+diff --git a/x b/x"),
    ),
    ("not UTF-8", {}, {"a": b"\xff\n"}, ("a", "added", None, 1, 0, "@@ -0,0 +1 @@\n+\ufffd")),
]


@pytest.mark.parametrize(("before", "after", "expected"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_a_difference_is_told_as_github_tells_it(
    store: GitStore,
    before: dict[str, Written],
    after: dict[str, Written],
    expected: tuple[str, str, str | None, int, int, str | None],
) -> None:
    (found,) = changed(store, before, after)
    told = (found.path, found.status, found.previous_path, found.additions, found.deletions, found.patch)
    assert told == expected


def test_sections_stay_in_step_around_files_that_git_prints_twice(store: GitStore) -> None:
    sha = "1" * 40
    files: dict[str, Written] = {"a": Symlink("x"), "b": "new\n", "c": Submodule(sha), "nul": b"n" * 9000 + b"\0\n"}

    found = {change.path: change for change in changed(store, {"a": "file\n", "z": "z"}, files)}

    assert [found[path].status for path in files] == ["changed", "added", "added", "added"]
    assert found["a"].mode == "120000"
    assert found["b"].patch == "@@ -0,0 +1 @@\n+new"
    assert found["c"].oid == sha


def test_a_commit_says_who_and_when(store: GitStore) -> None:
    sha = commit(store, {"a": "1"}, message="One\n\nCo-authored-by: Bob <bob@example.com>")
    found = store.commit_object(sha)
    assert (found.author, found.committer, found.parents) == (ALICE, ALICE, ())
    assert found.message == "One\n\nCo-authored-by: Bob <bob@example.com>"


def test_a_hostile_name_does_not_break_out_of_its_line(store: GitStore) -> None:
    mallory = Stamp("Mal <lory>\nauthor Eve", "m@example.com\n", AT)
    sha = store.commit("refs/heads/main", [], {"a": "1"}, "m", mallory, mallory)
    assert store.commit_object(sha).author == Stamp("Mal loryauthor Eve", "m@example.com", AT)


def test_paths_lead_to_entries(store: GitStore) -> None:
    sha = commit(store, {"docs/guide.md": "hello", "run": Executable("x"), "sub": Submodule("1" * 40)})
    kinds = {path: store.entry(sha, path) for path in ("docs", "docs/guide.md", "run", "sub", "docs/no", "run/x", "")}
    assert {path: entry and (entry.kind, entry.mode, entry.size) for path, entry in kinds.items()} == {
        "docs": ("tree", "040000", 0),
        "docs/guide.md": ("blob", "100644", 5),
        "run": ("blob", "100755", 1),
        "sub": ("commit", "160000", 0),
        "docs/no": None,
        "run/x": None,
        "": None,
    }


def test_a_whole_tree_is_listed_with_its_folders(store: GitStore) -> None:
    sha = commit(store, {"a/b/c": "1", "d": "2"})
    listed = store.tree(store.commit_object(sha).tree, recursive=True)
    assert [(entry.path, entry.name, entry.kind) for entry in listed] == [
        ("a", "a", "tree"),
        ("a/b", "b", "tree"),
        ("a/b/c", "c", "blob"),
        ("d", "d", "blob"),
    ]


def test_what_is_not_there_is_none(store: GitStore) -> None:
    sha = commit(store, {"a": "1"})
    assert store.find_commit("0" * 40) is None
    assert store.object("") is None
    assert store.object(f"{sha}:a\nb") is None
    assert store.object(f"{sha}:no such file") is None
    with pytest.raises(GitError, match="no commit"):
        store.commit_object("0" * 40)
    with pytest.raises(GitError):
        commit(store, {"a": "1"}, "1" * 40)


def test_a_fork_shares_what_it_was_forked_from(store: GitStore, tmp_path: Path) -> None:
    base = commit(store, {"a": "1"})
    fork = GitStore(tmp_path / "fork.git", store)
    head = commit(fork, {"b": "2"}, base)
    assert store.between(base, head) == [head]
    assert store.merge_base(base, head) == base
    fork.close()


def test_unrelated_histories_have_no_base(store: GitStore) -> None:
    assert store.merge_base(commit(store, {"a": "1"}), commit(store, {"b": "1"}, message="Else")) is None
