# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The rule dco: whose sign-off counts for which commit, what makes up for none, and what people are told."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.agreement import Standing
from rules.agreement_options import DcoOptions
from rules.change import Change, Commit, Need, Person
from rules.dco import RULE, queue_commit_lacks_sign_off
from rules.dco_exemptions import UNPROVEN
from rules.finding import Finding
from rules.rule import Facts, Judgement, Signal
from tests.rules.dco_help import (
    ADA,
    BO,
    BOT,
    GITHUB,
    NOREPLY,
    STRANGER,
    by,
    codes,
    commit,
    contribution,
    judge,
    on_behalf,
    own,
    sha,
)

ADA_NOREPLY = Person(1, "ada", "Ada Author", f"1+ada@{NOREPLY}")
UNLINKED_NOREPLY = Person(name="Ada Author", email=f"1+ada@{NOREPLY}")
ADA_AT_HOME = Person(1, "ada", "Ada Author", "ada@home.example")
OLD_NOREPLY = f"ada@{NOREPLY}"
EMAIL: dict[str, Any] = {"match": "email"}
ACCOUNT: dict[str, Any] = {"match": "account"}
EXEMPT: dict[str, Any] = {"exempt": {"users": ["ada", "helper*"]}}
BO_EXEMPT: dict[str, Any] = {"exempt": {"users": ["bo"]}}
MEMBERS: dict[str, Any] = {"exempt": {"members": True}}
ALL: dict[str, Any] = {"merge_commits": True}
SIGNED_BY_ADA: dict[str, Any] = {"verified": True, "committer": ADA}
BY_GITHUB: dict[str, Any] = {"verified": True, "signed_by_github": True, "committer": GITHUB}
MERGE: dict[str, Any] = {"parents": ("a" * 40, "b" * 40)}


# -- one commit ---------------------------------------------------------------------------------------------------

