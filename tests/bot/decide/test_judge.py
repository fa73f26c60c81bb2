# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How findings become the conclusion of a rule, and rules that of a report; and that nothing unseen passes."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.decide.judge import judge
from rules.change import Change, ChangedFile, Content, FileStatus, Need, Side, Unseen
from rules.finding import Conclusion, Finding, Report, RuleConclusion
from rules.policy import Policy, parse
from rules.rule import Code, Facts, Judgement, Rule, Signal

FACTS = Facts(year=2026)
CODES = {
    "broken": Code("It is broken."),
    "unsigned": Code("Somebody has to sign.", RuleConclusion.ACTION_REQUIRED),
}


def rule(*codes: str, skipped: bool = False, wants: Callable[[ChangedFile], bool] = lambda _: True) -> Rule:
    findings = tuple(Finding(code, f"It is {code}.") for code in codes)
    return Rule(
        name="headers",
        needs=lambda _options: frozenset({Need.FILES, Need.CONTENT}),
        minds=frozenset({Signal.HEAD}),
        codes=CODES,
        check=lambda *_: Judgement("one line", findings, ("a note",), skipped),
        wants=lambda file, _options: wants(file),
    )


def policy(more: str = "", level: str = "error") -> Policy:
    return parse(f"version: 1\n{more}\nrules:\n  headers: {{license: MIT, level: {level}}}\n", "policy")


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Report]:
    def judge_with(built: Rule | None, change: Change | None = None, by: Policy | None = None) -> Report:
        monkeypatch.setattr("bot.decide.judge.find_rule", lambda _name: built)
        return judge(change or Change(base="b", head="h"), by or policy(), "source", FACTS)

    return judge_with


@pytest.mark.parametrize(
    ("codes", "level", "of_rule", "of_report"),
    [
        ((), "error", RuleConclusion.SUCCESS, Conclusion.SUCCESS),
        (("unsigned",), "error", RuleConclusion.ACTION_REQUIRED, Conclusion.ACTION_REQUIRED),
        (("broken",), "error", RuleConclusion.FAILURE, Conclusion.FAILURE),
        (("unsigned", "broken"), "error", RuleConclusion.FAILURE, Conclusion.FAILURE),
        (("broken",), "warning", RuleConclusion.WARNING, Conclusion.SUCCESS),
        (("unsigned", "broken"), "warning", RuleConclusion.WARNING, Conclusion.SUCCESS),
    ],
)
def test_findings_weigh_by_their_code_and_the_level(
    judged: Callable[..., Report],
    codes: tuple[str, ...],
    level: str,
    of_rule: RuleConclusion,
    of_report: Conclusion,
) -> None:
    report = judged(rule(*codes), by=policy(level=level))
    (result,) = report.rules
    assert (result.conclusion, report.conclusion) == (of_rule, of_report)
    assert (result.summary, result.notes) == ("one line", ("a note",))
    assert [finding.code for finding in result.findings] == sorted(codes)


def test_advice_is_neutral_whatever_is_found(judged: Callable[..., Report]) -> None:
    report = judged(rule("broken"), by=policy("enforcement: advise"))
    assert report.conclusion is Conclusion.NEUTRAL
    assert report.rules[0].conclusion is RuleConclusion.FAILURE


def test_a_rule_that_is_not_built_is_skipped_and_says_so(judged: Callable[..., Report]) -> None:
    (result,) = judged(None).rules
    assert result.conclusion is RuleConclusion.SKIPPED
    assert "not built yet" in result.summary


def test_a_rule_may_have_a_reason_not_to_judge(judged: Callable[..., Report]) -> None:
    (result,) = judged(rule(skipped=True)).rules
    assert (result.conclusion, result.summary) == (RuleConclusion.SKIPPED, "one line")


@pytest.mark.parametrize(
    ("settings", "says"),
    [("branches: [release]", "does not apply to this base branch"), ("branches: ['!main', '**']", None)],
)
def test_a_policy_holds_for_the_branches_that_it_names(
    judged: Callable[..., Report], settings: str, says: str | None
) -> None:
    change = Change(base="b", head="h", base_ref="main")
    report = judged(rule("broken"), change, policy(settings))
    assert (report.conclusion is Conclusion.SUCCESS) == (says is not None)
    assert any(says in note for note in report.notes) if says else not report.notes


def test_a_rule_may_hold_for_fewer_branches_than_its_policy(judged: Callable[..., Report]) -> None:
    by = parse("version: 1\nrules: {headers: {license: MIT, branches: [release]}}\n", "policy")
    (result,) = judged(rule("broken"), Change(base="b", head="h", base_ref="main"), by).rules
    assert result.conclusion is RuleConclusion.SKIPPED


def test_a_checkout_has_no_base_branch_and_is_judged_all_the_same(judged: Callable[..., Report]) -> None:
    by = policy("branches: [release]")
    assert judged(rule("broken"), Change(base="b", head="h"), by).conclusion is Conclusion.FAILURE


# -- what was not seen --------------------------------------------------------------------------------------------


def changed(path: str, text: str | None = None) -> ChangedFile:
    return ChangedFile(path, FileStatus.ADDED, content=None if text is None else Content(text, whole=True))


INCOMPLETE = [
    pytest.param(Change("b", "h", unseen=(Unseen(Need.FILES, "3 of 5"),)), id="files not listed"),
    pytest.param(Change("b", "h", (changed("a.py"),)), id="a file nobody read"),
    pytest.param(
        Change("b", "h", (changed("a.py"),), unseen=(Unseen(Need.CONTENT, "too large", "a.py"),)), id="a file unread"
    ),
]


