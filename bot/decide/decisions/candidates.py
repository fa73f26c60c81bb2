# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The decisions that may count for a pull request as it is now, and why others do not any more.

Nothing is asked of GitHub here, and nothing depends on what was seen in between: who comes back to a head that was
decided on finds the decision there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.github.pull import Pull
from bot.github.reviews import Review
from bot.identity import Account
from bot.store.decisions import Decision, Kind, NewDecision, takes_back
from rules.rule import Rule

_UNHEARD_OF = 2**63 - 1  # the place of a review that the record does not have, after all that it has


@dataclass(frozen=True, slots=True)
class Candidate:
    """An override or an approval that is on record or was given by a review. Times are in seconds since 1970.

    `content` is a digest of what was decided on, if it is known.
    """

    kind: Kind
    rule: str
    by: Account
    head: str
    content: str | None
    base_ref: str
    how: Literal["comment", "review"]
    said_at: float
    order: int
    remark: str
    address: str | None = None
    reason: str = ""
    expires_at: float | None = None


def on_record(rows: Iterable[Decision]) -> list[Candidate]:
    """The overrides and approvals by command."""
    decisive = (row for row in rows if row.how == "comment" and row.kind in (Kind.OVERRIDE, Kind.APPROVAL))
    return [candidate for row in decisive for candidate in _of_row(row)]


def reviews_on_record(rows: Iterable[Decision], rule: str) -> list[Candidate]:
    """The approving reviews that ever counted for a rule; of the kind withdrawal, where one was seen to be gone."""
    newest = {row.remark: row for row in rows if (row.rule, row.how) == (rule, "review")}
    return [candidate for row in newest.values() for candidate in _of_row(row)]


def _of_row(row: Decision) -> Iterator[Candidate]:
    """The decision, unless whoever took it was erased."""
    if row.account_id is not None and row.login is not None:
        yield Candidate(
            kind=row.kind,
            rule=row.rule,
            by=Account(row.account_id, row.login),
            head=row.head,
            content=row.content,
            base_ref=row.base_ref,
            how="review" if row.how == "review" else "comment",
            said_at=row.said_at,
            order=row.id,
            remark=row.remark,
            address=row.address,
            reason=row.reason or "",
            expires_at=row.expires_at,
        )


def by_review(pull: Pull, rule: str, rows: Sequence[Decision], content: str | None) -> list[Candidate]:
    """The approving reviews of a pull request as approvals of one rule; GitHub keeps the newest of each person.

    Those of members come first: there may be any number of others, and only so many are asked for. What a review was of
    is known from the record, or if it is of the head, whose content that is. GitHub goes on showing those of people
    who were erased here; they count no more.
    """
    erased = {row.remark for row in rows if row.how == "review" and row.account_id is None}
    known = {one.remark: one for one in reviews_on_record(rows, rule)}
    reviews = sorted(pull.reviews, key=lambda review: (not review.by_member, review.at, review.id))
    return [
        _of_review(pull, review, rule, known.get(f"review/{review.id}"), content)
        for review in reviews
        if f"review/{review.id}" not in erased
    ]


def _of_review(pull: Pull, review: Review, rule: str, known: Candidate | None, content: str | None) -> Candidate:
    return Candidate(
        kind=Kind.APPROVAL,
        rule=rule,
        by=review.by,
        head=review.head,
        content=content if review.head == pull.head else (known.content if known else None),
        base_ref=pull.base_ref,  # an earlier one is told by when the pull request was retargeted
        how="review",
        said_at=review.at,
        order=known.order if known else _UNHEARD_OF,
        remark=f"review/{review.id}",
        address=review.address,
    )


def is_taken_back(candidate: Candidate, rows: Iterable[Decision]) -> bool:
    """Whether somebody took it back later."""
    return bool(taken_back(candidate, rows))


def taken_back(candidate: Candidate, rows: Iterable[Decision]) -> str:
    """That somebody took it back later, as half a sentence; empty if nobody did."""
    said = (candidate.said_at, candidate.order)
    row = next((row for row in rows if takes_back(row, candidate.rule, candidate.by.id, said)), None)
    if row is None:
        return ""
    return f"{row.login} took it back" if row.login else "it was taken back"


def _retargeted_since(candidate: Candidate, pull: Pull) -> bool:
    """Of a command the record has the base branch that it was for; of a review nothing tells it but the time."""
    if pull.retargeted_at is None:
        return False
    before = candidate.said_at < pull.retargeted_at
    return before or (candidate.how == "review" and candidate.said_at == pull.retargeted_at)


def ended(candidate: Candidate, pull: Pull, content: str | None, rule: Rule, now: float) -> str:
    """Why a decision does not count for the pull request as it is now; empty if nothing speaks against it."""
    if candidate.expires_at is not None and candidate.expires_at <= now:
        return "its time is over"
    if candidate.base_ref != pull.base_ref or _retargeted_since(candidate, pull):
        return "the base branch was changed since"
    same = rule.by_content and content is not None and candidate.content == content
    if candidate.head != pull.head and not same:
        return f"it was for {candidate.head[:10]}, and there are new commits since"
    return ""


def put_down(candidate: Candidate, kind: Kind) -> NewDecision:
    """What to write down of an approving review that begins to count, or that counts no longer."""
    return NewDecision(
        kind=kind,
        rule=candidate.rule,
        account_id=candidate.by.id,
        login=candidate.by.login,
        head=candidate.head,
        content=candidate.content,
        base_ref=candidate.base_ref,
        how=candidate.how,
        remark=candidate.remark,
        said_at=candidate.said_at,
        address=candidate.address,
    )