SITUATIONS: dict[str, tuple[Commit, dict[str, Any], str]] = {
    "signed off by its author": (commit(ADA, by(ADA)), {}, ""),
    "signed off by nobody": (commit(ADA), {}, "missing"),
    "signed off in the middle of its message": (commit(ADA, by(ADA), "", "More."), {}, ""),
    "signed off in another case": (commit(ADA, by(ADA).upper()), {}, ""),
    "signed off with white space around the name": (commit(ADA, by(ADA, name="  Ada Author ")), {}, ""),
    "signed off in a quotation": (commit(ADA, f"> {by(ADA)}"), {}, "missing"),
    "signed off by its author and another": (commit(ADA, by(BO), by(ADA)), {}, ""),
    "signed off by another alone": (commit(ADA, by(BO)), {}, "mismatch"),
    "signed off by its committer alone": (commit(ADA, by(BO), committer=BO), {}, "mismatch"),
    "signed off by author and committer": (commit(ADA, by(ADA), by(BO), committer=BO), {}, ""),
    "signed off with the author's name and the committer's address": (
        commit(ADA, by(ADA, email=BO.email), committer=BO),
        {},
        "mismatch",
    ),
    "signed off by a co-author alone": (
        replace(commit(ADA, by(BO)), authors=(ADA, BO)),
        {},
        "mismatch",
    ),
    "signed off by its author and not by a co-author": (replace(commit(ADA, by(ADA)), authors=(ADA, BO)), {}, ""),
    "signed off with another name": (commit(ADA, by(ADA, name="ada")), {}, "mismatch"),
    "signed off with another name, where e-mail counts": (commit(ADA, by(ADA, name="ada")), EMAIL, ""),
    "signed off with another address, where e-mail counts": (commit(ADA, by(ADA, email="a@b.c")), EMAIL, "mismatch"),
    "signed off without an address, where e-mail counts": (commit(ADA, "Signed-off-by: Ada Author"), EMAIL, "mismatch"),
    "signed off without an address, where accounts count": (
        commit(ADA, "Signed-off-by: Ada Author"),
        ACCOUNT,
        "mismatch",
    ),
    "signed off without an address by an author without one": (
        commit(Person(name="Ada"), "Signed-off-by: Ada <>"),
        {},
        "mismatch",
    ),
    "signed off with another name, where accounts count": (commit(ADA, by(ADA, name="ada")), ACCOUNT, ""),
    "signed off with the address of the account by id, where accounts count": (
        commit(ADA, by(ADA_NOREPLY)),
        ACCOUNT,
        "",
    ),
    "the same, where name and e-mail count": (commit(ADA, by(ADA_NOREPLY)), {}, "mismatch"),
    "signed off with the address of the account by login, where accounts count": (
        commit(ADA, by(ADA, email=OLD_NOREPLY)),
        ACCOUNT,
        "",
    ),
    "signed off with the address of another account with that login": (
        commit(ADA, by(ADA, email=f"7+ada@{NOREPLY}")),
        ACCOUNT,
        "mismatch",
    ),
    "written with the account's address and signed off with one that GitHub knows": (
        commit(ADA_NOREPLY, by(ADA, email="KNOWN@example.com")),
        ACCOUNT,
        "",
    ),
    "the same by somebody GitHub did not link": (
        commit(UNLINKED_NOREPLY, by(ADA, email="known@example.com")),
        ACCOUNT,
        "",
    ),
    "written with an unlinked address that GitHub knows, and signed off with the account's": (
        commit(Person(name="Ada", email="known@example.com"), by(ADA_NOREPLY)),
        ACCOUNT,
        "",
    ),
    "signed off with an address of somebody else's account": (
        commit(ADA, by(ADA, email="bo@known.example")),
        ACCOUNT,
        "mismatch",
    ),
    "signed off with an address that nobody knows, where accounts count": (
        commit(ADA, by(ADA_AT_HOME)),
        ACCOUNT,
        "mismatch",
    ),
    "unlinked, and signed off with an address that nobody knows": (
        commit(STRANGER, by(ADA_AT_HOME)),
        ACCOUNT,
        "mismatch",
    ),
    "signed off with the committer's address, who is the same account": (
        commit(ADA, by(ADA_AT_HOME), committer=ADA_AT_HOME),
        ACCOUNT,
        "",
    ),
    "signed off by its author, a bot": (commit(BOT, by(BOT)), {}, ""),
    "by a bot that nothing exempts": (commit(BOT), {}, "missing"),
    "by an exempt bot, in a pull request of somebody else": (commit(BOT), EXEMPT, "missing"),
    "by an exempt bot, signed by GitHub": (commit(BOT, **BY_GITHUB), EXEMPT, ""),
    "by an exempt bot with a signature of its committer": (commit(BOT, verified=True), EXEMPT, "missing"),
    "by an exempt account": (commit(BO), BO_EXEMPT, "missing"),
    "by an exempt account, verified": (commit(BO, verified=True), BO_EXEMPT, ""),
    "by an exempt account, verified for another committer": (
        commit(BO, verified=True, committer=STRANGER),
        BO_EXEMPT,
        "missing",
    ),
    "by an exempt account on GitHub's pages": (commit(BO, **BY_GITHUB), BO_EXEMPT, ""),
    "by an exempt account that opened the pull request": (commit(ADA), EXEMPT, ""),
    "by an exempt account in other letters": (commit(replace(ADA, login="ADA")), EXEMPT, ""),
    "by an exempt account that GitHub did not link": (commit(replace(ADA, id=None, login=None)), EXEMPT, "missing"),
    "by an exempt account, signed off by another": (commit(ADA, by(BO)), EXEMPT, ""),
    "by somebody with the git name of an exempt account": (commit(Person(2, "bo", "ada", "b@x.y")), EXEMPT, "missing"),
    "by a login that only contains an exempt one": (
        commit(Person(3, "xada", "Ada", "x@y.z")),
        {"exempt": {"users": ["ada"]}},
        "missing",
    ),
    "by a member of the organization whom nothing exempts": (commit(ADA, **SIGNED_BY_ADA), {}, "missing"),
    "by an exempt member, verified": (commit(ADA, **SIGNED_BY_ADA), MEMBERS, ""),
    "by an exempt member, not verified": (commit(ADA), MEMBERS, "missing"),
    "by an exempt member, verified for another committer": (
        commit(ADA, verified=True, committer=BO),
        MEMBERS,
        "missing",
    ),
    "by an exempt member, verified for an unlinked committer": (
        commit(ADA, verified=True, committer=STRANGER),
        MEMBERS,
        "missing",
    ),
    "by an exempt member, verified without a committer": (
        commit(ADA, verified=True, committer=None),
        MEMBERS,
        "missing",
    ),
    "by an exempt member on GitHub's pages": (commit(ADA, **BY_GITHUB), MEMBERS, ""),
    "by an exempt member, signed by GitHub for another committer": (
        commit(ADA, **{**BY_GITHUB, "committer": BO}),
        MEMBERS,
        "missing",
    ),
    "by an exempt member, signed by GitHub for their other address": (
        commit(ADA, **{**BY_GITHUB, "committer": ADA_AT_HOME}),
        MEMBERS,
        "",
    ),
    "on GitHub's pages by somebody whom nothing exempts": (commit(ADA, **BY_GITHUB), {}, "missing"),
    "by an outsider where members are exempt": (commit(BO, verified=True), MEMBERS, "missing"),
    "by an unlinked author where members are exempt": (commit(STRANGER, verified=True), MEMBERS, "missing"),
    "a merge": (commit(ADA, **MERGE), {}, ""),
    "a merge, where merges count": (commit(ADA, **MERGE), ALL, "missing"),
    "a signed-off merge, where merges count": (commit(ADA, by(ADA), **MERGE), ALL, ""),
    "without any author": (Commit("", "Work", (), None), {}, "missing"),
    "without any author, signed by GitHub": (replace(commit(ADA, **BY_GITHUB), authors=()), EXEMPT, "missing"),
}
KNOWN = Facts(
    2031, people={1: Standing(member=True), 2: Standing()}, accounts={"known@example.com": 1, "bo@known.example": 2}
)


