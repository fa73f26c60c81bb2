# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One contribution on the desk: as it was read, and what may be reached to find out more about it."""

from dataclasses import dataclass

from bot.decide.world import World
from bot.github.client import Client
from bot.github.pull import Pull
from rules.change import Change


@dataclass(frozen=True)
class Case:
    """A contribution. Its head was first seen at `seen_at` (seconds since 1970), in this very look if it is `new`."""

    world: World
    client: Client
    pull: Pull
    change: Change
    seen_at: float
    new: bool

    def left_at(self) -> float:
        """When somebody left who is found to be gone now: before a new head, for only what came earlier is covered."""
        return self.seen_at - 1 if self.new else self.world.clock()
