# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.checkout import beside, files, read
from bot.checkout.beside import with_beside
from bot.checkout.read import Subject
from bot.checkout.wanted import Place
from rules.change import Change, Need, Side, Unseen
from tests.bot.checkout.conftest import Repo

HEAD, BASE = Side.HEAD, Side.BASE
REUSE = [(HEAD, "REUSE.toml"), (HEAD, "src/REUSE.toml"), (HEAD, "src/a.py.license"), (BASE, ".gitattributes")]


def seen(repo: Repo, subject: Subject, places: Iterable[Place] = REUSE) -> Change:
    return with_beside(repo.git, subject.change, subject.tip, places)


def texts(change: Change) -> dict[Place, str]:
    return {(file.side, file.path): file.text for file in change.beside}


@pytest.fixture
def feature(repo: Repo) -> Repo:
    """A branch that parted from main before main went on; both have files that say something of others."""
    repo.commit({"REUSE.toml": "old\n", ".gitattributes": "old\n", "src/REUSE.toml": "kept\n"}, "Base")
    repo.run("branch", "feature")
    repo.commit({".gitattributes": "main\n", "REUSE.toml": "main\n"}, "Main goes on")
    repo.run("checkout", "--quiet", "feature")
    repo.commit({"src/a.py": "a\n", "src/a.py.license": "mine\n", ".gitattributes": "mine\n"}, "Feature")
    return repo


def test_of_a_range_the_head_counts_as_it_is_and_the_base_as_it_is_at_its_tip(feature: Repo) -> None:
    assert texts(seen(feature, read.of_range(feature.git, "main", "feature"))) == {
        (HEAD, "REUSE.toml"): "old\n",
        (HEAD, "src/REUSE.toml"): "kept\n",
        (HEAD, "src/a.py.license"): "mine\n",
        (BASE, ".gitattributes"): "main\n",
    }


def test_of_the_index_what_is_staged_counts_and_head_is_the_base(feature: Repo) -> None:
    feature.write("src/REUSE.toml", "staged\n")
    feature.write(".gitattributes", "staged\n")
    feature.run("rm", "--quiet", "src/a.py.license")
    feature.run("add", "--all")
    feature.write("src/REUSE.toml", "not staged\n")

    assert texts(seen(feature, read.of_index(feature.git))) == {
        (HEAD, "REUSE.toml"): "old\n",
        (HEAD, "src/REUSE.toml"): "staged\n",
        (BASE, ".gitattributes"): "mine\n",
    }


def test_of_a_whole_tree_head_is_both_ends(feature: Repo) -> None:
    assert texts(seen(feature, read.of_tree(feature.git, "main"))) == {
        (HEAD, "REUSE.toml"): "main\n",
        (HEAD, "src/REUSE.toml"): "kept\n",
        (BASE, ".gitattributes"): "main\n",
    }


def test_before_the_first_commit_there_is_no_base(repo: Repo) -> None:
    repo.write("REUSE.toml", "staged\n")
    repo.write(".gitattributes", "staged\n")
    repo.run("add", "--all")

    assert texts(seen(repo, read.of_index(repo.git))) == {(HEAD, "REUSE.toml"): "staged\n"}


def test_what_moved_away_is_no_longer_there(repo: Repo) -> None:
    repo.commit({"REUSE.toml": "a line\n" * 9})
    repo.run("mv", "REUSE.toml", "elsewhere.toml")

    assert texts(seen(repo, read.of_index(repo.git), [(HEAD, "REUSE.toml"), (HEAD, "elsewhere.toml")])) == {
        (HEAD, "elsewhere.toml"): "a line\n" * 9
    }


def test_only_regular_files_count(repo: Repo) -> None:
    base = repo.commit({"told.toml": "text\n"})
    (repo.folder / "REUSE.toml").symlink_to("told.toml")
    repo.write("a.py.license/inside", "a folder\n")
    repo.commit()
    repo.run("update-index", "--add", "--cacheinfo", f"160000,{base},src")
    repo.run("commit", "--quiet", "-m", "A submodule")
    places = [(side, path) for side in Side for path in ("REUSE.toml", "a.py.license", "src", "absent")]

    assert seen(repo, read.of_tree(repo.git, "HEAD"), places) == read.of_tree(repo.git, "HEAD").change
    assert seen(repo, read.of_range(repo.git, "HEAD", "HEAD"), places).beside == ()


ODD = ["with a\nline break", "a*b", ":(top)x", "-r", "ünïcode", "caf\udce9", "tab\there"]


@pytest.mark.parametrize("folder", ODD)
def test_names_are_taken_as_they_are(repo: Repo, folder: str) -> None:
    repo.commit({f"{folder}/REUSE.toml": "there\n", "aXb/REUSE.toml": "elsewhere\n"})
    path = f"{folder}/REUSE.toml".encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    repo.commit({"a.py": "a\n"})

    found = seen(repo, read.of_range(repo.git, "HEAD~1", "HEAD"), [(HEAD, path), (BASE, path)])

    assert texts(found) == {(HEAD, path): "there\n", (BASE, path): "there\n"}


def test_many_names_are_looked_up_in_one_listing(repo: Repo) -> None:
    repo.commit({"deep/in/REUSE.toml": "there\n"})
    names = [*(f"deep/{number}/REUSE.toml" for number in range(1000)), "deep/in/REUSE.toml", "deep/in"]

    assert list(files.blobs(repo.git, "HEAD", names)) == ["deep/in/REUSE.toml"]
    assert files.blobs(repo.git, "HEAD", names[1000:]) == files.blobs(repo.git, "HEAD", names)
    assert files.blobs(repo.git, "HEAD", []) == {}


UNREADABLE = {
    "too large": (b"#\n" * 131_073, "it is larger than 256 KiB"),
    "binary": (b"version = 1\n\0", "it is binary"),
}


@pytest.mark.parametrize(("content", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_there_and_cannot_be_read_is_told(repo: Repo, content: bytes, words: str) -> None:
    repo.commit({"REUSE.toml": content})

    found = seen(repo, read.of_tree(repo.git, "HEAD"))

    assert found.beside == ()
    assert found.unseen == (Unseen(Need.CONTENT, words, "REUSE.toml", final=True),)


def test_all_of_them_together_have_a_bound(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "MAX_BYTES_IN_ALL", 10)
    repo.commit({"a/REUSE.toml": "a" * 8, "b/REUSE.toml": "b" * 8})

    found = seen(repo, read.of_tree(repo.git, "HEAD"), [(HEAD, "a/REUSE.toml"), (HEAD, "b/REUSE.toml")])

    assert texts(found) == {(HEAD, "a/REUSE.toml"): "a" * 8}
    assert [gap.path for gap in found.unseen] == ["b/REUSE.toml"]


def test_the_largest_that_is_read_is_read_whole(repo: Repo) -> None:
    repo.commit({"REUSE.toml": "x" * beside.MAX_BYTES})

    (file,) = seen(repo, read.of_tree(repo.git, "HEAD")).beside

    assert len(file.text) == beside.MAX_BYTES


def test_what_is_not_utf_8_is_shown_as_far_as_it_is(repo: Repo) -> None:
    repo.commit({"REUSE.toml": b"\xef\xbb\xbfcaf\xe9"})

    assert texts(seen(repo, read.of_tree(repo.git, "HEAD"))) == {(HEAD, "REUSE.toml"): "\ufeffcaf\ufffd"}


def test_it_is_the_same_from_any_folder_of_the_repository(feature: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    subject = read.of_range(feature.git, "main", "feature")
    inside = Repo(Path(feature.folder / "src"))

    assert seen(inside, subject) == seen(feature, subject)
