# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Real git repositories in a folder of their own, cut off from whatever git is told on this machine."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.checkout.git import Git

Make = Callable[..., "Repo"]


class Repo:
    """A repository that a test fills. The same steps make the same commit ids, for names and dates stand still."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def git(self) -> Git:
        return Git(self.folder)

    def run(self, *arguments: str, stdin: bytes = b"") -> str:
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(command, cwd=self.folder, input=stdin, capture_output=True, check=True)
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, path: str, content: str | bytes = "a line\n") -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, files: dict[str, str | bytes] | None = None, message: str = "A commit") -> str:
        for path, content in (files or {}).items():
            self.write(path, content)
        self.run("add", "--all")
        self.run("commit", "--quiet", "--allow-empty", "--file=-", stdin=message.encode())
        return self.run("rev-parse", "HEAD")


@pytest.fixture(autouse=True)
def own_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    settings = {
        "HOME": str(tmp_path),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(tmp_path.parent),
        # To wait for the disk takes longer than all else, and these repositories need not survive a power cut.
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsync",
        "GIT_CONFIG_VALUE_0": "none",
        **{f"GIT_{who}_NAME": "Ada Author" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "ada@example.com" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_DATE": "2026-01-02T03:04:05Z" for who in ("AUTHOR", "COMMITTER")},
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a repository in a folder below the test's own; further words go to `git init`."""

    def new(name: str = "repo", *options: str) -> Repo:
        folder = tmp_path / name
        folder.mkdir()
        repo = Repo(folder)
        repo.run("init", "--quiet", "--initial-branch=main", *options)
        return repo

    return new


@pytest.fixture
def repo(make: Make) -> Repo:
    return make()
