# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Reports and replies told anew without somebody who is erased, where they tell of what that person decided.

Whose commits a report judges stays in it: GitHub shows that as well.
"""

import json
import re
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import Connection, select, update

from bot.store.commands import forget_replies
from bot.store.tables import decisions, reports

NOBODY = 0
"""No account has this id."""

_ERASED = "erased"


def retell(connection: Connection, account_id: int, logins: AbstractSet[str]) -> int:
    """Tell without an account what is kept of the pull requests that it decided on, open or closed.

    To be called while it still is on record that it decided there, and with all logins that it was ever known by.
    Returns how many rows were changed.
    """
    pulls = select(decisions.c.repository_id, decisions.c.number).where(decisions.c.account_id == account_id)
    return sum(
        _retell_reports(connection, repository_id, number, account_id, logins)
        + forget_replies(connection, repository_id, number)
        for repository_id, number in connection.execute(pulls.distinct()).all()
    )


def _retell_reports(
    connection: Connection, repository_id: int, number: int, account_id: int, logins: AbstractSet[str]
) -> int:
    here = (reports.c.repository_id == repository_id) & (reports.c.number == number)
    changed = 0
    for head in connection.scalars(select(reports.c.head).where(here).order_by(reports.c.head)).all():
        same = here & (reports.c.head == head)
        before = json.loads(connection.scalars(select(reports.c.body).where(same)).one())
        after = {**before, "rules": [_retold(result, account_id, logins) for result in before["rules"]]}
        if after != before:
            connection.execute(update(reports).where(same).values(body=json.dumps(after).encode()))
            changed += 1
    return changed


def _retold(result: dict[str, Any], account_id: int, logins: AbstractSet[str]) -> dict[str, Any]:
    """What one rule says, without what the account decided, and without the sentences that name it."""
    approvals, override = result.get("approvals", []), result.get("override")
    theirs = {one["by"] for one in approvals if one["by_id"] == account_id}
    told = {**result, **({"approvals": [_nobodys(one, account_id) for one in approvals]} if approvals else {})}
    if override:
        told["override"] = _nobodys(override, account_id)
    if "ended" in told:
        named = _naming(logins | theirs)
        told["ended"] = [sentence for sentence in told["ended"] if not named.search(sentence)]
    return _reworded(told, _naming(theirs)) if theirs else told


def _nobodys(decision: dict[str, Any], account_id: int) -> dict[str, Any]:
    if decision["by_id"] != account_id:
        return decision
    return {**decision, "by": _ERASED, "by_id": NOBODY, **({"reason": ""} if "reason" in decision else {})}


def _reworded(result: dict[str, Any], named: re.Pattern[str]) -> dict[str, Any]:
    """A rule that asks for approvals names who gave them: in its summary, its findings, and in who may decide."""
    findings = [{**one, "message": named.sub(_ERASED, one["message"])} for one in result["findings"]]
    told = {**result, "summary": named.sub(_ERASED, result["summary"]), "findings": findings}
    if explanation := told.get("explanation"):
        deciding = [named.sub(_ERASED, sentence) for sentence in explanation["deciding"]]
        told["explanation"] = {**explanation, "deciding": deciding}
    return told


def _naming(logins: AbstractSet[str]) -> re.Pattern[str]:
    """What finds any of these logins where it stands as a word."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(logins)))})(?![\w-])", re.IGNORECASE)
