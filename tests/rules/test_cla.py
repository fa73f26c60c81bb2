# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The rule cla: who has to sign, who has, who is exempt, and what is said of everybody else."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.agreement import Agreement, Coverage, Signed, Standing, major
from rules.agreement_options import ClaOptions
from rules.change import Change, Commit, FileKind, FileStatus, Need, Person, Unseen
from rules.cla import RULE
from rules.finding import Finding, RuleConclusion
from rules.rule import Facts, Judgement, Signal
from tests.rules.agreements_help import (
    ALICE,
    BOB,
    CAROL,
    CLAUDE,
    DAY,
    DEPENDABOT,
    GHOST,
    GITHUB,
    NOREPLY,
    NOW,
    STRANGER,
    WORN,
    by_github,
    change,
    commit,
    employed,
    facts,
    file,
    merge,
    sha,
    signed,
)

HIS_OWN = change(commit(ALICE))
WITH_BOB = change(commit(ALICE), commit(BOB))
BY_A_BOT = change(commit(WORN), opener=DEPENDABOT)
WITH_A_TOOL = change(commit(ALICE, CLAUDE))
RENOVATE = Person(7, "renovate[bot]", bot=True)
LINKED_TOOL = replace(CLAUDE, id=81847, login="claude")
TYPO = change(commit(ALICE), files=(file(additions=1, deletions=1),))
RENAMED = FileStatus.RENAMED
SMALL = {"max_files": 1, "max_lines": 2}

UNSIGNED = ["cla-unsigned alice"]


def options(**settings: Any) -> ClaOptions:
    """The rule's settings, as a policy would give them."""
    return ClaOptions.model_validate(settings)


def judge(contribution: Change, known: Facts | None = None, **settings: Any) -> Judgement:
    """What the rule says of a contribution; nobody has signed if not told otherwise."""
    return RULE.check(contribution, options(**settings), known or facts())


def told(finding: Finding) -> str:
    """A finding as a test writes it: what is wrong, and with whom."""
    who = finding.person
    return f"{finding.code} {(who.login or who.email or who.id or 'ghost') if who else ''}".strip()


def version(number: str, **more: Any) -> Agreement:
    """The agreement in another version, first seen nine days ago."""
    known = facts().agreement
    assert known is not None
    return replace(known, version=number, **more)


def exempt(*users: str, **more: Any) -> dict[str, Any]:
    """The exemptions of a policy."""
    return {"exempt": {"users": users, **more}}


