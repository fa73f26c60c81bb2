# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a run may reach: GitHub, the database, the clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from sqlalchemy import Engine

from bot.github.tokens import App
from bot.settings import NOREPLY
from bot.work.queue import Queue
from rules.rule import Facts


@dataclass(frozen=True)
class World:
    """Everything outside a run, handed in once.

    `url` is Steward's public address, or None where links would lead nowhere. `clock` gives seconds since 1970.
    `noreply` is the host of the e-mail addresses that GitHub hands out, `server_url` where it shows its pages.
    """

    app: App
    engine: Engine
    queue: Queue
    url: str | None = None
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    noreply: str = NOREPLY
    server_url: str = "https://github.com"

    def facts(self) -> Facts:
        """What rules may know beside the contribution."""
        now = self.clock()
        return Facts(year=datetime.fromtimestamp(now, UTC).year, now=now, seen_at=now, noreply=self.noreply)

    def details(self, full_name: str) -> str | None:
        """Where Steward's own pages tell of a repository's pull requests."""
        return f"{self.url}/{full_name}/pull" if self.url else None

    def file_page(self, full_name: str, commit: str, path: str) -> str:
        """Where GitHub shows a file as it was at a commit."""
        return f"{self.server_url}/{full_name}/blob/{commit}/{quote(path)}"

    def signing_page(self, full_name: str, branch: str, default_branch: str | None) -> str | None:
        """Where the agreement that a branch of a repository asks for is read and signed."""
        if self.url is None:
            return None
        which = "" if branch == default_branch else f"?branch={quote(branch, safe='')}"
        return f"{self.url}/agreements/{full_name}{which}"
