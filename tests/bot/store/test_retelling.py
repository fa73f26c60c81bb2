# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Reports and replies go on without the person who decided and was erased; all else that they say stays."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.decide.archive import pack_report, unpack_report
from bot.store.commands import CommandKey, Outcome, Speaker, keep_answered, keep_outcome
from bot.store.database import reading, writing
from bot.store.decisions import Kind, NewDecision, decide
from bot.store.judged import StoredReport, keep_report
from bot.store.retelling import retell
from bot.store.tables import commands, reports
from rules.change import Person
from rules.decision import Approval, Override
from rules.explanation import Explanation
from rules.finding import Conclusion, Finding, Level, Report, RuleConclusion, RuleResult

MIA, MAX = 4_242_424_242, 6
AT = datetime(2027, 1, 15, 8, 0, tzinfo=UTC)
HEAD, OLD = "a" * 40, "b" * 40


def result(**parts: Any) -> RuleResult:
    made = RuleResult("protected", Level.ERROR, RuleConclusion.ACTION_REQUIRED, "1 protected file is changed")
    return replace(made, **parts)


def approval(by: str, by_id: int) -> Approval:
    return Approval(by, by_id, HEAD, AT, "review")


def told(*, by: str, by_id: int) -> RuleResult:
    """A result that rests on somebody's approval and names them wherever a rule does."""
    takes = f"It takes 3 approvals by somebody; 2 given, by max, {by}."
    return result(
        summary=f"Changed, with the approval of max, {by}",
        approvals=(approval("max", MAX), approval(by, by_id)),
        findings=(Finding("protected-needs-approval", f"A file. {takes}", "mia.py"),),
        explanation=Explanation("here", (), "1 file, by mia-mia.", (), ("To override it takes a role.", takes)),
    )


def keep(engine: Engine, *results: RuleResult, head: str = HEAD, number: int = 12) -> None:
    report = Report("acme/widgets", number, "d", head, "here", "enforce", Conclusion.FAILURE, results, ("a note",))
    stored = StoredReport(7, number, head, "main", head == HEAD, "failure", frozenset(), pack_report(report), 1.0)
    with writing(engine) as connection:
        keep_report(connection, stored)


def kept(engine: Engine, head: str = HEAD, number: int = 12) -> tuple[RuleResult, ...]:
    of = (reports.c.number == number) & (reports.c.head == head)
    with reading(engine) as connection:
        return unpack_report(connection.scalars(select(reports.c.body).where(of)).one()).rules


def decided(engine: Engine, account: int = MIA, login: str = "mia", number: int = 12) -> None:
    new = NewDecision(
        kind=Kind.APPROVAL, rule="protected", account_id=account, login=login, head=HEAD, content=None,
        base_ref="main", how="comment", remark="comment/5", said_at=1.0,
    )  # fmt: skip
    with writing(engine) as connection:
        decide(connection, 7, number, [new], 2.0)


def without_mia(engine: Engine, *logins: str) -> int:
    with writing(engine) as connection:
        return retell(connection, MIA, {"mia", *logins})


def test_an_override_is_nobodys_and_has_no_reason(engine: Engine) -> None:
    decided(engine)
    override = Override("mia", MIA, "mia says so", HEAD, AT, AT)
    keep(engine, result(override=override), result(override=replace(override, by="max", by_id=MAX)))
    assert without_mia(engine) == 1
    assert kept(engine) == (
        result(override=Override("erased", 0, "", HEAD, AT, AT)),
        result(override=replace(override, by="max", by_id=MAX)),
    )


def test_an_approval_is_nobodys_and_neither_is_it_in_words(engine: Engine) -> None:
    decided(engine)
    keep(engine, told(by="mia", by_id=MIA))
    without_mia(engine)
    assert kept(engine) == (told(by="erased", by_id=0),)


def test_a_result_that_nobody_explained_is_told_anew_as_well(engine: Engine) -> None:
    decided(engine)
    keep(engine, replace(told(by="mia", by_id=MIA), explanation=None))
    without_mia(engine)
    assert kept(engine) == (replace(told(by="erased", by_id=0), explanation=None),)


