# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the explanation of a rule says: what it saw, what its findings mean, and who may decide."""

from dataclasses import replace

import pytest

from bot.decide.archive import pack_report, unpack_report
from bot.decide.explained import explained
from bot.decide.judge import judge
from rules.change import Change, ChangedFile, Commit, FileStatus, Need, Person, Unseen
from rules.explanation import Explanation, FoundCode
from rules.finding import Report
from rules.packages import Dependency, DependencyReview
from rules.policy import parse
from rules.rule import Facts

ADA = Person(7, "ada", "Ada", "ada@example.com")
COMMITS = (Commit("a" * 40, "Write", (ADA,)),)
FILES = (ChangedFile("LICENSE", FileStatus.MODIFIED), ChangedFile("a.png", FileStatus.MODIFIED))
CHANGE = Change("b" * 40, "a" * 40, FILES, COMMITS, "acme/widgets", 12, "main", opener=ADA)
EMPTY_TREE, UNCOMMITTED = "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "0" * 40
TOOL = Dependency("tool", "1.0", "pip", "requirements.txt")
SPAN = "from bbbbbbbbbb to aaaaaaaaaa."
OVERRIDE = "To override it takes somebody with the role"
NO_AUTHOR = "Whoever is behind the contribution may not."
MAINTAIN = f"{OVERRIDE} maintain or a higher one. {NO_AUTHOR}"


def report(rules: str, more: str = "", change: Change = CHANGE, sources: dict[str, str] | None = None) -> Report:
    policy = parse(f"version: 1\nrules: {{{rules}}}\n{more}\n", "policy")
    return explained(judge(change, policy, "policy@b", Facts(2026)), policy, change, sources or {})


def about(rules: str, more: str = "", change: Change = CHANGE, sources: dict[str, str] | None = None) -> Explanation:
    (result,) = report(rules, more, change, sources).rules
    assert result.explanation
    return result.explanation


@pytest.mark.parametrize(
    ("rules", "change", "seen"),
    [
        ("headers: {license: MIT}", CHANGE, f"2 files, {SPAN}"),
        ("protected: {}", replace(CHANGE, files=FILES[:1]), f"1 file, {SPAN}"),
        ("dco: {}", CHANGE, f"1 commit, {SPAN}"),
        ("dependencies: {}", replace(CHANGE, dependencies=DependencyReview((TOOL, TOOL))), f"1 added package, {SPAN}"),
        ("dependencies: {}", CHANGE, f"0 added packages, {SPAN}"),
        ("ai-assistance: {}", CHANGE, f"1 commit and the description, {SPAN}"),
        ("ai-assistance: {}", replace(CHANGE, number=None), f"1 commit, {SPAN}"),
        ("headers: {license: MIT}", replace(CHANGE, head=UNCOMMITTED), "2 files, in what is staged, upon bbbbbbbbbb."),
        (
            "headers: {license: MIT}",
            replace(CHANGE, base=EMPTY_TREE, head=UNCOMMITTED),
            "2 files, in what is staged.",
        ),
        ("headers: {license: MIT}", replace(CHANGE, base=EMPTY_TREE), "2 files, in all of aaaaaaaaaa."),
        ("dco: {branches: [other]}", CHANGE, "Nothing."),
        ("datasets: {}", CHANGE, "2 files, from bbbbbbbbbb to aaaaaaaaaa."),
    ],
)
def test_what_was_looked_at_is_what_the_rule_needs(rules: str, change: Change, seen: str) -> None:
    assert about(rules, change=change).looked_at == seen


def test_findings_are_counted_by_code_and_their_meaning_told() -> None:
    found = about("protected: {paths: ['*']}", change=replace(CHANGE, unseen=(Unseen(Need.FILES, "too many"),))).codes
    assert [(one.code, one.count) for one in found] == [("incomplete", 1), ("protected-needs-approval", 2)]
    assert found[0].meaning.startswith("GitHub did not show everything")
    assert about("headers: {license: MIT, include: [docs]}").codes == ()


@pytest.mark.parametrize(
    ("rules", "more", "told"),
    [
        ("dco: {}", "", [MAINTAIN]),
        ("dco: {overridable: false}", "", ["The policy does not let this rule be overridden."]),
        (
            "dco: {}",
            "commands: {override: {permission: admin, teams: [core], allow_author: true, expires: 7d}}",
            [f"{OVERRIDE} admin, or a member of the team core. An override holds for 7 days."],
        ),
        (
            "protected: {}",
            "",
            [MAINTAIN, f"It takes an approval by somebody with the role admin. {NO_AUTHOR}"],
        ),
        ("protected: {approvals: {count: 0}}", "", [MAINTAIN]),
        (
            "protected: {approvals: {count: 2}}",
            "commands: {approve: {allow_author: true}}",
            [MAINTAIN, "It takes 2 approvals, each by somebody with the role write or a higher one."],
        ),
    ],
)
def test_who_may_decide(rules: str, more: str, told: list[str]) -> None:
    assert list(about(rules, more).deciding) == told


def test_settings_come_from_the_policy_unless_another_file_has_them() -> None:
    assert about("dco: {}").source == "policy@b"
    assert (
        about("dco: {}", sources={"dco": "acme/widgets:.github/dco.yml@c"}).source == "acme/widgets:.github/dco.yml@c"
    )


def test_an_explained_report_comes_back_from_the_store_as_it_was() -> None:
    kept = report("headers: {license: MIT}, protected: {paths: ['*']}")
    assert all(result.explanation for result in kept.rules)
    assert unpack_report(pack_report(kept)) == kept


def test_a_report_of_an_earlier_steward_has_no_explanations() -> None:
    plain = replace(report("dco: {}"), rules=())
    assert unpack_report(pack_report(plain)) == plain
    assert b"explanation" not in pack_report(plain)


def test_a_code_is_told_with_the_words_of_the_documentation() -> None:
    (found,) = about("dco: {}").codes
    assert found == FoundCode("dco-missing", 1, "A commit carries no sign-off.")