@pytest.mark.parametrize(("one", "settings", "code"), SITUATIONS.values(), ids=SITUATIONS)
def test_a_commit_passes_or_fails_if_it_is(one: Commit, settings: dict[str, Any], code: str) -> None:
    assert codes(judge(contribution(one), KNOWN, **settings)) == ([code] if code else [])


def test_an_exempt_bot_passes_in_its_own_pull_request() -> None:
    assert codes(judge(contribution(commit(BOT), opener=BOT), **EXEMPT)) == []


@pytest.mark.parametrize(
    ("made", "own_account", "code"),
    [
        (commit(BOT, committer=GITHUB, signed_by_github=True), 9, ""),
        (commit(BOT, committer=GITHUB, signed_by_github=True), 8, "missing"),
        (commit(BOT, committer=GITHUB, signed_by_github=True), None, "missing"),
        (commit(BOT, committer=GITHUB), 9, "missing"),
        (commit(ADA, committer=BOT, signed_by_github=True), 9, "missing"),
    ],
    ids=["Steward's own", "another bot's", "who Steward is is unknown", "not made by GitHub", "another author"],
)
def test_what_steward_itself_commits_needs_no_sign_off(made: Commit, own_account: int | None, code: str) -> None:
    assert codes(judge(contribution(made), Facts(2031, own_account=own_account))) == ([code] if code else [])


# -- several commits ------------------------------------------------------------------------------------------------


def test_each_commit_needs_a_sign_off_of_its_own() -> None:
    judgement = judge(contribution(commit(ADA, by(ADA)), commit(ADA), commit(BO, by(ADA))))
    assert [(finding.code, finding.commit) for finding in judgement.findings] == [
        ("dco-missing", sha(2)),
        ("dco-mismatch", sha(3)),
    ]


@pytest.mark.parametrize(
    "witness",
    [
        commit(ADA_AT_HOME, by(ADA_AT_HOME)),
        commit(BO, by(BO), committer=ADA_AT_HOME),
        replace(commit(BO, by(BO)), authors=(BO, ADA_AT_HOME)),
    ],
    ids=["author", "committer", "co-author"],
)
def test_what_github_links_in_one_commit_holds_for_another(witness: Commit) -> None:
    case = commit(ADA, by(ADA_AT_HOME))
    assert codes(judge(contribution(case, witness), **ACCOUNT)) == []
    assert codes(judge(contribution(case), **ACCOUNT)) == ["mismatch"]


THIRD_PARTY: dict[str, Any] = {"remediation": ["third-party"]}
INDIVIDUAL: dict[str, Any] = {"remediation": ["individual"]}
NONE: dict[str, Any] = {"remediation": []}

