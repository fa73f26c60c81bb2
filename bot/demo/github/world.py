# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Everything that the simulated GitHub knows, and its one lock: state is read and changed by one thread at a time."""

import itertools
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from bot.demo.github.deliveries import Deliveries

if TYPE_CHECKING:
    from bot.demo.github.accounts import Account
    from bot.demo.github.apps import App, Installation
    from bot.demo.github.authorization import Code, UserToken
    from bot.demo.github.checks import CheckRun
    from bot.demo.github.repository import Repository
    from bot.demo.github.rest.rates import Rates

LEVELS = ("none", "read", "triage", "write", "maintain", "admin")
"""What one may do in a repository, from nothing to everything."""

_NOREPLY = re.compile(r"(?:(?P<id>\d+)\+)?(?P<login>[^@+]+)@users\.noreply\.github\.com", re.IGNORECASE)


@dataclass
class Limits:
    """Where GitHub cuts what it shows; a test may lower them. Sizes are in bytes."""

    patch_lines: int = 20_000  # "Limits for viewing content and diffs in a repository", one file
    patch_size: int = 500_000
    pull_files: int = 3_000
    pull_commits: int = 250
    compare_files: int = 300
    tree_entries: int = 100_000
    blob_text: int = 512_000
    contents_size: int = 1_000_000  # above this `contents` answers without content


@dataclass(repr=False)  # everything leads to it: shown in full, one failed assertion would fill the memory
class World:
    """The state. `url` is where the server listens; ids are given out in one sequence."""

    folder: Path
    url: str = "http://127.0.0.1"
    limits: Limits = field(default_factory=Limits)
    lock: threading.RLock = field(default_factory=threading.RLock)
    accounts: dict[str, "Account"] = field(default_factory=dict)
    repositories: dict[int, "Repository"] = field(default_factory=dict)
    apps: dict[int, "App"] = field(default_factory=dict)
    installations: dict[int, "Installation"] = field(default_factory=dict)
    check_runs: dict[int, "CheckRun"] = field(default_factory=dict)
    signed_by_github: set[str] = field(default_factory=set)
    signed_by_people: set[str] = field(default_factory=set)
    codes: dict[str, "Code"] = field(default_factory=dict)
    user_tokens: dict[str, "UserToken"] = field(default_factory=dict)
    nodes: dict[str, object] = field(default_factory=dict)
    rates: dict[object, "Rates"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = itertools.count(1001)
        self._ahead = timedelta()
        self.moved: dict[str, int] = {}  # former full names of renamed and transferred repositories
        self.deliveries = Deliveries(self.now)

    def new_id(self) -> int:
        """The next number; none is given twice, whatever it names."""
        return next(self._ids)

    def now(self) -> datetime:
        """The simulated time in UTC, in whole seconds as GitHub tells it."""
        return datetime.now(UTC).replace(microsecond=0) + self._ahead

    def advance(self, seconds: float) -> None:
        """Let time pass, so that tokens expire."""
        self._ahead += timedelta(seconds=seconds)

    def account(self, login: str) -> "Account | None":
        """The account of this login, case ignored as GitHub does."""
        return self.accounts.get(login.lower())

    def account_by_email(self, email: str) -> "Account | None":
        """Whose e-mail address this is: one of a person's own, or GitHub's no-reply form of an account."""
        wanted = email.lower()
        for account in self.accounts.values():
            if wanted in account.emails:
                return account
        found = _NOREPLY.fullmatch(wanted)
        if found is None:
            return None
        return self.account(found["login"]) if found["id"] is None else self.account_by_id(int(found["id"]))

    def account_by_id(self, number: int) -> "Account | None":
        """The account of this id, whatever its login is now."""
        return next((account for account in self.accounts.values() if account.id == number), None)

    def repository(self, full_name: str, *, follow: bool = True) -> "Repository | None":
        """The repository of this name, or with `follow` the one that once had it."""
        wanted = full_name.lower()
        for repository in self.repositories.values():
            if repository.full_name.lower() == wanted:
                return repository
        return self.repositories.get(self.moved.get(wanted, 0)) if follow else None


class HasWorld(Protocol):
    """Anything that stands in the simulated world."""

    @property
    def world(self) -> World:
        """The world it stands in."""
        ...


P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound=HasWorld)


def action(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Something that a person does on GitHub, told to it from Python.

    It runs under the lock and returns once the webhooks that it caused have been answered (or are held back).
    """

    @wraps(method)
    def act(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.world.lock:
            result = method(self, *args, **kwargs)
            last = self.world.deliveries.last_queued()
        self.world.deliveries.wait_for(last)
        return result

    return act
