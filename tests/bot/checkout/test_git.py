# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import re
from pathlib import Path

import pytest

from bot.checkout import read
from bot.checkout.beside import with_beside
from bot.checkout.git import CheckoutError, open_repository
from bot.checkout.objects import sizes
from rules.change import Side
from tests.bot.checkout.conftest import Make, Repo


def test_a_folder_inside_a_repository_opens_it(repo: Repo) -> None:
    repo.commit({"deep/inside/a.py": "x\n"})

    git = open_repository(repo.folder / "deep" / "inside")

    assert git.line("rev-parse", "--show-toplevel") == str(repo.folder.resolve())


def test_a_folder_outside_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(CheckoutError, match=re.escape(f"{tmp_path} is not in a git repository")):
        open_repository(tmp_path)


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckoutError, match="nowhere is not a folder"):
        open_repository(tmp_path / "nowhere")


def test_a_missing_git_is_told(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(CheckoutError, match="git cannot be started"):
        repo.git.output("version")


def test_a_failing_command_gives_gits_own_reason(repo: Repo) -> None:
    with pytest.raises(CheckoutError, match=r"^(?i:not a valid object name).*nothing$"):
        repo.git.output("ls-tree", "nothing")


def test_a_command_that_fails_without_a_word_gives_its_code(repo: Repo) -> None:
    with pytest.raises(CheckoutError, match=r"^git ended with 1$"):
        repo.git.output("rev-parse", "--verify", "--quiet", "nothing")


def test_another_repository_is_not_mistaken_for_the_one_a_hook_runs_in(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = make("here"), make("there")
    sha = there.commit({"a.py": "x\n"})
    monkeypatch.chdir(here.folder)
    monkeypatch.setenv("GIT_DIR", str(here.folder / ".git"))

    assert open_repository(there.folder).line("rev-parse", "HEAD") == sha
    assert open_repository(Path()).line("rev-parse", "--git-dir") == str(here.folder / ".git")


CONFIGURED_PROGRAMS = ["core.fsmonitor", "gpg.program", "diff.external", "diff.evil.textconv", "diff.evil.command"]


@pytest.mark.parametrize("key", CONFIGURED_PROGRAMS)
def test_no_program_that_a_repository_names_is_started(repo: Repo, key: str) -> None:
    trap = repo.folder / "trap"
    repo.write("trap", f"#!/bin/sh\ntouch {repo.folder}/sprung\ncat\n")
    trap.chmod(0o755)
    base = repo.commit({"a.py": "one\n", ".gitattributes": "*.py diff=evil\n"})
    repo.commit({"a.py": "two\n"})
    signed = repo.run("cat-file", "commit", "HEAD").replace("\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n\n", 1)
    repo.run(
        "reset", "--quiet", repo.run("hash-object", "-t", "commit", "-w", "--stdin", stdin=signed.encode() + b"\n")
    )
    repo.write("a.py", "three\n")
    repo.run("add", "a.py")
    repo.run("config", "log.showSignature", "true")
    repo.run("config", key, str(trap))

    for subject in (read.of_range(repo.git, base, "HEAD"), read.of_index(repo.git)):
        change = read.with_content(repo.git, read.measured(repo.git, subject.change), {"a.py"})
        with_beside(repo.git, change, subject.tip, [(side, ".gitattributes") for side in Side])

    assert not (repo.folder / "sprung").exists()


def test_a_partial_clone_is_not_completed_from_its_origin(make: Make, tmp_path: Path) -> None:
    origin = make("origin")
    origin.commit({"a.py": "one\n"})
    origin.run("config", "uploadpack.allowFilter", "true")
    origin.run(
        "clone", "--quiet", "--no-checkout", "--filter=blob:none", origin.folder.as_uri(), str(tmp_path / "part")
    )
    git = open_repository(tmp_path / "part")

    with pytest.raises(CheckoutError, match="does not hold every object"):
        read.of_tree(git, "HEAD")
    with pytest.raises(CheckoutError, match="does not hold every object"):
        sizes(git, [origin.run("rev-parse", "HEAD:a.py")])
    assert not git.output("cat-file", "--batch-all-objects", "--batch-check=%(objecttype)").count(b"blob")