@pytest.mark.parametrize(
    ("situation", "contribution", "record", "settings", "findings"),
    [
        ("who signed passes", HIS_OWN, signed(ALICE), {}, []),
        ("who did not sign does not", HIS_OWN, {}, {}, UNSIGNED),
        ("a signature is an account's, not a name's", change(commit(replace(BOB, name="Alice"))), signed(ALICE), {},
         ["cla-unsigned bob"]),
        ("each of several people has to sign", WITH_BOB, signed(ALICE), {}, ["cla-unsigned bob"]),
        ("several people have signed", WITH_BOB, signed(ALICE, BOB), {}, []),
        ("a minor version asks nobody again", HIS_OWN, signed(ALICE, version="1.7"), {}, []),

        # roles
        ("whoever opens it counts without a commit", change(commit(BOB)), signed(BOB), {}, UNSIGNED),
        ("the opener counts where only authors are covered", change(commit(BOB)), signed(BOB), {"covers": ["authors"]},
         UNSIGNED),
        ("a co-author counts", change(commit(ALICE, BOB)), signed(ALICE), {}, ["cla-unsigned bob"]),
        ("a co-author does not where none is covered", change(commit(ALICE, BOB)), signed(ALICE),
         {"covers": ["opener", "authors"]}, []),
        ("a committer does not count", change(commit(ALICE, by=BOB)), signed(ALICE), {}, []),
        ("a committer counts where covered", change(commit(ALICE, by=BOB)), signed(ALICE),
         {"covers": ["authors", "committers"]}, ["cla-unsigned bob"]),
        ("a committer who signed covers no author", change(commit(BOB, by=ALICE)), signed(ALICE), {"covers":
         ["authors", "committers"]}, ["cla-unsigned bob"]),
        ("a committer who signed covers no unlinked author", change(commit(STRANGER, by=ALICE)), signed(ALICE),
         {"covers": ["authors", "committers"]}, ["cla-unlinked jo@example.com"]),
        ("GitHub as a committer is nobody", change(by_github(ALICE)), signed(ALICE), {"covers": ["committers"]}, []),
        ("GitHub as the author of a queue's commit is nobody", change(by_github(GITHUB)), signed(ALICE), {}, []),
        ("who calls themselves GitHub is somebody", change(commit(GITHUB)), signed(ALICE), {},
         ["cla-unlinked noreply@github.com"]),
        ("whoever merged is not asked", change(commit(ALICE), merge(BOB)), signed(ALICE), {}, []),
        ("whoever merged is asked in strict mode", change(commit(ALICE), merge(BOB)), signed(ALICE),
         {"merge_commits": True}, ["cla-unsigned bob"]),

        # accounts
        ("an address of no account is no signer's", change(commit(STRANGER)), signed(ALICE), {},
         ["cla-unlinked jo@example.com"]),
        ("a signer's name on such an address helps nothing", change(commit(replace(STRANGER, name="alice"))),
         signed(ALICE), {}, ["cla-unlinked jo@example.com"]),
        ("a trailer with such an address is unlinked", change(commit(ALICE, STRANGER)), signed(ALICE), {},
         ["cla-unlinked jo@example.com"]),
        ("an address with a number names its account", change(commit(Person(email=f"2+x@{NOREPLY}"))),
         signed(ALICE, BOB), {}, []),
        ("one with a login alone does not", change(commit(Person(email=f"bob@{NOREPLY}"))), signed(ALICE, BOB), {},
         [f"cla-unlinked bob@{NOREPLY}"]),
        ("an account that has gone cannot have signed", change(commit(ALICE), opener=GHOST), signed(ALICE), {},
         ["cla-unlinked ghost"]),
        ("two namesakes are two", change(commit(replace(BOB, name="Sam")), commit(replace(CAROL, name="Sam"))),
         signed(ALICE, BOB), {}, ["cla-unsigned carol"]),

        # exemptions
        ("an exempt account need not sign", HIS_OWN, {}, exempt("Alice"), []),
        ("a pattern holds for whole logins", HIS_OWN, {}, exempt("al*"), []),
        ("a pattern is anchored", change(commit(Person(8, "robotfan")), opener=Person(8, "robotfan")), {},
         exempt("bot*"), ["cla-unsigned robotfan"]),
        ("an exempt login as a git name exempts nobody", change(commit(replace(BOB, name="carol"))), signed(ALICE),
         exempt("carol"), ["cla-unsigned bob"]),
        ("nor as the beginning of an address", change(commit(Person(email="carol@example.com"))), signed(ALICE),
         exempt("carol"), ["cla-unlinked carol@example.com"]),
        ("nor as the login in an address with a number", change(commit(Person(email=f"9+carol@{NOREPLY}"))),
         signed(ALICE), exempt("carol"), [f"cla-unsigned 9+carol@{NOREPLY}"]),
        ("a member need not sign", HIS_OWN, {1: Standing(member=True)}, exempt(members=True), []),
        ("a member has to sign where members are not exempt", HIS_OWN, {1: Standing(member=True)}, {}, UNSIGNED),
        ("a team need not sign", HIS_OWN, {1: Standing(teams=frozenset({"core"}))}, exempt(teams=["core"]), []),
        ("another team has to", HIS_OWN, {1: Standing(teams=frozenset({"docs"}))}, exempt(teams=["core"]), UNSIGNED),

        # bots
        ("a bot that opened it is exempt", BY_A_BOT, {}, {}, []),
        ("a bot is exempt where GitHub made its commit", change(by_github(WORN)), signed(ALICE), {}, []),
        ("a bot's address exempts nobody", change(commit(WORN)), signed(ALICE), {}, [f"cla-unsigned {WORN.email}"]),
        ("nor does it in a trailer", change(by_github(ALICE, WORN)), signed(ALICE), {},
         [f"cla-unsigned {WORN.email}"]),
        ("nor with a signature that is not GitHub's", change(commit(WORN, verified=True)), signed(ALICE), {},
         [f"cla-unsigned {WORN.email}"]),
        ("nor where GitHub signed for somebody else", change(by_github(WORN, by=ALICE)), signed(ALICE), {},
         [f"cla-unsigned {WORN.email}"]),
        ("a bot that GitHub links is not exempt by its address", change(commit(RENOVATE)), signed(ALICE),
         exempt("renovate[bot]"), ["cla-unsigned renovate[bot]"]),
        ("a bot that the policy does not list is not exempt", BY_A_BOT, {}, exempt("renovate[bot]"),
         ["cla-unsigned dependabot[bot]"]),
        ("brackets mean themselves", BY_A_BOT, {}, exempt("dependabot"), ["cla-unsigned dependabot[bot]"]),
        ("a bot is no member", BY_A_BOT, {49699333: Standing(member=True)}, exempt(members=True),
         ["cla-unsigned dependabot[bot]"]),
        ("a human in a bot's pull request has to sign", change(commit(WORN), commit(BOB), opener=DEPENDABOT), {}, {},
         ["cla-unsigned bob"]),

        # coding tools
        ("a coding tool is passed over", WITH_A_TOOL, signed(ALICE), {}, []),
        ("and in any case", change(commit(ALICE, replace(CLAUDE, email="NoReply@Anthropic.com"))), signed(ALICE), {},
         []),
        ("and with an account", change(commit(ALICE, LINKED_TOOL)), signed(ALICE), {}, []),
        ("but only for an opener who passes", WITH_A_TOOL, {}, {}, [*UNSIGNED, "cla-unlinked noreply@anthropic.com"]),
        ("also one with an account", change(commit(ALICE, LINKED_TOOL)), {}, {}, [*UNSIGNED, "cla-unsigned claude"]),
        ("never as an author", change(commit(CLAUDE)), signed(ALICE), {}, ["cla-unlinked noreply@anthropic.com"]),
        ("never as an author elsewhere", change(commit(ALICE, CLAUDE), commit(CLAUDE)), signed(ALICE), {},
         ["cla-unlinked noreply@anthropic.com"]),
        ("never as a covered committer", change(commit(ALICE, CLAUDE, by=CLAUDE)), signed(ALICE),
         {"covers": ["co-authors", "committers"]}, ["cla-unlinked noreply@anthropic.com"]),
        ("never as the opener", change(commit(ALICE, LINKED_TOOL), opener=LINKED_TOOL), signed(ALICE), {},
         ["cla-unsigned claude"]),
        ("never under another address as well", change(commit(ALICE, LINKED_TOOL, replace(LINKED_TOOL, email="x@y"))),
         signed(ALICE), {}, ["cla-unsigned claude"]),
        ("only if the policy lists it", WITH_A_TOOL, signed(ALICE), exempt(agents=[]),
         ["cla-unlinked noreply@anthropic.com"]),

        # companies
        ("a company covers who confirmed it", HIS_OWN, employed(ALICE), {}, []),
        ("and nobody who did not", HIS_OWN, employed(ALICE, confirmed=False), {}, UNSIGNED),
        ("it covers what was contributed before somebody left", HIS_OWN, employed(ALICE, until=NOW), {}, []),
        ("and nothing after", HIS_OWN, employed(ALICE, until=NOW - 1), {}, UNSIGNED),
        ("who left without having confirmed is uncovered", HIS_OWN, employed(ALICE, confirmed=False, until=NOW - 1),
         {}, UNSIGNED),
        ("who left and signed passes", HIS_OWN,
         {1: Standing((Signed("1.0", NOW),), (Coverage("X", True, NOW - 1),))}, {}, []),

        # small changes
        ("a small change asks nobody", TYPO, {}, {"small_change": SMALL}, []),
        ("not even a stranger", replace(TYPO, commits=(commit(STRANGER),)), {}, {"small_change": SMALL}, []),
        ("no change is small by itself", TYPO, {}, {}, UNSIGNED),
        ("nor is one without files", HIS_OWN, {}, {"small_change": SMALL}, UNSIGNED),
        ("one line more is not small", TYPO, {}, {"small_change": {**SMALL, "max_lines": 1}}, UNSIGNED),
        ("one file more is not small", replace(TYPO, files=(file(), file("b.py"))), {}, {"small_change": SMALL},
         UNSIGNED),
        ("only one of both numbers is not enough", TYPO, {}, {"small_change": {"max_lines": 2}}, UNSIGNED),
        ("a binary file is not small", replace(TYPO, files=(file("a.bin", 0),)), {}, {"small_change": SMALL}, UNSIGNED),
        ("an empty file is", replace(TYPO, files=(file("a.txt", 0, size=0),)), {}, {"small_change": SMALL}, []),
        ("a renamed file is not, which may be another binary", replace(TYPO, files=(file("b.bin", 0, status=RENAMED),)),
         {}, {"small_change": SMALL}, UNSIGNED),
        ("one that was renamed and edited is", replace(TYPO, files=(file("b.py", 1, status=RENAMED),)), {},
         {"small_change": SMALL}, []),
        ("so is a renamed empty file", replace(TYPO, files=(file("b.py", 0, status=RENAMED, size=0),)), {},
         {"small_change": SMALL}, []),
        ("so is a removed one", replace(TYPO, files=(file("b.bin", 0, status=FileStatus.REMOVED),)), {},
         {"small_change": SMALL}, []),
        ("a submodule is not", replace(TYPO, files=(file("sub", kind=FileKind.SUBMODULE),)), {},
         {"small_change": SMALL}, UNSIGNED),
        ("what was not all shown is not small", replace(TYPO, unseen=(Unseen(Need.FILES, "too many"),)), {},
         {"small_change": SMALL}, UNSIGNED),
        ("what was shown but for a file's content is", replace(TYPO, unseen=(Unseen(Need.CONTENT, "no"),)), {},
         {"small_change": SMALL}, []),

        # whoever opened it
        ("anybody may open it", change(commit(BOB)), signed(ALICE, BOB), {}, []),
        ("the guard asks for an opener who wrote", change(commit(BOB)), signed(ALICE, BOB),
         {"opener_must_be_author": True}, ["cla-opener alice"]),
        ("who wrote passes the guard", WITH_BOB, signed(ALICE, BOB), {"opener_must_be_author": True}, []),
        ("so does a co-author", change(commit(BOB, ALICE)), signed(ALICE, BOB), {"opener_must_be_author": True}, []),
        ("whoever the policy covers", change(commit(BOB, ALICE)), signed(ALICE, BOB),
         {"opener_must_be_author": True, "covers": ["opener"]}, []),
        ("a committer does not", change(commit(BOB, by=ALICE)), signed(ALICE, BOB), {"opener_must_be_author": True},
         ["cla-opener alice"]),
        ("nor does who only merged", change(commit(BOB), merge(ALICE)), signed(ALICE, BOB),
         {"opener_must_be_author": True}, ["cla-opener alice"]),
        ("nor an opener's name", change(commit(replace(BOB, name="Alice"))), signed(ALICE, BOB),
         {"opener_must_be_author": True}, ["cla-opener alice"]),
        ("an exempt bot does", change(commit(BOB), opener=DEPENDABOT), signed(BOB), {"opener_must_be_author": True},
         []),
        ("another bot does not", change(commit(BOB), opener=RENOVATE), signed(BOB), {"opener_must_be_author": True},
         ["cla-unsigned renovate[bot]", "cla-opener renovate[bot]"]),
        ("an exempt person does not", change(commit(BOB)), signed(BOB),
         {"opener_must_be_author": True, **exempt("alice")}, ["cla-opener alice"]),
        ("nor does a deleted account", change(commit(GHOST), opener=GHOST), {}, {"opener_must_be_author": True},
         ["cla-unlinked ghost", "cla-unlinked ghost", "cla-opener ghost"]),
    ],
)  # fmt: skip
def test_situation(
    situation: str, contribution: Change, record: dict[int, Standing], settings: dict[str, Any], findings: list[str]
) -> None:
    answer = judge(contribution, facts(record), **settings)
    assert [told(one) for one in answer.findings] == findings, situation
    assert {one.code for one in answer.findings} <= set(RULE.codes)
    assert not answer.skipped