def test_who_approved_under_another_login_is_named_by_neither(engine: Engine) -> None:
    decided(engine)
    keep(engine, told(by="mimi", by_id=MIA))
    without_mia(engine)
    assert kept(engine) == (told(by="erased", by_id=0),)


@pytest.mark.parametrize(
    ("sentence", "stays"),
    [
        ("The override by mia of 2027-01-15 counts no longer: its time is over.", False),
        ("The override by Mia of 2027-01-15 counts no longer: its time is over.", False),
        ("The approval by max of 2027-01-15 counts no longer: mia took it back.", False),
        ("The approval by m.a of 2027-01-15 counts no longer: its time is over.", False),
        ("The approval by max of 2027-01-15 counts no longer: its time is over.", True),
        ("The approval by mia-2 of 2027-01-15 counts no longer: its time is over.", True),
        ("The approval by jeremia of 2027-01-15 counts no longer: its time is over.", True),
    ],
)
def test_a_decision_that_ended_is_not_told_of_any_more(engine: Engine, sentence: str, *, stays: bool) -> None:
    decided(engine)
    keep(engine, result(ended=(sentence, "Another.")))
    without_mia(engine, "m.a")
    assert kept(engine) == (result(ended=(sentence, "Another.") if stays else ("Another.",)),)


def test_every_report_is_told_anew_of_earlier_heads_and_other_pull_requests_too(engine: Engine) -> None:
    for number in (12, 13):
        decided(engine, number=number)
        keep(engine, told(by="mia", by_id=MIA), head=OLD, number=number)
    keep(engine, told(by="mia", by_id=MIA))
    assert without_mia(engine) == 3
    assert {kept(engine, *one) for one in ((HEAD, 12), (OLD, 12), (OLD, 13))} == {(told(by="erased", by_id=0),)}


def test_whose_work_a_report_judges_stays_in_it(engine: Engine) -> None:
    decided(engine)
    theirs = result(findings=(Finding("cla-unsigned", "mia has not signed.", person=Person(MIA, "mia", "Mia")),))
    keep(engine, theirs)
    assert without_mia(engine) == 0
    assert kept(engine) == (theirs,)


def test_a_report_of_an_earlier_steward_holds_less_and_is_left_as_it_is(engine: Engine) -> None:
    decided(engine)
    body = b'{"rules": [{"rule": "headers", "summary": "by mia", "findings": []}]}'
    with writing(engine) as connection:
        keep_report(connection, StoredReport(7, 12, HEAD, "main", True, "failure", frozenset(), body, 1.0))
    assert without_mia(engine) == 0


# -- replies ------------------------------------------------------------------------------------------------------

EXPLAINED = Outcome("+1", "It takes 2 approvals by somebody; 1 given, by mia.")


@pytest.mark.parametrize(
    ("number", "answered", "outcome", "left"),
    [
        (12, True, EXPLAINED, Outcome("+1", "")),
        (12, True, Outcome("+1"), Outcome("+1")),
        (12, False, EXPLAINED, EXPLAINED),  # GitHub has yet to be told
        (13, True, EXPLAINED, EXPLAINED),  # nothing of hers could be explained there
    ],
)
def test_what_was_replied_is_forgotten(
    engine: Engine, number: int, outcome: Outcome, left: Outcome, *, answered: bool
) -> None:
    decided(engine)
    key = CommandKey("comment/5", "c" * 64, 1)
    with writing(engine) as connection:
        keep_outcome(connection, key, Speaker(7, number, MAX), outcome, 1.0)
        if answered:
            keep_answered(connection, [key])
    assert without_mia(engine) == (outcome != left)
    with reading(engine) as connection:
        row = connection.execute(select(commands)).one()
    assert (row.outcome, row.answered) == (_spelled(left), answered)


def _spelled(outcome: Outcome) -> str:
    reply = "null" if outcome.reply is None else f'"{outcome.reply}"'
    return f'{{"reaction": "{outcome.reaction}", "reply": {reply}}}'
