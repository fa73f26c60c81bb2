# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which account a login stands for: GitHub says who has it now, or a file from the operator does."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from bot.checkout.terminal import Refusal, printable
from bot.commands.signatures.accounts_file import InFile, Saved
from bot.commands.signatures.known import Accounts, Known, NoAccount
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
PAUSES = (1.0, 5.0, 20.0, 60.0, 120.0, 300.0, 600.0)
"""Seconds to wait after each failure in a row before GitHub is asked again; after the last one it is given up."""
RESERVE = 1_000
"""Requests of the hour that are left to the Steward that runs, or a fifth of them where there are few."""
LOOK_EVERY = 100
"""Requests after which to see what is left; to see it costs none."""


class OnGitHub:
    """The accounts that GitHub has now, one request a login, each asked once."""

    def __init__(
        self,
        line: Callable[[], Client],
        clock: Callable[[], float],
        sleep: Callable[[float], None] = time.sleep,
        saved: Saved | None = None,
    ) -> None:
        self._line, self._clock, self._sleep, self._saved = line, clock, sleep, saved
        self._known: dict[str, Known | NoAccount] = dict(saved.known) if saved else {}
        self._asked = 0

    def named(self, login: str) -> Known:
        """The account that GitHub has by this login."""
        name = login.lower()
        if name not in self._known:
            self._known[name] = self._ask(login)
        found = self._known[name]
        if isinstance(found, NoAccount):
            raise found
        return found

    def _ask(self, login: str) -> Known | NoAccount:
        if not _LOGIN.fullmatch(login):
            return NoAccount("no login on GitHub looks like this")
        try:
            self._leave_the_reserve()
            found = _read(self._patiently(f"/users/{quote(login)}"))
        except NotFound:
            return NoAccount("GitHub has no account of this name now")
        except GitHubError as error:
            raise Refusal([f"Error: GitHub does not say who {login} is: {error}", _OFFLINE]) from None
        if self._saved and isinstance(found, Known):
            self._saved.keep(found)
        return found

    def _leave_the_reserve(self) -> None:
        """Now and then see what is left of the hour's requests, and wait for the next hour where it is little."""
        self._asked += 1
        if self._asked % LOOK_EVERY != 1:
            return
        for _ in PAUSES:
            at = _low_until(self._rates())
            if at is None:
                return
            self._pause(Unavailable("its rate limit has nothing to spare", at=at), 0)
        raise Unavailable("its rate limit has nothing to spare")

    def _rates(self) -> Any:
        try:
            return self._patiently("/rate_limit")
        except NotFound:
            return None  # a GitHub Enterprise Server without limits

    def _patiently(self, path: str) -> Any:
        """Ask, and ask again after a rate limit or trouble that passes. Raises GitHubError."""
        for pause in PAUSES:
            try:
                return self._line().get(path)
            except Unavailable as error:
                self._pause(error, pause)
        return self._line().get(path)

    def _pause(self, trouble: Unavailable, seconds: float) -> None:
        if trouble.at is None:
            self._wait(seconds, f"GitHub is in trouble ({printable(str(trouble))}); asking again in {seconds:.0f} s.")
        elif trouble.at - self._clock() > LONGEST_WAIT:
            raise trouble
        else:
            self._wait(
                trouble.at - self._clock(),
                f"GitHub's rate limit is reached, or nearly so; going on at {shown(trouble.at)}.",
            )

    def _wait(self, seconds: float, why: str) -> None:
        click.echo(why, err=True)
        self._sleep(max(seconds, 1.0))


_OFFLINE = "A file with the columns login and id does without GitHub: --accounts FILE."


def _low_until(answer: Any) -> float | None:
    """When the hour's requests start anew, where few are left of them; None where there are enough, or no limit."""
    try:
        core = answer["resources"]["core"]
        limit, left, reset = (int(core[name]) for name in ("limit", "remaining", "reset"))
    except (KeyError, TypeError, ValueError):
        return None
    return reset + 1.0 if left < min(RESERVE, limit // 5) else None


def _read(answer: object) -> Known | NoAccount:
    told = answer if isinstance(answer, dict) else {}
    if (kind := told.get("type")) != "User":
        return NoAccount(f"it is no person's account but of the kind {printable(str(kind))[:40]}")
    try:
        return Known(int(told["id"]), str(told["login"]), moment(str(told["created_at"])))
    except (KeyError, TypeError, ValueError):
        return NoAccount("GitHub's answer about it cannot be read")


def accounts_for(context: Context, file: Path | None, owner_id: int, save: Path | None = None) -> Accounts:
    """Whoever is to be asked: the file if there is one, else GitHub, through the owner's installation or another."""
    if file:
        return InFile(file)
    return OnGitHub(lambda: _line(context, owner_id), context.clock, context.sleep, Saved(save) if save else None)


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