# -- versions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("situation", "grace", "agreed", "findings"),
    [
        ("a new major version asks again", "", "1.0", UNSIGNED),
        ("an older signature counts in the time of grace", "10d", "1.0", []),
        ("whatever its minor version", "10d", "1.9", []),
        ("but not behind it", "9d", "1.0", UNSIGNED),
        ("a time of grace in hours", "217h", "1.0", []),
        ("and its end", "216h", "1.0", UNSIGNED),
        ("a newer signature is not an older one", "10d", "3.0", UNSIGNED),
    ],
)
def test_versions(situation: str, grace: str, agreed: str, findings: list[str]) -> None:
    known = facts(signed(ALICE, version=agreed), agreement=version("2.0"))
    assert [told(one) for one in judge(HIS_OWN, known, grace=grace).findings] == findings, situation


@pytest.mark.parametrize(
    ("previous", "agreed", "findings"),
    [
        (None, "2.4", []),
        (None, "1.0", UNSIGNED),
        (2, "2.0", []),
        (2, "1.0", UNSIGNED),
        (1, "1.0", []),
        (1, "2.0", UNSIGNED),
        (4, "4.0", UNSIGNED),
        (4, "2.0", UNSIGNED),
    ],
)
def test_grace_lets_only_the_version_before_count(previous: int | None, agreed: str, findings: list[str]) -> None:
    known = facts(signed(ALICE, version=agreed), agreement=version("3.0", previous=previous))
    answer = judge(HIS_OWN, known, grace="14d")
    assert [told(one) for one in answer.findings] == findings
    assert "The older one counted" not in str(answer.findings)


