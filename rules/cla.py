# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Rule cla: everybody behind a contribution has signed the contributor agreement, or need not.

Whom the policy covers is told by `rules.people`, how each of them stands by `rules.cla_standing`. A person counts by
account id; somebody without an account is a finding of their own, and never passes on another's signature.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from rules.agreement import Agreement
from rules.agreement_options import ClaOptions, SmallChange
from rules.change import Change, ChangedFile, FileKind, FileStatus, Need
from rules.cla_findings import CODES, Teller
from rules.cla_standing import PASSING, Stance, State, day, grace_end, stances
from rules.cla_unlinked import identity, listed
from rules.finding import Finding, Table
from rules.people import Role, contributors
from rules.rule import Facts, Judgement, Rule, Signal

_ROWS = 100
_OFFLINE = "Who has signed is not known here: Steward judges it on GitHub"
_ROLES = {Role.OPENER: "opener", Role.AUTHOR: "author", Role.CO_AUTHOR: "co-author", Role.COMMITTER: "committer"}
_NOT_ASKED = (State.EXEMPT, State.TOOL, State.WAITING_TOOL)
_WITHOUT_ACCOUNT = (State.UNLINKED, State.NOT_GITHUB, State.DELETED)


def wants(_: ChangedFile, __: ClaOptions) -> bool:
    """No file has to be read."""
    return False


def check(change: Change, options: ClaOptions, facts: Facts) -> Judgement:
    """Judge everybody whom the policy covers. Where it is not known what to hold them to, nobody passes."""
    if facts.offline:
        return Judgement(_OFFLINE, skipped=True)
    agreement = facts.agreement
    notes = _drift(agreement) if agreement else ()
    if _is_small(change, options.small_change):
        return Judgement("Nobody has to sign: the change is small", notes=notes)
    if agreement is None or agreement.missing or not change.commits or change.opener is None:
        return _not_judged(agreement)
    found = stances(change, options, facts, agreement)
    teller = Teller(change, options, facts, agreement)
    findings = [teller.finding(one) for one in found if not one.passes]
    strange = options.opener_must_be_author and _opener_is_strange(change, options, facts, found)
    if strange:
        findings.append(teller.stranger(change.opener))
    in_grace = sum(one.state is State.IN_GRACE for one in found)
    if in_grace:
        notes = (*notes, _grace(in_grace, options, agreement))
    until = grace_end(options, agreement) if in_grace else None
    return Judgement(_summary(found, strange), tuple(findings), notes, table=_table(found), until=until)


# -- what is there to judge by ------------------------------------------------------------------------------------


def _not_judged(agreement: Agreement | None) -> Judgement:
    if agreement is None:
        message = "It could not be learned which agreement holds here, and who has signed it."
        return _incomplete("The agreement is not known", message, _AGAIN)
    if agreement.missing:
        message = f"There is no agreement that anybody could sign: {agreement.missing}."
        fix = (
            f"A maintainer puts its text at {agreement.place}, or names the place of it in the policy "
            "(rules.cla.document)."
        )
        return _incomplete("There is no agreement that anybody could sign", message, fix)
    message = "GitHub does not show which commits this pull request has and who opened it."
    return _incomplete("It is not known whose contribution this is", message, _AGAIN)


_AGAIN = "Comment /steward check here. If that does not help, ask a maintainer."


def _incomplete(summary: str, message: str, fix: str) -> Judgement:
    return Judgement(summary, (Finding("incomplete", message, fix=fix),))


def _drift(agreement: Agreement) -> tuple[str, ...]:
    if not agreement.drifted:
        return ()
    note = (
        f"The text at {agreement.place} is not the one that was first seen for version {agreement.version}, which is "
        "what people sign and have signed. Raise the version to have the new one signed."
    )
    return (note,)


def _grace(count: int, options: ClaOptions, agreement: Agreement) -> str:
    return (
        f"{_people(count)} {'has' if count == 1 else 'have'} signed an older version, which counts until "
        f"{day(grace_end(options, agreement))}; from then on version {agreement.version} has to be signed"
    )


# -- small changes ------------------------------------------------------------------------------------------------