REMEDIATIONS: dict[str, tuple[list[Commit], dict[str, Any], str]] = {
    "by the author": ([commit(ADA), commit(ADA, own(ADA, 1), by(ADA))], {}, ""),
    "by the author, alone allowed": ([commit(ADA), commit(ADA, own(ADA, 1), by(ADA))], INDIVIDUAL, ""),
    "by the author, of a sign-off that is another's": (
        [commit(ADA, by(BO)), commit(ADA, own(ADA, 1), by(ADA))],
        {},
        "",
    ),
    "by the author, in capitals": ([commit(ADA), commit(ADA, own(ADA, 1).upper(), by(ADA))], {}, ""),
    "by the author, of two commits at once": (
        [commit(ADA), commit(ADA), commit(ADA, own(ADA, 1), own(ADA, 2), by(ADA))],
        {},
        "",
    ),
    "by the author, in a commit that a later one makes good": (
        [commit(ADA), commit(ADA, own(ADA, 1)), commit(ADA, own(ADA, 2), by(ADA))],
        {},
        "",
    ),
    "by the author, where accounts count and they have two addresses": (
        [commit(ADA_NOREPLY), commit(ADA, own(ADA_NOREPLY, 1), by(ADA))],
        ACCOUNT,
        "",
    ),
    "the same, where name and e-mail count": (
        [commit(ADA_NOREPLY), commit(ADA, own(ADA_NOREPLY, 1), by(ADA))],
        {},
        "whoever signs in it did not write it",
    ),
    "on behalf of the author": ([commit(ADA), commit(BO, on_behalf(ADA, BO, 1), by(BO))], {}, ""),
    "on behalf of the author, alone allowed": (
        [commit(ADA), commit(BO, on_behalf(ADA, BO, 1), by(BO))],
        THIRD_PARTY,
        "",
    ),
    "on behalf of the author by the committer": (
        [commit(ADA), commit(ADA, on_behalf(ADA, BO, 1), by(ADA), committer=BO)],
        {},
        "",
    ),
    "by the author, not allowed": (
        [commit(ADA), commit(ADA, own(ADA, 1), by(ADA))],
        THIRD_PARTY,
        "the policy accepts none",
    ),
    "on behalf of the author, not allowed": (
        [commit(ADA), commit(BO, on_behalf(ADA, BO, 1), by(BO))],
        INDIVIDUAL,
        "the policy accepts none on behalf of somebody else",
    ),
    "none allowed": ([commit(ADA), commit(ADA, own(ADA, 1), by(ADA))], NONE, "the policy accepts none"),
    "by somebody else in the author's name": (
        [commit(ADA), commit(BO, own(ADA, 1), by(BO))],
        {},
        "whoever signs in it did not write it",
    ),
    "by the committer in the author's name": (
        [commit(ADA), commit(BO, own(ADA, 1), by(BO), committer=ADA)],
        {},
        "whoever signs in it did not write it",
    ),
    "by somebody else in their own name": (
        [commit(ADA), commit(BO, own(BO, 1), by(BO))],
        {},
        "it does not name the author of the commit",
    ),
    "on behalf of somebody else than the author": (
        [commit(ADA), commit(BO, on_behalf(STRANGER, BO, 1), by(BO))],
        {},
        "it does not name the author of the commit",
    ),
    "on behalf of the author by nobody who was there": (
        [commit(ADA), commit(BO, on_behalf(ADA, STRANGER, 1), by(BO))],
        {},
        "whoever signs in it did not write it",
    ),
    "on behalf of the author by GitHub, which commits for anybody": (
        [commit(ADA), commit(BO, on_behalf(ADA, GITHUB, 1), by(BO), committer=GITHUB)],
        {},
        "whoever signs in it did not write it",
    ),
    "on behalf of the author by GitHub as its own author": (
        [commit(ADA), commit(GITHUB, on_behalf(ADA, GITHUB, 1), by(GITHUB))],
        {},
        "whoever signs in it did not write it",
    ),
    "with half a SHA": (
        [commit(ADA), commit(ADA, own(ADA, 1).replace(sha(1), sha(1)[:39]), by(ADA))],
        {},
        "it does not give the full SHA",
    ),
    "of a commit whose SHA only begins like it": (
        [commit(ADA), commit(ADA, own(ADA, 1).replace(sha(1), sha(1)[:36] + sha(2)[:4]), by(ADA))],
        {},
        "There is no sign-off by the author, Ada Author <a***@example.com>.",
    ),
    "in an earlier commit": (
        [commit(ADA, own(ADA, 2), by(ADA)), commit(ADA)],
        {},
        "it does not come later than the commit",
    ),
    "in the commit itself": ([commit(ADA, own(ADA, 1))], {}, "it does not come later than the commit"),
    "in a merge": ([commit(ADA), commit(ADA, own(ADA, 1), **MERGE)], {}, "it is not signed off itself"),
    "of another commit": ([commit(ADA), commit(ADA, own(ADA, 5), by(ADA))], {}, "There is no sign-off"),
}


@pytest.mark.parametrize(("commits", "settings", "said"), REMEDIATIONS.values(), ids=REMEDIATIONS)
def test_a_missing_sign_off_is_made_up_for(commits: list[Commit], settings: dict[str, Any], said: str) -> None:
    findings = judge(contribution(*commits), **settings).findings
    assert bool(findings) is bool(said)
    assert all(said in finding.message for finding in findings)


def test_a_remediation_that_is_not_signed_off_fails_with_what_it_speaks_of() -> None:
    judgement = judge(contribution(commit(ADA), commit(ADA, own(ADA, 1))))
    assert codes(judgement) == ["missing", "missing"]
    assert judgement.findings[0].message.endswith(
        f"The remediation in {sha(2)[:10]} does not count: it is not signed off itself."
    )


def test_a_remediation_in_an_exempt_commit_wants_a_sign_off_too() -> None:
    commits = commit(BO), commit(ADA, on_behalf(BO, ADA, 1), **SIGNED_BY_ADA)
    assert codes(judge(contribution(*commits), **MEMBERS)) == ["missing"]
    signed = commits[0], commit(ADA, on_behalf(BO, ADA, 1), by(ADA), **SIGNED_BY_ADA)
    assert codes(judge(contribution(*signed), **MEMBERS)) == []


def test_of_many_remediations_that_do_not_count_three_are_told() -> None:
    judgement = judge(contribution(commit(ADA), *(commit(BO, own(BO, 1), by(BO)) for _ in range(9))))
    assert judgement.findings[0].message.count("does not count") == 3


# -- what people are told -------------------------------------------------------------------------------------------


def message(one: Commit, facts: Facts | None = None, **settings: Any) -> str:
    """What is said of the one commit of a contribution, without what stands first in every such sentence."""
    return judge(contribution(one), facts, **settings).findings[0].message


