# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""All commands, once: what each is called, who may give it, what it does. Help and the documentation come from here."""

from bot.decide.commands import approve, check, explain, override, revoke, sign
from bot.decide.commands import help as helping
from bot.decide.commands.asked import Asked, Refused, Response
from bot.decide.commands.entry import Entry
from bot.decide.commands.grammar import Command
from bot.decide.render.markdown import code
from rules.suggest import nearest

_PULLS_ONLY = "`/steward {name}` works on pull requests, and this is an issue."


def _help(asked: Asked, command: Command) -> Response:
    return helping.tell(asked, command, COMMANDS)


COMMANDS: tuple[Entry, ...] = (
    Entry(
        name="check",
        usage="/steward check",
        who="the opener, whoever GitHub links to one of its commits, and who has the role triage or a higher one",
        does="looks at the pull request again",
        decide=check.check,
        may=check.may,
    ),
    Entry(
        name="override",
        usage="/steward override RULE[,RULE] [@COMMIT] REASON",
        who="whom the policy's `commands.override` names",
        does="passes these failing rules for this commit; the reason stands in the record",
        decide=override.override,
        may=override.may,
    ),
    Entry(
        name="approve",
        usage="/steward approve [RULE] [COMMIT]",
        who="whom the rule's `approvals` names, else the policy's `commands.approve`",
        does="consents, for this commit, to what the rule asks consent for; without a rule, wherever your approval is "
        "waited for. An approving review does the same",
        decide=approve.approve,
        may=approve.may,
    ),
    Entry(
        name="revoke",
        usage="/steward revoke RULE",
        who="whoever may override, and whoever decided",
        does="takes overrides and approvals of a rule back",
        decide=revoke.revoke,
        may=revoke.may,
    ),
    Entry(
        name="explain",
        usage="/steward explain [RULE]",
        who="whoever may give `/steward check`",
        does="tells a rule's settings, where they come from and why it stands as it does; without a rule, all in short",
        decide=explain.explain,
        may=check.may,
    ),
    Entry(
        name="sign",
        usage="/steward sign",
        who="the opener and whoever GitHub links to one of its commits, where the policy's `sign` has `comment`",
        does="signs the agreement that is asked for on the pull request's base branch",
        decide=sign.sign,
        may=sign.may,
    ),
    Entry(
        name="help",
        usage="/steward help [COMMAND]",
        who="anyone",
        does="tells the commands, and which of them you may give; works on issues as well",
        decide=_help,
        may=helping.may,
        on_issues=True,
    ),
)


def find(command: Command, *, on_issue: bool = False) -> Entry:
    """The command of this name. Raises Refused for a word that is none, or none on an issue."""
    found = next((entry for entry in COMMANDS if entry.name == command.name), None)
    if found is None:
        raise Refused(_unknown(command.name))
    if on_issue and not found.on_issues:
        raise Refused(_PULLS_ONLY.format(name=found.name))
    return found


def _unknown(name: str) -> str:
    if not name:
        return "Steward does what? `/steward help` tells what it understands."
    meant = nearest(name, [entry.name for entry in COMMANDS])
    hint = f"Did you mean `/steward {meant}`? " if meant else ""
    return f"Steward does not understand {code(f'/steward {name}')}. {hint}`/steward help` tells what it does."
