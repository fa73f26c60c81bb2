# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What was missed is found: GitHub does not redeliver by itself, so failed deliveries are asked for again, and now
and then every installation is gone through for pull requests without a current check.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import structlog

from bot.decide.world import World
from bot.github.client import Client
from bot.github.errors import Forbidden, GitHubError, Invalid, NotFound, Unavailable
from bot.store.database import writing
from bot.work.keys import Key
from rules.rule import Signal

REDELIVER_EVERY = 300.0
"""Seconds between two looks at the App's failed deliveries."""
LOOK_BACK = 3 * 24 * 3600.0
"""Seconds that GitHub keeps a delivery so that it can be sent again."""
OVERLAP = 6 * REDELIVER_EVERY
"""Seconds that later looks go back, so that one which fails leaves no gap."""
GO_THROUGH_EVERY = 6 * 3600.0
"""Seconds between two walks through all installations."""
_HOPELESS = frozenset({400, 401, 413})
"""Answers of ours that another delivery of the same bytes would get again."""

log = structlog.get_logger()


class _Attempt(NamedTuple):
    """One attempt to deliver an event, as little of it as is needed: a busy App has a great many in three days.

    `over`: it arrived, or no other attempt could.
    """

    id: int
    guid: str
    at: float
    over: bool


@dataclass
class _Missing:
    """A delivery that never arrived: how often it was asked for, and when to ask next (seconds since 1970)."""

    id: int
    until: float
    times: int = 0
    again_at: float = 0.0


class Redelivery:
    """Asks GitHub again for webhooks that never arrived, until they do or GitHub keeps them no longer.

    The pause between two requests for one delivery doubles, so that an outage of any length here costs little. What is
    still missing is known to this process alone: a new one finds it by its first look, which goes back as far as
    GitHub's own list.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._since = world.clock() - LOOK_BACK
        self._missing: dict[str, _Missing] = {}

    def look(self) -> int:
        """Ask for every delivery that failed and is due. Returns how many. A redelivery keeps its GUID, so that one
        which did arrive changes nothing. Raises GitHubError, save for GitHub's own trouble.
        """
        client, now = self._world.app.itself(), self._world.clock()
        try:
            self._learn(_recent(client, self._since))
            self._since = now - OVERLAP
            due = [one for one in self._missing.values() if one.again_at <= now]
            for delivery in due:
                self._ask(client, delivery, now)
        except Unavailable as error:
            log.info("failed deliveries are asked for later", reason=str(error))
            return 0
        log.info("deliveries asked for again", count=len(due))
        return len(due)

    def _learn(self, attempts: Iterable[_Attempt]) -> None:
        """Take in what failed lately, and leave what has arrived, is hopeless, or is kept no longer."""
        missed, over = _missed(attempts)
        for attempt in missed:
            self._missing.setdefault(attempt.guid, _Missing(attempt.id, attempt.at + LOOK_BACK))
        over |= self._world.queue.arrived(self._missing)
        over |= {guid for guid, one in self._missing.items() if one.until < self._world.clock()}
        self._missing = {guid: one for guid, one in self._missing.items() if guid not in over}

    def _ask(self, client: Client, delivery: _Missing, now: float) -> None:
        delivery.again_at = now + REDELIVER_EVERY * 2**delivery.times
        delivery.times += 1
        try:
            client.write("POST", f"/app/hook/deliveries/{delivery.id}/attempts", {})
        except (NotFound, Forbidden, Invalid) as error:
            log.warning("GitHub does not send a delivery again", delivery=delivery.id, error=str(error))


def go_through_installations(world: World) -> int:
    """Have every installation looked at for what was missed. Returns how many there are."""
    try:
        rows = [row for page in world.app.itself().pages("/app/installations") for row in page]
    except GitHubError as error:
        log.info("installations are gone through later", reason=str(error))
        return 0
    keys = [str(Key.installation(row["id"])) for row in rows if not row.get("suspended_at")]
    with writing(world.engine) as connection:
        world.queue.want(connection, keys, Signal.SWEEP.value)
    return len(keys)


def _recent(client: Client, since: float) -> Iterator[_Attempt]:
    for page in client.cursor_pages("/app/hook/deliveries"):
        for row in page:
            at = datetime.fromisoformat(row["delivered_at"]).timestamp()
            if at < since:
                return
            status = row["status_code"]
            yield _Attempt(row["id"], row["guid"], at, 200 <= status < 300 or status in _HOPELESS)


def _missed(attempts: Iterable[_Attempt]) -> tuple[list[_Attempt], set[str]]:
    """The newest attempt of each event of which no attempt arrived, and the GUIDs of all others."""
    failed: dict[str, _Attempt] = {}
    over = set[str]()
    for attempt in attempts:
        if attempt.over:
            over.add(attempt.guid)
        else:
            failed.setdefault(attempt.guid, attempt)
    return [attempt for guid, attempt in failed.items() if guid not in over], over
