# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What people decided on pull requests: overrides, approvals, and their taking back. Each is a row for good."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from bot.store import audit
from bot.store.tables import decisions


class Kind(StrEnum):
    """What somebody did."""

    OVERRIDE = "override"
    APPROVAL = "approval"
    REVOCATION = "revocation"  # took decisions on a rule back: their own, or everybody's
    WITHDRAWAL = "withdrawal"  # an approving review that counted was dismissed, or changed


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What is written down. Times are in seconds since 1970; `said_at` is by GitHub's clock.

    `content` is a digest of what was decided on, if it is known. `how` is comment or review, `remark` the kind and id
    of what it was said in, `of` the account whose decisions a revocation takes back, None for everybody's.
    """

    kind: Kind
    rule: str
    account_id: int
    login: str
    head: str
    content: str | None
    base_ref: str
    how: str
    remark: str
    said_at: float
    address: str | None = None
    reason: str | None = None
    of: int | None = None
    expires_at: float | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is on record. Without account and login, whoever took it was erased."""

    id: int
    kind: Kind
    rule: str
    account_id: int | None
    login: str | None
    head: str
    content: str | None
    base_ref: str
    how: str
    remark: str
    said_at: float
    address: str | None
    reason: str | None
    of: int | None
    expires_at: float | None
    decided_at: float


def decide(connection: Connection, repository_id: int, number: int, new: Sequence[NewDecision], now: float) -> None:
    """Write decisions down, and each in the log, in the caller's transaction.

    Of a review only what the record does not say yet: several processes may see the same one at once.
    """
    audit.serialize(connection)
    for one in new:
        if one.how == "review" and _is_known(connection, repository_id, number, one):
            continue
        values = {**asdict(one), "repository_id": repository_id, "number": number, "decided_at": now}
        row: int = connection.execute(insert(decisions).values(**values).returning(decisions.c.id)).scalar_one()
        audit.append(
            connection,
            one.kind.value,
            now,
            body=_logged(one, row, repository_id, number),
            details={"login": one.login, **({"reason": one.reason} if one.reason else {})},
            account_id=one.account_id,
        )


def decisions_on(connection: Connection, repository_id: int, number: int) -> list[Decision]:
    """Everything that was decided on a pull request, in the order in which it was taken in."""
    columns = [decisions.c[name] for name in Decision.__dataclass_fields__]
    here = (decisions.c.repository_id == repository_id) & (decisions.c.number == number)
    rows = connection.execute(select(*columns).where(here).order_by(decisions.c.id))
    return [Decision(**{**row._mapping, "kind": Kind(row.kind)}) for row in rows]


def takes_back(row: Decision, rule: str, account_id: int | None, at: tuple[float, int]) -> bool:
    """Whether a row takes back what an account decided on a rule.

    `at` is when that was said, by GitHub's clock, and its place in the record, which counts within one second.
    """
    meant = row.kind is Kind.REVOCATION and row.rule == rule and row.of in (None, account_id)
    return meant and at < (row.said_at, row.id)


def _is_known(connection: Connection, repository_id: int, number: int, review: NewDecision) -> bool:
    """Whether the newest row on a review says the same. Of somebody who was erased there is nothing more to say."""
    here = (decisions.c.repository_id == repository_id) & (decisions.c.number == number)
    same = here & (decisions.c.rule == review.rule) & (decisions.c.remark == review.remark)
    newest = select(decisions.c.kind, decisions.c.account_id).where(same).order_by(decisions.c.id.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return row is not None and (row.kind == review.kind or row.account_id is None)


def _logged(one: NewDecision, row: int, repository_id: int, number: int) -> dict[str, object]:
    """What the log's row holds: who decided, by number, and on what; names and reasons stand beside it."""
    body: dict[str, object] = {
        "decision": row,
        "repository_id": repository_id,
        "number": number,
        "rule": one.rule,
        "account_id": one.account_id,
        "head": one.head,
        "content": one.content,
        "base_ref": one.base_ref,
        "how": one.how,
        "remark": one.remark,
        "said_at": one.said_at,
    }
    ends = {} if one.expires_at is None else {"expires_at": one.expires_at}
    return {**body, **ends, **({"of": one.of} if one.of is not None else {})}
