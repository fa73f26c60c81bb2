# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from sqlalchemy import func, select

from bot import serve
from bot.receive.signature import sign
from bot.settings import Settings
from bot.store.database import connect, reading
from bot.store.migrations import is_current
from bot.store.tables import inbox
from bot.work.chores import Chores
from bot.work.worker import Workers
from tests.bot.test_supervise import runs, until

SECRET = "a secret of tests"


class Fake:
    """Takes the place of what would run for ever, and notes what it was told."""

    def __init__(self, commands: Mapping[str, Any], environment: Mapping[str, str]) -> None:
        self.commands, self.environment = commands, environment
        Fake.last = self

    last: "Fake"

    def run(self) -> int:
        assert Path(self.environment[serve.METRICS]).is_dir()
        return 7


@pytest.mark.parametrize(("configured", "processes"), [(False, {"web"}), (True, {"web", "worker"})])
def test_serve_migrates_and_starts_what_there_is_work_for(
    configured: bool, processes: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "Supervisor", Fake)
    monkeypatch.delenv(serve.METRICS, raising=False)
    url = f"sqlite:///{tmp_path}/steward.db"
    app: dict[str, Any] = {"app_id": 1, "private_key": "key", "webhook_secrets": (SECRET,)} if configured else {}

    assert serve.serve(Settings(tmp_path, url, **app), connect(url)) == 7
    assert is_current(connect(url))
    assert set(Fake.last.commands) == processes
    assert not Path(Fake.last.environment[serve.METRICS]).exists()


def test_serve_cannot_start_without_a_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/missing/steward.db"

    assert serve.serve(Settings(tmp_path, url), connect(url)) == 1


def test_web_becomes_gunicorn_with_a_place_for_metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr("bot.serve.os.execve", lambda *arguments: told.extend(arguments))
    serve.web({"PORT": "3000"})

    program, command, environment = told
    assert program == sys.executable
    assert command[-1] == "bot.web.app:create_app()"
    assert environment["PORT"] == "3000"
    Path(environment[serve.METRICS]).rmdir()


def test_web_keeps_the_place_that_the_supervisor_made() -> None:
    assert serve.with_metrics({serve.METRICS: "/somewhere"}) == {serve.METRICS: "/somewhere"}


def test_a_worker_works_until_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    story: list[Any] = []

    class Pool(Workers):
        def __init__(self) -> None:
            pass

        def start(self) -> None:
            story.append("start")
            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGTERM)).start()

        def stop(self, grace: float) -> bool:
            story.append(grace)
            return True

    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    try:
        serve.worker(Pool(), Chores((), time.time))
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

    assert story == ["start", serve.GRACE]


class Served:
    """`steward serve` as a real process, with an App whose GitHub does not answer."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"sqlite:///{folder}/steward.db"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("COV", "PROMETHEUS"))},
            "STEWARD_DATA": str(folder),
            "PORT": str(self.port),
            "APP_ID": "1",
            "PRIVATE_KEY": _key(),
            "WEBHOOK_SECRET": SECRET,
            "GITHUB_API_URL": "http://127.0.0.1:9",
            "WEB_CONCURRENCY": "1",
        }
        self.process = subprocess.Popen([sys.executable, "-m", "bot", "serve"], env=self.environment)

    def asks(self, path: str, data: bytes | None = None, headers: Mapping[str, str] | None = None) -> int:
        """The status of an answer; 0 if nobody answered."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, dict(headers or {}))
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    def delivers(self) -> int:
        body = b'{"zen": "Anything added dilutes everything else."}'
        headers = {
            "X-GitHub-Event": "ping",
            "X-GitHub-Delivery": str(uuid.uuid4()),
            "X-Hub-Signature-256": sign(body, SECRET),
        }
        return self.asks("/api/github/webhooks", body, {**headers, "Content-Type": "application/json"})

    def kept(self) -> int:
        with reading(connect(self.url)) as connection:
            return connection.execute(select(func.count()).select_from(inbox)).scalar_one()

    def descendants(self) -> list[tuple[int, str]]:
        """Every process below, with its command."""
        listing = subprocess.check_output(["ps", "-eo", "pid=,ppid=,args="], text=True)
        rows = [
            (int(pid), int(parent), args)
            for pid, parent, args in (line.split(None, 2) for line in listing.splitlines())
        ]
        found = [(self.process.pid, "")]
        for one, _ in found:
            found += [(pid, args) for pid, parent, args in rows if parent == one]
        return found[1:]

    def named(self, word: str) -> list[int]:
        return [pid for pid, args in self.descendants() if word in args]


def _key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.TraditionalOpenSSL
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    try:
        until(lambda: served.asks("/readyz") == 200)
        yield served
    finally:
        served.process.kill()
        served.process.wait()


@pytest.mark.long
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_killed_processes_come_back_and_nothing_that_was_acknowledged_is_lost(served: Served) -> None:
    until(lambda: bool(served.named("-m bot worker")))
    acknowledged = 0
    for round_ in range(3):
        acknowledged += served.delivers() == 202
        victims = (served.named("gunicorn"), served.named("-m bot worker"), served.named("gunicorn")[:1])[round_]
        for pid in victims:
            os.kill(pid, signal.SIGKILL)
        until(lambda: served.delivers() == 202)
        acknowledged += 1
        until(lambda: bool(served.named("-m bot worker")))

    assert served.kept() >= acknowledged >= 6

    served.process.terminate()
    assert served.process.wait(60) == 0


@pytest.mark.long
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_nothing_outlives_a_killed_supervisor(served: Served) -> None:
    until(lambda: bool(served.named("-m bot worker")))
    below = [pid for pid, _ in served.descendants()]
    served.process.kill()
    served.process.wait()

    until(lambda: not any(map(runs, below)))


@pytest.mark.long
@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_giant_body_is_refused_by_the_real_server(served: Served, chunked: bool) -> None:
    head = b"POST /api/github/webhooks HTTP/1.1\r\nHost: localhost\r\n"
    with socket.create_connection(("127.0.0.1", served.port)) as connection:
        if chunked:
            connection.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n")
            for _ in range(27):
                connection.sendall(b"100000\r\n" + b"x" * 2**20 + b"\r\n")
            connection.sendall(b"0\r\n\r\n")
        else:
            connection.sendall(head + b"Content-Length: 30000000\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


@pytest.mark.long
@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_second_server_on_the_same_port_cannot_start(served: Served) -> None:
    second = subprocess.run([sys.executable, "-m", "bot", "serve"], env=served.environment, check=False, timeout=120)

    assert second.returncode == 1
    assert served.delivers() == 202
