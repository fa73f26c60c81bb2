# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What was decided is taken back: by who decided it, or by whoever may override."""

import pytest

from bot.decide.commands.run import REFUSAL
from bot.demo.github.pull import Pull
from tests.bot.decide.agreements import check, told
from tests.bot.decide.commands.help import CONFUSED, THUMB, reactions, replies, say
from tests.bot.decide.deciding import (
    APPROVE,
    HEADERS,
    OVERRIDE,
    PROTECTED,
    acts,
    approve_in_review,
    governance,
    is_obeyed,
    look,
    offer,
    project,
    protected,
    rows,
)
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

REVOKE = "/steward revoke headers"
REVOKE_APPROVAL = "/steward revoke protected"
MINUTE = 60


def overridden(house: House) -> Pull:
    """A pull request with a rule that mia has overridden."""
    pull = offer(house, project(house))
    say(house, pull, "mia", OVERRIDE)
    assert check(house, pull).conclusion == "success"
    return pull


@pytest.mark.parametrize("who", ["mia", "max"])
def test_who_may_override_takes_back_what_anybody_did(house: House, who: str) -> None:
    pull = overridden(house)
    assert is_obeyed(say(house, pull, who, REVOKE))
    assert check(house, pull).conclusion == "failure"
    assert acts(house) == ["override", "revocation"]


def test_who_may_not_override_takes_back_their_own_alone(house: House) -> None:
    pull = protected(house, "count: 2, permission: push")
    say(house, pull, "wil", APPROVE)
    say(house, pull, "max", APPROVE)
    assert check(house, pull).conclusion == "success"
    assert is_obeyed(say(house, pull, "wil", REVOKE_APPROVAL))
    assert "Given: 1 (max)." in told(house, pull)


def test_who_lost_the_right_may_still_take_back_their_own(house: House) -> None:
    pull = overridden(house)
    pull.repository.grant(house.person("mia"), "read")
    assert is_obeyed(say(house, pull, "mia", REVOKE))
    pull.repository.grant(house.person("mia"), "admin")
    house.work()
    assert check(house, pull).conclusion == "failure"


REFUSED = {
    ("wil", REVOKE): "You may take back what you decided yourself",
    ("mia", "/steward revoke protected"): "so nothing is taken back",
    ("mia", "/steward revoke"): "takes one rule and no more",
    ("mia", "/steward revoke headers dco"): "takes one rule and no more",
    ("mia", "/steward revoke frobs"): "There is no rule `frobs`",
}


def test_what_cannot_be_taken_back_is_refused(house: House) -> None:
    pull = overridden(house)
    for (who, words), why in REFUSED.items():
        assert reactions(say(house, pull, who, words)) == CONFUSED
        assert why in replies(house, pull)[-1]
    assert acts(house) == ["override", *(REFUSAL for _ in REFUSED)]
    assert check(house, pull).conclusion == "success"


def test_where_no_policy_says_who_may_one_takes_back_ones_own_alone(house: House) -> None:
    pull = overridden(house)
    pull.repository.commit("main", {".github/governance.yml": None})
    house.work()
    assert reactions(say(house, pull, "max", REVOKE)) == CONFUSED
    assert "no valid policy says who may" in replies(house, pull)[0]
    assert is_obeyed(say(house, pull, "mia", REVOKE))


def test_what_was_taken_back_once_is_not_there_to_be_taken_back_again(house: House) -> None:
    pull = overridden(house)
    say(house, pull, "mia", REVOKE)
    assert reactions(say(house, pull, "max", REVOKE)) == CONFUSED


def test_who_changes_their_mind_twice_has_overridden(house: House) -> None:
    pull = overridden(house)
    say(house, pull, "mia", REVOKE)
    assert is_obeyed(say(house, pull, "mia", "/steward override headers after all"))
    assert check(house, pull).conclusion == "success"
    assert "after all" in told(house, pull)


def test_a_review_that_was_taken_back_by_command_counts_again_only_as_a_new_one(house: House) -> None:
    pull = protected(house)
    approve_in_review(house, pull)
    assert is_obeyed(say(house, pull, "mia", REVOKE_APPROVAL))
    assert check(house, pull).conclusion == "action_required"
    look(house, pull)
    assert check(house, pull).conclusion == "action_required"
    house.github.advance(MINUTE)
    approve_in_review(house, pull)
    assert check(house, pull).conclusion == "success"


def test_one_rule_is_taken_back_and_no_other(house: House) -> None:
    pull = house.pull(project(house, governance(HEADERS, PROTECTED)), {"LICENSE": "Mine\n", "a.py": "text = 1\n"})
    house.work()
    say(house, pull, "mia", f"{OVERRIDE}\n{APPROVE}")
    assert check(house, pull).conclusion == "success"
    say(house, pull, "max", REVOKE_APPROVAL)
    assert check(house, pull).conclusion == "action_required"
    assert "overridden by `mia`" in told(house, pull)


def test_in_one_comment_what_comes_last_counts(house: House) -> None:
    pull = offer(house, project(house))
    assert reactions(say(house, pull, "mia", f"{OVERRIDE}\n{REVOKE}")) == THUMB
    assert check(house, pull).conclusion == "failure"
    say(house, pull, "mia", f"{REVOKE}\n{OVERRIDE}")
    assert check(house, pull).conclusion == "success"


def test_what_was_said_before_an_override_does_not_take_that_back(house: House) -> None:
    pull = overridden(house)
    with house.github.webhooks.paused() as held:
        pull.comment(house.person("max"), REVOKE)
        (late,) = held
        house.github.advance(MINUTE)
        pull.comment(house.person("mia"), "/steward override headers once more")
        house.github.webhooks.deliver_now(held[-1])
        house.work()
        assert late in held
    house.work()
    assert [row.kind for row in rows(house, pull)] == ["override", "override", "revocation"]
    assert "once more" in told(house, pull)


def test_a_line_that_is_added_to_an_older_review_is_said_when_it_is_added(house: House) -> None:
    pull = offer(house, project(house))
    review = pull.review(house.person("max"), "COMMENTED", "Hm.")
    house.github.advance(MINUTE)
    say(house, pull, "mia", OVERRIDE)
    house.clock.now += 2 * MINUTE
    review.edit(house.person("max"), REVOKE)
    house.work()
    assert reactions(review) == THUMB
    assert check(house, pull).conclusion == "failure"
