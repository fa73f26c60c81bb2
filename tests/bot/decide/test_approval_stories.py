# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""People consent to what needs consent, by commands and by approving reviews: how many, who, and for how long."""

import pytest

from bot.demo.github.accounts import Organization
from bot.demo.github.pull import Pull
from tests.bot.decide.agreements import check, told, verdict
from tests.bot.decide.commands.help import CONFUSED, THUMB, reactions, replies, say
from tests.bot.decide.deciding import (
    APPROVE,
    HEADERS,
    PROTECTED,
    acts,
    approve_in_review,
    governance,
    is_obeyed,
    look,
    offer,
    project,
    protected,
    push,
    rows,
)
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

TWO = "count: 2, permission: maintain"


def conclusion(house: House, pull: Pull) -> str | None:
    return check(house, pull).conclusion


# -- by a command, by a review ------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [APPROVE, "/steward approve PROTECTED"])
def test_who_may_approves_by_a_command(house: House, words: str) -> None:
    pull = protected(house)
    assert verdict(house, pull) == ("action_required", "1 protected file is changed: 1 approval needed")
    assert reactions(say(house, pull, "mia", words)) == THUMB
    assert verdict(house, pull) == ("success", "1 protected file is changed, with the approval of mia")
    assert "approved by `mia`" in told(house, pull)


def test_who_may_approves_in_a_review(house: House) -> None:
    pull = protected(house)
    approve_in_review(house, pull)
    assert conclusion(house, pull) == "success"
    assert ", in a review" in told(house, pull)
    assert acts(house) == ["approval"]


def test_the_report_tells_who_has_approved_and_who_could(house: House) -> None:
    pull = protected(house, TWO)
    say(house, pull, "mia", APPROVE)
    assert verdict(house, pull) == ("action_required", "1 protected file is changed: 1 approval needed")
    assert "It takes 2 approvals, each by somebody with the role maintain or a higher one. Given: 1 (mia)." in told(
        house, pull
    )
    approve_in_review(house, pull, "max")
    assert conclusion(house, pull) == "success"


def test_one_person_counts_once(house: House) -> None:
    pull = protected(house, TWO)
    say(house, pull, "mia", APPROVE)
    approve_in_review(house, pull)
    approve_in_review(house, pull)
    assert is_obeyed(say(house, pull, "mia", APPROVE))
    assert conclusion(house, pull) == "action_required"
    assert "Given: 1 (mia)." in told(house, pull)


def test_to_approve_again_what_is_approved_changes_nothing(house: House) -> None:
    pull = protected(house, TWO)
    say(house, pull, "mia", APPROVE)
    assert reactions(say(house, pull, "mia", "/steward approve protected")) == THUMB
    assert acts(house) == ["approval"]


def test_every_rule_counts_its_own_approvals(house: House) -> None:
    policy = governance(HEADERS, PROTECTED)
    pull = house.pull(project(house, policy), {"LICENSE": "Mine\n", "a.py": "text = 1\n"})
    house.work()
    say(house, pull, "mia", APPROVE)
    assert [row.rule for row in rows(house, pull)] == ["protected"]
    assert conclusion(house, pull) == "failure"


# -- who may ------------------------------------------------------------------------------------------------------


def test_who_may_not_is_told_why(house: House) -> None:
    pull = protected(house)
    assert reactions(say(house, pull, "wil", APPROVE)) == CONFUSED
    assert "it takes somebody with the role maintain" in replies(house, pull)[0]
    approve_in_review(house, pull, "wil")
    assert conclusion(house, pull) == "action_required"
    assert acts(house) == ["refusal"]


@pytest.mark.parametrize(
    ("approvals", "approve", "who"),
    [
        ("count: 3", "", ["wil", "mia"]),  # as commands.approve says
        ("count: 3, teams: [core], permission: maintain", "permission: triage", ["tea", "mia"]),
        ("count: 3, teams: []", "", []),
    ],
)
def test_the_rule_says_who_may_and_otherwise_the_command(
    house: House, approvals: str, approve: str, who: list[str]
) -> None:
    pull = protected(house, approvals, approve=approve)
    assert isinstance(pull.repository.owner, Organization)
    pull.repository.owner.team("core", [house.person("tea")])
    house.work()
    theirs = [one for one in ("wil", "tea", "mia") if is_obeyed(say(house, pull, one, APPROVE))]
    assert theirs == who
    assert [row.login for row in rows(house, pull)] == who


def test_nobody_approves_their_own_work(house: House) -> None:
    repository = project(house, governance(PROTECTED))
    repository.grant(house.person("ada"), "admin")
    pull = offer(house, repository, "LICENSE")
    pull.repository.commit("feature", {"b.txt": "b\n"}, author=house.person("mia"))
    assert reactions(say(house, pull, "ada", APPROVE)) == CONFUSED
    approve_in_review(house, pull, "mia")
    assert conclusion(house, pull) == "action_required"
    assert acts(house) == ["refusal"]


