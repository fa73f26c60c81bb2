# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""An explanation in words: what is told, in which order, and what of it in short."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rules.decision import Approval, Override
from rules.explaining import Section, given, in_short, sections
from rules.explanation import Explanation, FoundCode, Setting
from rules.finding import Finding, Level, RuleConclusion, RuleResult, Table

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
ABOUT = Explanation(
    source="policy@b",
    settings=(Setting("license", '"MIT"', given=True), Setting("year", '"any"', given=False)),
    looked_at="2 files.",
    codes=(FoundCode("header-missing", 2, "There is none."), FoundCode("incomplete", 1, "Not all was seen.")),
    deciding=("To override it takes a lot.",),
)
RESULT = RuleResult(
    "headers", Level.ERROR, RuleConclusion.FAILURE, "2 of 2", notes=("a.bin was passed over",), explanation=ABOUT
)
OVERRIDE = Override("max", 8, "Generated", "a" * 40, AT)
APPROVAL = Approval("mia", 9, "a" * 40, AT, "review")
TABLE = Table(("File",), (("a.py",),))


def test_all_is_told_what_matters_most_first() -> None:
    assert sections(replace(RESULT, table=TABLE)) == (
        Section(
            "why it stands so",
            ("header-missing, 2 findings: There is none.", "incomplete, 1 finding: Not all was seen."),
        ),
        Section("who may decide", ("To override it takes a lot.",)),
        Section("what was looked at", ("2 files.", "a.bin was passed over"), table=TABLE),
        Section("settings", ('license: "MIT"',), literal=True, source="policy@b"),
        Section("settings left at their defaults", ('year: "any"',), literal=True),
    )


def test_what_there_is_nothing_to_say_of_is_left_out() -> None:
    bare = RuleResult("headers", Level.ERROR, RuleConclusion.SUCCESS, "1 of 1", explanation=replace(ABOUT, codes=()))
    assert sections(bare)[0].heading == "who may decide"
    assert sections(replace(bare, explanation=None)) == ()


def test_without_an_explanation_the_findings_speak() -> None:
    findings = tuple(Finding("policy-invalid", f"Line {number % 12} is wrong.") for number in range(24))
    told = RuleResult("policy", Level.ERROR, RuleConclusion.FAILURE, "It cannot be read", findings)
    (section,) = sections(told)
    assert section == Section("why it stands so", tuple(f"Line {number} is wrong." for number in range(10)))
    assert in_short(told) == section.lines


@pytest.mark.parametrize(
    ("decided", "sentence"),
    [
        ({"override": OVERRIDE}, "Overridden by max on 2026-11-01T12:00:00Z for aaaaaaaaaa: Generated"),
        (
            {"override": replace(OVERRIDE, expires=AT.replace(day=8))},
            "Overridden by max on 2026-11-01T12:00:00Z for aaaaaaaaaa, until 2026-11-08T12:00:00Z: Generated",
        ),
        ({"approvals": (APPROVAL,)}, "Approved by mia on 2026-11-01T12:00:00Z for aaaaaaaaaa, in a review."),
        (
            {"approvals": (replace(APPROVAL, how="comment"),)},
            "Approved by mia on 2026-11-01T12:00:00Z for aaaaaaaaaa, in a comment.",
        ),
        ({"ended": ("It counts no longer.",)}, "It counts no longer."),
    ],
)
def test_decisions_are_reasons(decided: dict[str, object], sentence: str) -> None:
    assert sections(replace(RESULT, **decided))[0].lines[-1] == sentence  # type: ignore[arg-type]


@pytest.mark.parametrize(("settings", "told"), [(ABOUT.settings, "license"), (ABOUT.settings[1:], "nothing")])
def test_in_short_only_the_names_of_settings_are_told(settings: tuple[Setting, ...], told: str) -> None:
    result = replace(RESULT, explanation=replace(ABOUT, codes=(), settings=settings))
    assert (in_short(result), given(result)) == (("Looked at: 2 files.",), told)


def test_where_settings_come_from_is_told_of_a_rule_that_is_only_named() -> None:
    named = sections(replace(RESULT, explanation=replace(ABOUT, settings=ABOUT.settings[1:])))[-2]
    assert (named.source, named.literal) == ("policy@b", False)
    assert named.lines == ("None is given there; all are left at their defaults.",)
