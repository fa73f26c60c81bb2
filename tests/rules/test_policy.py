# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Reading a policy that is right: what its settings become, what it governs, what does nothing yet."""

from typing import Any

import pytest

from docs.policy_page import EXAMPLES
from rules.finding import Level
from rules.policy import RULE_ORDER, WITHOUT_EFFECT, Policy, Rules, parse
from rules.settings import RuleOptions


def policy(text: str) -> Policy:
    return parse("version: 1\n" + text, "governance.yml")


def options(rule: str, settings: str) -> Any:
    ((name, found),) = policy(f"rules: {{{rule}: {settings}}}").active()
    assert name == rule
    return found


def test_a_policy_without_rules_governs_every_branch_and_asks_nothing() -> None:
    empty = policy("")
    assert (empty.version, empty.enforcement, empty.comment) == (1, "enforce", "when-needed")
    assert empty.governs("main")
    assert empty.governs("release/1")
    assert empty.active() == []
    assert empty.without_effect() == ()


@pytest.mark.parametrize("rule", [name for name in RULE_ORDER if name != "headers"])
def test_a_rule_that_is_mentioned_is_at_level_error(rule: str) -> None:
    assert options(rule, "{}").level is Level.ERROR


@pytest.mark.parametrize("rule", RULE_ORDER)
@pytest.mark.parametrize("word", ["off", '"off"'])
def test_a_rule_that_is_off_needs_nothing_else(rule: str, word: str) -> None:
    assert policy(f"rules: {{{rule}: {{level: {word}}}}}").active() == []


def test_active_rules_come_in_the_order_of_a_report_whatever_the_order_of_the_file() -> None:
    mixed = policy("rules: {protected: {}, ai-assistance: {}, dco: {level: off}, headers: {license: MIT}, cla: {}}")
    assert [name for name, _ in mixed.active()] == ["cla", "headers", "ai-assistance", "protected"]


def test_the_order_of_rules_is_that_of_the_schema() -> None:
    expected = ("cla", "dco", "headers", "datasets", "models", "dependencies", "ai-assistance", "protected")
    assert expected == RULE_ORDER


DEFAULTS = [
    ("cla", "document", "CLA.md"),
    ("cla", "version", "1.0"),
    ("cla", "grace", ""),
    ("cla", "sign", ["web", "comment"]),
    ("cla", "covers", ["opener", "authors", "co-authors"]),
    ("cla", "opener_must_be_author", False),
    ("cla", "merge_commits", False),
    ("cla", "small_change", {"max_files": 0, "max_lines": 0}),
    ("cla", "fields", []),
    ("cla", "record_ip", False),
    ("cla", "corporate", {"document": None, "version": "1.0"}),
    (
        "cla",
        "exempt",
        {"users": ["dependabot[bot]"], "teams": [], "members": False, "agents": ["noreply@anthropic.com"]},
    ),
    ("dco", "match", "full"),
    ("dco", "remediation", ["individual", "third-party"]),
    ("dco", "merge_commits", False),
    ("dco", "exempt", {"users": [], "members": False}),
    ("headers", "license", [{"paths": ["**"], "license": "MIT"}]),
    ("headers", "holder", ""),
    ("headers", "style", "spdx"),
    ("headers", "template", ""),
    ("headers", "year", "any"),
    ("headers", "include", ["**"]),
    ("headers", "exclude", ["vendor/**"]),
    ("headers", "uncommentable", "pass"),
    ("headers", "scope", "changed"),
    ("headers", "overridable", True),
    ("headers", "locked", False),
    ("headers", "branches", ["**"]),
    ("datasets", "paths", []),
    ("datasets", "licenses", {"allow": [], "deny": []}),
    ("datasets", "card", "required"),
    ("datasets", "approvals", {"count": 1, "teams": None, "permission": "maintain"}),
    ("models", "paths", []),
    ("models", "licenses", {"allow": [], "deny": []}),
    ("models", "card", "required"),
    ("models", "unsafe_formats", "deny"),
    ("models", "approvals", {"count": 0, "teams": None, "permission": None}),
    ("dependencies", "licenses", {"allow": [], "deny": []}),
    ("dependencies", "unknown", "warn"),
    ("dependencies", "exceptions", []),
    ("ai-assistance", "require", "disclosure"),
    ("protected", "paths", ["LICENSE", ".github/governance.yml"]),
    ("protected", "approvals", {"count": 1, "teams": None, "permission": "admin"}),
]


@pytest.mark.parametrize(("rule", "setting", "default"), DEFAULTS)
def test_defaults(rule: str, setting: str, default: Any) -> None:
    found = options(rule, "{license: MIT}" if rule == "headers" else "{}")
    assert found.model_dump(mode="json")[setting] == default


def test_every_setting_of_every_rule_has_its_default_tested() -> None:
    for name, field in Rules.model_fields.items():
        settings = set(type(field.default).model_fields) - set(RuleOptions.model_fields)
        assert settings <= {setting for rule, setting, _ in DEFAULTS if rule == (field.alias or name)}


