# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is kept of a rule's settings: which of them the policy sets, and what of them everybody may see."""

import pytest

from rules.explanation import LONGEST_VALUE, Explanation, FoundCode, Setting, settings_of
from rules.policy import parse
from rules.settings import RuleOptions


def options(settings: str) -> RuleOptions:
    ((_, found),) = parse(f"version: 1\nrules: {{{settings}}}\n", "policy").active()
    return found


def given(settings: str) -> dict[str, str]:
    return {one.key: one.value for one in settings_of(options(settings)) if one.given}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("cla: {}", {}),
        ("cla: {level: error}", {"level": '"error"'}),
        ("cla: {exempt: {members: true}}", {"exempt.members": "true"}),
        ("cla: {exempt: {}}", {}),
        ("protected: {approvals: {count: 2}}", {"approvals.count": "2"}),
        ("protected: {approvals: {permission: write}}", {"approvals.permission": '"write"'}),
        ("headers: {license: MIT}", {"license": '[{"paths": ["**"], "license": "MIT"}]'}),
        ("dco: {match: email, branches: [main]}", {"branches": '["main"]', "match": '"email"'}),
    ],
)
def test_what_the_policy_sets_is_told_from_defaults(settings: str, told: dict[str, str]) -> None:
    assert given(settings) == told


def test_a_default_that_says_something_itself_is_a_default() -> None:
    assert Setting("approvals.permission", '"admin"', given=False) in settings_of(options("protected: {}"))


def test_a_setting_without_a_value_is_not_told() -> None:
    assert "approvals.teams" not in {one.key for one in settings_of(options("protected: {}"))}


def test_the_addresses_of_tools_are_masked() -> None:
    (agents,) = (one for one in settings_of(options("cla: {}")) if one.key == "exempt.agents")
    assert agents == Setting("exempt.agents", '["n***@anthropic.com"]', given=False)


def test_a_long_value_is_cut_and_says_so() -> None:
    patterns = ", ".join(f'"{number:03}{"x" * 297}"' for number in range(500))
    value = given(f"headers: {{license: MIT, include: [{patterns}]}}")["include"]
    assert value.startswith('["000xxx')
    assert value.endswith("… (152,000 characters)")
    assert len(value) == LONGEST_VALUE + len("… (152,000 characters)")


def test_its_json() -> None:
    setting, code = Setting("level", '"error"', given=True), FoundCode("header-missing", 2, "There is none.")
    assert Explanation("policy@b", (setting,), "1 file.", (code,), ("Nobody may.",)).as_json() == {
        "source": "policy@b",
        "settings": [{"key": "level", "value": '"error"', "given": True}],
        "looked_at": "1 file.",
        "codes": [{"code": "header-missing", "count": 2, "meaning": "There is none."}],
        "deciding": ["Nobody may."],
    }
