# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import hashlib
import io
import json
import shutil
import subprocess
import tarfile
from dataclasses import replace
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator  # type: ignore[import-untyped]

from bot.checkout.formats import sarif
from rules.finding import Finding, Level, Report, RuleConclusion, RuleResult
from tests.bot.checkout.formats.reports import EMPTY, FULL

GOLDEN = Path(__file__).with_name("golden")
# The schema of SARIF 2.1.0 as OASIS published it, in a package of Microsoft's under the MIT license.
PACKAGE, SCHEMA = "@microsoft/jest-sarif@1.0.0-beta.0", "package/lib/schemas/sarif-2.1.0-rtm.5.json"
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


@pytest.fixture(scope="session")
def schema(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The official schema, fetched once into pytest's cache."""
    assert request.config.cache is not None
    kept = Path(request.config.cache.mkdir("sarif")) / "schema.json"
    if not kept.exists():
        kept.write_bytes(fetched(kept.parent))
    text = kept.read_bytes()
    assert hashlib.sha256(text).hexdigest() == SCHEMA_SHA256
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def fetched(folder: Path) -> bytes:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("the SARIF schema comes from an npm package, and npm is not installed")
    packed = subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, capture_output=True, text=True, check=False)
    if packed.returncode:
        pytest.skip(f"npm could not fetch {PACKAGE}, which holds the SARIF schema")
    with tarfile.open(fileobj=io.BytesIO((folder / packed.stdout.split()[-1]).read_bytes())) as package:
        schema = package.extractfile(SCHEMA)
        assert schema is not None
        return schema.read()


@pytest.mark.parametrize("report", [FULL, EMPTY, many(2)], ids=["full", "empty", "many"])
def test_it_keeps_to_the_official_schema(schema: dict[str, Any], report: Report) -> None:
    validator = Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)

    assert list(validator.iter_errors(json.loads(sarif.render(report)))) == []
    assert list(validator.iter_errors({"version": "2.1.0", "runs": [{}]}))