def test_a_judgement_by_grace_lasts_until_its_end() -> None:
    known = facts(signed(ALICE, version="1.0"), agreement=version("2.0"))
    assert judge(HIS_OWN, known, grace="14d").until == NOW + 5 * DAY
    assert judge(change(commit(STRANGER)), known, grace="14d").until == NOW + 5 * DAY
    assert judge(HIS_OWN, known, grace="14d", **exempt("alice")).until is None
    assert judge(HIS_OWN, facts(signed(ALICE, version="2.0"), agreement=version("2.0")), grace="14d").until is None
    assert judge(HIS_OWN, known, grace="9d").until is None


def test_somebody_in_grace_is_told_until_when() -> None:
    known = facts(signed(ALICE, BOB, version="1.0"), agreement=version("2.0"))
    answer = judge(WITH_BOB, known, grace="14d")
    (note,) = answer.notes
    assert note == (
        "2 people have signed an older version, which counts until 2024-10-09; from then on version 2.0 has to be "
        "signed"
    )
    assert answer.summary == "All 2 people are covered by the agreement"
    one = judge(HIS_OWN, known, grace="14d")
    assert one.notes[0].startswith("1 person has signed an older version")


def test_the_newest_of_several_signatures_is_told() -> None:
    record = {1: Standing((Signed("1.0", 5 * DAY), Signed("1.2", 9 * DAY), Signed("0.1", 12 * DAY)))}
    assert row(judge(HIS_OWN, facts(record)))[3] == "signed 1.2 on 1970-01-10"