@pytest.mark.parametrize("change", INCOMPLETE)
@pytest.mark.parametrize("settings", ["", "enforcement: advise"])
@pytest.mark.parametrize("level", ["error", "warning"])
def test_what_was_not_seen_never_passes_not_even_as_a_warning_or_advice(
    judged: Callable[..., Report], change: Change, settings: str, level: str
) -> None:
    report = judged(rule(), change, policy(settings, level))
    (result,) = report.rules
    assert report.conclusion is Conclusion.FAILURE
    assert result.conclusion is RuleConclusion.FAILURE
    assert [finding.code for finding in result.findings] == ["incomplete"]
    assert result.summary == "GitHub did not show everything that this rule needs."


@pytest.mark.parametrize(
    ("number", "final", "begins"), [(12, False, "Comment /steward check"), (12, True, "Look"), (None, False, "Look")]
)
def test_another_look_is_advised_where_it_may_help(
    judged: Callable[..., Report], number: int | None, final: bool, begins: str
) -> None:
    files, gap = (ChangedFile("a.py", FileStatus.MODIFIED),), Unseen(Need.CONTENT, "late", "a.py", final=final)
    (result,) = judged(rule(), Change("b", "h", files, number=number, unseen=(gap,))).rules
    (finding,) = result.findings
    assert str(finding.fix).startswith(begins)


def test_a_rule_cannot_skip_what_it_should_have_seen(judged: Callable[..., Report]) -> None:
    change = Change("b", "h", unseen=(Unseen(Need.FILES, "3 of 5"),))
    assert judged(rule(skipped=True), change).conclusion is Conclusion.FAILURE


COMPLETE = [
    pytest.param(
        Change("b", "h", unseen=(Unseen(Need.COMMITS, "3 of 5"),)), id="commits, which this rule does not need"
    ),
    pytest.param(Change("b", "h", (changed("a.txt"),)), id="a file that the rule does not want"),
    pytest.param(
        Change("b", "h", (changed("a.txt"),), unseen=(Unseen(Need.CONTENT, "too large", "a.txt"),)), id="the same, told"
    ),
    pytest.param(Change("b", "h", (ChangedFile("a.py", FileStatus.REMOVED),)), id="a removed file"),
    pytest.param(Change("b", "h", (changed("a.py", ""),)), id="an empty file"),
]


@pytest.mark.parametrize("change", COMPLETE)
def test_what_a_rule_does_not_need_it_need_not_see(judged: Callable[..., Report], change: Change) -> None:
    report = judged(rule(wants=lambda file: file.path.endswith(".py")), change)
    assert report.conclusion is Conclusion.SUCCESS


def speaking(built: Rule) -> Rule:
    """The rule, asking for a license beside each file that it looks at."""
    return replace(built, beside=lambda file, _options: [(Side.HEAD, f"{file.path}.license")])


def only_sources() -> Rule:
    return rule(wants=lambda file: file.path.endswith(".py"))


@pytest.mark.parametrize("own", [(), (changed("a.py.license"),)], ids=["not changed itself", "changed itself"])
def test_a_gap_beside_a_file_counts_for_who_asked_for_what_is_there(
    judged: Callable[..., Report], own: tuple[ChangedFile, ...]
) -> None:
    change = Change("b", "h", (changed("a.py", "x"), *own), unseen=(Unseen(Need.CONTENT, "too large", "a.py.license"),))
    assert judged(only_sources(), change).conclusion is Conclusion.SUCCESS
    assert judged(speaking(only_sources()), change).conclusion is Conclusion.FAILURE


def test_what_stands_beside_files_need_not_be_seen_where_it_has_no_say(judged: Callable[..., Report]) -> None:
    unseen = (Unseen(Need.CONTENT, "too large", "a.py.license"),)
    alone = replace(speaking(only_sources()), check=lambda *_: Judgement("nothing here", alone=True))
    assert judged(alone, Change("b", "h", (changed("a.py", "x"),), unseen=unseen)).conclusion is Conclusion.SUCCESS
    assert judged(alone, Change("b", "h", (changed("a.py"),), unseen=unseen)).conclusion is Conclusion.FAILURE


@pytest.mark.parametrize("need", [Need.BYTES, Need.LINES])
def test_a_gap_in_bytes_or_lines_counts_for_who_looks_at_them(judged: Callable[..., Report], need: Need) -> None:
    def looks(file: ChangedFile, _options: object) -> bool:
        return file.path == "a.bin"

    change = Change("b", "h", (changed("a.bin", "x"),), unseen=(Unseen(need, "too many", "a.bin"),))
    indifferent = replace(rule(wants=lambda _: False), needs=lambda _options: frozenset({need}))
    assert judged(indifferent, change).conclusion is Conclusion.SUCCESS
    looking = replace(indifferent, peeks=looks, reads_lines=looks)
    assert judged(looking, change).conclusion is Conclusion.FAILURE


# -- in a checkout ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "conclusion"),
    [
        (("unsigned",), RuleConclusion.SUCCESS),
        (("broken",), RuleConclusion.FAILURE),
        (("unsigned", "broken"), RuleConclusion.FAILURE),
    ],
)
def test_what_nobody_can_have_approved_is_told_and_blocks_nothing(
    monkeypatch: pytest.MonkeyPatch, codes: tuple[str, ...], conclusion: RuleConclusion
) -> None:
    monkeypatch.setattr("bot.decide.judge.find_rule", lambda _name: replace(rule(*codes), consent="unsigned"))
    (result,) = judge(Change("b", "h"), policy(), "source", replace(FACTS, offline=True)).rules
    assert result.conclusion is conclusion
    assert [finding.code for finding in result.findings] == sorted(codes)
