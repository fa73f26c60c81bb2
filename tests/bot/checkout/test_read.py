# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from pathlib import Path

import pytest

from bot.checkout import read
from bot.checkout.git import CheckoutError, Git
from rules.change import Change, FileStatus
from tests.bot.checkout.conftest import Make, Repo


def texts(git: Git, change: Change) -> dict[str, str | None]:
    """The text of every file of a change once it is read, or None where there is none to read."""
    filled = read.with_content(git, read.measured(git, change), {file.path for file in change.files})
    return {file.path: file.content.text if file.content else None for file in filled.files}


@pytest.fixture
def feature(repo: Repo) -> Repo:
    """A branch that parted from main before main went on."""
    repo.commit({"old.py": "old\n"}, "Base")
    repo.run("branch", "feature")
    repo.commit({"elsewhere.py": "x\n"}, "Main goes on")
    repo.run("checkout", "--quiet", "feature")
    repo.commit({"new.py": "new\n"}, "Feature")
    return repo


def test_a_range_counts_from_where_the_branches_part(feature: Repo) -> None:
    subject = read.of_range(feature.git, None, "HEAD")
    change = subject.change

    assert change.base == feature.run("merge-base", "main", "feature")
    assert change.head == feature.run("rev-parse", "feature")
    assert [file.path for file in change.files] == ["new.py"]
    assert [commit.message for commit in change.commits] == ["Feature\n"]
    assert change.base_ref == "main"
    assert subject.policy_at == (feature.run("rev-parse", "main"), change.head)


def test_what_is_not_checked_out_can_be_judged_too(feature: Repo) -> None:
    change = read.of_range(feature.git, "feature", "main").change

    assert texts(feature.git, change) == {"elsewhere.py": "x\n"}
    assert change.base_ref == "feature"


def test_the_folder_s_unstaged_edits_are_not_judged(feature: Repo) -> None:
    feature.write("new.py", "edited\n")

    assert texts(feature.git, read.of_range(feature.git, "main", "HEAD").change) == {"new.py": "new\n"}


def test_a_base_that_is_no_branch_is_meant_for_the_default_branch(feature: Repo) -> None:
    assert read.of_range(feature.git, "HEAD~1", "HEAD").change.base_ref == "main"


def test_without_a_default_branch_the_base_must_be_named(repo: Repo) -> None:
    repo.commit()
    repo.run("branch", "--move", "odd")

    with pytest.raises(CheckoutError, match="--base"):
        read.of_range(repo.git, None, "HEAD")
    assert read.of_range(repo.git, "HEAD~0", "HEAD").change.base_ref == ""


def test_what_is_staged_is_read_from_the_index(feature: Repo) -> None:
    feature.write("new.py", "staged\n")
    feature.run("add", "new.py")
    feature.write("new.py", "edited since\n")

    subject = read.of_index(feature.git)

    head = feature.run("rev-parse", "HEAD")
    assert texts(feature.git, subject.change) == {"new.py": "staged\n"}
    assert (subject.change.base, subject.change.head) == (head, "0" * 40)
    assert subject.policy_at == (head,)


def test_before_the_first_commit_everything_staged_is_added(repo: Repo) -> None:
    repo.write("a.py", "a\n")
    repo.run("add", "a.py")

    subject = read.of_index(repo.git)

    assert texts(repo.git, subject.change) == {"a.py": "a\n"}
    assert subject.change.files[0].status is FileStatus.ADDED
    assert subject.policy_at == ()


def test_the_index_of_a_commit_in_the_making_counts(feature: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """`git commit a.py` gives its hook an index of its own, in which only a.py is staged."""
    feature.write("a.py", "a\n")
    feature.write("b.py", "b\n")
    feature.run("add", "b.py")
    feature.run("read-tree", "--index-output=.git/partial", "HEAD")
    monkeypatch.chdir(feature.folder)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/partial")
    feature.run("add", "a.py")

    assert list(texts(Git(Path()), read.of_index(Git(Path())).change)) == ["a.py"]


def test_a_whole_tree(feature: Repo) -> None:
    change = read.of_tree(feature.git, "HEAD").change

    assert texts(feature.git, change) == {"new.py": "new\n", "old.py": "old\n"}
    assert {file.path: file.size for file in change.files} == {"new.py": 4, "old.py": 4}
    assert change.base == feature.run("hash-object", "-t", "tree", "/dev/null")
    assert change.commits == ()


def test_only_what_is_wanted_is_read_and_everything_is_measured(feature: Repo) -> None:
    change = read.measured(feature.git, read.of_tree(feature.git, "HEAD").change)

    filled = read.with_content(feature.git, change, {"old.py"})

    assert [(file.path, file.size, file.content is not None) for file in filled.files] == [
        ("new.py", 4, False),
        ("old.py", 4, True),
    ]


def test_a_link_says_where_it_leads_and_what_holds_no_bytes_is_not_read(repo: Repo) -> None:
    base = repo.commit({"a.py": "a\n", "gone.py": "gone\n"})
    (repo.folder / "gone.py").unlink()
    (repo.folder / "link").symlink_to("a.py")
    repo.run("add", "--all")
    repo.run("update-index", "--add", "--cacheinfo", f"160000,{base},lib")

    change = read.of_index(repo.git).change

    assert texts(repo.git, change) == {"gone.py": None, "lib": None, "link": "a.py"}
    assert {file.path: file.size for file in read.measured(repo.git, change).files} == {
        "gone.py": None,
        "lib": None,
        "link": 4,
    }


def test_the_repository_is_named_by_its_origin(feature: Repo) -> None:
    feature.run("remote", "add", "origin", "git@github.com:acme/widgets.git")

    assert read.of_tree(feature.git, "HEAD").change.repository == "acme/widgets"


def test_a_detached_head_a_worktree_and_a_bare_clone_say_the_same(feature: Repo, tmp_path: Path) -> None:
    feature.run("worktree", "add", "--quiet", "--detach", str(tmp_path / "tree"), "feature")
    feature.run("clone", "--quiet", "--bare", str(feature.folder), str(tmp_path / "bare"))
    expected = read.of_range(feature.git, "main", "feature").change.files

    for folder, head in ((tmp_path / "tree", "HEAD"), (tmp_path / "bare", "feature")):
        assert read.of_range(Git(folder), "main", head).change.files == expected


def test_a_repository_of_sha256(make: Make) -> None:
    repo = make("sha256", "--object-format=sha256")
    base = repo.commit({"a.py": "a\n"})
    repo.write("b.py", "b\n")
    repo.run("add", "b.py")

    assert read.of_index(repo.git).change.head == "0" * 64
    head = repo.commit()

    assert texts(repo.git, read.of_range(repo.git, base, head).change) == {"b.py": "b\n"}
    assert len(read.of_tree(repo.git, head).change.base) == 64
