# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What was missed is found: GitHub does not redeliver by itself, so failed deliveries are asked for again, and now
and then every installation is gone through for pull requests without a current check.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

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
TIMES_AT_MOST = 5
"""How often one delivery is asked for again."""
GO_THROUGH_EVERY = 6 * 3600.0
"""Seconds between two walks through all installations."""
_HOPELESS = frozenset({400, 401, 413})
"""Answers of ours that another delivery of the same bytes would get again."""

log = structlog.get_logger()


class Redelivery:
    """Asks GitHub again for webhooks that never arrived. The first look goes back as far as GitHub keeps them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._since = world.clock() - LOOK_BACK
        self._asked: dict[str, int] = {}

    def look(self) -> int:
        """Ask for every recent delivery that failed. Returns how many. A redelivery keeps its GUID, so that one which
        did arrive changes nothing. Raises GitHubError, save for GitHub's own trouble.
        """
        client = self._world.app.itself()
        now = self._world.clock()
        try:
            missed = _missed(_recent(client, self._since))
            due = [one for one in missed if self._asked.get(one["guid"], 0) < TIMES_AT_MOST]
            for delivery in due:
                self._ask(client, delivery)
        except Unavailable as error:
            log.info("failed deliveries are asked for later", reason=str(error))
            return 0
        self._since = now - OVERLAP
        self._asked = {one["guid"]: self._asked.get(one["guid"], 0) for one in missed}
        log.info("deliveries asked for again", count=len(due))
        return len(due)

    def _ask(self, client: Client, delivery: dict[str, Any]) -> None:
        self._asked[delivery["guid"]] = self._asked.get(delivery["guid"], 0) + 1
        try:
            client.write("POST", f"/app/hook/deliveries/{delivery['id']}/attempts", {})
        except (NotFound, Forbidden, Invalid) as error:
            log.warning("GitHub does not send a delivery again", guid=delivery["guid"], error=str(error))


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


def _recent(client: Client, since: float) -> Iterator[dict[str, Any]]:
    for page in client.cursor_pages("/app/hook/deliveries"):
        for delivery in page:
            if datetime.fromisoformat(delivery["delivered_at"]).timestamp() < since:
                return
            yield delivery


def _missed(deliveries: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """The newest attempt of each event of which no attempt arrived."""
    attempts: dict[str, list[dict[str, Any]]] = {}
    for delivery in deliveries:
        attempts.setdefault(delivery["guid"], []).append(delivery)
    return [tries[0] for tries in attempts.values() if not any(_over(one) for one in tries)]


def _over(delivery: dict[str, Any]) -> bool:
    return 200 <= delivery["status_code"] < 300 or delivery["status_code"] in _HOPELESS
