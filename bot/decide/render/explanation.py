# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Why rules stand as they do, as Markdown for a reply: one rule with all there is to tell, or every rule in short."""

from collections.abc import Iterator
from dataclasses import replace

from bot.decide.render.passages import environment, fitted, table
from rules.explaining import Section, given, in_short, sections
from rules.finding import Report, RuleResult

LONGEST = 30_000
"""Bytes of one explanation; a reply may hold several."""
MOST_ROWS = 50
"""Rows of a rule's table that are shown."""
LEFT_OUT = "**{count} more parts** do not fit here."


def one_rule(report: Report, result: RuleResult, details: str | None) -> str:
    """All that is to be told of one rule. `details` is the address of the repository's pull requests, or None."""
    start = environment().get_template("one_rule.md").render(report=report, result=result)
    parts = [part for section in sections(result) for part in _parts(result, section)]
    return _fitted(report, start, parts, details)


def every_rule(report: Report, details: str | None) -> str:
    """What there is to tell of the whole report, and of each rule what matters most."""
    start = environment().get_template("every_rule.md").render(report=report)
    template = environment().get_template("in_short.md")
    parts = [template.render(result=result, lines=in_short(result), given=given(result)) for result in report.rules]
    return _fitted(report, start, parts, details)


def _parts(result: RuleResult, section: Section) -> Iterator[str]:
    yield environment().get_template("section.md").render(section=section)
    if section.table:
        rows = section.table.rows
        yield table(replace(result, table=replace(section.table, rows=rows[:MOST_ROWS])))
        if len(rows) > MOST_ROWS:
            yield f"The table has {len(rows) - MOST_ROWS} more rows."


def _fitted(report: Report, start: str, parts: list[str], details: str | None) -> str:
    address = f"{details}/{report.number}" if details else None
    end = environment().get_template("explained_end.md").render(report=report, details_url=address)
    return fitted(start.strip(), ((part.strip(), 1) for part in parts), end.strip(), LONGEST, LEFT_OUT).strip()
