# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who said what: comments and reviews out of their verified deliveries, those that may be obeyed at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog

from bot.decide.commands.grammar import Command, added, parse
from bot.github.reactions import Kind, Remark
from bot.identity import Account
from bot.receive.payload import LARGEST_ID, Payload, find, moment, name, number, sha, text
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

    `opener` is the account that opened the pull request, `address` where people find what was said. `written` is when
    it was first said (ISO 8601, UTC) and `said_at` when these commands were, both by GitHub's clock, `received` when
    that was heard here; the latter two in seconds since 1970. Where GitHub does not tell when a review was edited,
    `said_at` is when that was heard. `edited` is true where its author added the commands later. `commit` is the one
    that a review was written on. `on_issue` is true where it is no pull request.
    """

    delivery: str
    remark: Remark
    by: Account
    address: str
    opener: int | None
    edited: bool
    written: str | None
    commands: tuple[Command, ...]
    said_at: float
    received: float
    commit: str | None = None
    on_issue: bool = False

    @property
    def written_at(self) -> float | None:
        """When it was first said, in seconds since 1970."""
        return datetime.fromisoformat(self.written).timestamp() if self.written else None

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


def only_on_issue(deliveries: Sequence[Received]) -> bool:
    """Whether these deliveries, of which there is one at least, tell of nothing but comments on an issue."""
    return bool(deliveries) and all(
        one.body is not None and _is_on_issue(one.event, orjson.loads(one.body)) for one in deliveries
    )


def no_review(deliveries: Sequence[Received]) -> bool:
    """Whether these deliveries, of which there is one at least, tell of comments and of no review."""
    return bool(deliveries) and all(one.event != "pull_request_review" for one in deliveries)


def _said(delivery: Received) -> Said | None:
    where, kind = _PLACES.get(delivery.event, ("", Kind.COMMENT))
    if not where or delivery.body is None:
        return None
    payload = orjson.loads(delivery.body)
    remark, on_issue = find(payload, where), _is_on_issue(delivery.event, payload)
    if not _is_obeyed(payload, remark) or not (commands := _commands(payload, remark, delivery.action, on_issue)):
        return None
    edited, written = delivery.action not in _WHOLE, _moment(remark, "created_at", "submitted_at")
    return Said(
        delivery=delivery.id,
        remark=Remark(kind, number(remark, "id"), _bounded(remark, "node_id")),
        by=Account(number(remark, "user.id", LARGEST_ID), name(remark, "user.login")),
        address=_bounded(remark, "html_url"),
        opener=_opener(payload),
        edited=edited,
        written=_spelled(written),
        commands=commands,
        said_at=(_moment(remark, "updated_at") or delivery.received) if edited else written or 0.0,
        received=delivery.received,
        commit=_commit(remark) if kind is Kind.REVIEW else None,
        on_issue=on_issue,
    )


def _is_on_issue(event: str, payload: Payload) -> bool:
    """A pull request is an issue too, which then says so."""
    return event == "issue_comment" and find(payload, "issue.pull_request") is None


def _is_obeyed(payload: Payload, remark: Any) -> bool:
    """People are, for what they say themselves: no bots, no Apps on their behalf, and nobody who edits another."""
    author, sender = find(remark, "user"), find(payload, "sender")
    people = find(author, "type") == find(sender, "type") == "User"
    own = find(author, "id") == find(sender, "id")
    return people and own and find(remark, "performed_via_github_app") is None


def _commands(payload: Payload, remark: Any, action: str | None, on_issue: bool) -> tuple[Command, ...]:
    """What is said by it. The sentence is not: on an issue nobody is asked to sign, and somebody else is meant."""
    return tuple(one for one in _news(payload, remark, action) if not (on_issue and one.is_phrase))


def _news(payload: Payload, remark: Any, action: str | None) -> tuple[Command, ...]:
    if action in _WHOLE:
        return parse(text(remark, "body"))
    if action == "edited" and find(payload, "changes.body") is not None:
        return added(text(remark, "body"), text(payload, "changes.body.from"))
    return ()


def _opener(payload: Payload) -> int | None:
    opener = find(payload, "pull_request.user.id") or find(payload, "issue.user.id")
    return opener if isinstance(opener, int) else None


def _commit(remark: Any) -> str | None:
    """What a review was written on; GitHub forgets it once the commit is gone."""
    return None if find(remark, "commit_id") is None else sha(remark, "commit_id")


def _moment(remark: Any, *names: str) -> float | None:
    """The first time that is told under one of these names: a review calls it otherwise than a comment."""
    known = [name for name in names if find(remark, name) is not None]
    return moment(remark, known[0]).timestamp() if known else None


def _spelled(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _bounded(remark: Any, path: str) -> str:
    return text(remark, path)[:LONGEST_TEXT]