@pytest.mark.parametrize(("number", "first"), [("1.0", 1), ("12.34", 12), ("0.9", 0)])
def test_the_major_version_is_the_number_before_the_dot(number: str, first: int) -> None:
    assert major(number) == first


# -- what is not known --------------------------------------------------------------------------------------------


def test_offline_nobody_knows_who_has_signed() -> None:
    answer = judge(HIS_OWN, facts(offline=True))
    assert (answer.skipped, answer.findings) == (True, ())
    assert answer.summary == "Who has signed is not known here: Steward judges it on GitHub"


@pytest.mark.parametrize(
    ("known", "contribution", "said"),
    [
        (facts(signed(ALICE), agreement=None), HIS_OWN, "It could not be learned which agreement holds here"),
        (
            facts(signed(ALICE), agreement=version("1.0", missing="it is not a text file")),
            HIS_OWN,
            "There is no agreement that anybody could sign: it is not a text file.",
        ),
        (facts(signed(ALICE)), change(), "GitHub does not show which commits this pull request has"),
        (facts(signed(ALICE)), change(commit(ALICE), opener=None), "GitHub does not show which commits"),
    ],
)
def test_what_could_not_be_evaluated_is_never_green(known: Facts, contribution: Change, said: str) -> None:
    answer = judge(contribution, known)
    assert [one.code for one in answer.findings] == ["incomplete"]
    assert answer.findings[0].message.startswith(said)
    assert answer.findings[0].fix


def test_whoever_can_mend_a_missing_agreement_is_told_how() -> None:
    (finding,) = judge(HIS_OWN, facts(agreement=version("1.0", missing="nothing stands there"))).findings
    assert finding.fix == (
        "A maintainer puts its text at acme/widgets:CLA.md, or names the place of it in the policy "
        "(rules.cla.document)."
    )


def test_a_changed_text_is_told_and_voids_nothing() -> None:
    answer = judge(HIS_OWN, facts(signed(ALICE), agreement=version("1.0", drifted=True)))
    assert answer.findings == ()
    (note,) = answer.notes
    assert note == (
        "The text at acme/widgets:CLA.md is not the one that was first seen for version 1.0, which is what people sign "
        "and have signed. Raise the version to have the new one signed."
    )


# -- what is said -------------------------------------------------------------------------------------------------

TEXT = f"https://github.com/acme/widgets/blob/{sha(7)}/CLA.md"
PAGE = "https://steward.example/agreements/acme/widgets"


@pytest.mark.parametrize(
    ("ways", "page", "fix", "link"),
    [
        (["web", "comment"], PAGE, "Sign it on its page, or comment this here:\n\n/steward sign", PAGE),
        (["comment"], PAGE, "Read acme/widgets:CLA.md and comment this here:\n\n/steward sign", None),
        (["web"], PAGE, "Sign it on its page.", PAGE),
        (["web", "comment"], None, "Read acme/widgets:CLA.md and comment this here:\n\n/steward sign", None),
        (["web"], None, "This is done on Steward's page for the agreement, which has no public address yet", None),
    ],
)
def test_how_to_sign_is_told_exactly(ways: list[str], page: str | None, fix: str, link: str | None) -> None:
    (finding,) = judge(HIS_OWN, facts(agreement=version("1.0", page=page)), sign=ways).findings
    assert finding.message == "Version 1.0 of acme/widgets:CLA.md is not signed yet."
    assert (finding.fix or "").startswith(fix)
    assert finding.link == link


@pytest.mark.parametrize(
    ("ways", "page", "start", "link"),
    [
        (["comment"], PAGE, "Read the agreement and comment this here:", TEXT),
        (["web", "comment"], None, "Read the agreement and comment this here:", TEXT),
        (["web", "comment"], PAGE, "Sign it on its page, or comment this here:", PAGE),
        (["web"], None, "This is done on Steward's page", TEXT),
    ],
)
def test_without_a_page_the_text_that_counts_is_linked(
    ways: list[str], page: str | None, start: str, link: str
) -> None:
    (finding,) = judge(HIS_OWN, facts(agreement=version("1.0", page=page, text=TEXT)), sign=ways).findings
    assert (finding.fix or "").startswith(start)
    assert finding.link == link


def test_a_comment_is_no_way_where_the_policy_asks_for_more() -> None:
    fields = [{"name": "full-name", "label": "Full name", "required": True}]
    (finding,) = judge(HIS_OWN, fields=fields).findings
    assert (finding.fix, finding.link) == ("Sign it on its page.", PAGE)
    (finding,) = judge(HIS_OWN, fields=[{**fields[0], "required": False}], sign=["comment"]).findings
    assert (finding.fix or "").endswith("/steward sign")


def message(contribution: Change, known: Facts, **settings: Any) -> str:
    (finding,) = judge(contribution, known, **settings).findings
    assert finding.fix
    return finding.message