@pytest.mark.parametrize(
    ("rule", "written", "setting", "read"),
    [
        ("headers", "{license: mit or gpl-3.0}", "license", [{"paths": ["**"], "license": "MIT OR GPL-3.0-only"}]),
        (
            "headers",
            "{license: [{paths: [docs/], license: CC-BY-4.0}, {paths: ['**'], license: MIT}]}",
            "license",
            [{"paths": ["docs/"], "license": "CC-BY-4.0"}, {"paths": ["**"], "license": "MIT"}],
        ),
        ("headers", "{license: MIT, style: custom, template: '{holder}'}", "template", "{holder}"),
        ("headers", "{license: MIT, exclude: []}", "exclude", []),
        ("headers", "{license: MIT, locked: true}", "locked", True),
        ("headers", "{license: MIT, locked: [license, holder]}", "locked", ["license", "holder"]),
        ("cla", "{version: 2.10}", "version", "2.10"),
        ("cla", "{grace: 14d}", "grace", "14d"),
        ("cla", "{document: 'acme/legal:docs/CLA.md'}", "document", "acme/legal:docs/CLA.md"),
        ("cla", "{corporate: {document: CCLA.md}}", "corporate", {"document": "CCLA.md", "version": "1.0"}),
        (
            "cla",
            "{fields: [{name: full-name, label: Full name}]}",
            "fields",
            [{"name": "full-name", "label": "Full name", "required": False}],
        ),
        ("dco", "{remediation: []}", "remediation", []),
        ("datasets", "{approvals: {}}", "approvals", {"count": 1, "teams": None, "permission": None}),
        ("datasets", "{approvals: {teams: []}}", "approvals", {"count": 1, "teams": [], "permission": None}),
        ("datasets", "{licenses: {deny: [gpl-3.0]}}", "licenses", {"allow": [], "deny": ["GPL-3.0-only"]}),
        ("models", "{approvals: {permission: push}}", "approvals", {"count": 1, "teams": None, "permission": "write"}),
        (
            "dependencies",
            "{exceptions: [{purl: 'pkg:pypi/x', reason: ours}]}",
            "exceptions",
            [{"purl": "pkg:pypi/x", "reason": "ours"}],
        ),
    ],
)
def test_settings_as_written(rule: str, written: str, setting: str, read: Any) -> None:
    assert options(rule, written).model_dump(mode="json")[setting] == read


@pytest.mark.parametrize(
    ("written", "compared"),
    [("read", "pull"), ("pull", "pull"), ("triage", "triage"), ("write", "push"), ("push", "push"), ("admin", "admin")],
)
def test_permissions_become_the_words_of_githubs_api(written: str, compared: str) -> None:
    assert policy(f"commands: {{approve: {{permission: {written}}}}}").commands.approve.permission == compared


def test_commands_have_their_defaults() -> None:
    commands = policy("").commands
    assert (commands.override.permission, commands.override.expires, commands.override.allow_author) == (
        "maintain",
        "",
        False,
    )
    assert (commands.approve.permission, commands.approve.teams) == ("push", ())


def test_branches_narrow_the_policy_and_every_rule() -> None:
    narrow = policy("branches: [main, release/*]\nrules: {dco: {branches: [main]}}")
    ((_, dco),) = narrow.active()
    assert [branch for branch in ("main", "release/1", "wip") if narrow.governs(branch)] == ["main", "release/1"]
    assert [branch for branch in ("main", "release/1") if dco.applies_to(branch)] == ["main"]


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("rules: {models: {level: warning, card: optional}, protected: {}}", ()),
        ("rules: {headers: {license: MIT, overridable: true, locked: false}}", ()),
        ("rules: {headers: {license: MIT, overridable: false}}", ()),
        ("rules: {headers: {license: MIT, locked: [license]}}", ("rules.headers.locked",)),
        ("rules: {headers: {license: MIT, level: off, locked: [license]}}", ()),
        ("commands: {approve: {permission: write}}", ()),
        ("commands: {approve: {permission: admin}}", ()),
        ("votes: {}\nrepositories: {}", ()),
        ("votes: {a: 1}\nrepositories: {b: {}}", ("votes", "repositories")),
        ("enforcement: advise\ncomment: never\nbranches: [main]", ()),
    ],
)
def test_what_is_set_and_does_nothing_yet_is_told(written: str, keys: tuple[str, ...]) -> None:
    assert policy(written).without_effect() == keys


def test_every_row_of_what_does_nothing_yet_can_be_told() -> None:
    everything = parse((EXAMPLES / "governance.yml").read_text(encoding="utf-8").replace('"off"', "error"), "x")
    told = set(everything.without_effect())
    tellable = {key for key in WITHOUT_EFFECT if "*" not in key and key not in ("votes", "repositories")}
    assert tellable <= told
