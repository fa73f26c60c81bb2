# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What became of a decision, told from the rows of the record and the report that stands."""

from dataclasses import replace
from typing import Any

import pytest

from bot.store.decisions import Decision, Kind
from bot.web.decided import decided

HEAD, AT, NOW = "a" * 40, 1_700_000_000.0, 1_700_100_000.0
OVERRIDE = Decision(
    id=5, kind=Kind.OVERRIDE, rule="headers", account_id=8, login="max", head=HEAD, content=None, base_ref="main",
    how="comment", remark="comment/1", said_at=AT, address=None, reason="Generated", of=None, expires_at=None,
    decided_at=AT + 1,
)  # fmt: skip
APPROVAL = replace(OVERRIDE, kind=Kind.APPROVAL, how="review", remark="review/1", reason=None)
REVOCATION = replace(OVERRIDE, id=6, kind=Kind.REVOCATION, said_at=AT + 60)
WITHDRAWAL = replace(APPROVAL, id=6, kind=Kind.WITHDRAWAL, decided_at=AT + 90)


def report(override: object = None, *approvals: object, rule: str = "headers") -> dict[str, Any]:
    return {"subject": {"head": HEAD}, "rules": [{"rule": rule, "override": override, "approvals": list(approvals)}]}


COUNTING = {"by_id": 8, "at": "2023-11-14T22:13:20Z"}
NOTHING = report()


@pytest.mark.parametrize(
    ("row", "others", "standing_report", "standing"),
    [
        (OVERRIDE, [], report(COUNTING), "counts"),
        (APPROVAL, [], report(None, COUNTING), "counts"),
        (APPROVAL, [], report(COUNTING), "unused"),
        (OVERRIDE, [], report(COUNTING, rule="dco"), "unused"),
        (OVERRIDE, [], report({**COUNTING, "by_id": 9}), "unused"),
        (OVERRIDE, [], NOTHING, "unused"),
        (replace(OVERRIDE, head="b" * 40), [], NOTHING, "earlier-head"),
        (replace(OVERRIDE, head="b" * 40), [], report(COUNTING), "counts"),
        (replace(OVERRIDE, base_ref="release"), [], NOTHING, "other-base"),
        (replace(OVERRIDE, base_ref="release", head="b" * 40), [], NOTHING, "other-base"),
        (replace(OVERRIDE, base_ref="release", expires_at=NOW), [], NOTHING, "expired"),
        (replace(OVERRIDE, base_ref="release"), [REVOCATION], NOTHING, "taken-back"),
        (replace(REVOCATION, base_ref="release"), [], NOTHING, None),
        (replace(OVERRIDE, expires_at=NOW), [], NOTHING, "expired"),
        (replace(OVERRIDE, expires_at=NOW + 1), [], NOTHING, "unused"),
        (replace(OVERRIDE, account_id=None, login=None), [REVOCATION], NOTHING, "erased"),
        (OVERRIDE, [REVOCATION], NOTHING, "taken-back"),
        (OVERRIDE, [replace(REVOCATION, of=8)], NOTHING, "taken-back"),
        (OVERRIDE, [replace(REVOCATION, of=9)], NOTHING, "unused"),
        (OVERRIDE, [replace(REVOCATION, rule="dco")], NOTHING, "unused"),
        (OVERRIDE, [replace(REVOCATION, said_at=AT)], NOTHING, "taken-back"),
        (OVERRIDE, [replace(REVOCATION, said_at=AT, id=4)], NOTHING, "unused"),
        (APPROVAL, [WITHDRAWAL], NOTHING, "withdrawn"),
        (APPROVAL, [replace(WITHDRAWAL, id=4)], NOTHING, "unused"),
        (APPROVAL, [replace(WITHDRAWAL, remark="review/2")], NOTHING, "unused"),
        (REVOCATION, [], NOTHING, None),
        (WITHDRAWAL, [], NOTHING, None),
    ],
)
def test_what_became_of_it(
    row: Decision, others: list[Decision], standing_report: dict[str, Any], standing: str | None
) -> None:
    told = decided([row, *others], standing_report, "main", NOW)
    assert told[0]["standing"] == standing


def test_a_row_is_told_with_who_when_for_what_and_why() -> None:
    (told,) = decided([replace(OVERRIDE, expires_at=NOW + 100_000)], report(COUNTING), "main", NOW)
    assert told == {
        "kind": "override", "rule": "headers", "by": "max", "by_id": 8, "head": HEAD, "how": "comment",
        "at": "2023-11-14T22:13:20Z", "reason": "Generated", "expires": "2023-11-17T05:46:40Z", "of_all": False,
        "address": None, "standing": "counts",
    }  # fmt: skip


def test_a_review_that_was_withdrawn_tells_when() -> None:
    assert decided([WITHDRAWAL], NOTHING, "main", NOW)[0]["at"] == "2023-11-14T22:14:50Z"


@pytest.mark.parametrize(("of", "everybodys"), [(None, True), (8, False)])
def test_whose_decisions_were_taken_back(of: int | None, everybodys: bool) -> None:
    assert decided([replace(REVOCATION, of=of)], NOTHING, "main", NOW)[0]["of_all"] is everybodys


def test_addresses_in_a_reason_are_masked() -> None:
    (told,) = decided([replace(OVERRIDE, reason="Signed by jane@example.com")], NOTHING, "main", NOW)
    assert told["reason"] == "Signed by j***@example.com"
