# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a decision changes: its rows, the log, and a wish to look at the pull request again, in one transaction."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from bot.decide.commands.asked import Asked
from bot.store.decisions import NewDecision, decide
from bot.work.signals import Signal


def write_down(asked: Asked, decisions: Sequence[NewDecision]) -> Callable[[Connection], None]:
    """The effect of a command that decides something."""

    def effect(connection: Connection) -> None:
        decide(connection, asked.repository.id, asked.number, decisions, asked.world.clock())
        asked.world.queue.want(connection, [asked.key], Signal.ASKED)

    return effect
