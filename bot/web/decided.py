# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What people decided on one pull request, for its page and its JSON: every row, and what became of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.store.decisions import Decision, Kind, takes_back
from bot.web.text import masked_in, stamp

_Act = tuple[str, str, int | None, str]  # what was done, for which rule, by which account, when


def decided(rows: Sequence[Decision], report: dict[str, Any], base_ref: str, now: float) -> list[dict[str, Any]]:
    """Rows of the record, in their order, held against the report that stands, which is for the branch `base_ref`.

    `standing` of an override or approval: `counts`, where the report rests on it; `taken-back`; `withdrawn`, where the
    review was dismissed or changed; `expired`; `erased`, where it is not known any more who decided; `other-base` and
    `earlier-head`, by what it was for; or else `unused`, as where the rule passes without. It is null for rows that end
    others.
    """
    counting, head = set(_counting(report)), report["subject"]["head"]
    return [
        {
            "kind": row.kind.value,
            "rule": row.rule,
            "by": row.login,
            "by_id": row.account_id,
            "head": row.head,
            "how": row.how,
            "at": stamp(row.decided_at if row.kind is Kind.WITHDRAWAL else row.said_at),
            "reason": row.reason and masked_in(row.reason),
            "expires": None if row.expires_at is None else stamp(row.expires_at),
            "of_all": row.kind is Kind.REVOCATION and row.of is None,
            "address": row.address,
            "standing": "counts" if _act(row) in counting else _ended(row, rows, head, base_ref, now),
        }
        for row in rows
    ]


def _act(row: Decision) -> _Act:
    return row.kind.value, row.rule, row.account_id, stamp(row.said_at)


def _counting(report: dict[str, Any]) -> Iterator[_Act]:
    """What a report rests on."""
    for result in report["rules"]:
        if override := result["override"]:
            yield Kind.OVERRIDE.value, result["rule"], override["by_id"], override["at"]
        for approval in result["approvals"]:
            yield Kind.APPROVAL.value, result["rule"], approval["by_id"], approval["at"]


def _ended(row: Decision, rows: Sequence[Decision], head: str, base_ref: str, now: float) -> str | None:
    """Why the report, which is on this head for this base branch, does not rest on a decision."""
    if row.kind not in (Kind.OVERRIDE, Kind.APPROVAL):
        return None
    if row.account_id is None:
        return "erased"
    if any(takes_back(other, row.rule, row.account_id, (row.said_at, row.id)) for other in rows):
        return "taken-back"
    if any(_withdraws(other, row) for other in rows):
        return "withdrawn"
    if row.expires_at is not None and row.expires_at <= now:
        return "expired"
    if row.base_ref != base_ref:
        return "other-base"
    return "unused" if row.head == head else "earlier-head"


def _withdraws(other: Decision, row: Decision) -> bool:
    return other.kind is Kind.WITHDRAWAL and (other.rule, other.remark) == (row.rule, row.remark) and other.id > row.id
