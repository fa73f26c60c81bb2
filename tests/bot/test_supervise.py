# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The supervisor runs in the test's own process; a second thread tells the story meanwhile."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import supervise
from bot.supervise import SUPERVISOR, Supervisor, follow_supervisor

# Writes its process id into a file of the name given, then runs on.
RUN = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(600)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + RUN
FOLLOW = "from bot.supervise import follow_supervisor; follow_supervisor(); " + RUN
PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[2], sys.argv[1]])"


def python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", code, *map(str, arguments)]


def until(come: Callable[[], bool]) -> None:
    for _ in range(3_000):
        if come():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come")


def pid_in(file: Path, other_than: int = 0) -> int:
    def written() -> bool:
        return file.exists() and file.read_text() not in ("", str(other_than))

    until(written)
    return int(file.read_text())


def runs(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def supervised(story: Callable[[], None], grace: float = 30, **commands: list[str]) -> int:
    """Run `commands` under a supervisor while `story` happens, then tell it to stop."""
    failed: list[BaseException] = []

    def tell() -> None:
        try:
            story()
        except BaseException as error:  # noqa: BLE001 - the test's own thread raises it again
            failed.append(error)
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=tell)
    thread.start()
    status = Supervisor(commands, os.environ, grace).run()
    thread.join()
    if failed:
        raise failed[0]
    return status


def test_told_to_stop_it_stops_what_it_started(tmp_path: Path) -> None:
    pids: list[int] = []

    def story() -> None:
        pids.extend(pid_in(tmp_path / name) for name in ("a", "b"))

    assert supervised(story, a=python(RUN, tmp_path / "a"), b=python(RUN, tmp_path / "b")) == 0
    assert not any(map(runs, pids))


def test_what_was_killed_is_started_again(tmp_path: Path) -> None:
    def story() -> None:
        first = pid_in(tmp_path / "a")
        os.kill(first, signal.SIGKILL)
        second = pid_in(tmp_path / "a", other_than=first)
        os.kill(second, signal.SIGKILL)
        pid_in(tmp_path / "a", other_than=second)

    assert supervised(story, a=python(RUN, tmp_path / "a")) == 0


def test_what_a_killed_process_started_is_not_left_behind(tmp_path: Path) -> None:
    def story() -> None:
        grandchild = pid_in(tmp_path / "a")
        parent = int(subprocess.check_output(["ps", "-o", "ppid=", "-p", str(grandchild)]))
        os.kill(parent, signal.SIGKILL)
        pid_in(tmp_path / "a", other_than=grandchild)
        until(lambda: not runs(grandchild))

    assert supervised(story, a=python(PARENT, tmp_path / "a", RUN)) == 0


def test_what_cannot_start_ends_the_rest(tmp_path: Path) -> None:
    command = python(RUN, tmp_path / "a")

    assert Supervisor({"a": command, "b": python("import sys; sys.exit(3)")}, os.environ).run() == 1
    assert not runs(pid_in(tmp_path / "a"))


def test_an_error_after_a_good_start_is_no_reason_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervise, "_STEADY", 0.3)
    code = RUN.replace("time.sleep(600)", "time.sleep(1); sys.exit(3)")

    def story() -> None:
        pid_in(tmp_path / "a", other_than=pid_in(tmp_path / "a"))

    assert supervised(story, a=python(code, tmp_path / "a")) == 0


def test_what_does_not_hear_is_killed(tmp_path: Path) -> None:
    pids: list[int] = []

    def story() -> None:
        pids.append(pid_in(tmp_path / "a"))

    assert supervised(story, grace=0.2, a=python(DEAF, tmp_path / "a")) == 0
    assert not runs(pids[0])


def test_children_follow_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    code = "import os, sys; from bot.supervise import Supervisor; Supervisor({'a': sys.argv[1:]}, os.environ).run()"
    with subprocess.Popen(python(code, *python(FOLLOW, tmp_path / "a"))) as process:
        child = pid_in(tmp_path / "a")
        process.kill()

    until(lambda: not runs(child))


@pytest.fixture
def terminated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The signals that this process would have sent to itself."""
    sent: list[int] = []
    monkeypatch.setattr("bot.supervise.os.kill", lambda _pid, number: sent.append(number))
    return sent


def test_without_a_supervisor_there_is_nobody_to_follow(terminated: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SUPERVISOR, raising=False)
    follow_supervisor()

    assert terminated == []


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_a_child_whose_supervisor_is_gone_already_ends(
    platform: str, terminated: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SUPERVISOR, str(2**22 + 1))  # no process has this id
    monkeypatch.setattr("bot.supervise.sys.platform", platform)
    monkeypatch.setattr("bot.supervise.ctypes.CDLL", lambda *_, **__: NoKernel())
    follow_supervisor()

    until(lambda: terminated == [signal.SIGTERM])


def test_a_thread_watches_where_the_kernel_does_not(terminated: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    parents = iter([7, 7, 1])
    monkeypatch.setattr("bot.supervise.os.getppid", lambda: next(parents))
    monkeypatch.setattr("bot.supervise.time.sleep", lambda _seconds: None)
    supervise._watch(7)

    assert terminated == [signal.SIGTERM]


class NoKernel:
    """A C library whose prctl does nothing."""

    def prctl(self, _option: int, _signal: int) -> int:
        return 0
