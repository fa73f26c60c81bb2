# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One pull request evaluated: its policy found, as much of it read as the rules need, every rule asked.

Nothing is published here, so that a merge group is judged by the very same code.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.decide.agreements import agreement_asked, no_terms, terms_of
from bot.decide.archive import Kept, pack_change, unpack_change
from bot.decide.case import Case
from bot.decide.decisions.count import count
from bot.decide.explained import explained
from bot.decide.fixes.own import with_own_commits
from bot.decide.judge import judge
from bot.decide.memberships import ask
from bot.decide.policies import Governing, choose, invalid_policy, no_policy
from bot.decide.preview import preview, proposed_by, validity
from bot.decide.sign_offs import with_sign_offs
from bot.decide.standing import accounts_behind, recorded
from bot.decide.world import World
from bot.github.change import read_change
from bot.github.client import Client
from bot.github.dependencies import compared_anew
from bot.github.history import read_commits
from bot.github.policy_files import PolicyFile
from bot.github.pull import Pull
from bot.github.wanted import Wanted
from bot.store import audit, contributors, judged
from bot.store.database import reading, writing
from bot.store.decisions import Decision, NewDecision, decisions_on
from rules.change import Change, ChangedFile, Commit, Need
from rules.finding import Report
from rules.policy import Policy
from rules.policy_problems import PolicyError
from rules.registry import find_rule
from rules.rule import Facts, Rule, Signal
from rules.settings import RuleOptions

ALWAYS = frozenset({Signal.HEAD.value, Signal.BASE.value, Signal.ASKED.value})
"""The signals after which a pull request is read anew, whatever its rules."""


@dataclass(frozen=True)
class Verdict:
    """A report, how the policy wants it told, and the signals that could change it.

    `commits` are the contribution's own, by SHA, as far as the rules asked for them. `lapses_at` is when the report may
    come out otherwise although nothing happens. `news` are reviews that begin to count, or count no longer.
    """

    report: Report
    comment: str
    minds: frozenset[str]
    commits: frozenset[str] = frozenset()
    lapses_at: float | None = None
    news: tuple[NewDecision, ...] = ()


def evaluate(world: World, client: Client, pull: Pull) -> Verdict:
    """Judge a pull request as it is now. Raises GitHubError."""
    governing = with_sign_offs(choose(pull.policies, StoredPolicies(world)), pull.sign_offs)
    proposed = proposed_by(pull)
    if governing.policy is None or governing.file is None:
        report = _without_policy(pull, governing, proposed)
        return Verdict(report, "when-needed", ALWAYS)
    policy = governing.policy
    wanted = _wanted([policy, proposed] if isinstance(proposed, Policy) else [policy])
    if proposed is not None:  # only the list of files tells a branch that edits the policy from one that is behind
        wanted = replace(wanted, needs=wanted.needs | {Need.FILES})
    read, seen_at, new = _change(world, client, pull, wanted)
    change = with_own_commits(world, pull, read)
    case = Case(world, client, pull, change, seen_at, new)
    _keep_who_is_behind(world, pull, change)
    facts, remarks = _facts(case, policy, governing.file)
    notes = (*governing.notes, *remarks, *preview(case, proposed, governing))
    report = judge(change, policy, governing.source or "", facts, notes)
    counted = count(case, policy, report, _decisions_on(world, pull))
    if counted.decided or counted.notes:
        report = judge(change, policy, governing.source or "", facts, (*notes, *counted.notes), counted.decided)
    report = explained(report, policy, change, governing.sources)
    minds = frozenset(signal.value for rule, _ in _built([policy]) for signal in rule.minds)
    minds |= {Signal.PEOPLE.value} if counted.weighed else set()
    commits = frozenset(commit.sha for commit in change.commits)
    lapses = min((result.until for result in report.rules if result.until is not None), default=None)
    return Verdict(report, policy.comment, ALWAYS | minds, commits, lapses, counted.news)


def _decisions_on(world: World, pull: Pull) -> list[Decision]:
    with reading(world.engine) as connection:
        return decisions_on(connection, pull.repository.id, pull.number)


def _facts(case: Case, policy: Policy, file: PolicyFile) -> tuple[Facts, tuple[str, ...]]:
    """What the rules of the policy that governs have to know beside the contribution, and notes for people.

    What is learned of the agreement counts from now on. Raises GitHubError.
    """
    options = agreement_asked(policy, case.pull.base_ref)
    if options is None:
        no_terms(case.world, case.pull)
        return ask(case, policy, None, recorded(case, None))
    terms = terms_of(case.world, case.client, case.pull, file, options, keep=True)
    facts, notes = ask(case, policy, terms, recorded(case, terms))
    return facts, (*terms.notes, *notes)


def _keep_who_is_behind(world: World, pull: Pull, change: Change) -> None:
    """Keep whom to look again for, before it is asked what is known of them.

    Whoever signs holds the log's lock until that is written. So either the signature is there when it is asked for,
    or whoever signs finds the pull request here and asks for another look.
    """
    accounts, of = accounts_behind(change, world.noreply), (pull.repository.id, pull.number)
    with reading(world.engine) as connection:
        if contributors.contributors_of(connection, *of) == accounts:
            return
    with writing(world.engine) as connection:
        audit.serialize(connection)
        contributors.keep_contributors(connection, *of, accounts)