def test_a_crowd_of_strangers_costs_little_and_does_not_hide_who_may(house: House) -> None:
    pull = protected(house)
    with house.github.webhooks.paused():
        for number in range(30):
            pull.review(house.person(f"stranger{number}"), "APPROVED")
    house.github.forget_requests()
    house.work()
    assert house.github.count("/permission$") == 20
    assert "More than 20 people" in told(house, pull)
    approve_in_review(house, pull)
    assert conclusion(house, pull) == "success"


def test_strangers_cost_nothing_where_no_rule_asks_for_consent(house: House) -> None:
    pull = offer(house, project(house))
    approve_in_review(house, pull, "eve")
    house.github.forget_requests()
    look(house, pull)
    assert house.github.count("/permission$") == 0


def test_with_the_right_the_approval_goes(house: House) -> None:
    pull = protected(house)
    approve_in_review(house, pull)
    pull.repository.grant(house.person("mia"), "write")
    house.work()
    assert conclusion(house, pull) == "action_required"
    assert "by mia of" in told(house, pull)


# -- what waits ---------------------------------------------------------------------------------------------------


def test_where_nothing_waits_nothing_is_approved(house: House) -> None:
    pull = offer(house, project(house, governance(HEADERS, PROTECTED)))
    assert reactions(say(house, pull, "mia", APPROVE)) == CONFUSED
    assert reactions(say(house, pull, "mia", "/steward approve headers")) == CONFUSED
    assert "The rule `headers` asks for no approval here." in replies(house, pull)[1]
    assert rows(house, pull) == []


def test_the_policy_itself_can_be_protected(house: House) -> None:
    policy = governance(PROTECTED.replace("LICENSE", ".github/governance.yml"))
    repository = project(house, policy)
    pull = house.pull(repository, {".github/governance.yml": governance()})
    house.work()
    assert conclusion(house, pull) == "action_required"
    approve_in_review(house, pull)
    assert conclusion(house, pull) == "success"


def test_to_move_a_protected_file_away_needs_consent_too(house: House) -> None:
    repository = project(house, governance(PROTECTED))
    text = "".join(f"Line {number} of many\n" for number in range(20))
    repository.commit("main", {"LICENSE": text})
    pull = house.pull(repository, {"LICENSE": None, "OLD-LICENSE": text})
    house.work()
    assert conclusion(house, pull) == "action_required"
    assert is_obeyed(say(house, pull, "mia", APPROVE))
    assert conclusion(house, pull) == "success"


# -- its end ------------------------------------------------------------------------------------------------------


def test_a_review_of_an_older_commit_does_not_count(house: House) -> None:
    pull = protected(house)
    before = pull.head_sha
    push(house, pull, {"LICENSE": "Yours\n"})
    approve_in_review(house, pull, commit=before)
    assert conclusion(house, pull) == "action_required"
    assert rows(house, pull) == []


def test_new_files_end_approvals_and_the_same_files_keep_them(house: House) -> None:
    pull = protected(house, TWO)
    approve_in_review(house, pull)
    say(house, pull, "max", APPROVE)
    push(house, pull)
    assert conclusion(house, pull) == "success"
    push(house, pull, {"LICENSE": "Yours\n"})
    assert conclusion(house, pull) == "action_required"
    assert told(house, pull).count("there are new commits since") == 2


@pytest.mark.parametrize("taken_back", ["dismissed", "changed"])
def test_a_review_that_is_taken_back_counts_no_longer(house: House, taken_back: str) -> None:
    pull = protected(house)
    mia = approve_in_review(house, pull)
    if taken_back == "dismissed":
        pull.reviews[0].dismiss(house.person("max"))
    else:
        pull.review(mia, "CHANGES_REQUESTED")
    house.work()
    assert conclusion(house, pull) == "action_required"
    assert "by mia of" in told(house, pull)
    assert "the review was dismissed or changed" in told(house, pull)
    assert acts(house) == ["approval", "withdrawal"]


def test_a_withdrawal_is_told_as_long_as_it_matters_and_written_once(house: House) -> None:
    pull = protected(house)
    approve_in_review(house, pull)
    pull.reviews[0].dismiss(house.person("max"))
    house.work()
    house.github.forget_requests()
    look(house, pull)
    assert house.github.writes == []
    assert acts(house) == ["approval", "withdrawal"]
    approve_in_review(house, pull)
    assert conclusion(house, pull) == "success"
    assert acts(house) == ["approval", "withdrawal", "approval"]


def test_where_a_new_review_of_somebody_counts_their_old_one_is_not_told_of(house: House) -> None:
    pull = protected(house, TWO)
    approve_in_review(house, pull)
    push(house, pull, {"LICENSE": "Yours\n"})
    approve_in_review(house, pull)
    assert "Given: 1 (mia)." in told(house, pull)
    assert "counts no longer" not in told(house, pull)


def test_a_review_that_only_comments_changes_nothing(house: House) -> None:
    pull = protected(house)
    mia = approve_in_review(house, pull)
    pull.review(mia, "COMMENTED", "One more thing.")
    house.work()
    assert conclusion(house, pull) == "success"


def test_nothing_new_writes_nothing(house: House) -> None:
    pull = protected(house, TWO)
    approve_in_review(house, pull)
    say(house, pull, "max", APPROVE)
    house.github.forget_requests()
    look(house, pull)
    assert house.github.writes == []
    assert acts(house) == ["approval", "approval"]