OFFLINE = Facts(2031, offline=True)
BO_IS = "Bo Builder <b***@example.com>"
ADA_IS = "the author is Ada Author <a***@example.com>"


@pytest.mark.parametrize(
    ("one", "settings", "said"),
    [
        (commit(ADA), {}, "There is no sign-off by the author, Ada Author <a***@example.com>."),
        (
            commit(ADA, by(BO), committer=BO),
            {},
            f"The sign-off is by {BO_IS}, {ADA_IS} (signed off by the committer, not by the author).",
        ),
        (
            commit(ADA, by(BO)),
            {},
            f"The sign-off is by Bo Builder <b***@example.com>, {ADA_IS} (signed off by somebody else).",
        ),
        (
            commit(ADA, by(BO), by(ADA_AT_HOME)),
            {},
            f"The sign-off is by Ada Author <a***@home.example>, {ADA_IS} (another e-mail address).",
        ),
        (
            commit(ADA, by(ADA_AT_HOME), by(ADA, name="ada")),
            {},
            f"The sign-off is by ada <a***@example.com>, {ADA_IS} (another name).",
        ),
        (
            commit(ADA, by(ADA_AT_HOME)),
            ACCOUNT,
            f"The sign-off is by Ada Author <a***@home.example>, {ADA_IS} (not known to be one account).",
        ),
        (
            commit(ADA, "Signed-off-by: ada@example.com"),
            {},
            f"The sign-off is by a***@example.com, {ADA_IS} (sign-off without an e-mail address).",
        ),
        (
            commit(Person(name="Ada Author", email="ada@example.com")),
            {},
            "There is no sign-off by the author, Ada Author <a***@example.com>.",
        ),
        (commit(Person()), {}, "There is no sign-off by the author, nobody."),
        (
            commit(Person(name="x@y.z " + "a" * 200, email="b" * 200 + "@" + "c" * 200)),
            {},
            f"There is no sign-off by the author, x***@y.z {'a' * 68}... <b***@{'c' * 72}...>.",
        ),
        (
            commit(BOT),
            EXEMPT,
            f"There is no sign-off by the author, helper[bot] <9***@{NOREPLY}>. {UNPROVEN}",
        ),
    ],
)
def test_a_finding_says_who_signed_and_who_should_have(one: Commit, settings: dict[str, Any], said: str) -> None:
    assert message(one, **settings) == said


def test_a_name_that_is_an_address_is_masked_wherever_it_is_told() -> None:
    named = Person(name=f"{'x' * 90}@secret.example", email="jo@secret.example")
    judgement = judge(contribution(commit(named, by(ADA, name="ada@secret.example"))))
    (finding,) = judgement.findings
    assert finding.person
    assert finding.person.name == "x***@secret.example"
    assert "xx" not in str((judgement.table, finding.message, finding.fix, finding.as_json()))
    assert "ada@" not in str((judgement.table, finding.message, finding.fix))


def fix(*commits: Commit, opener: Person | None = ADA, **settings: Any) -> list[str]:
    """The fix of the first finding: the advice, and each way as a text to paste."""
    found = judge(contribution(*commits, opener=opener), **{**NONE, **settings}).findings[0].fix
    return (found or "").split("\n\n")


MEANING = "A sign-off says that its author may submit the work under the license of the project."
SIGN = "git commit --amend --signoff --no-edit --allow-empty"
AMEND = f"{SIGN}\ngit push --force-with-lease"
MINE = "$(git config user.email)"
CONFIGURED = (
    'git config user.name "$(git log -1 --format=%an {0})"\ngit config user.email "$(git log -1 --format=%ae {0})"\n'
)


def rebase(target: str) -> str:
    return f"git rebase --signoff {target}\ngit push --force-with-lease"


def rebase_only(address: str, target: str) -> str:
    """The same for the commits of one author among others."""
    return (
        f'git rebase {target} --exec \'test "$(git log -1 --format=%ae)" != "{address}" || {SIGN}\'\n'
        "git push --force-with-lease"
    )


