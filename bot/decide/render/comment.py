# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A report as the one comment on a pull request, written to its contributor."""

from bot.decide.render.passages import environment, fitted, passages
from bot.decide.render.words import headline, lack_cards, lack_headers, to_do
from rules.finding import Report, RuleConclusion, RuleResult

MARKER = "<!-- steward:report -->"
"""The first line of our comment, by which it is found again."""
COMMENT_LIMIT = 60_000
"""Bytes that a comment may have here; GitHub takes 65,536 characters."""
PLACES_PER_GROUP = 20
LEFT_OUT = "**{count} more findings** stand in the check."


def comment(report: Report, details: str | None) -> str:
    """The text of the comment: what is missing and what to do, or that nothing is."""
    asked = to_do(report)
    values = {
        "report": report,
        "to_do": asked,
        "waits": all(map(_waits, asked)),
        "mendable": any(_mendable(result) for result in asked),
        "headline": headline(report),
        "lack_headers": lack_headers(asked),
        "lack_cards": lack_cards(asked),
        "marker": MARKER,
    }
    address = f"{details}/{report.number}" if details else None
    start = environment().get_template("comment.md").render(values)
    end = environment().get_template("comment_end.md").render(values, details_url=address)
    return fitted(start.strip(), passages(asked, PLACES_PER_GROUP), end.strip(), COMMENT_LIMIT, LEFT_OUT)


def _mendable(result: RuleResult) -> bool:
    """Whether a push could mend it: something is wrong in a file or a commit."""
    failed = result.conclusion is RuleConclusion.FAILURE
    return failed and any(finding.path or finding.commit for finding in result.findings)


def _waits(result: RuleResult) -> bool:
    """Whether all that is wrong is what Steward could not see, and looks for again by itself."""
    return result.until is not None and all(finding.code == "incomplete" for finding in result.findings)


def substance(report: Report) -> object:
    """The part of a report that asks something of somebody, apart from the commit that it was found on."""
    return [[finding.as_json() for finding in result.findings] for result in to_do(report)]


def worth_a_comment(report: Report, setting: str) -> bool:
    """Whether a new comment is due: `setting` is the policy's `comment`.

    `when-needed` means that somebody has to act, whether the policy enforces or advises. Without a policy nobody is
    asked for anything.
    """
    if setting == "never" or report.policy_source is None:
        return False
    return setting == "always" or bool(to_do(report))