def test_every_state_has_words_of_its_own() -> None:
    older = facts(signed(ALICE), agreement=version("2.0"))
    again = "Version 1.0 of acme/widgets:CLA.md is signed, version 2.0 is not yet."
    assert message(HIS_OWN, older) == again
    assert message(HIS_OWN, older, grace="2d") == f"{again} The older one counted until 2024-09-27."
    newer = facts(signed(ALICE, version="2.0"))
    assert message(HIS_OWN, newer, grace="2d") == (
        "Version 2.0 of acme/widgets:CLA.md is signed, version 1.0 is not yet."
    )
    assert message(HIS_OWN, facts(employed(ALICE, confirmed=False))) == (
        "On the list of Example Inc and not confirmed yet: everybody on it does so once."
    )
    assert message(HIS_OWN, facts(employed(ALICE, until=1.0))) == (
        "No longer on the list of Example Inc, which covers only what was contributed until then. Version 1.0 of "
        "acme/widgets:CLA.md is not signed yet."
    )
    assert message(BY_A_BOT, facts(), **exempt("x")) == "A bot stands behind this, and the policy does not exempt it."
    assert message(change(commit(WORN)), facts(signed(ALICE))).startswith("A commit carries the address of a bot")
    assert message(change(commit(RENOVATE)), facts(signed(ALICE)), **exempt("renovate[bot]")).startswith("A commit")


def test_a_company_is_confirmed_on_the_page_alone() -> None:
    (finding,) = judge(HIS_OWN, facts(employed(ALICE, confirmed=False)), sign=["comment"]).findings
    assert (finding.fix, finding.link) == ("Confirm on the agreement's page that you contribute for it.", PAGE)
    pageless = facts(employed(ALICE, confirmed=False), agreement=version("1.0", page=None))
    (finding,) = judge(HIS_OWN, pageless).findings
    assert (finding.fix or "").startswith("This is done on Steward's page")


def test_people_in_the_same_state_are_told_the_same() -> None:
    answer = judge(change(commit(ALICE), commit(BOB, CAROL)))
    assert len(answer.findings) == 3
    assert len({(one.message, one.fix, one.link) for one in answer.findings}) == 1
    assert [one.commit for one in answer.findings] == [sha(1), sha(2), sha(2)]


def test_whoever_opened_it_and_wrote_nothing_is_told_how_to_take_part() -> None:
    (finding,) = judge(change(commit(BOB)), facts(signed(ALICE, BOB)), opener_must_be_author=True).findings
    assert (finding.fix or "").endswith(f"\n\nCo-authored-by: alice <1+alice@{NOREPLY}>")
    *_, finding = judge(change(commit(BOB), opener=RENOVATE), opener_must_be_author=True).findings
    assert finding.fix == "Somebody who wrote them opens a pull request of their own."


def test_a_bot_of_which_only_the_number_is_known_has_no_way_to_look_exempt() -> None:
    answer = judge(change(commit(WORN)), facts(signed(ALICE)))
    assert row(answer) == (
        "account 49699333", "author", "0000001", "not signed: the address of a bot, or of no account now"
    )  # fmt: skip


OWN = Person(9, "steward[bot]", "steward[bot]", f"9+steward[bot]@{NOREPLY}")


@pytest.mark.parametrize(
    ("made", "own_account", "findings"),
    [(by_github(OWN), 9, 0), (by_github(OWN), 8, 1), (by_github(OWN), None, 1), (commit(OWN), 9, 1)],
    ids=["Steward's own", "another bot's", "who Steward is is unknown", "not made by GitHub"],
)
def test_what_steward_itself_commits_asks_nobody_to_sign(made: Commit, own_account: int | None, findings: int) -> None:
    answer = judge(change(commit(ALICE), made), facts(signed(ALICE), own_account=own_account))
    assert len(answer.findings) == findings


# -- the verdict in one line --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contribution", "record", "settings", "summary"),
    [
        (HIS_OWN, signed(ALICE), {}, "1 person has signed the agreement"),
        (WITH_BOB, signed(ALICE, BOB), {}, "All 2 people have signed the agreement"),
        (HIS_OWN, employed(ALICE), {}, "1 person is covered by the agreement"),
        (WITH_BOB, signed(ALICE) | employed(BOB), {}, "All 2 people are covered by the agreement"),
        (HIS_OWN, {}, {}, "1 of 1 person has not signed the agreement"),
        (WITH_BOB, {}, {}, "2 of 2 people have not signed the agreement"),
        (WITH_BOB, signed(ALICE), {}, "1 of 2 people has not signed the agreement"),
        (BY_A_BOT, {}, {}, "Nobody here has to sign the agreement"),
        (change(commit(WORN), commit(ALICE), opener=DEPENDABOT), {}, {}, "1 of 1 person has not signed the agreement"),
        (WITH_A_TOOL, {}, {}, "1 of 1 person has not signed the agreement"),
        (TYPO, {}, {"small_change": SMALL}, "Nobody has to sign: the change is small"),
        (change(commit(STRANGER)), signed(ALICE), {}, "1 of 2 people has no GitHub account that is known"),
        (
            change(commit(STRANGER), commit(BOB)),
            {},
            {},
            "2 of 3 people have not signed the agreement; 1 of 3 people has no GitHub account that is known",
        ),
        (
            change(commit(BOB)),
            signed(ALICE, BOB),
            {"opener_must_be_author": True},
            "Whoever opened this wrote none of it",
        ),
    ],
)
def test_the_summary_reads_well(
    contribution: Change, record: dict[int, Standing], settings: dict[str, Any], summary: str
) -> None:
    assert judge(contribution, facts(record), **settings).summary == summary