@pytest.mark.parametrize(
    ("commits", "opener", "advice", "commands"),
    [
        ([commit(ADA)], ADA, "Sign off on your branch:", AMEND),
        ([commit(ADA)], None, "Sign off on your branch:", AMEND),
        ([commit(ADA)], BO, "Ada Author signs off:", AMEND),
        ([commit(STRANGER)], ADA, "Sam signs off:", AMEND),
        ([commit(Person(email="x@y.z"))], ADA, "The author signs off:", AMEND),
        ([commit(Person(name="x@y.z"))], ADA, "x***@y.z signs off:", AMEND),
        ([commit(ADA), commit(ADA, by(ADA))], ADA, "Sign off on your branch:", rebase(sha(0))),
        ([commit(ADA, by(ADA)), commit(ADA), commit(ADA)], ADA, "Sign off on your branch:", rebase(sha(1))),
        (
            [commit(ADA, by(BO))],
            ADA,
            "Sign off on your branch, with the name and the e-mail address that the commits have:",
            CONFIGURED.format(sha(1)) + AMEND,
        ),
        (
            [commit(ADA), commit(ADA, by(BO))],
            ADA,
            "Sign off on your branch, with the name and the e-mail address that the commits have:",
            CONFIGURED.format(sha(2)) + rebase(sha(0)),
        ),
        (
            [commit(ADA), commit(BO)],
            ADA,
            "Ada Author signs off their own commits, once git config has the name and the e-mail address of these:",
            rebase_only(MINE, sha(0)),
        ),
        (
            [commit(ADA, by(BO)), commit(BO, by(BO)), commit(STRANGER)],
            ADA,
            "Ada Author signs off their own commits, once git config has the name and the e-mail address of these:",
            rebase_only(MINE, sha(0)),
        ),
        (
            [commit(ADA), commit(BO, by(BO))],
            ADA,
            "Sign off on your branch:",
            rebase_only(f"$(git log -1 --format=%ae {sha(1)})", sha(0)),
        ),
        ([commit(BO, by(BO)), commit(ADA), commit(ADA)], ADA, "Sign off on your branch:", rebase(sha(1))),
        (
            [commit(ADA), commit(BO, by(BO), parents=(sha(1), "f" * 40)), commit(ADA, by(ADA))],
            ADA,
            "Sign off on your branch:",
            rebase("--rebase-merges " + "f" * 40),
        ),
        (
            [commit(ADA), commit(BO, by(BO), parents=(sha(1), "f" * 40)), commit(BO, by(BO))],
            ADA,
            "Sign off on your branch:",
            rebase_only(f"$(git log -1 --format=%ae {sha(1)})", "--rebase-merges " + "f" * 40),
        ),
        (
            [commit(ADA), commit(ADA, by(ADA)), commit(ADA, by(ADA), parents=(sha(2), sha(1)))],
            ADA,
            "Sign off on your branch:",
            rebase(f"--rebase-merges {sha(0)}"),
        ),
        (
            [commit(ADA, by(ADA), parents=("e" * 40, "f" * 40)), commit(ADA), commit(ADA)],
            ADA,
            "Sign off on your branch:",
            rebase(sha(1)),
        ),
    ],
)
def test_a_fix_is_ready_to_paste(commits: list[Commit], opener: Person | None, advice: str, commands: str) -> None:
    assert fix(*commits, opener=opener) == [f"{MEANING} {advice}", commands]


def test_a_root_commit_is_rewritten_too() -> None:
    first = Commit(sha(1), "Work", (ADA,), ADA)
    change = Change("", sha(2), commits=(first, replace(first, sha=sha(2), parents=(sha(1),))), opener=ADA)
    assert "git rebase --signoff --root\n" in (judge(change).findings[0].fix or "")


OWN_WAY = "# Or, without rewriting commits:"
OTHER_WAY = "# Or, by somebody who may sign for the author:"


@pytest.mark.parametrize(
    ("author", "settings", "ways"),
    [
        (ADA, {"remediation": ["individual", "third-party"]}, [OWN_WAY]),
        (ADA, INDIVIDUAL, [OWN_WAY]),
        (ADA, THIRD_PARTY, [OTHER_WAY]),
        (ADA, NONE, []),
        (BO, {"remediation": ["individual", "third-party"]}, [OWN_WAY, OTHER_WAY]),
        (BO, INDIVIDUAL, [OWN_WAY]),
        (BO, THIRD_PARTY, [OTHER_WAY]),
    ],
)
def test_a_fix_names_the_ways_that_the_policy_leaves_open(
    author: Person, settings: dict[str, Any], ways: list[str]
) -> None:
    _, _, *others = fix(commit(author), commit(author), **settings)
    assert [way.partition("\n")[0] for way in others] == ways
    for way in others:
        assert [line.rstrip(' "\\')[-40:] for line in way.splitlines() if line.startswith("  ")] == [sha(1), sha(2)]


def test_one_command_makes_up_for_twenty_commits_and_says_so() -> None:
    _, _, way = fix(*[commit(ADA)] * 21, **INDIVIDUAL)
    assert way.startswith("# Or, without rewriting commits, the first 20 of 21:\n")
    assert way.count("--message") == 21


def test_commits_of_one_author_in_one_situation_are_told_together() -> None:
    commits = commit(ADA), commit(BO), commit(ADA, by(BO)), commit(ADA), commit(BO)
    findings = judge(contribution(*commits)).findings
    assert [findings.index(next(one for one in findings if _alike(one, other))) for other in findings] == [
        0,
        1,
        2,
        0,
        1,
    ]
    assert len({finding.fix for finding in findings}) == 2


