# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the rule ai-assistance says of a contribution: findings with the ways out, and the table of what was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from rules.ai_signs import Sign, quoted
from rules.finding import Finding, RuleConclusion, Table
from rules.rule import Code
from rules.task_lists import Box

CODES = {
    "ai-assistance-undisclosed": Code(
        "Something tells of an AI tool, and the contribution does not say so as the project asks.",
        RuleConclusion.ACTION_REQUIRED,
    )
}
MOST = 50
"""Findings, and rows of the table; the rest is counted."""

_MOST_WORDS = 3  # signs of one commit that are told
_COLUMNS = ("Where", "What was seen")
_ANY_TOOL = "NAME OF THE TOOL"
_LINE = "- [x] An AI tool helped with this contribution"
_TRAILER = "name the tool in a trailer of any commit, such as the newest"
_OLDER = "# For an older commit: git rebase --interactive COMMIT^, and write edit in place of pick before it."


class Why(Enum):
    """Why signs of a tool do not make a disclosure."""

    DENIED = "denied"
    UNTICKED = "unticked"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Undisclosed:
    """A contribution that does not say so, why, and the line of its description that is the matter, if one is."""

    why: Why
    line: str = ""

    @property
    def summary(self) -> str:
        """The whole in one line."""
        if self.why is Why.DENIED:
            return "The description denies the AI tool that something else tells of"
        return "Something tells of an AI tool, which is not disclosed as the project asks"


def findings(signs: Sequence[Sign], lack: Undisclosed, *, offline: bool) -> tuple[Finding, ...]:
    """One finding a commit that carries a sign, and one for the pull request itself."""
    places: dict[str | None, list[str]] = {}
    for sign in signs:
        places.setdefault(sign.commit, []).append(sign.words)
    fix = _fix(signs, lack, offline=offline)
    return tuple(
        Finding("ai-assistance-undisclosed", _message(words, lack), commit=commit, fix=fix)
        for commit, words in list(places.items())[:MOST]
    )


def left_out(signs: Sequence[Sign]) -> tuple[str, ...]:
    """How many more commits there are than can be told of."""
    more = len({sign.commit for sign in signs}) - MOST
    return (f"{more} more {'commit carries' if more == 1 else 'commits carry'} such signs",) if more > 0 else ()


def table(signs: Sequence[Sign], lines: Sequence[Box]) -> Table | None:
    """The signs, and the lines of the description that speak of AI tools."""
    rows = [("description", f"{'ticked' if line.ticked else 'not ticked'}: {quoted(line.text)}") for line in lines]
    rows += [(sign.commit[:10] if sign.commit else "pull request", sign.words) for sign in signs]
    return Table(_COLUMNS, tuple(rows[:MOST])) if rows else None


# -- in words -----------------------------------------------------------------------------------------------------


def _message(words: Sequence[str], lack: Undisclosed) -> str:
    more = len(words) - _MOST_WORDS
    seen = ", ".join(words[:_MOST_WORDS]) + (f", and {more} more" if more > 0 else "")
    return f"There is a sign of an AI tool: {seen}. {_because(lack)}"


def _because(lack: Undisclosed) -> str:
    if lack.why is Why.DENIED:
        return f"The description contradicts it, for there this line is ticked: {quoted(lack.line)}."
    if lack.why is Why.UNTICKED:
        return f"The description does not say so, for there this line is not ticked: {quoted(lack.line)}."
    return "Such a footer is not the form in which the project asks to be told."


def _fix(signs: Sequence[Sign], lack: Undisclosed, *, offline: bool) -> str:
    return f"{_advice(lack, offline=offline)}\n\n{_commands(signs)}"


def _advice(lack: Undisclosed, *, offline: bool) -> str:
    if lack.why is Why.DENIED:
        return (
            "If a tool helped, take the x out of the box before that line, and say so: tick the line that says yes, or "
            f"{_TRAILER}. If none did, take what tells of one out of the commits or the description."
        )
    if lack.why is Why.UNTICKED:
        return f"Tick that line in the description ([x] in place of [ ]), or {_TRAILER}."
    if offline:
        return f"{_TRAILER.capitalize()}."
    return f"Write this line into the description: {_LINE}. Or {_TRAILER}."


def _commands(signs: Sequence[Sign]) -> str:
    """How to add the trailer. Of all that was seen, nothing but a name of the table stands in a command."""
    tools = {sign.tool for sign in signs}
    tool = next(iter(tools), None) if len(tools) == 1 else None
    amend = f'git commit --amend --no-edit --trailer "Assisted-by: {tool or _ANY_TOOL}" --allow-empty'
    return "\n".join((amend, "git push --force-with-lease", _OLDER))