# -- the table ----------------------------------------------------------------------------------------------------


def row(answer: Judgement, number: int = 0) -> tuple[str, ...]:
    assert answer.table is not None
    return answer.table.rows[number]


def test_a_name_that_is_an_address_is_masked_wherever_it_is_told() -> None:
    answer = judge(change(commit(ALICE, Person(name="jo@secret.example", email="jo@secret.example"))))
    assert row(answer, 1)[0] == "j***@secret.example (j***@secret.example)"
    assert "jo@" not in str([(one.message, one.fix, one.person and one.person.name) for one in answer.findings])
    assert "jo@" not in str([one.as_json() for one in answer.findings])


def test_the_table_has_a_row_for_everybody_and_what_is_missing_first() -> None:
    people = change(
        commit(ALICE, CAROL, CLAUDE), *[commit(ALICE)] * 4, commit(STRANGER), by_github(WORN), commit(BOB, by=ALICE)
    )
    answer = judge(people, facts(signed(ALICE) | employed(CAROL)), covers=["authors", "co-authors", "committers"])
    assert answer.table is not None
    assert answer.table.columns == ("Who", "As", "Commits", "Agreement")
    assert answer.table.rows == (
        ("bob", "author", "0000008", "not signed"),
        ("Jo Doe (j***@example.com)", "author, committer", "0000006", "no account"),
        ("alice", "opener, author, committer", "0000001, 0000002, 0000003 and 3 more", "signed 1.0 on 2024-10-03"),
        ("carol", "co-author", "0000001", "covered by Example Inc"),
        ("dependabot[bot]", "author", "0000007", "exempt: bot"),
        ("Claude (n***@anthropic.com)", "co-author", "0000001", "passed over: a coding tool"),
    )


@pytest.mark.parametrize(
    ("contribution", "known", "settings", "words"),
    [
        (HIS_OWN, facts(), exempt("alice"), "exempt: by the policy"),
        (HIS_OWN, facts({1: Standing(member=True)}), exempt(members=True), "exempt: member"),
        (HIS_OWN, facts({1: Standing(teams=frozenset({"core"}))}), exempt(teams=["x", "core"]), "exempt: team core"),
        (HIS_OWN, facts(employed(ALICE, confirmed=False)), {}, "on the list of Example Inc, not confirmed"),
        (HIS_OWN, facts(employed(ALICE, until=DAY)), {}, "left Example Inc on 1970-01-02"),
        (HIS_OWN, facts(employed(ALICE, confirmed=False, until=DAY)), {}, "not signed"),
        (HIS_OWN, facts(signed(ALICE), agreement=version("2.0")), {}, "signed 1.0 only"),
        (
            HIS_OWN,
            facts(signed(ALICE), agreement=version("2.0")),
            {"grace": "14d"},
            "signed 1.0, which counts until 2024-10-09",
        ),
        (BY_A_BOT, facts(), exempt("x"), "a bot, not exempt"),
        (change(commit(GHOST), opener=GHOST), facts(), {}, "the account was deleted"),
        (change(commit(GITHUB)), facts(signed(ALICE)), {}, "GitHub's address, not GitHub's commit"),
        (change(commit(BOB, CLAUDE), opener=BOB), facts(), {"covers": ["co-authors"]}, "not signed"),
    ],
)
def test_the_table_says_what_holds(contribution: Change, known: Facts, settings: dict[str, Any], words: str) -> None:
    assert row(judge(contribution, known, **settings))[3] == words


def test_a_deleted_account_has_no_name_in_the_table() -> None:
    assert row(judge(change(commit(ALICE), opener=GHOST), facts(signed(ALICE))))[:3] == (
        "a deleted account", "opener", ""
    )  # fmt: skip


def test_a_crowd_is_counted() -> None:
    crowd = [Person(number, f"p{number}", email=f"p{number}@example.com") for number in range(100, 220)]
    answer = judge(change(*map(commit, crowd)), facts(signed(ALICE, *crowd[:-1])))
    assert answer.table is not None
    assert (len(answer.table.rows), row(answer)[0]) == (101, "p219")
    assert row(answer, -1) == ("and 21 more", "", "", "")


# -- properties ---------------------------------------------------------------------------------------------------