def _is_small(change: Change, most: SmallChange) -> bool:
    """Whether all of the change was shown, and it is at or below both numbers. One without files never is."""
    if not change.files or any(gap.need is Need.FILES for gap in change.unseen):
        return False
    lines = sum(file.additions + file.deletions for file in change.files)
    return (
        len(change.files) <= most.max_files
        and lines <= most.max_lines
        and not any(_may_be_large(file) for file in change.files)
    )


def _may_be_large(file: ChangedFile) -> bool:
    """Whether what is new in a file is not counted in lines: it is binary, or stands in another repository.

    A binary file that GitHub calls renamed may be half another one.
    """
    new = file.content_changed or file.status is FileStatus.RENAMED
    counted = file.additions + file.deletions > 0 or file.size == 0
    return file.kind is FileKind.SUBMODULE or (new and not counted)


# -- the opener guard ---------------------------------------------------------------------------------------------


def _opener_is_strange(change: Change, options: ClaOptions, facts: Facts, found: Iterable[Stance]) -> bool:
    """Whether whoever opened the pull request has written nothing of it, and is no bot that is exempt."""
    opener = change.opener.id if change.opener else None
    if opener is None:
        return True
    if any(one.state is State.EXEMPT and one.who.person.bot for one in found if one.who.person.id == opener):
        return False
    writers = contributors(
        change, (Role.AUTHOR, Role.CO_AUTHOR), merge_commits=options.merge_commits, noreply=facts.noreply
    )
    return not any(who.person.id == opener and who.roles != {Role.OPENER} for who in writers)


# -- the verdict in one line --------------------------------------------------------------------------------------


def _summary(found: Sequence[Stance], strange: bool) -> str:
    states = Counter(one.state for one in found)
    asked = sum(count for state, count in states.items() if state not in _NOT_ASKED)
    unlinked = sum(states[state] for state in _WITHOUT_ACCOUNT)
    unsigned = asked - unlinked - sum(states[state] for state in PASSING if state not in _NOT_ASKED)
    parts = (
        _share(unsigned, asked, ("has", "have"), "not signed the agreement"),
        _share(unlinked, asked, ("has", "have"), "no GitHub account that is known"),
        "whoever opened this wrote none of it" if strange else "",
    )
    told = "; ".join(filter(None, parts)) or _all_pass(states, asked)
    return f"{told[0].upper()}{told[1:]}"


def _share(count: int, all_: int, verb: tuple[str, str], words: str) -> str:
    return f"{count} of {_people(all_)} {verb[count > 1]} {words}" if count else ""


def _all_pass(states: Counter[State], asked: int) -> str:
    if not asked:
        return "nobody here has to sign the agreement"
    signed = states[State.SIGNED] == asked
    verb = ("has" if asked == 1 else "have") if signed else ("is" if asked == 1 else "are")
    return f"{'all ' if asked > 1 else ''}{_people(asked)} {verb} {'signed' if signed else 'covered by'} the agreement"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


# -- the table ----------------------------------------------------------------------------------------------------


def _table(found: Sequence[Stance]) -> Table:
    """One row a person; those who do not pass come first, so that they are never among the rest that is counted."""
    rows = [_row(one) for one in sorted(found, key=lambda one: one.passes)]
    more = len(rows) - _ROWS
    rest = [(f"and {more} more", "", "", "")] if more > 0 else []
    return Table(("Who", "As", "Commits", "Agreement"), (*rows[:_ROWS], *rest))


def _row(one: Stance) -> tuple[str, ...]:
    person, roles = one.who.person, one.who.roles
    if person.id is None:
        called = "a deleted account" if one.state is State.DELETED else identity(person)
    else:
        called = person.login or f"account {person.id}"
    return called, ", ".join(word for role, word in _ROLES.items() if role in roles), listed(one.who.commits), one.words


def _needs(options: ClaOptions) -> frozenset[Need]:
    """Files only where their number matters: a change of more than GitHub lists can be signed for all the same."""
    return frozenset({Need.COMMITS, Need.FILES} if options.small_change != SmallChange() else {Need.COMMITS})


RULE = Rule(
    name="cla",
    needs=_needs,
    minds=frozenset({Signal.HEAD, Signal.BASE, Signal.PEOPLE, Signal.DECISION}),
    codes=CODES,
    check=check,
    wants=wants,
)
