# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The report for people at a terminal: by rule, what was found, how to mend it, and where; the verdict comes last."""

from collections.abc import Iterator

import click

from bot.checkout.formats.words import counted, tally
from bot.checkout.terminal import printable
from rules.explaining import Section, sections
from rules.finding import Finding, Report, RuleResult, Table
from rules.materials.draft import OFFERED_FOR

WIDEST_CELL = 60
"""Characters to which a column is padded; a longer cell pushes the rest of its row aside."""
_COLOURS = {
    "failure": "red",
    "action_required": "red",
    "warning": "yellow",
    "overridden": "yellow",
    "success": "green",
    "neutral": "cyan",
    "skipped": "cyan",
}


def render(report: Report, *, colour: bool) -> str:
    """The report in lines, in colour if wanted, with the explanations of the rules that have one."""
    lines = [line for result in report.rules for line in (*_rule(result, colour), "")]
    lines += [f"note: {printable(note)}" for note in report.notes]
    return "\n".join([*lines, *_mending(report), _verdict(report, colour)]) + "\n"


def _rule(result: RuleResult, colour: bool) -> Iterator[str]:
    yield f"{result.rule}: {_painted(result.conclusion.value, colour)} - {printable(result.summary)}"
    if result.table and not result.explanation:
        yield from _table(result.table)
    for findings in _alike(result):
        yield from _findings(findings)
    if result.explanation:
        yield from (line for section in sections(result) for line in _section(section))
    else:
        yield from (f"  note: {printable(note)}" for note in result.notes)


def _section(section: Section) -> Iterator[str]:
    source = f", from {section.source}" if section.source else ""
    yield f"  {printable(section.heading + source)}:"
    yield from (f"    {printable(line)}" for line in section.lines)
    if section.table:
        yield from _table(section.table)


def _table(table: Table) -> Iterator[str]:
    """The rows of a table below the names of its columns, each column as wide as its widest cell."""
    rows = [[printable(cell) for cell in row] for row in (table.columns, *table.rows)]
    widths = [min(WIDEST_CELL, max(map(len, column))) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield f"    {'  '.join(cells)}".rstrip()


def _alike(result: RuleResult) -> Iterator[list[Finding]]:
    """Findings that differ only in their place, together, so that a remedy that mends many files is told once."""
    groups: dict[tuple[str, str, str | None], list[Finding]] = {}
    for finding in result.findings:
        groups.setdefault((finding.code, finding.message, finding.fix), []).append(finding)
    return iter(groups.values())


def _findings(findings: list[Finding]) -> Iterator[str]:
    first = findings[0]
    yield f"  {first.code}: {printable(first.message)}"
    yield from (f"    {_place(finding)}" for finding in findings if _place(finding))
    if first.fix:
        yield "    to fix it:"
        yield from (f"      {printable(line)}".rstrip() for line in first.fix.splitlines())


def _place(finding: Finding) -> str:
    """Where a finding is: what it is about, path and line, or commit and person, as far as it says."""
    place = f"{finding.path}:{finding.line}" if finding.path and finding.line else finding.path
    commit = finding.commit and f"commit {finding.commit[:12]}"
    person = (finding.person.login or finding.person.name) if finding.person else None
    return printable(", ".join(filter(None, (finding.subject, place, commit, person))))


def _mending(report: Report) -> Iterator[str]:
    """What the reader need not do by hand."""
    fixable = [finding for result in report.rules for finding in result.findings if finding.fixable]
    cards = sum(finding.code in OFFERED_FOR for finding in fixable)
    if headers := len(fixable) - cards:
        yield f"{counted(headers, 'header')} can be added by steward fix."
    if cards:
        yield f"{counted(cards, 'card')} can be written by steward fix --cards, to be filled in."


def _verdict(report: Report, colour: bool) -> str:
    advice = " (the policy only advises)" if report.enforcement == "advise" else ""
    return f"{_painted(report.conclusion.value, colour)}: {tally(report)}{advice}"


def _painted(conclusion: str, colour: bool) -> str:
    return click.style(conclusion, fg=_COLOURS[conclusion], bold=True) if colour else conclusion
