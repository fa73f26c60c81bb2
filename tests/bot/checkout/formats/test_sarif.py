# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import gzip
import hashlib
import json
from dataclasses import replace
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator  # type: ignore[import-untyped]

from bot.checkout.formats import sarif
from rules.finding import Finding, Level, Report, RuleConclusion, RuleResult
from rules.registry import built_rules
from tests.bot.checkout.formats.reports import EMPTY, FULL
from tests.bot.demo.published import published

GOLDEN = Path(__file__).with_name("golden")
# The schema of SARIF 2.1.0 as OASIS published it, in a package of Microsoft's under the MIT license.
SCHEMA = ("@microsoft/jest-sarif@1.0.0-beta.0", "lib/schemas/sarif-2.1.0-rtm.5.json")
SCHEMA_SHA256 = "2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8"


def many(number: int) -> Report:
    loud = tuple(Finding("header-missing", "Missing.", path=f"{index}.py", line=1) for index in range(number))
    quiet = (Finding("header-missing", "Missing, but well.", path="quiet.py"),)
    rules = (
        RuleResult("headers", Level.ERROR, RuleConclusion.SUCCESS, "Well", quiet),
        RuleResult("headers", Level.ERROR, RuleConclusion.FAILURE, "Not well", loud),
    )
    return replace(FULL, rules=rules)


def run_of(report: Report) -> dict[str, Any]:
    (run,) = json.loads(sarif.render(report))["runs"]
    assert isinstance(run, dict)
    return run


def test_the_whole_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "1.2.3")

    assert sarif.render(FULL) == (GOLDEN / "report.sarif").read_text("utf-8")


def test_every_result_has_a_rule_that_is_described() -> None:
    incomplete = RuleResult(
        "headers", Level.ERROR, RuleConclusion.FAILURE, "Unseen", (Finding("incomplete", "Not all was seen."),)
    )
    run = run_of(replace(FULL, rules=(*FULL.rules, incomplete)))

    described = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert {"header-missing", "header-other-license", "incomplete"} <= set(described)
    assert len(described) == len(set(described))


def test_rules_link_to_the_documentation_once_it_has_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    about = Message()
    about["Project-URL"] = "Source, https://example.com/source"
    monkeypatch.setattr("importlib.metadata.metadata", lambda name: about)
    assert "helpUri" not in sarif.render(FULL)

    about["Project-URL"] = "Documentation, https://example.com/docs/"
    driver = run_of(FULL)["tool"]["driver"]
    assert driver["informationUri"] == "https://example.com/docs"
    links = {rule["id"]: rule["helpUri"] for rule in driver["rules"]}
    assert links["header-missing"] == "https://example.com/docs/rules/headers.md#header-missing"


def test_no_more_results_than_github_shows_the_loudest_first() -> None:
    run = run_of(many(5000))

    assert len(run["results"]) == 5000
    assert {result["level"] for result in run["results"]} == {"error"}
    assert run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"].endswith("left out: 1.")


def test_a_finding_keeps_its_fingerprint_when_it_moves_down() -> None:
    def fingerprint(line: int) -> object:
        finding = Finding("header-missing", f"Line {line}.", path="a.py", line=line)
        rule = RuleResult("headers", Level.ERROR, RuleConclusion.FAILURE, "", (finding,))
        return run_of(replace(FULL, rules=(rule,)))["results"][0]["partialFingerprints"]

    assert fingerprint(1) == fingerprint(2)


def test_different_findings_have_different_fingerprints() -> None:
    results = run_of(FULL)["results"]

    assert len({result["partialFingerprints"]["steward/v1"] for result in results}) == len(results)


PATHS = {
    "a line break": ("a\nb.py", "a%0Ab.py"),
    "control characters": ("\x1b[31m\u202e.py", "%1B%5B31m%E2%80%AE.py"),
    "bytes that were not UTF-8": ("caf\ufffd.py", "caf%EF%BF%BD.py"),
    "what could be a scheme": ("javascript:x.py", "javascript%3Ax.py"),
    "what could be a query": ("a?b#c%20.py", "a%3Fb%23c%2520.py"),
    "a step out of the repository": ("../../etc/passwd", ".github/governance.yml"),
    "a step out of the repository on the way": ("a/../../b.py", ".github/governance.yml"),
    "a path from the root": ("/etc/passwd", ".github/governance.yml"),
    "another host": ("//example.com/a.py", ".github/governance.yml"),
    "no path at all": ("", ".github/governance.yml"),
}


def of_path(path: str) -> Report:
    found = Finding("header-missing", "Missing.", path=path, line=0, fix="Mend \x1b[2J\u202e it\nby hand.")
    return replace(FULL, rules=(RuleResult("headers", Level.ERROR, RuleConclusion.FAILURE, "", (found,)),))


@pytest.mark.parametrize(("path", "address"), PATHS.values(), ids=PATHS)
def test_an_address_stays_in_the_repository_whatever_the_name(path: str, address: str) -> None:
    (result,) = run_of(of_path(path))["results"]

    (place,) = result["locations"]
    assert place["physicalLocation"] == {"artifactLocation": {"uri": address}, "region": {"startLine": 1}}
    elsewhere = address == ".github/governance.yml" and path
    assert result["message"]["text"].startswith(f"In {path}:" if elsewhere else "Missing.")


def test_a_message_misleads_nobody() -> None:
    (result,) = run_of(of_path("a.py"))["results"]

    assert result["message"]["text"] == "Missing.\n\nMend \\x1b[2J\\u202e it\nby hand."


def everything() -> Report:
    """A finding of every code that is built, each at a path that means harm."""
    paths = [path for path, _ in PATHS.values()]
    rules = tuple(
        RuleResult(
            rule.name,
            Level.ERROR,
            RuleConclusion.FAILURE,
            "",
            tuple(Finding(code, "Found.", path=path) for code in (*rule.codes, "incomplete") for path in paths),
        )
        for rule in built_rules()
    )
    return replace(FULL, rules=rules)


def test_github_takes_it() -> None:
    """Its limits, from its documentation: "SARIF support for code scanning", "Validating your SARIF file"."""
    run = run_of(everything())
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}

    assert {code for rule in built_rules() for code in rule.codes} <= set(rules)
    for rule in rules.values():
        assert len(rule["properties"]["tags"]) <= 10
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
    for result in run["results"]:
        assert result["ruleId"] in rules
        assert result["message"]["text"]
        assert len(result["locations"]) == 1
        assert len(result["partialFingerprints"]) == 1


def test_as_many_findings_as_it_shows_are_small_enough_for_github() -> None:
    fix = "".join(f"# line {number} of a long header\n" for number in range(100))
    found = tuple(Finding("header-missing", "Missing.", path=f"{n}.py", line=1, fix=fix) for n in range(5000))
    report = replace(FULL, rules=(RuleResult("headers", Level.ERROR, RuleConclusion.FAILURE, "", found),))

    assert len(gzip.compress(sarif.render(report).encode(), 1)) < 10 * 1024 * 1024


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    """The official schema."""
    text = published(*SCHEMA).read_bytes()
    assert hashlib.sha256(text).hexdigest() == SCHEMA_SHA256
    loaded: dict[str, Any] = json.loads(text)
    return loaded


REPORTS = {"full": FULL, "empty": EMPTY, "many": many(2), "everything": everything()}


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_it_keeps_to_the_official_schema(schema: dict[str, Any], report: Report) -> None:
    validator = Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)

    assert list(validator.iter_errors(json.loads(sarif.render(report)))) == []
    assert list(validator.iter_errors({"version": "2.1.0", "runs": [{}]}))
