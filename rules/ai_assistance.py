# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Rule ai-assistance: a contribution that was made with an AI tool says so.

It says so by a trailer, by the account of the tool, or by a ticked line of its description. The rule reads what tools
and people write down, never the style of code: where nothing tells of a tool, it cannot know of one and does not guess.
"""

from collections.abc import Sequence

from rules.ai_findings import CODES, Undisclosed, Why, findings, left_out, table
from rules.ai_signs import Kind, Sign, signs
from rules.ai_tools import denies_ai, speaks_of_ai
from rules.change import Change, Need
from rules.finding import Finding
from rules.options import AiAssistanceOptions
from rules.rule import Facts, Judgement, Rule, Signal
from rules.task_lists import Box, description

_SAYS_SO = {Kind.TRAILER, Kind.OPENER, Kind.AUTHOR}  # whatever the description leaves open
_UNKNOWN = "The description of a pull request is not known here; a line about AI tools in it counts too"


def check(change: Change, _options: AiAssistanceOptions, facts: Facts) -> Judgement:
    """Judge what tells of AI tools by what the contribution says of them."""
    if not change.commits:
        return _without_commits(facts)
    read = description(change.body)
    found, lines = signs(change, read, facts), [box for box in read.boxes if speaks_of_ai(box.text)]
    lack, notes = _lack(found, lines), (_UNKNOWN,) if facts.offline else ()
    if lack:
        told = findings(found, lack, offline=facts.offline)
        return Judgement(lack.summary, told, (*left_out(found), *notes), table=table(found, lines))
    disclosed = found or any(_affirms(line) for line in lines)
    summary = "The help of an AI tool is disclosed" if disclosed else "Nothing tells of an AI tool"
    return Judgement(summary, notes=notes, table=table(found, lines))


def _lack(found: Sequence[Sign], lines: Sequence[Box]) -> Undisclosed | None:
    """Why signs of a tool are not disclosed, if so. A ticked line that says no is the gravest, for it is wrong."""
    if not found:
        return None
    kinds = {sign.kind for sign in found}
    if denied := next((line for line in lines if line.ticked and denies_ai(line.text)), None):
        return Undisclosed(Why.DENIED, denied.text)
    if kinds & _SAYS_SO or any(_affirms(line) for line in lines):
        return None
    if open_ := next((line for line in lines if not line.ticked and not denies_ai(line.text)), None):
        return Undisclosed(Why.UNTICKED, open_.text)
    return None if Kind.CO_AUTHOR in kinds else Undisclosed(Why.FOOTER)


def _affirms(line: Box) -> bool:
    return line.ticked and not denies_ai(line.text)


def _without_commits(facts: Facts) -> Judgement:
    if facts.offline:
        return Judgement("There is no commit to judge.", skipped=True)
    nothing = Finding(
        "incomplete",
        "GitHub shows no commits of this contribution, so nobody can tell whether they speak of an AI tool.",
        fix="Look again in a moment with /steward check, or push once more.",
    )
    return Judgement("No commit could be seen", (nothing,))


RULE = Rule(
    name="ai-assistance",
    needs=lambda _options: frozenset({Need.COMMITS}),
    minds=frozenset({Signal.HEAD, Signal.BASE, Signal.TEXT}),
    codes=CODES,
    check=check,
    wants=lambda *_: False,
)
