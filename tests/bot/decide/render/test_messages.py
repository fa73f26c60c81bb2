# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Every message that people read, word for word, in golden files beside this one.

`STEWARD_GOLDEN=write pytest tests/bot/decide/render` writes them anew; read the difference before you commit it.
"""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.decide.render.check import SUMMARY_LIMIT, check_run, strictest
from bot.decide.render.comment import COMMENT_LIMIT, comment, worth_a_comment
from bot.decide.render.words import headline
from rules.decision import Approval, Override
from rules.finding import Conclusion, Finding, Level, Report, RuleConclusion, RuleResult

GOLDEN = Path(__file__).parent / "golden"
PASTE = "Put this at line 1, and an empty line behind it:\n\n# SPDX-License-Identifier: Apache-2.0"
MISSING = "The file does not begin with a license header; wanted here: SPDX-License-Identifier: Apache-2.0."
DETAILS = "https://steward.example/acme/widgets/pull"


def result(conclusion: RuleConclusion, summary: str, *findings: Finding, rule: str = "headers") -> RuleResult:
    level = Level.WARNING if conclusion is RuleConclusion.WARNING else Level.ERROR
    notes = () if conclusion is RuleConclusion.SKIPPED else ("2 files have no known comment style",)
    return RuleResult(rule, level, conclusion, summary, findings, notes)


def report(conclusion: Conclusion, *rules: RuleResult, number: int = 12, notes: tuple[str, ...] = ()) -> Report:
    source = f"acme/widgets:.github/governance.yml@{'c' * 40}"
    return Report("acme/widgets", number, "b" * 40, "a" * 40, source, "enforce", conclusion, rules, notes)


def missing(path: str) -> Finding:
    return Finding("header-missing", MISSING, path, 1, fix=PASTE, fixable=True)


def unknown(name: str, *, warning: bool) -> Finding:
    return Finding("dependency-license-unknown", f"The license of {name} is not known.", fix="Ask.", warning=warning)


GREEN = report(Conclusion.SUCCESS, result(RuleConclusion.SUCCESS, "All 3 files carry the license header"))
RED = report(
    Conclusion.FAILURE,
    result(
        RuleConclusion.FAILURE,
        "2 of 3 files lack the license header",
        missing("src/a.py"),
        missing("src/`b`|@all.py"),
        Finding("header-other-license", "Line 1 names GPL-3.0-only.", "src/c.py", 1, fix="Is it third-party code?"),
    ),
    notes=("These settings are accepted and have no effect yet: rules.cla.",),
)
WAITING = report(
    Conclusion.ACTION_REQUIRED,
    result(
        RuleConclusion.ACTION_REQUIRED,
        "1 person has not signed",
        Finding("cla-unsigned", "Ada has not signed.", fix="Sign it here."),
        rule="cla",
    ),
)
WARNED = report(
    Conclusion.SUCCESS, result(RuleConclusion.WARNING, "1 of 1 file lacks the license header", missing("src/a.py"))
)
BESIDES = report(
    Conclusion.FAILURE,
    result(
        RuleConclusion.FAILURE,
        "2 of 2 added packages have an unknown license",
        unknown("a", warning=True),
        unknown("b", warning=False),
        rule="dependencies",
    ),
)
UNSEEN = replace(
    result(
        RuleConclusion.FAILURE,
        "GitHub did not show everything that this rule needs.",
        Finding("incomplete", "GitHub did not answer.", fix="You need do nothing: Steward looks again by itself."),
        rule="dependencies",
    ),
    until=1_800_000_000.0,
)
UNSEEN_ONLY = report(Conclusion.FAILURE, UNSEEN)
ADVICE = replace(RED, conclusion=Conclusion.NEUTRAL, enforcement="advise", notes=())
NO_POLICY = replace(GREEN, policy_source=None, conclusion=Conclusion.NEUTRAL, rules=(), notes=("Add one.",))
SKIPPED = report(Conclusion.SUCCESS, result(RuleConclusion.SKIPPED, "This rule is not built yet.", rule="cla"))
INVALID = report(
    Conclusion.FAILURE,
    RuleResult(
        "policy",
        Level.ERROR,
        RuleConclusion.FAILURE,
        "The policy cannot be read, so nothing can be judged by it.",
        (
            Finding(
                "policy-invalid",
                "rulez is not a setting; did you mean rules?",
                line=2,
                fix="This is for a maintainer to mend.",
            ),
        ),
    ),
)

APPROVED_BY = Approval("mia", 7, "a" * 40, datetime(2026, 11, 1, 12, tzinfo=UTC), "review")
OVERRIDE = Override(
    "max", 8, "the header of @all files | comes `later`", "a" * 40, APPROVED_BY.at, datetime(2026, 11, 8, tzinfo=UTC)
)
FAILED = RED.rules[0]
OVERRIDDEN = report(
    Conclusion.SUCCESS, replace(FAILED, conclusion=RuleConclusion.OVERRIDDEN, override=OVERRIDE), *WARNED.rules
)
ENDED = report(
    Conclusion.FAILURE,
    replace(FAILED, ended=("The override by max of 2026-11-01 counts no longer: its time is over.",)),
    replace(OVERRIDDEN.rules[0], rule="datasets", override=replace(OVERRIDE, expires=None)),
)
APPROVED = report(
    Conclusion.SUCCESS,
    replace(
        GREEN.rules[0],
        rule="protected",
        approvals=(APPROVED_BY, replace(APPROVED_BY, by="max", by_id=8, how="comment")),
    ),
)

REPORTS = {
    "green": GREEN,
    "red": RED,
    "waiting": WAITING,
    "warned": WARNED,
    "unseen": UNSEEN_ONLY,
    "besides": BESIDES,
    "advice": ADVICE,
    "no-policy": NO_POLICY,
    "skipped": SKIPPED,
    "invalid-policy": INVALID,
    "overridden": OVERRIDDEN,
    "ended": ENDED,
    "approved": APPROVED,
}


def hold(name: str, text: str) -> None:
    """Hold a text to its golden file."""
    golden = GOLDEN / name
    if os.environ.get("STEWARD_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", REPORTS)
def test_the_check_says_it_in_these_words(name: str) -> None:
    run = check_run([REPORTS[name]], DETAILS)
    hold(f"check-{name}.md", f"{run.conclusion}: {run.title}\n\n{run.summary}")


@pytest.mark.parametrize("name", REPORTS)
def test_the_comment_says_it_in_these_words(name: str) -> None:
    hold(f"comment-{name}.md", comment(REPORTS[name], DETAILS))


def test_a_shared_check_names_every_pull_request_and_tells_of_the_strictest() -> None:
    run = check_run([GREEN, replace(RED, number=15)], DETAILS)
    hold("check-shared.md", f"{run.conclusion}: {run.title}\n\n{run.summary}")
    assert run.external_id == "12,15"
    assert run.details_url == f"{DETAILS}/15"


@pytest.mark.parametrize(
    ("conclusions", "wins"),
    [
        ((Conclusion.SUCCESS, Conclusion.FAILURE, Conclusion.ACTION_REQUIRED), Conclusion.FAILURE),
        ((Conclusion.NEUTRAL, Conclusion.ACTION_REQUIRED, Conclusion.SUCCESS), Conclusion.ACTION_REQUIRED),
        ((Conclusion.NEUTRAL, Conclusion.SUCCESS), Conclusion.SUCCESS),
        ((Conclusion.NEUTRAL,), Conclusion.NEUTRAL),
    ],
)
def test_the_strictest_verdict_wins(conclusions: tuple[Conclusion, ...], wins: Conclusion) -> None:
    assert strictest([replace(GREEN, conclusion=one) for one in conclusions]).conclusion is wins


# -- bounds -------------------------------------------------------------------------------------------------------


def test_more_than_fits_is_cut_at_a_finding_and_counted() -> None:
    findings = [
        Finding("header-missing", f"Message {n} {'x' * 200}", f"src/{n}.py", 1, fix=PASTE) for n in range(3_000)
    ]
    large = report(Conclusion.FAILURE, result(RuleConclusion.FAILURE, "3000 of 3000", *findings))
    summary = check_run([large], DETAILS).summary
    assert len(summary.encode()) <= SUMMARY_LIMIT
    assert "more findings** do not fit here" in summary
    assert "Judged `aaaaaaaaaa`" in summary
    assert len(comment(large, DETAILS).encode()) <= COMMENT_LIMIT


def test_one_remedy_for_many_files_is_told_once() -> None:
    large = report(
        Conclusion.FAILURE,
        result(RuleConclusion.FAILURE, "500 of 500", *(missing(f"src/{n}.py") for n in range(500))),
    )
    text = comment(large, DETAILS)
    assert text.count("Put this at line 1") == 1
    assert "- and 480 more" in text


def test_consent_is_asked_for_behind_what_can_be_mended() -> None:
    findings = [Finding(f"dataset-{what}", f"It {what}.", "a.parquet") for what in ("needs-approval", "no-card")]
    told = report(Conclusion.FAILURE, result(RuleConclusion.FAILURE, "1 dataset", *findings, rule="datasets"))
    for text in (comment(told, None), check_run([told], None).summary):
        assert text.index("It no-card.") < text.index("It needs-approval.")


def test_annotations_are_at_most_two_hundred_errors_first() -> None:
    warned = result(RuleConclusion.WARNING, "w", *(missing(f"w/{n}.py") for n in range(150)), rule="datasets")
    failed = result(RuleConclusion.FAILURE, "f", *(missing(f"f/{n}.py") for n in range(150)), rule="models")
    annotations = check_run([report(Conclusion.FAILURE, warned, failed)], None).annotations
    assert len(annotations) == 200
    assert [one.level for one in annotations] == ["failure"] * 150 + ["warning"] * 50


def test_what_was_overridden_is_not_marked_once_more() -> None:
    (warned,) = WARNED.rules
    assert [one.level for one in check_run([OVERRIDDEN], None).annotations] == ["warning"] * len(warned.findings)


def test_a_finding_without_a_file_has_no_annotation() -> None:
    assert check_run([WAITING], None).annotations == ()


@pytest.mark.parametrize(
    ("reports", "buttons"),
    [
        ([RED], ["recheck", "add-headers"]),
        ([WARNED], ["recheck", "add-headers"]),
        ([GREEN], ["recheck"]),
        ([WAITING], ["recheck"]),
        ([replace(OVERRIDDEN, rules=OVERRIDDEN.rules[:1])], ["recheck"]),
        ([replace(RED, rules=(replace(FAILED, findings=FAILED.findings[2:]),))], ["recheck"]),
        ([replace(RED, number=15), GREEN], ["recheck"]),
        ([GREEN, replace(RED, number=11)], ["recheck", "add-headers"]),
    ],
    ids=["lacking", "warned", "fine", "another rule", "overridden", "another license", "second", "first"],
)
def test_headers_can_be_added_where_the_first_pull_request_lacks_some(
    reports: list[Report], buttons: list[str]
) -> None:
    actions = check_run(reports, None).actions
    assert [action.identifier for action in actions] == buttons
    assert all(len(action.label) <= 20 and len(action.description) <= 40 for action in actions)


def test_what_only_waits_beside_something_to_mend_is_no_excuse() -> None:
    told = comment(report(Conclusion.FAILURE, *RED.rules, UNSEEN), None)
    assert "this needs to be mended" in told
    assert "Push the change" in told
    never_again = comment(report(Conclusion.FAILURE, replace(UNSEEN, until=None)), None)
    assert "this needs to be mended" in never_again


def test_the_comment_tells_of_a_fix_for_what_it_asks_for_alone() -> None:
    assert "steward fix" in comment(RED, None)
    assert "steward fix" not in comment(report(Conclusion.ACTION_REQUIRED, *WAITING.rules, *WARNED.rules), None)


def test_without_an_address_there_are_no_links() -> None:
    assert check_run([RED], None).details_url is None
    assert "details" not in comment(RED, None)


def test_a_long_title_is_cut_behind_a_word() -> None:
    long = report(Conclusion.FAILURE, result(RuleConclusion.FAILURE, "word " * 100))
    assert headline(long) == f"{'word ' * 27}word…"


@pytest.mark.parametrize(
    ("conclusion", "passed", "title"),
    [
        (Conclusion.FAILURE, (), "3 rules need something: cla, dco, headers"),
        (Conclusion.NEUTRAL, (), "Advice: 3 rules need something: cla, dco, headers"),
        (
            Conclusion.FAILURE,
            OVERRIDDEN.rules[:1],
            "3 rules need something: cla, dco, headers (1 override)",
        ),
    ],
)
def test_of_several_rules_with_much_to_say_the_title_has_the_names(
    conclusion: Conclusion, passed: tuple[RuleResult, ...], title: str
) -> None:
    asking = (result(RuleConclusion.FAILURE, "word " * 12, rule=rule) for rule in ("cla", "dco", "headers"))
    assert headline(report(conclusion, *asking, *passed)) == title


def test_what_several_rules_have_to_say_stands_in_the_title_as_long_as_it_fits() -> None:
    assert headline(report(Conclusion.FAILURE, *RED.rules, *WAITING.rules)) == (
        "2 of 3 files lack the license header; 1 person has not signed"
    )


UNABLE = RuleResult(
    "dependencies", Level.ERROR, RuleConclusion.SKIPPED, "Dependencies could not be compared", notes=("It is off.",)
)


@pytest.mark.parametrize(
    ("rules", "title"),
    [
        ((UNABLE,), "Dependencies could not be compared"),
        ((UNABLE, replace(UNABLE, rule="cla", notes=())), "Dependencies could not be compared"),
        (
            (*GREEN.rules, UNABLE),
            "All 3 files carry the license header; Dependencies could not be compared",
        ),
        ((*WARNED.rules, UNABLE), "Passed with 1 warning; Dependencies could not be compared"),
    ],
)
def test_what_a_rule_could_not_judge_stands_in_the_title(rules: tuple[RuleResult, ...], title: str) -> None:
    assert headline(report(Conclusion.SUCCESS, *rules)) == title


@pytest.mark.parametrize(
    ("told", "setting", "due"),
    [
        (RED, "when-needed", True),
        (WAITING, "when-needed", True),
        (ADVICE, "when-needed", True),
        (INVALID, "when-needed", True),
        (GREEN, "when-needed", False),
        (WARNED, "when-needed", False),
        (NO_POLICY, "when-needed", False),
        (GREEN, "always", True),
        (NO_POLICY, "always", False),
        (RED, "never", False),
    ],
)
def test_when_a_comment_is_due(told: Report, setting: str, due: bool) -> None:
    assert worth_a_comment(told, setting) is due
