# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What counts of all that was decided on a pull request: overrides, approvals, and what is told of those that ended."""

from dataclasses import replace

import pytest

from bot.decide.decisions.count import MOST_ENDED, PEOPLE_AT_MOST, Counted
from bot.identity import Account
from bot.store.decisions import Kind
from rules.decision import Decided
from rules.registry import find_rule
from tests.bot.decide.deciding import HEADERS, PROTECTED, governance
from tests.bot.decide.decisions.building import (
    ADA,
    MAX,
    MIA,
    NOW,
    OLD,
    WIL,
    GitHub,
    counted,
    pull,
    review,
    row,
)

OVERRIDE, APPROVAL, REVOCATION, WITHDRAWAL = Kind
STRANGERS = [Account(number, f"s{number}") for number in range(100, 130)]


def overridden(found: Counted) -> dict[str, str]:
    return {rule: one.by for rule, one in found.decided.overrides.items()}


def approved(found: Counted) -> list[str]:
    return [one.by for one in found.decided.approvals.get("protected", ())]


def told(found: Counted, rule: str = "protected") -> tuple[str, ...]:
    return tuple(found.decided.ended.get(rule, ()))


def test_where_nobody_decided_nothing_is_asked() -> None:
    github = GitHub()
    assert (counted(github, pull()), github.asked) == (Counted(Decided()), [])


def test_a_rule_that_is_not_built_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    built = {"headers": find_rule("headers")}
    monkeypatch.setattr("bot.decide.decisions.count.find_rule", built.get)
    policy = governance("datasets: {}", HEADERS)
    found = counted(
        GitHub(), pull(), row(1, OVERRIDE, rule="datasets"), row(2, OVERRIDE, rule="headers"), policy=policy
    )
    assert overridden(found) == {"headers": "mia"}


# -- overrides ----------------------------------------------------------------------------------------------------


def test_the_newest_override_of_a_rule_that_counts_is_named() -> None:
    rows = [row(1, OVERRIDE, MAX), row(2, OVERRIDE, MIA), row(3, OVERRIDE, WIL), row(4, OVERRIDE, MAX, "headers")]
    found = counted(GitHub(), pull(), *rows)
    assert overridden(found) == {"protected": "mia", "headers": "max"}
    assert found.weighed


def test_an_override_that_holds_longer_is_named_before_a_newer_one() -> None:
    ends = {MIA: NOW + 60, MAX: NOW + 30}
    rows = [row(number, OVERRIDE, by, expires_at=end) for number, (by, end) in enumerate(ends.items(), 1)]
    assert overridden(counted(GitHub(), pull(), *rows)) == {"protected": "mia"}
    assert overridden(counted(GitHub(), pull(), *rows, row(3, OVERRIDE, MAX))) == {"protected": "max"}


def test_an_override_tells_why_for_which_commit_and_until_when() -> None:
    found = counted(GitHub(), pull(), row(1, OVERRIDE, head=OLD, expires_at=NOW + 60, reason="it is fine"))
    override = found.decided.overrides["protected"]
    assert (override.by, override.by_id, override.reason, override.head) == ("mia", MIA.id, "it is fine", OLD)
    assert override.at.timestamp() == NOW - 100
    assert override.expires is not None
    assert override.expires.timestamp() == NOW + 60


def test_addresses_in_a_reason_are_masked_in_the_report() -> None:
    found = counted(GitHub(), pull(), row(1, OVERRIDE, reason="signed by jane@example.com on paper"))
    assert found.decided.overrides["protected"].reason == "signed by j***@example.com on paper"


def test_who_asks_for_no_override_is_not_gone_into() -> None:
    github = GitHub()
    found = counted(github, pull(), row(1, OVERRIDE, rule="headers"), passing="headers")
    assert (overridden(found), found.weighed, github.asked) == ({}, False, [])


def test_what_the_policy_calls_final_is_not_overridden() -> None:
    policy = governance(HEADERS.replace("{", "{overridable: false, "))
    found = counted(GitHub(), pull(), row(1, OVERRIDE, rule="headers"), policy=policy)
    assert overridden(found) == {}
    assert told(found, "headers") == (
        "The override by mia of 2027-01-15 counts no longer: the policy does not let this rule be overridden.",
    )


# -- approvals ----------------------------------------------------------------------------------------------------


def test_everybody_counts_once_however_often_and_in_whatever_way_they_approved() -> None:
    reviews = [review(5, MIA), review(6, MAX)]
    rows = [row(1, APPROVAL), row(2, APPROVAL), row(3, APPROVAL, WIL)]
    found = counted(GitHub(), pull(*reviews), *rows)
    assert approved(found) == ["mia", "max"]
    assert [one.how for one in found.decided.approvals["protected"]] == ["comment", "review"]
    assert [(one.kind, one.login) for one in found.news] == [(APPROVAL, "max")]


def test_nobody_behind_the_contribution_counts() -> None:
    found = counted(GitHub(ada=(1, "admin")), pull(review(5, ADA)), row(1, APPROVAL, ADA))
    assert approved(found) == []
    (sentence,) = told(found)
    assert sentence.startswith(
        "The approval by ada of 2027-01-15 counts no longer: the policy does not let the authors"
    )


def test_of_a_review_that_never_counted_nothing_is_told() -> None:
    found = counted(GitHub(), pull(review(5, WIL)))
    assert (approved(found), told(found), found.news) == ([], (), ())
    assert found.weighed  # who gets the right makes it count


