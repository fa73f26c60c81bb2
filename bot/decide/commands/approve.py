# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`/steward approve`: consent, at one head, to what a rule asks consent for."""

from collections.abc import Iterator

from bot.decide.commands.arguments import approve_words
from bot.decide.commands.asked import Asked, Refused, Response, accepted
from bot.decide.commands.effect import write_down
from bot.decide.commands.grammar import Command
from bot.decide.commands.ground import Ground, decision, ground_for
from bot.decide.decisions.candidates import is_taken_back, on_record
from bot.decide.judge import consent_asked
from bot.store.database import reading
from bot.store.decisions import Kind, decisions_on
from rules.mandate import Mandate, may_approve
from rules.registry import find_rule
from rules.settings import Approvals

_NOT_YOURS = "You may not approve the rule `{rule}` here: {why}."
_NOTHING = "No rule asks for an approval here."
_NOT_ASKING = "The rule `{rule}` asks for no approval here."


def approve(asked: Asked, command: Command) -> Response:
    """For those whom the rule's `approvals` name, or else `commands.approve`. Raises Refused, GitHubError and Retry."""
    words = approve_words(command.arguments)
    ground = ground_for(asked, words.sha)
    asking = dict(_asking(ground))
    if words.rule is not None:
        asking = {rule: mandate for rule, mandate in asking.items() if rule == ground.result(words.rule).rule}
    if not asking:
        raise Refused(_NOT_ASKING.format(rule=words.rule) if words.rule else _NOTHING)
    objections = {rule: asked.objection(mandate) for rule, mandate in asking.items()}
    theirs = [rule for rule, why in objections.items() if not why]
    if not theirs:
        raise Refused(" ".join(_NOT_YOURS.format(rule=rule, why=why) for rule, why in objections.items()))
    new = [rule for rule in theirs if rule not in _approved(asked)]
    return accepted(write_down(asked, [decision(asked, Kind.APPROVAL, rule) for rule in new]) if new else None)


def may(asked: Asked) -> bool:
    """Whether who asks could approve what waits here; where nothing does, as `commands.approve` says.

    Raises GitHubError.
    """
    if asked.policy is None:
        return False
    asking = list(_asking(Ground(asked.pull, asked.policy, asked.report))) if asked.report else []
    command = asked.policy.commands.approve
    mandates = [mandate for _, mandate in asking] or [may_approve(Approvals(), command)]
    return any(not asked.objection(mandate) for mandate in mandates)


def _asking(ground: Ground) -> Iterator[tuple[str, Mandate]]:
    """The rules that ask for approvals, each with who may give them.

    Those that have them count as well: what was taken back since the report stands in no report yet.
    """
    options = dict(ground.policy.active())
    for result in ground.report.rules:
        rule = find_rule(result.rule)
        approvals = consent_asked(options[result.rule]) if result.rule in options else None
        asks = result.approvals or any(rule and finding.code == rule.consent for finding in result.findings)
        if rule and approvals and asks:
            yield rule.name, may_approve(approvals, ground.policy.commands.approve)


def _approved(asked: Asked) -> set[str]:
    """The rules that who asks has approved by a command on this head, and not taken back."""
    with reading(asked.world.engine) as connection:
        rows = decisions_on(connection, asked.repository.id, asked.number)
    mine = (one for one in on_record(rows) if (one.kind, one.by.id) == (Kind.APPROVAL, asked.said.by.id))
    here = (one for one in mine if (one.head, one.base_ref) == (asked.pull.head, asked.pull.base_ref))
    return {one.rule for one in here if not is_taken_back(one, rows)}
