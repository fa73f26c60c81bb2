# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The commands that a run brings: each carried out once, in one transaction with its record, and answered after that.

Whatever dies in between, the next run finds the record and no second effect, or neither of them.
"""

import structlog

from bot.decide.commands.answer import answer
from bot.decide.commands.asked import Asked, Refused, Response, ignored, refused
from bot.decide.commands.grammar import Command
from bot.decide.commands.registry import find
from bot.decide.commands.said import said_in
from bot.decide.evaluate import ALWAYS
from bot.decide.names import current
from bot.decide.world import World
from bot.github.client import Client
from bot.github.errors import Forbidden, Invalid, Unavailable
from bot.store import audit
from bot.store.commands import CommandKey, Outcome, answers, given, is_done, keep_outcome
from bot.store.database import reading, writing
from bot.store.digest import digest
from bot.store.repositories import RepositoryFacts
from bot.work.claim import Claim
from bot.work.run import Retry, StillOurs
from bot.work.signals import Signal

REFUSAL = "refusal"
"""What a refused command is called in the log."""

MOST_ANSWERS = 20
"""In words, to one account on one pull request within an hour; what it says after that is done without a word."""

MOST_HEARD = 100
"""Commands of one account on one pull request within an hour; to more of them nobody listens."""

_HOUR = 3600
_NO_MORE_WORDS = f"more than {MOST_ANSWERS} answers in words within an hour"
_FLOOD = f"more than {MOST_HEARD} commands within an hour"
_DELETED = "the comment was deleted before its turn"
NOT_TOLD = "GitHub refuses to tell Steward what it needs to know for this. Its operator finds the reason in the log."

log = structlog.get_logger()


def carry_out(
    world: World, client: Client, repository: RepositoryFacts, number: int, claim: Claim, still_ours: StillOurs
) -> None:
    """Carry out the commands among a claim's deliveries. Raises GitHubError and Retry.

    To be called last in a look at a pull request: who is behind it, and which agreement is in force on its branch, is
    known from then on, even if the comment came before the first look. What a command changes is in the store, and
    whatever has to be looked at again because of it, the pull request itself included, is queued in the same
    transaction. Without a command in them, no request is made.
    """
    if Signal.DECISION not in claim.signals:
        return
    looked = not ALWAYS.isdisjoint(signal.value for signal in claim.signals)
    for said in said_in(world.queue.deliveries(claim)):
        if not still_ours():
            raise Retry("the lease was lost before a command was carried out")
        _carry_out_all(Asked(world, client, repository, number, said, looked), still_ours)


def _carry_out_all(asked: Asked, still_ours: StillOurs) -> None:
    try:
        for command in asked.said.commands:
            _carry_out(asked, command)
        answer(asked, [_key(asked, command) for command in asked.said.commands], still_ours)
    except Unavailable as error:
        if 300 <= error.status < 400:  # renamed, and no event told of it: the next run calls it by its new name
            current(asked.world, asked.client, asked.repository)
        raise


def _carry_out(asked: Asked, command: Command) -> None:
    key = _key(asked, command)
    with reading(asked.world.engine) as connection:
        done = is_done(connection, key)
    response = None if done else _decide(asked, command)
    if response is not None:
        _write(asked, command, key, response)
        log.info("command", command=command.name, comment=key.comment, outcome=response.outcome.reaction)


def _decide(asked: Asked, command: Command) -> Response | None:
    """What is to come of a command. Who asks too much gets no more words, but what they decide still counts."""
    since = asked.world.clock() - _HOUR
    with reading(asked.world.engine) as connection:
        if given(connection, asked.speaker, since) >= MOST_HEARD:
            return ignored(_FLOOD)
        may_be_told = answers(connection, asked.speaker, since) < MOST_ANSWERS
    response = _respond(asked, command)
    return response if response is None or may_be_told else _without_words(response)


def _respond(asked: Asked, command: Command) -> Response | None:
    try:
        response = find(command, on_issue=asked.said.on_issue).decide(asked, command)
        if response is not None and response.effect is not None and not asked.still_stands:
            return ignored(_DELETED)
    except Refused as refusal:
        return refused(str(refusal))
    except (Forbidden, Invalid) as error:
        log.warning("GitHub refuses what a command needs", command=command.name, error=str(error))
        return refused(NOT_TOLD)
    return response


def _without_words(response: Response) -> Response:
    """The same, but that nothing is said: a reaction shows that there were words, and the log has the reason."""
    outcome = response.outcome
    if outcome.reply is None or outcome.reaction is None:
        return response
    return Response(Outcome("confused"), unsaid=outcome.reply if outcome.refuses else _NO_MORE_WORDS)


def _write(asked: Asked, command: Command, key: CommandKey, response: Response) -> None:
    """The record of a command and its effect, or the log of its refusal: all of it or nothing."""
    now = asked.world.clock()
    with writing(asked.world.engine) as connection:
        if not keep_outcome(connection, key, asked.speaker, response.outcome, now):
            return
        if response.effect is not None:
            response.effect(connection)
        reason = response.unsaid or response.outcome.reply
        if response.outcome.refuses and reason is not None:
            audit.append_all(connection, [_refusal(asked, command, key, reason)], now)


def _refusal(asked: Asked, command: Command, key: CommandKey, reason: str) -> audit.Act:
    body = {
        "repository_id": asked.repository.id,
        "number": asked.number,
        "comment": key.comment,
        "command": key.command,
    }
    told = {"login": asked.said.by.login, "line": command.line, "reason": reason}
    return audit.Act(REFUSAL, body, audit.sealed(asked.said.by.id, told))


def _key(asked: Asked, command: Command) -> CommandKey:
    return CommandKey(asked.said.comment, digest(command.line), command.occurrence)
