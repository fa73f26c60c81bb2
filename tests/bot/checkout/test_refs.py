# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from pathlib import Path

import pytest

from bot.checkout import refs
from bot.checkout.git import CheckoutError, Git
from tests.bot.checkout.conftest import Make, Repo


@pytest.mark.parametrize("ref", ["HEAD", "main", "v1", "refs/heads/main", "main^{/First}"])
def test_everything_that_git_calls_a_commit_is_one(repo: Repo, ref: str) -> None:
    sha = repo.commit(message="First")
    repo.run("tag", "--annotate", "--message=one", "v1")

    assert refs.commit(repo.git, ref) == sha


@pytest.mark.parametrize("ref", ["nothing", "--all", "-h", "HEAD:a.py", "", "main..main", "a\nb", "--output=x"])
def test_what_is_no_commit_is_refused(repo: Repo, ref: str) -> None:
    repo.commit({"a.py": "x\n"})

    with pytest.raises(CheckoutError, match="is not a commit, branch or tag of this repository"):
        refs.commit(repo.git, ref)


def test_an_unborn_head_is_told_as_such(repo: Repo) -> None:
    assert refs.head(repo.git) is None
    with pytest.raises(CheckoutError, match="nothing is committed here yet"):
        refs.commit(repo.git, "HEAD")


def test_the_default_branch_is_what_origin_says_it_is(make: Make, tmp_path: Path) -> None:
    origin = make("origin")
    origin.commit()
    origin.run("branch", "--move", "trunk")
    origin.run("clone", "--quiet", str(origin.folder), str(tmp_path / "clone"))
    git = Git(tmp_path / "clone")

    assert refs.default_branch(git) == "refs/remotes/origin/trunk"
    assert refs.branch_name(git, "refs/remotes/origin/trunk") == "trunk"


DEFAULTS = [
    (["main", "master", "trunk"], "refs/heads/main"),
    (["master", "trunk"], "refs/heads/master"),
    (["trunk"], "refs/heads/trunk"),
    (["other"], None),
]


@pytest.mark.parametrize(("branches", "expected"), DEFAULTS)
def test_without_an_origin_the_usual_names_are_tried(repo: Repo, branches: list[str], expected: str | None) -> None:
    repo.commit()
    repo.run("config", "init.defaultBranch", "trunk")
    repo.run("branch", "--move", "feature")
    for branch in branches:
        repo.run("branch", branch)

    assert refs.default_branch(repo.git) == expected


def test_what_origin_has_counts_before_a_local_branch_of_the_same_name(repo: Repo) -> None:
    repo.commit()
    repo.run("update-ref", "refs/remotes/origin/main", "HEAD")

    assert refs.default_branch(repo.git) == "refs/remotes/origin/main"


NAMES = [("main", "main"), ("release/1.x", "release/1.x"), ("origin/dev", "dev"), ("v1", ""), ("HEAD~0", "")]


@pytest.mark.parametrize(("ref", "name"), NAMES)
def test_the_name_of_a_branch(repo: Repo, ref: str, name: str) -> None:
    repo.commit()
    repo.run("branch", "release/1.x")
    repo.run("tag", "v1")
    repo.run("update-ref", "refs/remotes/origin/dev", "HEAD")

    assert refs.branch_name(repo.git, ref) == name


def test_histories_without_a_common_commit_cannot_be_compared(repo: Repo) -> None:
    first = repo.commit()
    repo.run("checkout", "--quiet", "--orphan", "alone")
    second = repo.commit(message="Alone")

    with pytest.raises(CheckoutError, match="have no commit in common"):
        refs.merge_base(repo.git, first, second)


def test_a_shallow_clone_is_told_how_to_reach_further_back(make: Make, tmp_path: Path) -> None:
    origin = make("origin")
    origin.commit({"a.py": "1\n"})
    origin.run("branch", "feature")
    origin.commit({"a.py": "2\n"})
    origin.run("checkout", "--quiet", "feature")
    origin.commit({"b.py": "1\n"})
    folder = tmp_path / "shallow"
    origin.run("clone", "--quiet", "--depth=1", "--no-single-branch", origin.folder.as_uri(), str(folder))
    git = Git(folder)

    further = "git fetch --unshallow, or fetch-depth: 0 for actions/checkout"

    with pytest.raises(CheckoutError, match=f"have no commit in common that is known here; .*{further}"):
        refs.merge_base(git, refs.commit(git, "origin/main"), refs.commit(git, "origin/feature"))
    with pytest.raises(CheckoutError, match=f"none is not a commit.*{further}"):
        refs.commit(git, "none")


def test_a_clone_of_one_branch_is_told_how_to_get_the_others(make: Make, tmp_path: Path) -> None:
    origin = make("origin")
    origin.commit({"a.py": "1\n"})
    origin.run("branch", "feature")
    folder = tmp_path / "single"
    origin.run("clone", "--quiet", "--single-branch", "--branch=feature", origin.folder.as_uri(), str(folder))

    others = r"a single branch: git remote set-branches origin .* fetch-depth: 0"
    with pytest.raises(CheckoutError, match=others):
        refs.commit(Git(folder), "origin/main")
    with pytest.raises(CheckoutError, match=others):
        refs.base(Git(folder), None)


def test_a_base_is_what_was_named_or_the_default_branch(repo: Repo) -> None:
    with pytest.raises(CheckoutError, match=r"name one with --base, or use --all$"):
        refs.base(repo.git, None)
    repo.commit()

    assert (refs.base(repo.git, None), refs.base(repo.git, "HEAD~1")) == ("refs/heads/main", "HEAD~1")


ORIGINS = [
    ("https://github.com/acme/widgets.git", "acme/widgets"),
    ("https://github.com/acme/widgets", "acme/widgets"),
    ("https://github.com/acme/widgets/", "acme/widgets"),
    ("https://someone:secret@github.example.com:8443/acme/widgets.git", "acme/widgets"),
    ("ssh://git@github.com/acme/widgets.git", "acme/widgets"),
    ("ssh://git@github.com:22/acme/widgets.git", "acme/widgets"),
    ("git://github.com/acme/widgets.js", "acme/widgets.js"),
    ("git@github.com:acme/widgets.git", "acme/widgets"),
    ("github.com:acme/wid.gets", "acme/wid.gets"),
    ("git@gitlab.example.com:group/sub/widgets.git", None),
    ("https://github.com/acme", None),
    ("/srv/git/acme/widgets.git", None),
    ("../acme/widgets", None),
    ("file:///acme/widgets", None),
    ("https://github.com/acme/wid%20gets", None),
    ("https://github.com/acme/widgets\x1b[31m", None),
]


@pytest.mark.parametrize(("address", "name"), ORIGINS)
def test_the_name_of_the_repository_comes_from_its_origin(repo: Repo, address: str, name: str | None) -> None:
    repo.run("remote", "add", "origin", address)

    assert refs.repository(repo.git) == name


def test_a_repository_without_origin_has_no_name(repo: Repo) -> None:
    assert refs.repository(repo.git) is None
