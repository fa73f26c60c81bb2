# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Headers added to the files of a work tree: those that the rule headers proposes, and finds once they are there.

A plan is made first, and what it would make of the files is judged like any contribution. Only what passes is written.
"""

from dataclasses import dataclass, replace

from bot.checkout.content import beginning, refused
from bot.checkout.folder import Folder, NotAFile
from bot.checkout.left_alone import Left, left_alone
from bot.checkout.worktree import LARGEST
from rules.change import Change, ChangedFile, Content, Need, Side, SideFile, Unseen
from rules.headers import RULE, Look
from rules.licensing.mending import mended
from rules.licensing.proposal import Proposal
from rules.options import HeadersOptions
from rules.rule import Facts


@dataclass(frozen=True, slots=True)
class Addition:
    """A header for a file: what to put where, and what the file that is written to begins with afterwards."""

    file: ChangedFile
    proposal: Proposal
    after: Content


@dataclass(frozen=True, slots=True)
class Plan:
    """What to add, what is left for a person to look at, what could not be read, and what was passed over."""

    additions: tuple[Addition, ...]
    left: tuple[Left, ...]
    unseen: tuple[Unseen, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What was added, which of it to files with other names that go on naming the old one, and what could not be."""

    added: tuple[Addition, ...]
    linked: frozenset[str]
    failed: tuple[Unseen, ...]


def planned(folder: Folder, change: Change, options: HeadersOptions, facts: Facts) -> Plan:
    """What can be done for a change; nothing is written."""
    look = Look(change, options, facts)
    judgement = look.judgement()
    tried = [_addition(folder, *proposed) for proposed in look.proposals()]
    unseen = tuple(dict.fromkeys((*change.unseen, *(one for one in tried if isinstance(one, Unseen)))))
    additions = _settling(change, [one for one in tried if isinstance(one, Addition)], options, facts)
    gaps = frozenset(gap.path for gap in unseen)
    settled = gaps | {addition.file.path for addition in additions}
    left = [finding for finding in judgement.findings if finding.path not in settled]
    silent = gaps | {finding.path for finding in left if finding.code == "reuse-invalid"}
    return Plan(additions, tuple(left_alone(change, left, silent, options)), unseen, judgement.notes)


def carried_out(folder: Folder, plan: Plan) -> Done:
    """Write what is planned, file by file; one that is not as it was planned for stays as it is."""
    added, linked, failed = list[Addition](), set[str](), list[Unseen]()
    for addition in plan.additions:
        try:
            if _written(folder, addition):
                linked.add(addition.proposal.path)
            added.append(addition)
        except (NotAFile, OSError) as error:
            failed.append(refused(addition.proposal.path, error))
    return Done(tuple(added), frozenset(linked), tuple(failed))


def _addition(folder: Folder, file: ChangedFile, proposal: Proposal) -> Addition | Unseen:
    try:
        found = folder.beginning(proposal.path, LARGEST)
    except FileNotFoundError as error:
        if proposal.path == file.path:
            return refused(file.path, error)
        return Addition(file, proposal, beginning(mended(b"", proposal)))
    except (NotAFile, OSError) as error:
        return refused(proposal.path, error)
    if not found.whole:
        return Unseen(Need.CONTENT, f"it is larger than {LARGEST // 1024 // 1024} MiB", proposal.path)
    return Addition(file, proposal, beginning(mended(found.data, proposal)))


def _settling(change: Change, additions: list[Addition], options: HeadersOptions, facts: Facts) -> tuple[Addition, ...]:
    """Those of the additions after which the rule finds nothing more in their files, so that none is made twice."""
    files = tuple(_after(addition) for addition in additions)
    sidecars = {one.proposal.path: one for one in additions if one.proposal.path != one.file.path}
    kept = (side for side in change.beside if side.side is not Side.HEAD or side.path not in sidecars)
    made = (SideFile(path, Side.HEAD, one.after.text) for path, one in sidecars.items())
    judgement = RULE.check(replace(change, files=files, beside=(*kept, *made)), options, facts)
    found = {finding.path for finding in judgement.findings}
    return tuple(addition for addition in additions if addition.file.path not in found)


def _after(addition: Addition) -> ChangedFile:
    own = addition.proposal.path == addition.file.path
    return replace(addition.file, content=addition.after) if own else addition.file


def _written(folder: Folder, addition: Addition) -> bool:
    """Write one header; whether the file has other names, too. Raises `NotAFile` and `OSError`."""
    try:
        return folder.rewrite(addition.proposal.path, lambda data: _rewritten(data, addition))
    except FileNotFoundError:
        if addition.proposal.path == addition.file.path:
            raise
    folder.create(addition.proposal.path, mended(b"", addition.proposal))
    return False


def _rewritten(data: bytes, addition: Addition) -> bytes:
    new = mended(data, addition.proposal)
    if beginning(new) != addition.after:
        raise OSError("it was changed meanwhile")
    return new
