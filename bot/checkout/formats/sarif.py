# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The report as SARIF 2.1.0, as GitHub's code scanning takes it.

Source of the rules: OASIS, Static Analysis Results Interchange Format (SARIF) 2.1.0, and GitHub's page on its
support for SARIF, which asks for a location in every result and shows at most 5,000 results.
"""

import hashlib
import json
from collections.abc import Iterable
from importlib import metadata
from typing import Any
from urllib.parse import quote

from bot.checkout.formats.words import message, severity
from bot.checkout.policy import PATH
from bot.checkout.terminal import printable
from rules.finding import Finding, Report, RuleResult
from rules.registry import find_rule
from rules.rule import INCOMPLETE, Code

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST_RESULTS = 5_000
_LOUDEST_FIRST = ("error", "warning", "note")


def render(report: Report) -> str:
    """The report as one run of one tool, the most severe findings first."""
    told = [(result, finding) for result in report.rules for finding in result.findings]
    told.sort(key=lambda pair: _LOUDEST_FIRST.index(severity(*pair)))
    shown = told[:_MOST_RESULTS]
    run = {
        "tool": {"driver": _driver(report, shown)},
        "invocations": [_invocation(report, len(told) - len(shown))],
        "results": [_result(result, finding) for result, finding in shown],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(report: Report, shown: Iterable[tuple[RuleResult, Finding]]) -> dict[str, Any]:
    """Steward itself and what each code means: the codes of the rules that judged, and any other that is told."""
    codes = {code: (result.rule, meaning) for result in report.rules for code, meaning in _codes(result).items()}
    told = {finding.code: (result.rule, INCOMPLETE) for result, finding in shown if finding.code == "incomplete"}
    home = _home()
    rules = [_described(code, *about, home) for code, about in (codes | told).items()]
    driver = {"name": "Steward", "version": metadata.version("steward"), "rules": rules}
    return driver | ({"informationUri": home} if home else {})


def _home() -> str | None:
    """Where the documentation is published, as the package says; None where it does not."""
    labelled = [entry.partition(", ") for entry in metadata.metadata("steward").get_all("Project-URL", [])]
    return next((address.rstrip("/") for label, _, address in labelled if label == "Documentation"), None)


def _codes(result: RuleResult) -> dict[str, Code]:
    rule = find_rule(result.rule)
    return dict(rule.codes) if rule else {}


def _described(code: str, rule: str, about: Code, home: str | None) -> dict[str, Any]:
    page = f"rules/{rule}.md"
    described = {
        "id": code,
        "shortDescription": {"text": about.meaning},
        "fullDescription": {"text": about.meaning},
        "help": {"text": f"{about.meaning} What to do stands in Steward's documentation, {page}, under {code}."},
        "properties": {"tags": ["governance", rule]},
    }
    return described | ({"helpUri": f"{home}/{page}#{code}"} if home else {})


def _invocation(report: Report, left_out: int) -> dict[str, Any]:
    """That the check was carried out, and the notes that belong to no finding."""
    notes = [*report.notes, *([f"GitHub shows no more findings; left out: {left_out}."] if left_out else [])]
    told = [{"level": "note", "message": {"text": _plain(note)}} for note in notes]
    return {"executionSuccessful": True, "toolExecutionNotifications": told}


def _result(result: RuleResult, finding: Finding) -> dict[str, Any]:
    nowhere = f"In {finding.path}:" if finding.path and not _can_be_shown(finding.path) else None
    return {
        "ruleId": finding.code,
        "level": severity(result, finding),
        "message": {"text": _plain("\n\n".join(filter(None, (nowhere, message(finding)))))},
        "locations": [{"physicalLocation": _place(finding)}],
        "partialFingerprints": {"steward/v1": _fingerprint(finding)},
    }


def _place(finding: Finding) -> dict[str, Any]:
    """A result must have a place: a finding about no file is shown on the policy that asks for it."""
    path = finding.path if finding.path and _can_be_shown(finding.path) else PATH
    # A colon, escaped as well, cannot make a scheme of the beginning of a path.
    address = quote(path, errors="replace")
    return {"artifactLocation": {"uri": address}, "region": {"startLine": max(finding.line or 1, 1)}}


def _can_be_shown(path: str) -> bool:
    """Whether a path, read as an address, stays in the repository: git keeps others, if somebody means harm."""
    return not {"", ".", ".."} & set(path.split("/"))


def _fingerprint(finding: Finding) -> str:
    """What stays the same from one check to the next: no line number, no wording.

    The name of the fingerprint is Steward's own. GitHub's, `primaryLocationLineHash`, is added by its upload action,
    which complains of one that it did not compute itself.
    """
    person = finding.person and (finding.person.id or finding.person.email)
    about = (finding.subject,) if finding.subject else ()
    identity = (finding.code, finding.path, finding.commit, person, *about)
    return hashlib.sha256(json.dumps(identity).encode()).hexdigest()


def _plain(text: str) -> str:
    """The text without what SARIF would take for a link, and with all that could mislead a reader spelled out."""
    return "\n".join(map(printable, text.replace("](", "] (").split("\n")))
