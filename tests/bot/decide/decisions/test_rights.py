# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whether somebody may decide, by what GitHub says of them at that moment."""

import pytest

from bot.decide.decisions.authors import Authors
from bot.decide.decisions.rights import HIDDEN_AUTHORS, NOT_TOLD, OWN_WORK, Rights
from bot.github.errors import Forbidden, Unavailable
from bot.identity import Account
from rules.mandate import Mandate
from tests.bot.decide.decisions.building import ADA, HERE, MIA, WIL, GitHub

MAINTAIN = Mandate("maintain")
CORE = Mandate(None, ("core",))
EITHER = Mandate("maintain", ("core",))


def objection(github: GitHub, account: Account, mandate: Mandate, authors: frozenset[int] = frozenset()) -> str:
    return Rights(github.client, HERE).objection(account, mandate, Authors(authors, whole=True))


@pytest.mark.parametrize(
    ("account", "mandate", "team", "may"),
    [
        (MIA, MAINTAIN, {}, True),
        (MIA, Mandate("admin"), {}, False),
        (WIL, MAINTAIN, {}, False),
        (WIL, CORE, {"wil": "active"}, True),
        (WIL, CORE, {"wil": "pending"}, False),
        (WIL, CORE, {"mia": "active"}, False),
        (WIL, EITHER, {"wil": "active"}, True),
        (MIA, EITHER, {}, True),
        (MIA, Mandate(None), {}, False),
        (MIA, CORE, {}, False),
        (Account(9, "eve"), EITHER, {"eve": "active"}, False),  # GitHub does not know of such a person here
        (Account(2, "../mia"), MAINTAIN, {}, True),  # by the login that the account has
        (Account(9, "mia"), EITHER, {"mia": "active"}, False),  # whose login that is now, is somebody else
        (Account(2, "was-mia"), CORE, {"mia": "active"}, True),
        (Account(2, "wil"), CORE, {"wil": "active"}, False),
    ],
)
def test_who_may_decide(account: Account, mandate: Mandate, team: dict[str, str], may: bool) -> None:
    github = GitHub()
    github.teams = {"core": team}
    assert objection(github, account, mandate) == ("" if may else f"it takes {mandate.words}")


@pytest.mark.parametrize("allowed", [False, True])
def test_authors_decide_where_the_policy_lets_them(allowed: bool) -> None:
    github = GitHub()
    why = objection(github, MIA, Mandate("maintain", (), allowed), frozenset({ADA.id, MIA.id}))
    assert why == ("" if allowed else OWN_WORK)
    assert bool(github.asked) == allowed


@pytest.mark.parametrize("allowed", [False, True])
def test_where_not_all_authors_are_shown_anybody_may_be_one(allowed: bool) -> None:
    rights = Rights(GitHub().client, HERE)
    why = rights.objection(MIA, Mandate("maintain", (), allowed), Authors(frozenset({ADA.id}), whole=False))
    assert why == ("" if allowed else HIDDEN_AUTHORS)


@pytest.mark.parametrize("refused", ["collaborators", "teams"])
def test_what_github_refuses_to_tell_is_no_right(refused: str) -> None:
    github = GitHub()
    github.troubles = {refused: Forbidden("Resource not accessible by integration", 403)}
    assert objection(github, WIL, EITHER) == NOT_TOLD


def test_where_github_is_in_trouble_nothing_is_said() -> None:
    github = GitHub()
    github.troubles = {"collaborators": Unavailable("Server Error", 502)}
    with pytest.raises(Unavailable):
        objection(github, MIA, MAINTAIN)


def test_every_question_is_asked_once() -> None:
    github = GitHub()
    rights = Rights(github.client, HERE)
    for mandate in (MAINTAIN, CORE, EITHER, MAINTAIN):
        rights.objection(WIL, mandate, Authors(frozenset(), whole=True))
    assert len(github.asked) == len(set(github.asked)) == 2
