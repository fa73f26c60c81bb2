# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`/steward help`: the commands, and which of them who asks may give here. For anyone, on issues as well."""

from collections.abc import Iterator, Sequence

import structlog

from bot.decide.commands.asked import Asked, Response, answered
from bot.decide.commands.entry import Entry
from bot.decide.commands.explain import last_report
from bot.decide.commands.grammar import Command
from bot.decide.render.markdown import code
from bot.github.errors import Forbidden, Invalid
from rules.policy import RULE_ORDER

_HERE = "Each of these stands on a line of its own, in a comment or a review."
_CLOSED = "Until this pull request is reopened, nothing is checked, signed or decided on it."
_ON_ISSUE = (
    "These work on pull requests, each on a line of its own in a comment or a review; on an issue only help does."
)
_UNKNOWN = "GitHub does not let Steward see whether you may. It is for"

log = structlog.get_logger()


def may(_asked: Asked) -> bool:
    """Anyone."""
    return True


def tell(asked: Asked, command: Command, entries: Sequence[Entry]) -> Response:
    """All of these commands, or the one that is named behind the word. Raises GitHubError and Retry."""
    named = [entry for entry in entries if entry.name == command.arguments.lower()]
    shown = named or entries
    return answered("\n\n".join((*_opening(asked), "\n".join(_table(asked, shown)), *_rules(asked, shown))))


def _opening(asked: Asked) -> Iterator[str]:
    yield _ON_ISSUE if asked.said.on_issue else _HERE
    if not asked.said.on_issue and not asked.is_open:
        yield _CLOSED


def _table(asked: Asked, entries: Sequence[Entry]) -> Iterator[str]:
    yield "| command | what it does | who may |"
    yield "| --- | --- | --- |"
    for entry in entries:
        who = entry.who if asked.said.on_issue else _whether(asked, entry)
        yield f"| {code(entry.usage)} | {entry.does} | {who} |"


def _rules(asked: Asked, entries: Sequence[Entry]) -> Iterator[str]:
    """What may stand where one of these commands takes a rule, by the last report."""
    report = last_report(asked) if any("RULE" in entry.usage for entry in entries) else None
    names = [code(one.rule) for one in report.rules if one.rule in RULE_ORDER] if report else []
    if names:
        yield f"RULE is the name of a rule; on here: {', '.join(names)}."


def _whether(asked: Asked, entry: Entry) -> str:
    """Whether who asks may; what GitHub will not tell of one command spoils no other."""
    try:
        return "you may" if entry.may(asked) else f"you may not here; it is for {entry.who}"
    except (Forbidden, Invalid) as error:
        log.warning("GitHub refuses what help needs", command=entry.name, error=str(error))
        return f"{_UNKNOWN} {entry.who}"
