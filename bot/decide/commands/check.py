# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`/steward check`: look at the pull request again."""

from sqlalchemy import Connection

from bot.decide.commands.asked import Asked, Response, accepted, refused
from bot.decide.commands.grammar import Command
from bot.work.signals import Signal

_NO_MORE_WORDS = "`/steward check` takes nothing behind it. Write it alone on a line."
_CLOSED = "This pull request is closed. Steward looks again when it is reopened."
_NOT_YOURS = (
    "`/steward check` is for those who contribute to this pull request, and for those who have the role triage or a "
    "higher one in this repository. A new push makes Steward look as well."
)


def may(asked: Asked) -> bool:
    """Whether who asks may have the pull request looked at. Raises GitHubError."""
    return asked.contributes or "triage" in asked.rights


def check(asked: Asked, command: Command) -> Response:
    """For whoever contributes to the pull request, and for triage and up. Raises GitHubError and Retry."""
    if command.arguments:
        return refused(_NO_MORE_WORDS)
    if not asked.is_open:
        return refused(_CLOSED)
    if not may(asked):
        asked.look_first()
        return refused(_NOT_YOURS)

    def look_again(connection: Connection) -> None:
        asked.world.queue.want(connection, [asked.key], Signal.ASKED)

    return accepted(look_again)
