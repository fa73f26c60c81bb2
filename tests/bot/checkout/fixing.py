# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the tests of `steward fix` share: the command, a project to run it in, and what its files hold."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.checkout.fix_command import fix
from bot.checkout.folder import Folder
from tests.bot.checkout.conftest import Repo

POLICY = ".github/governance.yml"
HEADED = "# SPDX-FileCopyrightText: The Acme Authors\n# SPDX-License-Identifier: Apache-2.0\n"
RULE = "version: 1\nrules:\n  headers: {level: error, license: Apache-2.0, holder: The Acme Authors}\n"
STRICT = HEADED + RULE
BARE = "print('hello')\n"
FIXED = f"{HEADED}\n{BARE}"
PARQUET = b"PAR1" + bytes(4_000) + b"PAR1"
MIT = "# SPDX-License-Identifier: MIT\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(fix, [str(argument) for argument in arguments], catch_exceptions=False)


def lines(*arguments: str | Path) -> list[str]:
    return run(*arguments).stdout.splitlines()


def project(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository with a policy and an old file, and a branch that is checked out, in which one stands."""
    repo.commit({POLICY: STRICT, "old.py": BARE, "LICENSE": "text\n"}, "Base")
    repo.run("checkout", "--quiet", "-b", "feature")
    monkeypatch.chdir(repo.folder)
    return repo


def text(repo: Repo, path: str) -> str:
    return (repo.folder / path).read_bytes().decode()


def deny(monkeypatch: pytest.MonkeyPatch, denied: str) -> None:
    """Let nobody read a file, not even an administrator."""
    beginning = Folder.beginning

    def refused(folder: Folder, path: str, most: int) -> object:
        if path == denied:
            raise PermissionError(13, "Permission denied")
        return beginning(folder, path, most)

    monkeypatch.setattr(Folder, "beginning", refused)
