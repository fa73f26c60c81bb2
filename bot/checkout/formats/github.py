# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The report as workflow commands, which GitHub Actions turns into annotations of the files.

GitHub shows at most ten errors, ten warnings and ten notices of a step; the log holds all.
"""

from bot.checkout.formats.words import message, severity, tally
from bot.checkout.terminal import printable
from rules.finding import Finding, Report, RuleResult

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_MOST_NOTES = 3  # of a rule, lest they hide findings that are notices as well


def render(report: Report) -> str:
    """One command a finding, one a note that names files, one a note on the whole, then a line that sums up."""
    findings = [_finding(result, finding) for result in report.rules for finding in result.findings]
    findings += [line for result in report.rules for line in _notes(result)]
    notes = [_command("notice", {"title": "Steward"}, note) for note in report.notes]
    return "\n".join([*findings, *notes, f"Steward: {report.conclusion.value}, {tally(report)}"]) + "\n"


def _finding(result: RuleResult, finding: Finding) -> str:
    place = {"file": finding.path, "line": finding.line, "title": f"{result.rule}: {finding.code}"}
    return _command(_COMMANDS[severity(result, finding)], place, message(finding))


def _notes(result: RuleResult) -> list[str]:
    """What the rule passed over by name, which a contributor could have made up, so that somebody looks."""
    naming = [note for note in result.notes if ": " in note]  # the names stand behind a colon
    return [_command("notice", {"title": result.rule}, note) for note in naming[:_MOST_NOTES]]


def _command(name: str, properties: dict[str, str | int | None], words: str) -> str:
    """A workflow command. Unescaped, a file's name or a message could end it and begin one of its own."""
    written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items() if value is not None)
    return f"::{name} {written}::{_data(words)}"


def _data(text: str) -> str:
    """Escaped as GitHub's own toolkit does it; what else could steer a terminal is spelled out."""
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
