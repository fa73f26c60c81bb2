# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which decisions may count for a pull request as it is, and why others do not: no question asked of GitHub."""

from dataclasses import replace
from typing import Any

import pytest

from bot.decide.decisions.candidates import by_review, ended, is_taken_back, on_record, put_down, reviews_on_record
from bot.store.decisions import Kind
from rules.registry import find_rule
from tests.bot.decide.decisions.building import CONTENT, HEAD, MAX, MIA, NOW, OLD, pull, review, row

OVERRIDE, APPROVAL, REVOCATION, WITHDRAWAL = Kind
SAID = NOW - 100
OVER = "its time is over"
MOVED = "the base branch was changed since"
PUSHED = "it was for bbbbbbbbbb, and there are new commits since"


@pytest.mark.parametrize(
    ("rule", "decided", "now", "why"),
    [
        ("headers", {}, {}, ""),
        # time
        ("headers", {"expires_at": NOW}, {}, OVER),
        ("headers", {"expires_at": NOW + 1}, {}, ""),
        # commits
        ("headers", {"head": OLD}, {}, ""),
        ("headers", {"head": OLD, "content": "f" * 64}, {}, PUSHED),
        ("headers", {"head": OLD, "content": None}, {}, PUSHED),
        ("protected", {"head": OLD}, {}, ""),
        ("cla", {"head": OLD}, {}, PUSHED),
        ("dco", {"head": OLD}, {}, PUSHED),
        ("ai-assistance", {"head": OLD}, {}, PUSHED),
        ("cla", {"content": "f" * 64}, {}, ""),
        # base branches
        ("headers", {}, {"base_ref": "release"}, MOVED),
        ("headers", {"base_ref": "release"}, {}, MOVED),
        ("headers", {}, {"base": "e" * 40}, ""),
        ("headers", {}, {"retargeted_at": SAID - 1}, ""),
        ("headers", {}, {"retargeted_at": SAID}, ""),  # by what stands in the record it was for this branch
        ("headers", {}, {"retargeted_at": SAID + 1}, MOVED),
    ],
)
def test_a_command_is_over_when(rule: str, decided: dict[str, Any], now: dict[str, Any], why: str) -> None:
    (candidate,) = on_record([row(1, OVERRIDE, rule=rule, **decided)])
    found = find_rule(rule)
    assert found
    assert ended(candidate, pull(**now), CONTENT, found, NOW) == why


@pytest.mark.parametrize(
    ("given", "now", "why"),
    [
        ({}, {}, ""),
        ({"head": OLD}, {}, PUSHED),  # what it was of, nobody knows
        ({}, {"retargeted_at": SAID - 1}, ""),
        ({}, {"retargeted_at": SAID}, MOVED),  # nothing tells which came first
        ({}, {"retargeted_at": SAID + 1}, MOVED),
    ],
)
def test_a_review_is_over_when(given: dict[str, Any], now: dict[str, Any], why: str) -> None:
    found = pull(review(5, MIA, **given), **now)
    protected = find_rule("protected")
    assert protected
    (candidate,) = by_review(found, "protected", [], CONTENT)
    assert ended(candidate, found, CONTENT, protected, NOW) == why


def test_a_review_that_counted_of_the_same_content_outlives_its_commit() -> None:
    found, protected = pull(review(5, MIA, head=OLD)), find_rule("protected")
    counted = row(1, APPROVAL, how="review", remark="review/5", head=OLD)
    assert protected
    for known, why in ((counted, ""), (replace(counted, content="f" * 64), PUSHED)):
        (candidate,) = by_review(found, "protected", [known], CONTENT)
        assert ended(candidate, found, CONTENT, protected, NOW) == why


def test_of_a_review_of_the_head_the_content_is_known() -> None:
    (candidate,) = by_review(pull(review(5, MIA)), "protected", [], CONTENT)
    assert candidate.content == CONTENT


