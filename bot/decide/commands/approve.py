# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`/steward approve`: consent, at one head, to what a rule asks consent for."""

from collections.abc import Iterator

from bot.decide.commands.arguments import approve_words
from bot.decide.commands.asked import Asked, Refused, Response, accepted
from bot.decide.commands.effect import write_down
from bot.decide.commands.grammar import Command
from bot.decide.commands.ground import Ground, decision, ground_for
from bot.decide.judge import consent_asked
from bot.store.decisions import Kind
from rules.finding import RuleResult
from rules.mandate import Mandate, may_approve
from rules.registry import find_rule
from rules.settings import Approvals

_NOT_YOURS = "You may not approve the rule `{rule}` here: {why}."
_NOTHING = "No rule waits for an approval here."
_NOT_WAITING = "The rule `{rule}` waits for no approval here."


def approve(asked: Asked, command: Command) -> Response:
    """For those whom the rule's `approvals` name, or else `commands.approve`. Raises Refused, GitHubError and Retry."""
    words = approve_words(command.arguments)
    ground = ground_for(asked, words.sha)
    if words.rule is not None and _has_approved(asked, ground.result(words.rule)):
        return accepted()
    waiting = dict(_waiting(ground))
    if words.rule is not None:
        waiting = {rule: mandate for rule, mandate in waiting.items() if rule == words.rule}
    if not waiting:
        raise Refused(_NOT_WAITING.format(rule=words.rule) if words.rule else _NOTHING)
    objections = {rule: asked.objection(mandate) for rule, mandate in waiting.items()}
    theirs = [rule for rule, why in objections.items() if not why]
    if not theirs:
        raise Refused(" ".join(_NOT_YOURS.format(rule=rule, why=why) for rule, why in objections.items()))
    return accepted(write_down(asked, [decision(asked, ground.pull, Kind.APPROVAL, rule) for rule in theirs]))


def may(asked: Asked) -> bool:
    """Whether who asks could approve what waits here; where nothing does, as `commands.approve` says.

    Raises GitHubError.
    """
    if asked.policy is None:
        return False
    waiting = list(_waiting(Ground(asked.pull, asked.policy, asked.report))) if asked.report else []
    command = asked.policy.commands.approve
    mandates = [mandate for _, mandate in waiting] or [may_approve(Approvals(), command)]
    return any(not asked.objection(mandate) for mandate in mandates)


def _waiting(ground: Ground) -> Iterator[tuple[str, Mandate]]:
    """The rules that wait for approvals, each with who may give them."""
    options = dict(ground.policy.active())
    for result in ground.report.rules:
        rule = find_rule(result.rule)
        approvals = consent_asked(options[result.rule]) if result.rule in options else None
        if rule and approvals and any(finding.code == rule.consent for finding in result.findings):
            yield rule.name, may_approve(approvals, ground.policy.commands.approve)


def _has_approved(asked: Asked, result: RuleResult) -> bool:
    return any(approval.by_id == asked.said.by.id for approval in result.approvals)
