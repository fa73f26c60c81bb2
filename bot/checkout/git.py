# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Git's command line, called so that a hostile repository or environment can neither run code nor reach a network.

The configuration of a repository can name programs for git to start. Each of them that a reading command might
start is switched off here, once, for every call.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_SAFE = (
    "git",
    "--no-pager",
    "--no-replace-objects",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    # From this size on git streams a file through instead of loading it, and counts no lines in it.
    "-c",
    "core.bigFileThreshold=1m",
)
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # A partial clone would fetch what it lacks; older versions of git know only the second of these.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
_OF_ONE_REPOSITORY = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
)

ABSENT = "this clone does not hold every object it names (a partial or damaged clone): fetch the rest and try again"


class CheckoutError(Exception):
    """Something about the repository, or about what was asked of it, that its user can mend."""


@dataclass(frozen=True, slots=True)
class Git:
    """Git in one folder of a repository. Every method raises `CheckoutError` if git cannot be started."""

    folder: Path

    def output(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """What a command prints. Raises `CheckoutError`, with git's own reason, if it fails."""
        done = self._run(arguments, stdin)
        if done.returncode:
            raise CheckoutError(_reason(done))
        return done.stdout

    def line(self, *arguments: str) -> str | None:
        """The one line that a command prints, or None if it fails or prints nothing."""
        done = self._run(arguments, b"")
        return None if done.returncode else done.stdout.decode("utf-8", "replace").removesuffix("\n") or None

    @contextmanager
    def stream(self, *arguments: str, stdin: IO[bytes] | None = None) -> Iterator[IO[bytes]]:
        """What a command prints, while it prints it. The command is ended with the block."""
        source = subprocess.DEVNULL if stdin is None else stdin
        with subprocess.Popen(
            [*_SAFE, *arguments],
            cwd=self.folder,
            env=_environment(self.folder),
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=256 * 1024,
        ) as process:
            if process.stdout is None:  # pragma: no cover - a pipe was asked for
                raise AssertionError
            try:
                yield process.stdout
            finally:
                process.kill()

    def _run(self, arguments: tuple[str, ...], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                [*_SAFE, *arguments],
                cwd=self.folder,
                env=_environment(self.folder),
                input=stdin,
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise CheckoutError(f"git cannot be started ({error.strerror}): is it installed and on the PATH?") from None


def open_repository(path: Path) -> Git:
    """The repository that a folder lies in. Raises `CheckoutError` if there is none that can be read."""
    if not path.is_dir():
        raise CheckoutError(f"{path} is not a folder")
    git = Git(path)
    try:
        git.output("rev-parse", "--git-dir")
    except CheckoutError as error:
        raise CheckoutError(f"{path} is not in a git repository that can be read ({error})") from None
    return git


def _environment(folder: Path) -> dict[str, str]:
    """The caller's environment, made safe.

    What git sets for a hook, such as the index of the commit in the making, holds in the folder that the hook runs
    in. Another folder is another repository.
    """
    environment = {**os.environ, **_ENVIRONMENT}
    if folder.resolve() != Path.cwd():
        for name in _OF_ONE_REPOSITORY:
            environment.pop(name, None)
    return environment


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    fatal = [line for line in lines if line.startswith(("fatal: ", "error: "))] or lines
    return fatal[-1].removeprefix("fatal: ").removeprefix("error: ") if fatal else f"git ended with {done.returncode}"
