# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Somebody who reads pull requests of one repository on a simulated GitHub, and what that costs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.demo.github.git.content import Stamp, Written
from bot.demo.github.pull import Pull as SimulatedPull
from bot.demo.github.repository import Repository
from bot.demo.github.simulated import SimulatedGitHub
from bot.github.change import read_change
from bot.github.client import Client
from bot.github.documents import DocumentPlace
from bot.github.pull import Asked, Pull, read_pull
from bot.github.wanted import Wanted
from rules.change import Change, ChangedFile, Need

ASKED = Asked(1, "Steward", DocumentPlace("acme", "widgets", "CLA.md"))
EVERYTHING = Wanted(frozenset({Need.FILES, Need.CONTENT, Need.COMMITS}), lambda _file: True)


@dataclass
class Reader:
    """Somebody who reads one repository."""

    github: SimulatedGitHub
    repository: Repository
    client: Client

    def open(self, files: dict[str, Written], **options: Any) -> SimulatedPull:
        start = self.repository.branches["main"]
        self.repository.commit("feature", files, parent=start, message=options.pop("message", "Change"))
        author = self.github.world.account("ada") or self.github.user("ada")
        return self.repository.open_pull("feature", by=author, **options)

    def push_many(self, count: int) -> None:
        """Push this many commits to `feature`, all at once: one by one, each would be an event of its own."""
        tip, stamp = self.repository.branches["feature"], Stamp("Ada", "ada@example.com", self.github.world.now())
        for number in range(count - 1):
            tip = self.repository.store.commit("refs/heads/local", [tip], {}, f"Change {number}", stamp, stamp)
        self.repository.commit("feature", {"a.py": "last\n"}, parent=tip)

    def pull(self, number: int = 1) -> Pull:
        return read_pull(self.client, "acme", "widgets", number, ASKED)

    def change(self, wanted: Wanted = EVERYTHING, known: Change | None = None) -> Change:
        return read_change(self.client, self.pull(), wanted, known)

    def file(self, path: str) -> ChangedFile:
        return next(file for file in self.change().files if file.path == path)


def text(file: ChangedFile) -> str | None:
    return file.content.text if file.content else None


def price(reader: Reader, act: Callable[[], object]) -> list[str]:
    reader.github.forget_requests()
    act()
    return [request.line.split("?")[0] for request in reader.github.requests]
