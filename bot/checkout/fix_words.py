# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What `steward fix` says: a line for every file that it wrote or left alone, and a sum."""

from collections.abc import Iterator

from bot.checkout.fix import Done, Plan
from bot.checkout.left_alone import Left
from bot.checkout.scope import Scope
from rules.change import Unseen


def told(asked: Scope, notes: tuple[str, ...], plan: Plan, done: Done | None) -> Iterator[str]:
    """The lines for a plan, carried out or not (None), below the words for the files that were looked at."""
    yield f"{asked.words}:"
    yield from (f"note: {note}" for note in notes)
    if done is None:
        yield from (f"would add the header: {addition.proposal.path}" for addition in plan.additions)
    else:
        yield from _added(done, asked.unstaged)
    yield from map(_left, plan.left)
    yield from map(_failed, (*plan.unseen, *(done.failed if done else ())))
    yield from (f"note: {note}." for note in plan.notes)
    yield _sum(plan, done)


def _added(done: Done, unstaged: frozenset[str]) -> Iterator[str]:
    for addition in done.added:
        path = addition.proposal.path
        yield f"added the header: {path}"
        if path in done.linked:
            yield f"note: {path} was a hard link; the file's other names keep the old text."
        if path in unstaged:
            yield f"note: {path} has edits that are not staged; to stage the header stages them, too."


def _left(left: Left) -> str:
    finding = left.finding
    if left.reason:
        return f"left alone: {finding.path}: {left.reason}."
    own = "keeps its own" if finding.code == "header-other-license" else "left alone"
    place = f"{finding.path}:{finding.line}" if finding.line else f"{finding.path}"
    return f"{own}: {place}: {finding.message}"


def _failed(gap: Unseen) -> str:
    return f"left alone: {gap.path}: {gap.reason}."


def _sum(plan: Plan, done: Done | None) -> str:
    written = _count(
        len(plan.additions if done is None else done.added), "header", "to add" if done is None else "added"
    )
    left = len(plan.left) + len(plan.unseen) + (len(done.failed) if done else 0)
    yours = _count(left, "file", "left for you, see steward check")
    return f"{'; '.join(filter(None, (written, yours))) or 'No header is missing'}."


def _count(number: int, noun: str, what: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''} {what}" if number else ""