@pytest.mark.parametrize(
    ("taken_back", "is_over"),
    [
        ({}, True),
        ({"of": MIA.id}, True),
        ({"of": MAX.id}, False),
        ({"of": 0}, False),  # of somebody who was erased
        ({"rule": "headers"}, False),
        ({"said_at": SAID - 1}, False),  # said before, heard later
        ({"said_at": SAID + 1, "id": 1}, True),
        ({"id": 1}, False),  # within one second the order counts in which it was heard
        ({"by": None}, True),  # by somebody who was erased
        ({"kind": WITHDRAWAL}, False),
    ],
)
def test_it_is_taken_back_by(taken_back: dict[str, Any], is_over: bool) -> None:
    decided = row(2, APPROVAL)
    (candidate,) = on_record([decided])
    values = {"number": taken_back.pop("id", 3), "kind": REVOCATION, "by": MAX, "head": OLD, **taken_back}
    assert is_taken_back(candidate, [decided, row(**values)]) == is_over


@pytest.mark.parametrize(
    ("later", "counted_before", "is_over"),
    [(-1, False, True), (0, True, True), (0, False, False), (1, True, False), (1, False, False)],
)
def test_a_review_is_taken_back_by_what_was_said_later(later: int, counted_before: bool, is_over: bool) -> None:
    known = [row(1, APPROVAL, how="review", remark="review/5")] if counted_before else []
    (candidate,) = by_review(pull(review(5, MIA, at=SAID + later)), "protected", known, CONTENT)
    assert is_taken_back(candidate, [row(2, REVOCATION)]) == is_over


def test_only_overrides_and_approvals_by_command_are_decisions() -> None:
    rows = [row(1, OVERRIDE), row(2, APPROVAL), row(3, REVOCATION), row(4, WITHDRAWAL), row(5, APPROVAL, how="review")]
    assert [one.order for one in on_record(rows)] == [1, 2]


def test_who_was_erased_has_decided_nothing() -> None:
    rows = [row(1, OVERRIDE, None), row(2, APPROVAL, None, how="review", remark="review/5")]
    assert on_record(rows) == []
    assert reviews_on_record(rows, "protected") == []


def test_of_a_review_the_last_that_was_seen_of_it_is_known() -> None:
    def seen(number: int, kind: Kind, of: int, rule: str = "protected") -> Any:
        return row(number, kind, how="review", remark=f"review/{of}", rule=rule)

    rows = [seen(1, APPROVAL, 5), seen(2, APPROVAL, 6), seen(3, WITHDRAWAL, 5), seen(4, APPROVAL, 7, "headers")]
    known = reviews_on_record([*rows, row(5, APPROVAL)], "protected")
    assert [(one.remark, one.kind) for one in known] == [("review/5", WITHDRAWAL), ("review/6", APPROVAL)]


def test_reviewers_who_belong_here_come_first_and_then_who_was_first() -> None:
    strangers = [review(7, MAX, by_member=False, at=SAID - 50), review(6, MIA, by_member=False, at=SAID - 50)]
    found = pull(*strangers, review(9, MIA, at=SAID), review(8, MAX, at=SAID - 1))
    assert [one.remark for one in by_review(found, "protected", [], CONTENT)] == [
        "review/8",
        "review/9",
        "review/6",
        "review/7",
    ]


def test_what_is_written_down_of_a_review_tells_all_that_it_was() -> None:
    (candidate,) = by_review(pull(review(5, MIA, head=OLD)), "protected", [], CONTENT)
    new = put_down(candidate, WITHDRAWAL)
    assert (new.kind, new.rule, new.account_id, new.login) == (WITHDRAWAL, "protected", MIA.id, "mia")
    assert (new.head, new.content, new.base_ref, new.how, new.remark) == (OLD, None, "main", "review", "review/5")
    assert (new.said_at, new.address, new.reason, new.of) == (SAID, "https://review/5", None, None)
    assert candidate.head != HEAD
