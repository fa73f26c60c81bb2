# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A headless Chromium that opens pages and takes pictures of them, for the documentation and for tests.

It is driven by the Chrome DevTools Protocol over a pipe: messages in JSON, each ended by a zero byte.
"""

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

PATIENCE = 60.0
"""Seconds that the browser has for each answer."""
WIDTH, HEIGHT = 960, 1200

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_OPTIONS = (
    "--headless",
    "--no-sandbox",  # it only ever sees pages of this machine, and may run as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--remote-debugging-pipe",
)
# Chromium takes its orders at descriptor 3 and answers at 4.
_BECOME = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"
)

Json = dict[str, Any]


class NoBrowserError(Exception):
    """No Chromium is installed, or it does not answer."""


@dataclass
class Page:
    """One page as it was opened. `problems` is what a person would see in the console, `requests` what it loaded."""

    browser: "Browser"
    session: str
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    loader: str = ""

    @property
    def html(self) -> str:
        """The page as it stands now."""
        return str(self._ask("DOM.getOuterHTML", nodeId=self._root())["outerHTML"])

    @property
    def width(self) -> float:
        """How wide its content is, in pixels: more than the window where a reader would have to scroll sideways."""
        return float(self._ask("Page.getLayoutMetrics")["cssContentSize"]["width"])

    def box(self, selector: str) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the first element that matches, in pixels."""
        left, top, _, _, right, bottom, *_ = self._ask("DOM.getBoxModel", nodeId=self._find(selector))["model"][
            "border"
        ]
        return left, top, right, bottom

    def picture(self, first: str, last: str, margin: float = 16) -> bytes:
        """A PNG of everything from one element to another below it."""
        (left, top, right, _), (_, _, _, bottom) = self.box(first), self.box(last)
        size = {"width": right - left + 2 * margin, "height": bottom - top + 2 * margin}
        clip = {"x": max(0, left - margin), "y": max(0, top - margin), **size, "scale": 1}
        shot = self._ask("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    def press(self, selector: str) -> None:
        """Press the mouse on the first element that matches, as a person does."""
        node = self._find(selector)
        self._ask("DOM.scrollIntoViewIfNeeded", nodeId=node)
        left, top, _, _, right, bottom, *_ = self._ask("DOM.getBoxModel", nodeId=node)["model"]["border"]
        at = {"x": (left + right) / 2, "y": (top + bottom) / 2, "button": "left", "clickCount": 1}
        for kind in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=kind, **at)

    def follow(self, selector: str) -> None:
        """Press what leads to another page, and wait until that is there."""
        before = self.loader
        self.press(selector)
        self.browser.wait_for(self, lambda loader: loader != before)

    def write(self, selector: str, words: str) -> None:
        """Type something into an input."""
        self._ask("DOM.focus", nodeId=self._find(selector))
        self._ask("Input.insertText", text=words)

    def _find(self, selector: str) -> int:
        return int(self._ask("DOM.querySelector", nodeId=self._root(), selector=selector)["nodeId"])

    def _root(self) -> int:
        return int(self._ask("DOM.getDocument")["root"]["nodeId"])

    def _ask(self, method: str, **parameters: Any) -> Json:
        return self.browser.ask(method, self.session, **parameters)


class Browser:
    """A running Chromium, as a context manager.

    Raises NoBrowserError where there is none.
    """

    def __init__(self) -> None:
        program = next(filter(None, map(shutil.which, _NAMES)), None)
        if program is None:
            raise NoBrowserError(f"no browser was found; install Chromium (looked for {', '.join(_NAMES)})")
        self._profile = tempfile.mkdtemp(prefix="steward-browser-")
        self._orders, self._answers, theirs = _pipes()
        options = [program, *_OPTIONS, f"--user-data-dir={self._profile}"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BECOME, *map(str, theirs), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=theirs,
            start_new_session=True,
        )
        for end in theirs:
            os.close(end)
        self._buffer = b""
        self._number = 0
        self._events: list[Json] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._orders)  # it takes this for a good bye
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        os.close(self._answers)
        shutil.rmtree(self._profile, ignore_errors=True)

    def open(self, address: str, *, scripts: bool = True, dark: bool = False, width: int = WIDTH) -> Page:
        """Open a page in a window so wide, wait until it is there, and note what the console says of it.

        Raises NoBrowserError if nobody answers there.
        """
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        page = Page(self, self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"])
        media = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        size = {"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable", page.session)
        self.ask("Page.setLifecycleEventsEnabled", page.session, enabled=True)
        self.ask("Emulation.setScriptExecutionDisabled", page.session, value=not scripts)
        self.ask("Emulation.setEmulatedMedia", page.session, features=media)
        self.ask("Emulation.setDeviceMetricsOverride", page.session, **size)
        going = self.ask("Page.navigate", page.session, url=address)
        if "errorText" in going:
            raise NoBrowserError(f"{address}: {going['errorText']}")
        # By its loader, since the empty page that was there before it has a load event too.
        self.wait_for(page, lambda loader: loader == going["loaderId"])
        return page

    def ask(self, method: str, session: str | None = None, **parameters: Any) -> Json:
        """Give an order and return its answer. Raises NoBrowserError if the browser refuses or does not answer."""
        self._number += 1
        order = {"id": self._number, "method": method, "params": parameters}
        addressed = order | {"sessionId": session} if session else order
        os.write(self._orders, json.dumps(addressed).encode() + b"\0")
        while (answer := self._receive()).get("id") != self._number:
            self._events.append(answer)
        if "error" in answer:
            raise NoBrowserError(f"{method}: {answer['error']['message']}")
        return dict(answer["result"])

    def wait_for(self, page: Page, is_it: Callable[[str], bool]) -> None:
        """Wait until a page is loaded by a loader that is the one."""
        told: Json = {}
        while not (told.get("name") == "load" and is_it(told["loaderId"])):
            event = self._events.pop(0) if self._events else self._receive()
            told = event.get("params", {}) if event.get("sessionId") == page.session else {}
            _note(page, event)
        page.loader = told["loaderId"]
        self.ask("DOM.getDocument", page.session)  # behind the answer comes nothing that belongs to loading
        for event in self._events:
            _note(page, event)
        self._events.clear()

    def _receive(self) -> Json:
        deadline = time.monotonic() + PATIENCE
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._answers], [], [], max(0, deadline - time.monotonic()))
            chunk = os.read(self._answers, 1 << 20) if ready else b""
            if not chunk:
                raise NoBrowserError("the browser does not answer")
            self._buffer += chunk
        message, self._buffer = self._buffer.split(b"\0", 1)
        return dict(json.loads(message))


def _pipes() -> tuple[int, int, tuple[int, int]]:
    """Where orders are written, where answers are read, and the browser's own two ends."""
    their_orders, orders = os.pipe()
    answers, their_answers = os.pipe()
    # Out of the way of 3 and 4, which they become.
    theirs = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (their_orders, their_answers))
    os.close(their_orders)
    os.close(their_answers)
    return orders, answers, (theirs[0], theirs[1])


def _note(page: Page, event: Json) -> None:
    if event.get("sessionId") != page.session:
        return
    said = event["params"]
    match event["method"]:
        case "Network.requestWillBeSent":
            page.requests.append(said["request"]["url"])
        case "Log.entryAdded":
            page.problems.append(f"{said['entry']['text']} {said['entry'].get('url', '')}".strip())
        case "Runtime.exceptionThrown":
            page.problems.append(said["exceptionDetails"]["text"])
        case "Runtime.consoleAPICalled":
            page.problems.append(" ".join(str(one.get("value")) for one in said["args"]))
