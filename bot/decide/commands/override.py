# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`/steward override`: pass failing rules for one head, with a reason. All of those named, or none."""

from dataclasses import replace

from bot.decide.commands.arguments import override_words
from bot.decide.commands.asked import Asked, Refused, Response, accepted
from bot.decide.commands.effect import write_down
from bot.decide.commands.grammar import Command
from bot.decide.commands.ground import Ground, decision, ground_for
from bot.decide.judge import OPEN
from bot.store.decisions import Kind
from rules.finding import RuleConclusion
from rules.mandate import may_override
from rules.settings import seconds_of

_NOT_YOURS = "You may not override here: {why}. Nothing was overridden."


def override(asked: Asked, command: Command) -> Response:
    """For those whom `commands.override` names. Raises Refused, GitHubError and Retry."""
    words = override_words(command.arguments)
    ground = ground_for(asked, words.sha)
    settings = ground.policy.commands.override
    if why := asked.objection(may_override(settings)):
        raise Refused(_NOT_YOURS.format(why=why))
    for rule in words.rules:
        _check(ground, rule)
    ends = asked.world.clock() + seconds_of(settings.expires) if settings.expires else None
    blank = [decision(asked, Kind.OVERRIDE, rule) for rule in words.rules]
    return accepted(write_down(asked, [replace(one, reason=words.reason, expires_at=ends) for one in blank]))


def may(asked: Asked) -> bool:
    """Whether who asks could override here. Raises GitHubError."""
    return asked.policy is not None and not asked.objection(may_override(asked.policy.commands.override))


def _check(ground: Ground, rule: str) -> None:
    if ground.result(rule).conclusion not in (*OPEN, RuleConclusion.OVERRIDDEN):
        raise Refused(f"The rule `{rule}` blocks nothing here that could be overridden. Nothing was.")
    if not ground.options(rule).overridable:
        raise Refused(f"The policy does not let the rule `{rule}` be overridden. Nothing was overridden.")