def _alike(one: Finding, other: Finding) -> bool:
    return (one.code, one.message, one.fix) == (other.code, other.message, other.fix)


def test_nothing_that_a_stranger_wrote_stands_in_a_command() -> None:
    evil = Person(name="$(rm -rf ~) `id` \"'; x", email="$(id)@evil.example")
    for finding in judge(contribution(commit(evil, by(BO)), commit(evil))).findings:
        commands = (finding.fix or "").partition("\n\n")[2]
        assert "rm -rf" not in commands
        assert "evil" not in commands
        assert "evil" not in finding.message.replace("$***@evil.example", "")


# -- the table, the summary and the notes -----------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_commit() -> None:
    commits = (
        commit(ADA, by(ADA)),
        commit(BO),
        commit(BO, by(ADA)),
        commit(ADA, **MERGE),
        commit(BO, own(BO, 2), by(BO)),
        commit(ADA, by(BO), **SIGNED_BY_ADA),
    )
    table = judge(contribution(*commits), **MEMBERS).table
    assert table
    assert table.columns == ("Commit", "Author", "Sign-off", "Result")
    ada, bo = "Ada Author <a***@example.com>", "Bo Builder <b***@example.com>"
    assert table.rows == (
        (sha(1)[:10], ada, ada, "signed off"),
        (sha(2)[:10], bo, "none", f"remediated by {sha(5)[:10]}"),
        (sha(3)[:10], bo, ada, "signed off by somebody else"),
        (sha(4)[:10], ada, "none", "merge commit"),
        (sha(5)[:10], bo, bo, "signed off"),
        (sha(6)[:10], ada, bo, "exempt"),
    )


def test_a_table_that_is_too_long_begins_with_what_fails() -> None:
    judgement = judge(contribution(*[commit(ADA, by(ADA))] * 260, commit(BO)))
    assert judgement.table
    assert len(judgement.table.rows) == 250
    assert [row[3] for row in judgement.table.rows[:2]] == ["no sign-off", "signed off"]
    assert judgement.notes == ("The table has 250 of 261 commits",)


@pytest.mark.parametrize(
    ("commits", "summary"),
    [
        ([commit(ADA, by(ADA))], "1 commit is signed off"),
        ([commit(ADA, by(ADA))] * 3, "All 3 commits are signed off"),
        ([commit(ADA)], "1 of 1 commit lacks a sign-off by the author"),
        ([commit(ADA), commit(ADA, by(BO)), commit(ADA, by(ADA))], "2 of 3 commits lack a sign-off by the author"),
        ([commit(ADA, **MERGE)], "No commit here needs a sign-off"),
        ([commit(ADA, **MERGE), commit(ADA)], "1 of 1 commit lacks a sign-off by the author"),
    ],
)
def test_a_summary_counts_what_was_judged(commits: list[Commit], summary: str) -> None:
    assert judge(contribution(*commits)).summary == summary


def test_notes_count_what_passed_in_another_way() -> None:
    commits = (
        commit(BO),
        commit(BO, own(BO, 1), by(BO)),
        *[commit(BO, **MERGE)] * 2,
        *[commit(ADA, **SIGNED_BY_ADA)] * 2,
    )
    assert judge(contribution(*commits), **MEMBERS).notes == (
        "1 commit is signed off in a later one",
        "2 commits are merges, which need no sign-off",
        "2 commits are exempt",
    )


# -- without commits, without GitHub, in a merge queue ----------------------------------------------------------------


def test_no_commits_at_all_are_no_pass() -> None:
    (finding,) = judge(contribution()).findings
    assert (finding.code, judge(contribution()).skipped) == ("incomplete", False)


def test_no_commits_in_a_checkout_are_nothing_to_judge() -> None:
    assert judge(contribution(), OFFLINE) == Judgement("There is no commit to judge.", skipped=True)


@pytest.mark.parametrize(
    ("author", "signer", "code"),
    [
        ("ada@example.com", "ada@example.com", []),
        ("ada@example.com", f"1+ada@{NOREPLY}", ["mismatch"]),
        (f"1+ada@{NOREPLY}", f"1+renamed@{NOREPLY}", []),
        (f"1+ada@{NOREPLY}", f"2+ada@{NOREPLY}", ["mismatch"]),
        (f"1+ada@{NOREPLY}", f"ada@{NOREPLY}", []),
        (f"ada@{NOREPLY}", f"1+ADA@{NOREPLY.upper()}", []),
        (f"ada@{NOREPLY}", f"bo@{NOREPLY}", ["mismatch"]),
        ("ada@example.com", "ada@elsewhere.example", ["mismatch"]),
    ],
)
def test_offline_only_an_address_itself_names_an_account(author: str, signer: str, code: list[str]) -> None:
    one = commit(Person(name="Ada", email=author), by(STRANGER, email=signer))
    judgement = judge(contribution(one, opener=None), OFFLINE, **ACCOUNT)
    assert codes(judgement) == code
    assert all("GitHub may know both addresses as one account" in finding.message for finding in judgement.findings)


