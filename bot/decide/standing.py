# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What rules have to know of people: who signed, whom a company covers, who belongs to the organization.

The record is asked once for everybody. GitHub is asked only of those whom a rule would otherwise turn down and whom a
membership could let pass.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from bot.decide.agreements import Terms
from bot.decide.employment import bring_up_to_date
from bot.decide.world import World
from bot.github.addresses import accounts_of
from bot.github.client import Client
from bot.github.errors import Forbidden
from bot.github.memberships import is_member, team_members
from bot.github.pull import Pull
from bot.store import signatures
from bot.store.agreements import Corporate
from bot.store.coverage import coverage
from bot.store.database import reading
from rules import dco
from rules.agreement import Coverage, Signed, Standing, major
from rules.agreement_options import ClaOptions, DcoOptions
from rules.change import Change, Person
from rules.people import Role, contributors
from rules.policy import Policy
from rules.registry import find_rule
from rules.rule import Facts
from rules.settings import RuleOptions
from rules.sign_offs import sign_offs

_UNSEEN = (
    "GitHub does not let Steward see who belongs to the organization and its teams, so that exempts nobody here. Grant "
    "the App the permission to read members."
)


@dataclass(frozen=True, slots=True)
class Since:
    """When the head of a contribution was first seen, and whether that is in this very look (`new`)."""

    seen_at: float
    new: bool

    def left_at(self, now: float) -> float:
        """When somebody left who is found to be gone now: before a new head, for only what came earlier is covered."""
        return self.seen_at - 1 if self.new else now


@dataclass
class _Gathering:
    """The facts so far, and what has to be said of how they were found."""

    client: Client
    organization: str
    change: Change
    facts: Facts
    since: Since
    notes: list[str] = field(default_factory=list)

    def turned_down(self, rule: str, options: RuleOptions) -> list[Person]:
        """Whom a rule would turn down by what is known so far, each once."""
        found = find_rule(rule)
        findings = found.check(self.change, options, self.facts).findings if found else ()
        people = {one.person.id: one.person for one in findings if one.person and one.person.id is not None}
        return [people[number] for number in sorted(people)]

    def now_known(self, account: int, standing: Standing) -> None:
        """Take in what was learned of an account."""
        self.facts = replace(self.facts, people={**self.facts.people, account: standing})

    def standing(self, account: int) -> Standing:
        """What is known of an account."""
        return self.facts.people.get(account, Standing())


def accounts_behind(change: Change, noreply: str) -> frozenset[int]:
    """The ids of all accounts that have a part in a contribution, whomever the policy asks."""
    everybody = contributors(change, list(Role), merge_commits=True, noreply=noreply)
    return frozenset(one.person.id for one in everybody if one.person.id is not None)


def gather(
    world: World, client: Client, pull: Pull, change: Change, policy: Policy, terms: Terms | None, since: Since
) -> tuple[Facts, tuple[str, ...]]:
    """What the rules of a policy have to know beside the contribution, and notes for people. Raises GitHubError."""
    facts = replace(world.facts(), seen_at=since.seen_at, agreement=terms.agreement if terms else None)
    asking = dict(policy.active())
    cla, signed_off = asking.get("cla"), asking.get("dco")
    if terms is not None and terms.document is not None:
        accounts = accounts_behind(change, facts.noreply)
        facts = replace(facts, people=_on_record(world, terms, accounts))
    gathering = _Gathering(client, pull.repository.owner, change, facts, since)
    if isinstance(cla, ClaOptions):
        _ask_for_cla(world, gathering, cla, terms)
    if isinstance(signed_off, DcoOptions):
        _ask_for_dco(pull, gathering, signed_off)
    return gathering.facts, tuple(dict.fromkeys(gathering.notes))


def _ask_for_cla(world: World, gathering: _Gathering, options: ClaOptions, terms: Terms | None) -> None:
    if terms is not None and terms.corporate is not None:
        people = gathering.turned_down("cla", options)
        accounts = accounts_behind(gathering.change, gathering.facts.noreply)
        left_at = gathering.since.left_at(world.clock())
        if bring_up_to_date(world, gathering.client, terms.corporate, people, accounts, left_at):
            gathering.facts = replace(gathering.facts, people=_on_record(world, terms, accounts))
    if options.exempt.teams:
        _ask_teams(gathering, options.exempt.teams, gathering.turned_down("cla", options))
    if options.exempt.members:
        _ask_members(gathering, gathering.turned_down("cla", options))


def _ask_for_dco(pull: Pull, gathering: _Gathering, options: DcoOptions) -> None:
    if options.match == "account":
        _ask_addresses(pull, gathering, options)
    if options.exempt.members:
        _ask_members(gathering, gathering.turned_down("dco", options))


# -- on record ----------------------------------------------------------------------------------------------------


def _on_record(world: World, terms: Terms, accounts: frozenset[int]) -> dict[int, Standing]:
    """The standing of those accounts of which anything is on record."""
    if terms.document is None:
        return {}
    with reading(world.engine) as connection:
        signed = signatures.standing(connection, terms.document, accounts)
        covered = _coverage(connection, terms.corporate, accounts)
    return {
        account: Standing(
            tuple(Signed(one.version, one.at) for one in signed.get(account, ())), covered.get(account, ())
        )
        for account in accounts
        if signed.get(account) or covered.get(account)
    }


def _coverage(
    connection: Connection, corporate: Corporate | None, accounts: frozenset[int]
) -> dict[int, tuple[Coverage, ...]]:
    if corporate is None:
        return {}
    found = coverage(connection, corporate.document, major(corporate.version), accounts)
    return {
        account: tuple(Coverage(one.company, one.acknowledged, one.until) for one in rows)
        for account, rows in found.items()
    }


# -- asked of GitHub ----------------------------------------------------------------------------------------------


def _ask_teams(gathering: _Gathering, teams: Iterable[str], people: list[Person]) -> None:
    if not people:
        return
    for team in teams:
        try:
            members = team_members(gathering.client, gathering.organization, team)
        except Forbidden:
            gathering.notes.append(_UNSEEN)
            return
        for person in (one for one in people if one.id in members):
            known = gathering.standing(person.id or 0)
            gathering.now_known(person.id or 0, replace(known, teams=known.teams | {team}))


def _ask_addresses(pull: Pull, gathering: _Gathering, options: DcoOptions) -> None:
    """Ask whose the addresses are in sign-offs that do not fit as they stand."""
    found = dco.RULE.check(gathering.change, options, gathering.facts).findings
    failing = {finding.commit for finding in found if finding.code == "dco-mismatch"}
    commits = (commit for commit in gathering.change.commits if commit.sha in failing)
    addresses = {sign_off.email.lower() for commit in commits for sign_off in sign_offs(commit.message)}
    accounts = accounts_of(gathering.client, pull.repository, addresses)
    gathering.facts = replace(gathering.facts, accounts=accounts)


def _ask_members(gathering: _Gathering, people: list[Person]) -> None:
    for person in (one for one in people if one.login):
        try:
            member = is_member(gathering.client, gathering.organization, person.login or "")
        except Forbidden:
            gathering.notes.append(_UNSEEN)
            return
        known = gathering.standing(person.id or 0)
        gathering.now_known(person.id or 0, replace(known, member=member))
