# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Asking why: who may, what is told of rules that are on or off, and where there is nothing to tell yet."""

import pytest

from bot.decide.commands import answer as answering
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.github.policy_files import SIGN_OFFS_PATH
from bot.store.database import writing
from bot.store.tables import reports
from tests.bot.decide.agreements import project
from tests.bot.decide.commands.help import CONFUSED, THUMB, obey, reactions, replies, say
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

WITH_PATHS = f"{HEADERS}  protected: {{paths: [LICENSE], approvals: {{count: 2}}}}\n"


def opened(house: House, policy: str | None = HEADERS) -> tuple[Repository, Pull]:
    repository = house.repository(policy=policy)
    pull = house.pull(repository, {"src/a.py": "a = 1\n"})
    house.work()
    return repository, pull


def answer(house: House, pull: Pull, words: str, who: str = "ada") -> str:
    """The reply to a question that is taken."""
    comment = say(house, pull, who, words)
    assert reactions(comment) == THUMB
    return replies(house, pull)[-1]


def test_the_opener_is_told_all_of_a_rule(house: House) -> None:
    repository, pull = opened(house)
    told = answer(house, pull, "/steward explain headers")
    commit = repository.branches["main"]
    for words in (
        "In answer to `ada`: **License headers** (`headers`): ❌ to mend. 1 of 1 file lacks the license header",
        "- header-missing, 1 finding: A file does not begin with the license header that the project wants.",
        "- To override it takes somebody with the role maintain or a higher one.",
        f"- 1 file, from {commit[:10]} to {pull.head_sha[:10]}.",
        f"**Settings, from `acme/widgets:.github/governance.yml@{commit}`**",
        'holder: "The Acme Authors"',
        'year: "any"',
    ):
        assert words in told


def test_without_a_rule_each_is_told_in_short(house: House) -> None:
    _, pull = opened(house, WITH_PATHS)
    told = answer(house, pull, "/Steward Explain")
    assert told.index("(`headers`)") < told.index("(`protected`)")
    assert told.count("Looked at:") == 2
    assert "year" not in told


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("explain dco", "The rule `dco` is off here. A maintainer switches it on by `dco: {level: error}`"),
        ("explain DCO", "The rule `dco` is off here."),
        ("explain headers", "`headers: {license: Apache-2.0}` below `rules:`"),
    ],
)
def test_of_a_rule_that_is_off_it_is_told_how_to_switch_it_on(house: House, words: str, answered: str) -> None:
    _, pull = opened(house, "version: 1\nrules: {protected: {}}\n")
    assert answered in answer(house, pull, f"/steward {words}")


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("explain heders", "There is no rule `heders`. Did you mean `headers`?"),
        ("explain headers dco", "takes one rule or none"),
    ],
)
def test_what_is_not_understood_is_refused(house: House, words: str, answered: str) -> None:
    _, pull = opened(house)
    assert reactions(say(house, pull, "ada", f"/steward {words}")) == CONFUSED
    assert answered in replies(house, pull)[-1]


@pytest.mark.parametrize(("level", "reaction"), [("read", CONFUSED), ("triage", THUMB)])
def test_of_others_those_with_triage_and_up_are_told(house: House, level: str, reaction: list[str]) -> None:
    repository, pull = opened(house)
    repository.grant(house.person("max"), level)
    assert reactions(say(house, pull, "max", "/steward explain")) == reaction


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (None, "No governance policy applies to this pull request"),
        ("version: 1\nrulez: {}\n", "rulez is not a setting"),
        ("version: 1\nbranches: [other]\nrules: {dco: {}}\n", "The policy does not apply to this base branch."),
    ],
)
@pytest.mark.parametrize("rule", ["", " headers"])
def test_where_no_rule_is_asked_it_is_said_why(house: House, policy: str | None, words: str, rule: str) -> None:
    _, pull = opened(house, policy)
    assert words in answer(house, pull, f"/steward explain{rule}")


def test_settings_that_come_from_the_dco_apps_file_are_told_with_it(house: House) -> None:
    repository = house.repository(policy="version: 1\n")
    commit = repository.commit("main", {SIGN_OFFS_PATH: "require: {members: false}\n"}, message="Ask for sign-offs")
    pull = house.pull(repository, {"a.txt": "a\n"})
    house.work()
    told = answer(house, pull, "/steward explain dco")
    assert f"**Settings, from `acme/widgets:.github/dco.yml@{commit}`**" in told
    assert "exempt.members: true" in told


def test_an_override_is_a_reason(house: House) -> None:
    repository, pull = opened(house)
    repository.grant(house.person("max"), "maintain")
    say(house, pull, "max", "/steward override headers a generated file of @mallory")
    told = answer(house, pull, "/steward explain headers")
    assert "☑️ overridden" in told
    assert "Overridden by max on 20" in told
    assert "@mallory" not in told


def test_addresses_in_settings_are_masked(house: House) -> None:
    pull = house.pull(project(house), {"a.txt": "a\n"})
    house.work()
    told = answer(house, pull, "/steward explain cla")
    assert 'exempt.agents: ["n***@anthropic.com"]' in told
    assert "noreply@" not in told


def test_on_a_closed_pull_request_the_last_report_is_told(house: House) -> None:
    _, pull = opened(house)
    pull.close()
    house.work()
    assert "(`headers`): ❌ to mend" in answer(house, pull, "/steward explain")


def test_where_no_report_is_yet_it_says_so(house: House) -> None:
    _, pull = opened(house)
    pull.close()
    house.work()
    with writing(house.context.engine) as connection:
        connection.execute(reports.delete())
    comment = pull.comment(house.person("ada"), "/steward explain")
    obey(house, pull)
    house.work()
    assert reactions(comment) == CONFUSED
    assert "no report on this pull request yet" in replies(house, pull)[-1]


def test_several_answers_to_one_comment_stand_below_each_other(house: House) -> None:
    _, pull = opened(house, WITH_PATHS)
    told = answer(house, pull, "/steward explain headers\n/steward explain dco\n/steward explain protected")
    assert told.count("In answer to") == 1
    parts = ("**License headers** (`headers`)", "\n\nThe rule `dco` is off", "\n\n**Protected files** (`protected`)")
    first, second, third = (told.index(part) for part in parts)
    assert first < second < third


def test_answers_that_do_not_fit_are_counted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "COMMENT_LIMIT", 1_500)
    _, pull = opened(house, WITH_PATHS)
    told = answer(house, pull, "/steward explain headers\n/steward explain dco\n/steward explain protected")
    assert len(told.encode()) <= 1_500
    assert "**1 more answers** do not fit here" in told


def test_a_question_costs_no_look_but_for_strangers(house: House) -> None:
    _, pull = opened(house)
    house.github.forget_requests()
    say(house, pull, "ada", "/steward explain")
    assert [request.line.partition(" ")[0] for request in house.github.writes] == ["POST", "POST"]
    assert house.github.count("POST /graphql") == 0