@pytest.mark.parametrize("whole", [True, False])
def test_a_review_that_is_gone_is_withdrawn_if_all_were_shown(whole: bool) -> None:
    first = counted(GitHub(), pull(reviews_whole=whole), row(1, APPROVAL, how="review", remark="review/5"))
    assert [one.kind for one in first.news] == [WITHDRAWAL] * whole
    assert any("dismissed or changed" in sentence for sentence in told(first)) == whole


def test_a_withdrawal_goes_on_being_told_and_is_written_once() -> None:
    rows = [row(1, APPROVAL, how="review", remark="review/5"), row(2, WITHDRAWAL, how="review", remark="review/5")]
    found = counted(GitHub(), pull(), *rows)
    assert (found.news, len(told(found))) == ((), 1)


def test_where_a_newer_approval_of_somebody_counts_nobody_misses_the_older() -> None:
    rows = [row(1, APPROVAL, head=OLD, content=None), row(2, APPROVAL, how="review", remark="review/5")]
    found = counted(GitHub(), pull(review(6, MIA)), *rows)
    assert (approved(found), told(found)) == (["mia"], ())
    assert [(one.kind, one.remark) for one in found.news] == [(APPROVAL, "review/6")]


def test_a_review_that_was_taken_back_by_command_counts_for_nothing_and_is_not_withdrawn() -> None:
    rows = [row(1, APPROVAL, how="review", remark="review/5"), row(2, REVOCATION, MAX)]
    found = counted(GitHub(), pull(review(5, MIA)), *rows)
    assert (approved(found), found.news) == ([], ())
    assert told(found) == ("The approval by mia of 2027-01-15 counts no longer: max took it back.",)


def test_of_a_review_that_was_replaced_by_a_newer_one_nothing_is_written_down() -> None:
    older = row(1, APPROVAL, how="review", remark="review/5")
    found = counted(GitHub(), pull(review(6, MIA)), older)
    assert [(one.kind, one.remark) for one in found.news] == [(APPROVAL, "review/6")]
    again = counted(GitHub(), pull(review(6, MIA)), older, replace(older, id=2, remark="review/6"))
    assert (approved(again), again.news) == (["mia"], ())


def test_whose_decision_it_was_is_not_told_of_who_was_erased() -> None:
    assert told(counted(GitHub(), pull(), row(1, OVERRIDE, None))) == (
        "A decision counts no longer: whoever took it was erased.",
    )


@pytest.mark.parametrize("rule", ["protected", "datasets"])
@pytest.mark.parametrize("kind", [APPROVAL, WITHDRAWAL])
def test_a_review_by_somebody_who_was_erased_counts_for_nothing_and_is_not_written_down(rule: str, kind: Kind) -> None:
    gone = row(1, kind, None, rule, how="review", remark="review/5")
    found = counted(GitHub(), pull(review(5, MIA), review(6, MAX)), gone)
    assert (approved(found), [one.login for one in found.news]) == (["max"], ["max"])


def test_the_same_is_told_once_and_not_without_end() -> None:
    same = [row(number, APPROVAL, head=OLD, content=None) for number in (1, 2)]
    assert len(told(counted(GitHub(), pull(), *same))) == 1
    many = [row(number, APPROVAL, head=f"{number:040d}", content=None) for number in range(1, 10)]
    assert len(told(counted(GitHub(), pull(), *many))) <= MOST_ENDED


# -- crowds -------------------------------------------------------------------------------------------------------


def test_github_is_asked_of_so_many_reviewers_and_no_more() -> None:
    github = GitHub(**{one.login: (one.id, "pull") for one in STRANGERS})
    crowd = [review(one.id, one, by_member=False) for one in STRANGERS]
    found = counted(github, pull(*crowd, review(5, MIA)))
    assert (approved(found), len(github.asked)) == (["mia"], PEOPLE_AT_MOST)
    assert found.notes


def test_a_crowd_of_reviewers_takes_nothing_from_those_who_decide_by_command() -> None:
    github = GitHub(**{one.login: (one.id, "pull") for one in STRANGERS})
    crowd = [review(one.id, one) for one in STRANGERS]
    found = counted(github, pull(*crowd), row(1, OVERRIDE, MIA), row(2, OVERRIDE, MAX, "headers"))
    assert overridden(found) == {"protected": "mia", "headers": "max"}
    assert found.weighed
    assert len(github.asked) == PEOPLE_AT_MOST


def test_decisions_that_are_over_take_no_room() -> None:
    github = GitHub(**{one.login: (one.id, "maintain") for one in STRANGERS})
    over = [row(number, APPROVAL, one, head=OLD, content=None) for number, one in enumerate(STRANGERS)]
    back = [row(50, APPROVAL, STRANGERS[0]), row(51, REVOCATION, of=STRANGERS[0].id)]
    found = counted(github, pull(), *over, *back, row(90, APPROVAL, MAX), policy=governance(PROTECTED))
    assert (approved(found), found.notes, len(github.asked)) == (["max"], (), 1)
    assert len(told(found)) == MOST_ENDED


def test_a_rule_that_asks_for_approvals_says_where_not_every_review_was_shown() -> None:
    shown = counted(GitHub(), pull(reviews_whole=False))
    assert any("did not show every review" in note for note in shown.notes)
    assert counted(GitHub(), pull(review(1, WIL))).notes == ()
