# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`/steward revoke`: take back what was decided on a rule, everybody's or one's own, whatever head it is for."""

from dataclasses import replace

from bot.decide.commands.arguments import one_rule
from bot.decide.commands.asked import Asked, Refused, Response, accepted
from bot.decide.commands.effect import write_down
from bot.decide.commands.grammar import Command
from bot.decide.commands.ground import decision
from bot.decide.decisions.candidates import Candidate, by_review, is_taken_back, on_record
from bot.store.database import reading
from bot.store.decisions import Kind, decisions_on
from rules.mandate import may_override
from rules.registry import find_rule

_CLOSED = "This pull request is closed, and nothing was taken back."
_NOTHING = "When you wrote that, nobody had overridden or approved the rule `{rule}` here, so nothing is taken back."
_NOT_YOURS = "You may take back what you decided yourself. To take back another's decision: {why}."
_NO_POLICY = "no valid policy says who may"


def revoke(asked: Asked, command: Command) -> Response:
    """For those who may override, and for those who decided. Raises Refused and GitHubError."""
    rule = one_rule(command.arguments, command.name)
    if not asked.pull.open:
        raise Refused(_CLOSED)
    standing = _standing(asked, rule)
    if not standing:
        raise Refused(_NOTHING.format(rule=rule))
    own = any(one.by.id == asked.said.by.id for one in standing)
    why = _objection(asked)
    if why and not own:
        raise Refused(_NOT_YOURS.format(why=why))
    taken_back = decision(asked, Kind.REVOCATION, rule)
    return accepted(write_down(asked, [replace(taken_back, of=asked.said.by.id if why else None)]))


def may(asked: Asked) -> bool:
    """Whether who asks could take back what anybody decided here. Raises GitHubError."""
    return not _objection(asked)


def _objection(asked: Asked) -> str:
    if asked.policy is None:
        return _NO_POLICY
    return asked.objection(may_override(asked.policy.commands.override))


def _standing(asked: Asked, rule: str) -> list[Candidate]:
    """What was decided on a rule until this was said, and not taken back: by commands, and by reviews."""
    with reading(asked.world.engine) as connection:
        rows = decisions_on(connection, asked.repository.id, asked.number)
    built = find_rule(rule)
    reviews = by_review(asked.pull, rule, rows, None) if built and built.consent else []
    known = [*(one for one in on_record(rows) if one.rule == rule), *reviews]
    earlier = (one for one in known if one.said_at <= asked.said.said_at)
    return [one for one in earlier if not is_taken_back(one, rows)]
