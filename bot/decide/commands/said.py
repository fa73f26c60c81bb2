# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who said what: comments and reviews out of their verified deliveries, those that may be obeyed at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
import structlog

from bot.decide.commands.grammar import Command, added, parse
from bot.github.reactions import Kind, Remark
from bot.identity import Account
from bot.receive.payload import LARGEST_ID, Payload, find, moment, name, number, text
from bot.work.delivery import Received

# Where each event has what was said, and what kind of thing that is.
_PLACES = {
    "issue_comment": ("comment", Kind.COMMENT),
    "pull_request_review": ("review", Kind.REVIEW),
    "pull_request_review_comment": ("comment", Kind.LINE),
}
_WHOLE = ("created", "submitted")
LONGEST_TEXT = 500

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Said:
    """A comment or review with commands in it, as one delivery told of it.

    `opener` is the account that opened the pull request, `address` where people find what was said, `written` when it
    was first said (ISO 8601, UTC). `edited` is true where its author added the commands later.
    """

    delivery: str
    remark: Remark
    by: Account
    address: str
    opener: int | None
    edited: bool
    written: str | None
    commands: tuple[Command, ...]

    @property
    def comment(self) -> str:
        """What commands are kept under: the kind of remark and its id."""
        return f"{self.remark.kind}/{self.remark.id}"


def said_in(deliveries: Iterable[Received]) -> Iterator[Said]:
    """What was said with commands in it, in the order in which it came.

    The body in the event counts, whatever became of the comment since.
    """
    for delivery in deliveries:
        try:
            said = _said(delivery)
        except ValueError as error:  # to read it again would not mend it
            log.warning("a comment cannot be understood", delivery=delivery.id, error=str(error))
            continue
        if said is not None and said.commands:
            yield said


def _said(delivery: Received) -> Said | None:
    where, kind = _PLACES.get(delivery.event, ("", Kind.COMMENT))
    if not where or delivery.body is None:
        return None
    payload = orjson.loads(delivery.body)
    remark = find(payload, where)
    if not _is_obeyed(payload, remark) or not (commands := _commands(payload, remark, delivery.action)):
        return None
    return Said(
        delivery=delivery.id,
        remark=Remark(kind, number(remark, "id"), _bounded(remark, "node_id")),
        by=Account(number(remark, "user.id", LARGEST_ID), name(remark, "user.login")),
        address=_bounded(remark, "html_url"),
        opener=_opener(payload),
        edited=delivery.action not in _WHOLE,
        written=_written(remark),
        commands=commands,
    )


def _is_obeyed(payload: Payload, remark: Any) -> bool:
    """People are, for what they say themselves: no bots, no Apps on their behalf, and nobody who edits another."""
    author, sender = find(remark, "user"), find(payload, "sender")
    people = find(author, "type") == find(sender, "type") == "User"
    own = find(author, "id") == find(sender, "id")
    return people and own and find(remark, "performed_via_github_app") is None


def _commands(payload: Payload, remark: Any, action: str | None) -> tuple[Command, ...]:
    if action in _WHOLE:
        return parse(text(remark, "body"))
    if action == "edited" and find(payload, "changes.body") is not None:
        return added(text(remark, "body"), text(payload, "changes.body.from"))
    return ()


def _opener(payload: Payload) -> int | None:
    opener = find(payload, "pull_request.user.id") or find(payload, "issue.user.id")
    return opener if isinstance(opener, int) else None


def _written(remark: Any) -> str | None:
    """When it was said: a review calls that when it was handed in."""
    known = [name for name in ("created_at", "submitted_at") if find(remark, name) is not None]
    return moment(remark, known[0]).strftime("%Y-%m-%dT%H:%M:%SZ") if known else None


def _bounded(remark: Any, path: str) -> str:
    return text(remark, path)[:LONGEST_TEXT]
