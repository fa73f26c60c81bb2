# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The answer to a comment: a reaction, and one reply to all that was refused or asked in it, whatever edits add."""

import structlog

from bot.decide.commands.asked import Asked
from bot.decide.render.comment import COMMENT_LIMIT
from bot.decide.render.markdown import code
from bot.decide.render.passages import fitted
from bot.github.comments import edit_comment, find_comment, post_comment
from bot.github.errors import Forbidden, GitHubError, Invalid, NotFound, Unavailable
from bot.github.reactions import react
from bot.store import published
from bot.store.commands import CommandKey, Outcome, keep_answered, reply_to, unanswered
from bot.store.database import reading, writing
from bot.work.run import Retry, StillOurs

REPLY = "reply"
_LEFT_OUT = "**{count} more answers** do not fit here. Ask for them one by one, each in a comment of its own."

log = structlog.get_logger()


def answer(asked: Asked, keys: list[CommandKey], still_ours: StillOurs) -> None:
    """Answer those of these commands that have a record and no answer. Raises GitHubError and Retry.

    GitHub keeps one reaction of a kind, so that to give it again does no harm. A conversation that takes no answer,
    because it is locked or the comment is gone, is left in peace: what was carried out stands.
    """
    with reading(asked.world.engine) as connection:
        due = unanswered(connection, keys)
    if not due:
        return
    outcomes = [outcome for _, outcome in due]
    if _react(asked, outcomes):
        _reply(asked, outcomes, still_ours)
    with writing(asked.world.engine) as connection:
        keep_answered(connection, [key for key, _ in due])
        published.fulfil(connection, asked.repository.id, REPLY, asked.said.comment)


def _react(asked: Asked, outcomes: list[Outcome]) -> bool:
    """False: the comment is gone, and nobody waits for words."""
    for reaction in sorted({outcome.reaction for outcome in outcomes if outcome.reaction}):
        try:
            react(asked.client, asked.name, asked.said.remark, reaction)
        except NotFound:
            log.info("a comment was deleted before its commands were answered", comment=asked.said.comment)
            return False
        except (Forbidden, Invalid) as error:
            log.warning("GitHub refuses our reaction", comment=asked.said.comment, error=str(error))
    return True


def _reply(asked: Asked, outcomes: list[Outcome], still_ours: StillOurs) -> None:
    with reading(asked.world.engine) as connection:
        said = reply_to(connection, asked.said.comment)
    reasons = list(dict.fromkeys([*said, *(outcome.reply for outcome in outcomes if outcome.reply)]))
    if reasons == said:
        return
    earlier = _earlier(asked)
    if not still_ours():
        raise Retry("the lease was lost before a reply was written")
    with writing(asked.world.engine) as connection:
        published.intend(connection, asked.repository.id, REPLY, asked.said.comment, asked.world.clock())
    try:
        _say(asked, earlier, _text(asked, reasons))
    except (Forbidden, Invalid, NotFound) as error:
        log.warning("GitHub refuses our reply", comment=asked.said.comment, error=str(error))
    except GitHubError as error:
        if not (isinstance(error, Unavailable) and error.in_doubt):
            with writing(asked.world.engine) as connection:
                published.fulfil(connection, asked.repository.id, REPLY, asked.said.comment)
        raise


def _earlier(asked: Asked) -> int | None:
    """Our reply to what the comment said before it was edited, or one whose writing GitHub never confirmed."""
    with reading(asked.world.engine) as connection:
        begun = published.intended(connection, asked.repository.id, REPLY, asked.said.comment)
    if not (begun or asked.said.edited):
        return None
    return find_comment(asked.client, asked.name, asked.number, _marker(asked), asked.world.app.app_id)


def _say(asked: Asked, earlier: int | None, text: str) -> None:
    if earlier is None or not edit_comment(asked.client, asked.name, earlier, text):
        post_comment(asked.client, asked.name, asked.number, text)


def _text(asked: Asked, reasons: list[str]) -> str:
    begin = f"{_marker(asked)}\nIn answer to {code(asked.said.by.login)}: {reasons[0]}"
    return fitted(begin, ((reason, 1) for reason in reasons[1:]), "", COMMENT_LIMIT, _LEFT_OUT)


def _marker(asked: Asked) -> str:
    return f"<!-- steward:reply {asked.said.comment} -->"