@pytest.mark.parametrize(
    ("one", "settings", "noted"),
    [
        (commit(ADA), EXEMPT, True),
        (commit(ADA), MEMBERS, True),
        (commit(ADA), {}, False),
        (commit(ADA, by(ADA)), EXEMPT, False),
    ],
)
def test_offline_it_is_said_that_nobody_can_be_exempt(one: Commit, settings: dict[str, Any], noted: bool) -> None:
    nobody = replace(one, authors=(replace(ADA, id=None, login=None),))
    assert bool(judge(contribution(nobody, opener=None), OFFLINE, **settings).notes) is noted


@pytest.mark.parametrize(
    ("one", "lacking"),
    [
        (commit(GITHUB, by(BO)), False),
        (commit(GITHUB, "* First", "", by(BO), "", "* Second"), False),
        (commit(GITHUB), True),
        (commit(GITHUB, "Signed-off-by: Bo"), True),
        (commit(GITHUB, **MERGE), False),
    ],
)
def test_a_commit_of_the_merge_queue_needs_anybodys_sign_off(one: Commit, lacking: bool) -> None:
    assert queue_commit_lacks_sign_off(one) is lacking


# -- what always holds ------------------------------------------------------------------------------------------------

PEOPLE = st.sampled_from([ADA, BO, BOT, STRANGER, ADA_AT_HOME, ADA_NOREPLY, GITHUB, Person()])
LINES = st.one_of(
    PEOPLE.map(by),
    st.builds(own, PEOPLE, st.integers(1, 4)),
    st.builds(on_behalf, PEOPLE, PEOPLE, st.integers(1, 4)),
    st.text(max_size=8),
)
SIGNATURES = st.sampled_from([{}, {"verified": True}, {"verified": True, "signed_by_github": True}])


@st.composite
def some_commits(draw: st.DrawFn) -> Commit:
    parents = draw(st.sampled_from([(), MERGE["parents"]]))
    more = {**draw(SIGNATURES), "committer": draw(PEOPLE), "parents": parents}
    return commit(draw(PEOPLE), *draw(st.lists(LINES, max_size=3)), **more)


SETTINGS = st.fixed_dictionaries(
    {
        "match": st.sampled_from(["full", "email", "account"]),
        "remediation": st.sampled_from([[], ["individual"], ["third-party"], ["individual", "third-party"]]),
        "merge_commits": st.booleans(),
        "exempt": st.fixed_dictionaries(
            {"users": st.sampled_from([[], ["ada"], ["*o*", "a*"], ["helper*"]]), "members": st.booleans()}
        ),
    }
)
SOME = st.lists(some_commits(), min_size=1, max_size=4)


@given(SOME, SETTINGS, st.sampled_from([ADA, BO, BOT, None]))
def test_whatever_the_commits_are_each_gets_a_row_and_none_fails_twice(
    commits: list[Commit], settings: dict[str, Any], opener: Person | None
) -> None:
    judgement = judge(contribution(*commits, opener=opener), KNOWN, **settings)
    assert judgement.table
    assert len(judgement.table.rows) == len(commits)
    assert len({finding.commit for finding in judgement.findings}) == len(judgement.findings)
    assert all(finding.fix and "@example.com" not in finding.fix for finding in judgement.findings)


@given(SOME, SETTINGS, PEOPLE, st.lists(st.text(max_size=8) | st.builds(own, PEOPLE, st.integers(1, 4)), max_size=2))
def test_a_commit_without_a_sign_off_never_turns_red_to_green(
    commits: list[Commit], settings: dict[str, Any], author: Person, lines: list[str]
) -> None:
    before = judge(contribution(*commits, opener=BO), KNOWN, **settings)
    after = judge(contribution(*commits, commit(author, *lines), opener=BO), KNOWN, **settings)
    if before.findings:
        assert after.findings


@given(SOME, SETTINGS)
def test_the_order_of_commits_matters_to_remediation_alone(commits: list[Commit], settings: dict[str, Any]) -> None:
    change = contribution(*commits)
    found = [
        {finding.commit for finding in judge(replace(change, commits=order), KNOWN, **{**settings, **NONE}).findings}
        for order in permutations(change.commits)
    ]
    assert all(one == found[0] for one in found)


# -- what the rest is told of the rule --------------------------------------------------------------------------------


def test_the_rule_says_what_it_needs_and_minds() -> None:
    assert RULE.name == "dco"
    assert RULE.needs(DcoOptions()) == {Need.COMMITS}
    assert RULE.minds == {Signal.HEAD, Signal.BASE, Signal.PEOPLE}
    assert set(RULE.codes) == {"dco-missing", "dco-mismatch"}
    assert not RULE.wants(None, None)  # type: ignore[arg-type]
