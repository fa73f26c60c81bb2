# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from typing import Any

import pytest

from rules.mandate import Mandate, may_approve, may_override
from rules.policy import ApproveCommand, Commands, OverrideCommand
from rules.settings import Approvals, in_words, seconds_of

APPROVE = ApproveCommand(permission="push", teams=("core",), allow_author=True)


@pytest.mark.parametrize(
    ("approvals", "mandate"),
    [
        ({}, Mandate("push", ("core",), allow_author=True)),
        ({"permission": "admin"}, Mandate("admin", (), allow_author=True)),
        ({"teams": ["data"]}, Mandate(None, ("data",), allow_author=True)),
        ({"teams": []}, Mandate(None, (), allow_author=True)),
        ({"teams": ["data"], "permission": "maintain"}, Mandate("maintain", ("data",), allow_author=True)),
        ({"teams": [], "permission": "write"}, Mandate("push", (), allow_author=True)),
    ],
)
def test_a_rule_says_who_may_approve_and_else_the_command_does(approvals: dict[str, Any], mandate: Mandate) -> None:
    assert may_approve(Approvals.model_validate(approvals), APPROVE) == mandate


def test_without_a_word_maintainers_override_and_writers_approve_and_authors_neither() -> None:
    commands = Commands()
    assert may_override(commands.override) == Mandate("maintain")
    assert may_approve(Approvals(), commands.approve) == Mandate("push")
    assert may_override(OverrideCommand(teams=("core",), allow_author=True)).allow_author


@pytest.mark.parametrize(
    ("mandate", "words"),
    [
        (Mandate("admin"), "somebody with the role admin"),
        (Mandate("push"), "somebody with the role write or a higher one"),
        (Mandate("pull"), "somebody with the role read or a higher one"),
        (Mandate(None, ("data",)), "a member of the team data"),
        (
            Mandate("maintain", ("data", "ml")),
            "somebody with the role maintain or a higher one, or a member of the team data, or a member of the team ml",
        ),
        (Mandate(None), "somebody whom the policy names, and it names nobody"),
    ],
)
def test_whom_that_admits(mandate: Mandate, words: str) -> None:
    assert mandate.words == words


@pytest.mark.parametrize(("duration", "seconds"), [("", 0), ("12h", 43_200), ("14d", 1_209_600)])
def test_how_long_a_duration_is(duration: str, seconds: float) -> None:
    assert seconds_of(duration) == seconds


@pytest.mark.parametrize(
    ("duration", "words"), [("1d", "1 day"), ("14d", "14 days"), ("1h", "1 hour"), ("12h", "12 hours")]
)
def test_a_duration_in_words(duration: str, words: str) -> None:
    assert in_words(duration) == words
