# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Headers as suggestions, which a click takes over: on a line that the difference shows, which stays as it is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.decide.fixes.clicked import LeftOut
from bot.github.suggestions import Suggestion
from rules.change import ChangedFile
from rules.licensing.mending import mended
from rules.licensing.proposal import Proposal

MOST = 50
"""Suggestions of one review."""

_TOO_MANY = f"a review has {MOST} suggestions at most"
_BESIDE = "the header goes into a file of its own beside"
_LINE_ENDS = "lines do not end in a line feed alone"
_MIDDLE = "the header goes into the middle of a line"
_HIDDEN = "the difference does not show the line that the header belongs to"
_MARK = "it begins with a byte order mark, which a suggestion would lose"

_Lines = Mapping[int, str]


@dataclass(frozen=True)
class Plan:
    """What a review suggests, and what is left to people."""

    suggestions: tuple[Suggestion, ...]
    left_out: tuple[LeftOut, ...]

    def without(self, why: str) -> "Plan":
        """The same, but that nothing is suggested."""
        rest = (*self.left_out, *(LeftOut(one.path, why) for one in self.suggestions))
        return Plan((), tuple(sorted(rest, key=lambda one: one.path)))


def plan(wanted: Iterable[tuple[ChangedFile, Proposal]], shown: Mapping[str, _Lines]) -> Plan:
    """A suggestion for each file that takes one; `shown` are the lines that the difference shows, by path."""
    suggestions, left_out = list[Suggestion](), list[LeftOut]()
    for file, proposal in sorted(wanted, key=lambda one: one[0].path):
        found = suggestion(file, proposal, shown.get(file.path, {}))
        if isinstance(found, Suggestion) and len(suggestions) < MOST:
            suggestions.append(found)
        else:
            left_out.append(LeftOut(file.path, found if isinstance(found, str) else _TOO_MANY))
    return Plan(tuple(suggestions), tuple(left_out))


def suggestion(file: ChangedFile, proposal: Proposal, shown: _Lines) -> Suggestion | str:
    """The header on the line that it goes before, or behind where that is the last; or why there can be none."""
    text = file.content.text if file.content else ""
    if proposal.path != file.path:
        return _BESIDE
    if "\r" in text:
        return _LINE_ENDS
    before, after = text.split("\n"), mended(text.encode("utf-8", "replace"), proposal).decode().split("\n")
    at = next((i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), len(before))
    behind = at + len(after) - len(before)
    if after[behind:] != before[at:]:
        return _MARK if at == 0 and text.startswith("\ufeff") else _MIDDLE
    added, last = after[at:behind], len(before) - (not before[-1])
    line = at + 1 if at < last else last
    if "\ufffd" in before[line - 1] or shown.get(line) != before[line - 1]:
        return _HIDDEN
    lines = [*added, before[line - 1]] if at < last else [before[line - 1], *added]
    return Suggestion(file.path, line, _block(lines))


def _block(lines: Iterable[str]) -> str:
    """The lines as GitHub offers them for one line, in a fence that is longer than any in them."""
    text = "\n".join(lines)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"The license header that the policy asks for:\n\n{fence}suggestion\n{text}\n{fence}"