ADDRESSES = [f"{number}@example.com" for number in range(4)]
PEOPLE = st.sampled_from(
    [
        ALICE,
        BOB,
        CAROL,
        replace(BOB, email="b@other.example"),
        replace(BOB, name="Alice"),
        STRANGER,
        replace(STRANGER, name="alice"),
        WORN,
        CLAUDE,
        GITHUB,
        DEPENDABOT,
        Person(email=f"2+alice@{NOREPLY}"),
        Person(name="nobody"),
    ]
)
COMMITS = st.builds(
    lambda authors, by, github: commit(*authors, by=by, signed_by_github=github),
    st.lists(PEOPLE, min_size=1, max_size=3),
    PEOPLE,
    st.booleans(),
)
SETTINGS = st.fixed_dictionaries(
    {
        "covers": st.sampled_from(
            [["opener"], ["authors"], ["authors", "co-authors"], ["authors", "co-authors", "committers"]]
        ),
        "opener_must_be_author": st.booleans(),
    }
)
RECORDS = st.sets(st.sampled_from([ALICE, BOB, CAROL])).map(lambda people: signed(*people))
CHANGES = st.builds(
    lambda commits, opener: change(*commits, opener=opener),
    st.lists(COMMITS, min_size=1, max_size=5),
    st.sampled_from([ALICE, BOB, DEPENDABOT, GHOST]),
)
NEWCOMER = Person(50, "newcomer", "Alice", "alice@example.com")


@given(CHANGES, RECORDS, SETTINGS, st.sampled_from(["author", "co-author"]))
def test_somebody_who_has_not_signed_never_turns_red_to_green(
    contribution: Change, record: dict[int, Standing], settings: dict[str, Any], role: str
) -> None:
    settings["covers"] = ["opener", "authors", "co-authors"]
    more = commit(NEWCOMER) if role == "author" else commit(ALICE, NEWCOMER, by=ALICE)
    before = {told(one) for one in judge(contribution, facts(record), **settings).findings}
    larger = change(*contribution.commits, more, opener=contribution.opener)
    after = {told(one) for one in judge(larger, facts(record), **settings).findings}
    assert "cla-unsigned newcomer" in after
    assert {one for one in before - after if not one.startswith("cla-opener")} == set()


@given(CHANGES, RECORDS, SETTINGS, st.randoms(use_true_random=False))
def test_the_order_of_commits_makes_no_difference(
    contribution: Change, record: dict[int, Standing], settings: dict[str, Any], random: Any
) -> None:
    shuffled = list(contribution.commits)
    random.shuffle(shuffled)
    answers = [
        judge(one, facts(record), **settings) for one in (contribution, replace(contribution, commits=tuple(shuffled)))
    ]
    told_once, told_again = ({(one.code, one.person, one.fix) for one in answer.findings} for answer in answers)
    assert (told_once, answers[0].summary) == (told_again, answers[1].summary)


@given(PEOPLE, st.sampled_from(["alice", "carol", "dependabot[bot]", "noreply@anthropic.com"]), RECORDS)
def test_a_name_exempts_nobody(person: Person, name: str, record: dict[int, Standing]) -> None:
    def codes(author: Person) -> list[str]:
        contribution = change(commit(author), opener=ALICE)
        return [one.code for one in judge(contribution, facts(record), **exempt("carol", "dependabot[bot]")).findings]

    assert codes(replace(person, name=name)) == codes(person)


@given(st.emails() | st.sampled_from([WORN.email, CLAUDE.email, GITHUB.email, "carol@example.com"]), st.text())
def test_an_address_that_belongs_to_nobody_exempts_nobody(email: str, name: str) -> None:
    contribution = change(commit(Person(name=name, email=email)))
    answer = judge(contribution, facts(signed(ALICE)), **exempt("a*", "*bot[bot]", members=True))
    assert len(answer.findings) == 1
    if email.strip("*")[0] != "@":  # a mask hides no stars
        assert email not in str([(one.message, one.fix) for one in answer.findings])


# -- the rule itself ----------------------------------------------------------------------------------------------


def test_who_has_to_act_is_told_from_what_has_to_be_mended() -> None:
    conclusions = {name: code.conclusion for name, code in RULE.codes.items()}
    assert conclusions == {
        "cla-unsigned": RuleConclusion.ACTION_REQUIRED,
        "cla-unlinked": RuleConclusion.FAILURE,
        "cla-opener": RuleConclusion.FAILURE,
    }


def test_it_reads_no_file_and_listens_for_signatures() -> None:
    assert RULE.needs(ClaOptions()) == {Need.COMMITS}
    small = ClaOptions.model_validate({"small_change": {"max_files": 1, "max_lines": 5}})
    assert RULE.needs(small) == {Need.FILES, Need.COMMITS}
    assert not RULE.wants(file(), options())
    assert {Signal.HEAD, Signal.BASE, Signal.PEOPLE} <= RULE.minds
