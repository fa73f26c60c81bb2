# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A report as a check run. A check run belongs to a commit: where pull requests share one, the strictest speaks."""

from collections.abc import Iterator, Sequence

from bot.decide.judge import OPEN
from bot.decide.render.markdown import plain
from bot.decide.render.passages import environment, fitted, passages, table
from bot.decide.render.words import headline, lack_cards, lack_headers, overridden, to_do, warnings
from bot.github.checks import ADD_CARD, ADD_HEADERS, ANNOTATIONS_AT_MOST, RECHECK, Action, Annotation, CheckRun
from rules.finding import Conclusion, Finding, Report, RuleResult

SUMMARY_LIMIT = 65_535
"""Bytes of a check run's summary that GitHub takes."""
PLACES_PER_GROUP = 300
LEFT_OUT = "**{count} more findings** do not fit here; `steward check` on the branch lists them all."


def check_run(reports: Sequence[Report], details: str | None) -> CheckRun:
    """The check run of one head from the reports of all open pull requests on it (at least one).

    `details` is the address of the repository's pull requests on Steward's own pages, or None.
    """
    worst = strictest(reports)
    numbers = [report.number for report in reports]
    return CheckRun(
        head=worst.head,
        conclusion=worst.conclusion,
        title=_title(worst, reports),
        summary=_summary(worst, reports),
        external_id=",".join(str(number) for number in sorted(filter(None, numbers))),
        details_url=f"{details}/{worst.number}" if details else None,
        annotations=tuple(_annotations(worst))[:ANNOTATIONS_AT_MOST],
        actions=(RECHECK, *_mending(reports)),
    )


def _mending(reports: Sequence[Report]) -> tuple[Action, ...]:
    """The buttons that lead anywhere: their event is heard by the first of the pull requests."""
    rules = min(reports, key=lambda one: one.number or 0).rules
    wanted = ((ADD_HEADERS, lack_headers(rules)), (ADD_CARD, lack_cards(rules)))
    return tuple(action for action, is_wanted in wanted if is_wanted)


def strictest(reports: Sequence[Report]) -> Report:
    """The report whose conclusion is the most severe; of equals, the one of the lowest number."""
    worst = Conclusion.worst(report.conclusion for report in reports)
    return min((one for one in reports if one.conclusion is worst), key=lambda one: one.number or 0)


def _title(report: Report, reports: Sequence[Report]) -> str:
    return headline(report) if len(reports) == 1 else f"#{report.number}: {headline(report)}"


def _summary(report: Report, reports: Sequence[Report]) -> str:
    companions = [{"number": one.number, "headline": headline(one)} for one in reports] if len(reports) > 1 else []
    start = environment().get_template("check.md").render(report=report, companions=companions)
    buttons = [action.identifier for action in _mending(reports)]
    lack = {"lack_headers": lack_headers(report.rules), "lack_cards": lack_cards(report.rules)}
    end = environment().get_template("check_end.md").render(report=report, to_do=to_do(report), buttons=buttons, **lack)
    tables = ((table(result), 0) for result in report.rules if result.table)
    found = (*passages(report.rules, PLACES_PER_GROUP), *tables)
    return fitted(start.strip(), found, end.strip(), SUMMARY_LIMIT, LEFT_OUT)


# -- annotations --------------------------------------------------------------------------------------------------


def _annotations(report: Report) -> Iterator[Annotation]:
    """A remark in every file that a finding names, errors first.

    None on what a maintainer passed: GitHub keeps the remark that was there before, and would show both.
    """
    serious = [result for result in report.rules if result not in (*warnings(report), *overridden(report))]
    for result in (*serious, *warnings(report)):
        for finding in result.findings:
            if finding.path is not None:
                yield _annotation(result, finding, finding.path)


def _annotation(result: RuleResult, finding: Finding, path: str) -> Annotation:
    level = "failure" if result.conclusion in OPEN and not finding.warning else "warning"
    about = f"{finding.subject}: " if finding.subject else ""
    words = about + "\n\n".join(part for part in (finding.message, finding.fix) if part)
    return Annotation(path, finding.line or 1, level, plain(f"{result.rule}: {finding.code}", 255), words[:60_000])
