# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`/steward explain`: why every rule, or one, stands as it does in the last report on the pull request."""

from bot.decide.archive import unpack_report
from bot.decide.commands import check
from bot.decide.commands.arguments import known_rule
from bot.decide.commands.asked import Asked, Response, answered, refused
from bot.decide.commands.grammar import Command
from bot.decide.render.explanation import every_rule, one_rule
from bot.store.database import reading
from bot.store.history import current_report
from rules.finding import Report
from rules.policy import RULE_ORDER

_ONE_AT_MOST = "`/steward explain` takes one rule or none, such as `/steward explain headers`."
_NOT_YOURS = (
    "`/steward explain` is for those who contribute to this pull request, and for those who have the role triage or a "
    "higher one in this repository."
)
_NOT_YET = "Steward has no report on this pull request yet. Ask again once its check is there."
_OFF = (
    "The rule `{rule}` is off here. A maintainer switches it on by `{rule}: {{{setting}}}` below `rules:` in the "
    "policy, `.github/governance.yml`."
)
_LEAST = {"headers": "license: Apache-2.0"}
"""What a rule cannot be without; of others their level is enough."""


def explain(asked: Asked, command: Command) -> Response:
    """For those who may have it looked at. Raises Refused, GitHubError, and Retry where nothing is known yet."""
    words = command.arguments.split()
    if len(words) > 1:
        return refused(_ONE_AT_MOST)
    rule = known_rule(words[0]) if words else None
    if not check.may(asked):
        asked.look_first()
        return refused(_NOT_YOURS)
    report = last_report(asked)
    if report is None:
        asked.look_first()
        return refused(_NOT_YET)
    return answered(_told(report, rule, asked.world.details(asked.name.full)))


def last_report(asked: Asked) -> Report | None:
    """The newest report, of a closed pull request as well."""
    with reading(asked.world.engine) as connection:
        found = current_report(connection, asked.repository.id, asked.number)
    return unpack_report(found.body) if found else None


def _told(report: Report, rule: str | None, details: str | None) -> str:
    """One rule; or all, also where what stands in the report is none of them: there is no policy, or a broken one."""
    results = {result.rule: result for result in report.rules}
    if rule in results:
        return one_rule(report, results[rule], details)
    if rule is None or not results or not results.keys() <= set(RULE_ORDER):
        return every_rule(report, details)
    return _OFF.format(rule=rule, setting=_LEAST.get(rule, "level: error"))
