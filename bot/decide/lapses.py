# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""When the time of a verdict is over, such as at the end of a grace period: look again, though nothing happened."""

from bot.decide.world import World
from bot.store import judged
from bot.store.database import writing
from bot.work.keys import Key
from rules.rule import Signal

LOOK_EVERY = 60.0
"""Seconds between two looks for verdicts whose time is over."""


def look_at_what_lapsed(world: World) -> int:
    """Have every pull request looked at whose verdict has lapsed. Returns how many there are."""
    with writing(world.engine) as connection:
        lapsed = judged.lapse(connection, world.clock())
        world.queue.want(connection, [str(Key.pull(*one)) for one in lapsed], Signal.ASKED.value)
    return len(lapsed)
