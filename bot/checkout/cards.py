# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Cards that data and models of a work tree lack, written to be filled in, and what is said of that.

A card that is there is never written over: a new file is made, or front matter is put before a README.md without any.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.checkout.content import Asking, refused
from bot.checkout.folder import Folder, NotAFile
from rules import datasets, models
from rules.change import Change, Side, Unseen
from rules.materials.draft import Draft
from rules.options import DatasetsOptions, ModelsOptions
from rules.policy import Policy
from rules.rule import Facts


@dataclass(frozen=True, slots=True)
class Plan:
    """The cards to write, one for a path, the texts that are there by now, and what could not be read."""

    drafts: tuple[Draft, ...]
    texts: dict[str, str]
    unseen: tuple[Unseen, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The cards that were written, and what could not be."""

    written: tuple[Draft, ...]
    failed: tuple[Unseen, ...]


def asking(policy: Policy, branch: str) -> list[Asking]:
    """Those of the rules on data and models that apply to contributions to a branch ("": any)."""
    if branch and not policy.governs(branch):
        return []
    rules = ((datasets.RULE, policy.rules.datasets), (models.RULE, policy.rules.models))
    active = dict(policy.active())
    return [(rule, on) for rule, on in rules if rule.name in active and (not branch or on.applies_to(branch))]


def planned(change: Change, asked: list[Asking], facts: Facts) -> Plan:
    """What can be done for a change; nothing is written."""
    found: dict[str, Draft] = {}
    for draft in _drafts(change, asked, facts):
        found.setdefault(draft.path, draft)
    texts = {file.path: file.text for file in change.beside if file.side is Side.HEAD}
    return Plan(tuple(found[path] for path in sorted(found)), texts, tuple(dict.fromkeys(change.unseen)))


def _drafts(change: Change, asked: list[Asking], facts: Facts) -> Iterator[Draft]:
    for _, options in asked:
        if isinstance(options, DatasetsOptions):
            yield from (draft for _, draft in datasets.drafts(change, options, facts))
        if isinstance(options, ModelsOptions):
            yield from (draft for _, draft in models.drafts(change, options, facts))


def carried_out(folder: Folder, plan: Plan) -> Done:
    """Write what is planned, file by file; where another file is by now, it stays as it is."""
    written, failed = list[Draft](), list[Unseen]()
    for draft in plan.drafts:
        try:
            _write(folder, draft, plan.texts.get(draft.path, ""))
            written.append(draft)
        except (NotAFile, OSError) as error:
            failed.append(refused(draft.path, error))
    return Done(tuple(written), tuple(failed))


def _write(folder: Folder, draft: Draft, text: str) -> None:
    """Write one card. Raises `NotAFile` and `OSError`."""
    if not draft.existing:
        folder.create(draft.path, draft.put_into(b""))
        return

    def before_the_rest(data: bytes) -> bytes:
        if data.decode("utf-8", "replace") != text:
            raise OSError("it was changed meanwhile")
        return draft.put_into(data)

    folder.rewrite(draft.path, before_the_rest)


# -- in words -----------------------------------------------------------------------------------------------------


def told(words: str, notes: tuple[str, ...], plan: Plan, done: Done | None) -> Iterator[str]:
    """The lines for a plan, carried out or not (None), below the words for the files that were looked at."""
    yield f"{words}:"
    yield from (f"note: {note}" for note in notes)
    for draft in plan.drafts if done is None else done.written:
        verb = "would write" if done is None else "wrote"
        where = "before what is in" if draft.existing else "to"
        yield f"{verb} a card {where} {draft.path}"
    for gap in (*plan.unseen, *(done.failed if done else ())):
        yield f"left alone: {gap.path}: {gap.reason}." if gap.path else f"left alone: {gap.reason}."
    yield _sum(plan, done)


def _sum(plan: Plan, done: Done | None) -> str:
    number = len(plan.drafts if done is None else done.written)
    left = len(plan.unseen) + (len(done.failed) if done else 0)
    cards = f"{number} card{'s' if number > 1 else ''} {'to write' if done is None else 'written'}" if number else ""
    yours = f"{left} file{'s' if left > 1 else ''} left for you, see steward check" if left else ""
    fill_in = " Fill in what says TODO:, and steward check tells what is left." if number and done else ""
    return f"{'; '.join(filter(None, (cards, yours))) or 'No card is missing that could be written'}.{fill_in}"
