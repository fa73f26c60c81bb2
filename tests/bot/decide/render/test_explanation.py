# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Explanations as a reply tells them, word for word in golden files, and never longer than a comment may be."""

import json
from dataclasses import replace

import pytest

from bot.decide.render.explanation import LONGEST, MOST_ROWS, every_rule, one_rule
from rules.explanation import Explanation, FoundCode, Setting
from rules.finding import Conclusion, Finding, Report, RuleConclusion, RuleResult, Table
from tests.bot.decide.render.test_messages import (
    APPROVED_BY,
    DETAILS,
    INVALID,
    NO_POLICY,
    OVERRIDE,
    RED,
    hold,
    report,
    result,
)

EVIL = "@all `x` <img src=x> | [y](https://evil.example)\x1b\n```"
ABOUT = Explanation(
    source=f"acme/widgets:.github/governance.yml@{'c' * 40}",
    settings=(
        Setting("license", '[{"paths": ["**"], "license": "Apache-2.0"}]', given=True),
        Setting("holder", json.dumps(EVIL), given=True),
        Setting("exempt.agents", '["n***@anthropic.com"]', given=False),
    ),
    looked_at="3 files, from bbbbbbbbbb to aaaaaaaaaa.",
    codes=(FoundCode("header-missing", 2, "A file does not begin with the license header."),),
    deciding=("To override it takes a member of the team @core.",),
)
HEADERS = replace(RED.rules[0], explanation=ABOUT)
DCO = replace(
    result(RuleConclusion.OVERRIDDEN, "1 of 1 commit lacks a sign-off", rule="dco"),
    table=Table(("Commit", "Author"), (("aaaaaaaaaa", EVIL),)),
    override=replace(OVERRIDE, reason=EVIL),
    approvals=(APPROVED_BY,),
    ended=("The override by eve of 2026-11-01 counts no longer: its time is over.",),
    explanation=replace(ABOUT, source="acme/widgets:.github/dco.yml@ddd", settings=ABOUT.settings[2:], codes=()),
)
WHOLE = report(Conclusion.FAILURE, HEADERS, DCO, notes=(f"Sign-offs are asked for by {EVIL}",))
ADVICE = replace(WHOLE, enforcement="advise", rules=WHOLE.rules[:1])


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("explain-headers", one_rule(WHOLE, HEADERS, DETAILS)),
        ("explain-dco", one_rule(WHOLE, DCO, None)),
        ("explain-advice", one_rule(ADVICE, HEADERS, None)),
        ("explain-all", every_rule(WHOLE, DETAILS)),
        ("explain-all-advice", every_rule(ADVICE, DETAILS)),
        ("explain-no-policy", every_rule(NO_POLICY, DETAILS)),
        ("explain-invalid-policy", every_rule(INVALID, DETAILS)),
        ("explain-no-rule", every_rule(replace(NO_POLICY, policy_source="policy@b"), None)),
    ],
)
def test_it_is_told_in_these_words(name: str, told: str) -> None:
    hold(f"{name}.md", f"{told}\n")
    assert "@all" not in told.replace('"@all `x`', "")  # in a block of code nobody is called


# -- bounds -------------------------------------------------------------------------------------------------------

GIANT = "|" * 2_000


def giant() -> RuleResult:
    settings = tuple(Setting(f"key{number}", "é" * 500, given=number % 2 == 0) for number in range(30))
    about = Explanation(GIANT, settings, GIANT, tuple(FoundCode(f"c{n}", 1, GIANT) for n in range(20)), (GIANT,) * 5)
    table = Table((GIANT,) * 4, tuple((GIANT,) * 4 for _ in range(3_000)))
    findings = tuple(Finding("c", f"{number}{GIANT}") for number in range(3_000))
    return replace(HEADERS, summary=GIANT, notes=(GIANT,) * 50, table=table, findings=findings, explanation=about)


@pytest.mark.parametrize("details", [None, DETAILS])
@pytest.mark.parametrize("explained", [True, False])
def test_whatever_a_rule_has_to_tell_it_fits_into_a_reply(details: str | None, explained: bool) -> None:
    rule = giant() if explained else replace(giant(), explanation=None)
    large = report(Conclusion.FAILURE, *[replace(rule, rule=name) for name in ("cla", "dco", "headers", "models")])
    for told in (one_rule(large, rule, details), every_rule(large, details)):
        assert len(told.encode()) <= LONGEST
        assert "do not fit here" in told
        assert ("[details]" in told) is (details is not None)


def test_a_long_table_is_cut_and_says_so() -> None:
    rows = tuple((f"row {number}",) for number in range(MOST_ROWS + 7))
    told = one_rule(WHOLE, replace(DCO, table=Table(("Row",), rows)), None)
    assert "The table has 7 more rows." in told
    assert f"row {MOST_ROWS - 1} " in told
    assert f"row {MOST_ROWS} " not in told


def test_a_report_as_it_is_stored_can_be_explained_without_explanations() -> None:
    bare: Report = replace(WHOLE, rules=(replace(HEADERS, explanation=None),))
    assert "wanted here: SPDX-License-Identifier: Apache-2.0" in every_rule(bare, None)
