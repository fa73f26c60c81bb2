# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which account a login stands for: GitHub says who has it now, or a file from the operator does."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

import click

from bot.checkout.terminal import Refusal, printable
from bot.commands.signatures.cla_assistant import plain, table
from bot.commands.signatures.files import Unusable, read_id, read_text
from bot.commands.signatures.times import moment, shown
from bot.context import Context
from bot.github.client import Client
from bot.github.errors import GitHubError, NotFound, Unavailable
from bot.settings import SettingsError
from bot.store.database import reading
from bot.store.places import installation_for

_LOGIN = re.compile(r"[A-Za-z0-9_-]{1,80}(\[bot\])?")
LONGEST_WAIT = 3_700.0
"""Seconds to wait for GitHub's rate limit, which starts anew every hour."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account on GitHub; `made_at` is when it was made, where that is known."""

    id: int
    login: str | None
    made_at: float | None = None

    @property
    def name(self) -> str:
        """The login as GitHub compares it."""
        return (self.login or "").lower()


class NoAccount(Exception):
    """A login that stands for nobody who could sign; the message says why."""


class Accounts(Protocol):
    """Whoever knows accounts by their login."""

    def named(self, login: str) -> Account:
        """The account that has this login now. Raises NoAccount; Refusal where it cannot be learned."""
        ...


class InFile:
    """The accounts that a CSV file with the columns `login` and `id` names."""

    def __init__(self, path: Path) -> None:
        try:
            self._known = _accounts(read_text(path))
        except Unusable as error:
            raise Refusal([f"Error: {path}: {error}"]) from None

    def named(self, login: str) -> Account:
        """The account in the file."""
        try:
            return self._known[login.lower()]
        except KeyError:
            raise NoAccount("the accounts file does not name it") from None


def _accounts(text: str) -> dict[str, Account]:
    rows = table(text, "login")
    titles = [plain(title) for title in next(rows)[1]]
    if "id" not in titles:
        raise Unusable("line 1: no column for the id")
    found: dict[str, Account] = {}
    for line, cells in rows:
        told = dict(zip(titles, cells, strict=True))
        account = Account(read_id(told["id"], f"line {line}"), told["login"])
        if found.setdefault(account.name, account).id != account.id:
            raise Unusable(f"line {line}: {printable(told['login'])} has two numbers")
    return found


class OnGitHub:
    """The accounts that GitHub has now, one request a login, each asked once."""

    def __init__(
        self, line: Callable[[], Client], clock: Callable[[], float], sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._line, self._clock, self._sleep = line, clock, sleep
        self._known: dict[str, Account | NoAccount] = {}

    def named(self, login: str) -> Account:
        """The account that GitHub has by this login."""
        name = login.lower()
        if name not in self._known:
            self._known[name] = self._ask(login)
        found = self._known[name]
        if isinstance(found, NoAccount):
            raise found
        return found

    def _ask(self, login: str) -> Account | NoAccount:
        if not _LOGIN.fullmatch(login):
            return NoAccount("no login on GitHub looks like this")
        try:
            return _read(self._patiently(f"/users/{quote(login)}"))
        except NotFound:
            return NoAccount("GitHub has no account of this name now")
        except GitHubError as error:
            raise Refusal([f"Error: GitHub does not say who {login} is: {error}", _OFFLINE]) from None

    def _patiently(self, path: str) -> object:
        """Ask, and ask again after a rate limit."""
        while True:
            try:
                return self._line().get(path)
            except Unavailable as error:
                wait = error.at - self._clock() if error.at else LONGEST_WAIT + 1
                if wait > LONGEST_WAIT:
                    raise
                click.echo(f"GitHub's rate limit is reached; going on at {shown(error.at)}.", err=True)
                self._sleep(max(wait, 1.0))


_OFFLINE = "A file with the columns login and id does without GitHub: --accounts FILE."


def _read(answer: object) -> Account | NoAccount:
    told = answer if isinstance(answer, dict) else {}
    if (kind := told.get("type")) != "User":
        return NoAccount(f"it is no person's account but of the kind {printable(str(kind))[:40]}")
    try:
        return Account(int(told["id"]), str(told["login"]), moment(str(told["created_at"])))
    except (KeyError, TypeError, ValueError):
        return NoAccount("GitHub's answer about it cannot be read")


def accounts_for(context: Context, file: Path | None, owner_id: int) -> Accounts:
    """Whoever is to be asked: the file if there is one, else GitHub, through the owner's installation or another."""
    return InFile(file) if file else OnGitHub(lambda: _line(context, owner_id), context.clock, context.sleep)


def _line(context: Context, owner_id: int) -> Client:
    try:
        app = context.world.app
    except SettingsError as error:
        raise Refusal([f"Error: {error.message}", _OFFLINE]) from None
    with reading(context.engine) as connection:
        installation = installation_for(connection, owner_id)
    if installation is None:
        raise Refusal(["Error: no installation is known through which GitHub could be asked.", _OFFLINE])
    return app.installation(installation)