@dataclass(frozen=True)
class StoredPolicies:
    """The last good policies, as the database keeps them."""

    world: World

    def find(self, place: str) -> tuple[str, str] | None:
        """Commit and text of the last valid policy at a place."""
        with reading(self.world.engine) as connection:
            return judged.find_good_policy(connection, place)

    def keep(self, place: str, commit: str, text: str) -> None:
        """Remember a valid policy, if it is not the one that is remembered."""
        if self.find(place) != (commit, text):
            with writing(self.world.engine) as connection:
                judged.keep_good_policy(connection, place, commit, text, self.world.clock())

    def forget(self, place: str) -> None:
        """The policy was taken away by those who may."""
        if self.find(place) is not None:
            with writing(self.world.engine) as connection:
                judged.forget_good_policy(connection, place)


def _without_policy(pull: Pull, governing: Governing, proposed: Policy | PolicyError | None) -> Report:
    bare = Change(base=pull.base, head=pull.head, repository=pull.repository.full, number=pull.number)
    if governing.problems:
        return invalid_policy(bare, governing)
    if proposed is None:
        return no_policy(bare)
    return no_policy(bare, f"The policy on this branch would take effect once it is merged. {validity(proposed)}")


# -- what to read -------------------------------------------------------------------------------------------------


def _built(policies: Iterable[Policy]) -> list[tuple[Rule, RuleOptions]]:
    active = ((find_rule(name), options) for policy in policies for name, options in policy.active())
    return [(rule, options) for rule, options in active if rule is not None]


def _wanted(policies: Iterable[Policy]) -> Wanted:
    asking = _built(policies)
    needs = frozenset(need for rule, options in asking for need in rule.needs(options))
    # Whatever the rules need: who is behind a contribution may not decide on it.
    return Wanted(
        needs | {Need.COMMITS},
        content=lambda file: any(rule.wants(file, options) for rule, options in asking),
        beside=lambda file: (
            place for rule, options in asking if rule.looks_at(file, options) for place in rule.beside(file, options)
        ),
        peeks=lambda file: any(rule.peeks(file, options) for rule, options in asking),
        lines=lambda file: any(rule.reads_lines(file, options) for rule, options in asking),
    )


def _change(world: World, client: Client, pull: Pull, wanted: Wanted) -> tuple[Change, float, bool]:
    """The contribution, out of the store if this head was read before, else from GitHub; with when the head was first
    seen, and whether that is now.
    """
    with reading(world.engine) as connection:
        stored = judged.find_snapshot(connection, pull.repository.id, pull.number)
    kept = unpack_change(stored.body) if stored else None
    if stored and kept and (stored.head, stored.base) == (pull.head, pull.base) and _suffices(kept, wanted):
        return _brought_up_to_date(client, kept.change, pull), stored.head_seen_at, False
    change = read_change(client, pull, wanted, kept.change if kept else None)
    unlined = frozenset(file.path for file in change.files if wanted.lacks_lines(file))
    body = pack_change(Kept(wanted.needs, wanted.places(change.files)[0], change, unlined))
    now = world.clock()
    new = stored is None or stored.head != pull.head
    seen_at = now if stored is None or new else stored.head_seen_at
    snapshot = judged.Snapshot(pull.repository.id, pull.number, pull.head, pull.base, body, now, seen_at)
    with writing(world.engine) as connection:
        judged.keep_snapshot(connection, snapshot)
    return change, seen_at, new


def _suffices(kept: Kept, wanted: Wanted) -> bool:
    gaps = kept.change.unseen
    if not wanted.needs <= kept.needs or not all(gap.final for gap in gaps):
        return False
    if not wanted.places(kept.change.files)[0] <= kept.beside:
        return False
    told = {gap.path for gap in gaps}
    unlined = (file for file in kept.change.files if file.path not in kept.unlined)
    untold = (file for file in kept.change.files if file.path not in told)
    return not (any(_lacks(wanted, file) for file in untold) or any(wanted.lacks_lines(file) for file in unlined))


def _lacks(wanted: Wanted, file: ChangedFile) -> bool:
    return (file.unread and wanted.content(file)) or wanted.lacks_start(file)


def _brought_up_to_date(client: Client, change: Change, pull: Pull) -> Change:
    """Title, description and the like belong to no commit and are as fresh as the pull request itself."""
    dependencies, gaps = compared_anew(client, pull, change.dependencies)
    return replace(
        change, repository=pull.repository.full, base_ref=pull.base_ref, title=pull.title, body=pull.body,
        draft=pull.draft, commits=_linked_anew(client, change, pull), dependencies=dependencies,
        unseen=tuple(dict.fromkeys((*change.unseen, *gaps))),
    )  # fmt: skip


def _linked_anew(client: Client, change: Change, pull: Pull) -> tuple[Commit, ...]:
    """The same commits, whatever GitHub lists of them now; an address in one may belong to an account by this time."""
    people = (person for commit in change.commits for person in (*commit.authors, commit.committer))
    if all(person is None or person.id is not None for person in people):
        return change.commits
    listed = read_commits(client, pull)[0] if pull.commits.after else pull.commits.commits
    now = {commit.sha: commit for commit in listed}
    return tuple(
        replace(commit, authors=now[commit.sha].authors, committer=now[commit.sha].committer)
        if commit.sha in now
        else commit
        for commit in change.commits
    )
