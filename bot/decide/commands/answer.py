# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The answer to a comment: a reaction, and one short reply to all that was refused in it, never said twice."""

import structlog

from bot.decide.commands.asked import Asked
from bot.decide.render.markdown import code
from bot.github.comments import find_comment, post_comment
from bot.github.errors import Forbidden, GitHubError, Invalid, NotFound, Unavailable
from bot.github.reactions import react
from bot.store import published
from bot.store.commands import CommandKey, Outcome, keep_answered, unanswered
from bot.store.database import reading, writing

REPLY = "reply"

log = structlog.get_logger()


def answer(asked: Asked, keys: list[CommandKey]) -> None:
    """Answer those of these commands that have a record and no answer. Raises GitHubError.

    GitHub keeps one reaction of a kind, so that to give it again does no harm. A conversation that takes no answer,
    because it is locked or the comment is gone, is left in peace: what was carried out stands.
    """
    with reading(asked.world.engine) as connection:
        due = unanswered(connection, keys)
    if not due:
        return
    outcomes = [outcome for _, outcome in due]
    if _react(asked, outcomes):
        _reply(asked, outcomes)
    with writing(asked.world.engine) as connection:
        keep_answered(connection, [key for key, _ in due])
        published.fulfil(connection, asked.repository.id, REPLY, asked.said.delivery)


def _react(asked: Asked, outcomes: list[Outcome]) -> bool:
    """False: the comment is gone, and nobody waits for words."""
    for reaction in sorted({outcome.reaction for outcome in outcomes}):
        try:
            react(asked.client, asked.name, asked.said.remark, reaction)
        except NotFound:
            log.info("a comment was deleted before its commands were answered", comment=asked.said.comment)
            return False
        except (Forbidden, Invalid) as error:
            log.warning("GitHub refuses our reaction", comment=asked.said.comment, error=str(error))
    return True


def _reply(asked: Asked, outcomes: list[Outcome]) -> None:
    reasons = list(dict.fromkeys(outcome.reply for outcome in outcomes if outcome.reply))
    if not reasons or _was_said(asked):
        return
    with writing(asked.world.engine) as connection:
        published.intend(connection, asked.repository.id, REPLY, asked.said.delivery, asked.world.clock())
    try:
        post_comment(asked.client, asked.name, asked.number, _text(asked, reasons))
    except (Forbidden, Invalid, NotFound) as error:
        log.warning("GitHub refuses our reply", comment=asked.said.comment, error=str(error))
    except GitHubError as error:
        if not (isinstance(error, Unavailable) and error.in_doubt):
            with writing(asked.world.engine) as connection:
                published.fulfil(connection, asked.repository.id, REPLY, asked.said.delivery)
        raise


def _was_said(asked: Asked) -> bool:
    """Whether the answer to an earlier attempt was lost, but not the reply itself."""
    with reading(asked.world.engine) as connection:
        begun = published.intended(connection, asked.repository.id, REPLY, asked.said.delivery)
    app_id = asked.world.app.app_id
    return begun and find_comment(asked.client, asked.name, asked.number, _marker(asked), app_id) is not None


def _text(asked: Asked, reasons: list[str]) -> str:
    begin = f"In answer to {code(asked.said.by.login)}: "
    return "\n\n".join((f"{_marker(asked)}\n{begin}{reasons[0]}", *reasons[1:])) + "\n"


def _marker(asked: Asked) -> str:
    return f"<!-- steward:reply {asked.said.delivery} -->"
