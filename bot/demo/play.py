# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The demo as a whole: a simulated GitHub, a real Steward as its own processes, and the story between them."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.demo.chapters import CHAPTERS
from bot.demo.github.apps import PERMISSIONS, App
from bot.demo.github.simulated import SimulatedGitHub
from bot.demo.stage import Stage, StoryError

START_PATIENCE = 60.0
"""Seconds that Steward has to come up."""
STOP_PATIENCE = 20.0


def play(port: int, say: Callable[[str], None], stay: Callable[[SimulatedGitHub, str], None]) -> None:
    """Play all chapters against a Steward on `port`, then call `stay` while everything is still up.

    Raises StoryError if a step did not come out as told.
    """
    with stage_set(port, say) as stage:
        for chapter in CHAPTERS:
            chapter(stage)
        stay(stage.github, stage.steward)


@contextmanager
def stage_set(port: int, say: Callable[[str], None]) -> Iterator[Stage]:
    """A stage for the story: a simulated GitHub and a Steward on `port`, up until the end of the block.

    Raises StoryError if Steward does not come up.
    """
    with tempfile.TemporaryDirectory(prefix="steward-demo-") as folder, SimulatedGitHub() as github:
        address = f"http://localhost:{port}"
        permissions = {**PERMISSIONS, "contents": "write"}  # so that Steward may commit headers
        app = github.app(
            webhook_url=f"{address}/api/github/webhooks",
            callback_urls=[f"{address}/login/callback"],
            permissions=permissions,
        )
        with _steward(Path(folder), port, github, app):
            organization = github.organization("acme", name="Acme")
            github.install(app, organization)
            say(f"Steward listens at {address}, a simulated GitHub at {github.url}.")
            yield Stage(github, app, organization, address, say)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def occupied(port: int) -> bool:
    """Whether somebody listens on a port already."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _steward(folder: Path, port: int, github: SimulatedGitHub, app: App) -> Iterator[None]:
    """`steward serve` as an operator runs it, with its log in a file."""
    log = folder / "steward.log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "bot", "serve"]
        process = subprocess.Popen(
            command, env=_environment(folder, port, github, app), stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _await(process, port, log)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _environment(folder: Path, port: int, github: SimulatedGitHub, app: App) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {
        **inherited,
        "APP_ID": str(app.id),
        "PRIVATE_KEY": app.private_key,
        "WEBHOOK_SECRET": app.webhook_secret,
        "GITHUB_CLIENT_ID": app.client_id,
        "GITHUB_CLIENT_SECRET": app.client_secret,
        "GITHUB_API_URL": github.url,
        "GITHUB_SERVER_URL": github.url,
        "STEWARD_URL": f"http://localhost:{port}",
        "STEWARD_DATA": str(folder / "data"),
        "PORT": str(port),
        "NO_PROXY": "localhost,127.0.0.1",
    }


def _await(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise StoryError(f"Steward did not come up:\n{log.read_text('utf-8', 'replace')[-3000:]}")
