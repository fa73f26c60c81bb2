# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What GitHub knows of people and no record does: memberships, and whose an address is.

It is asked only of those whom a rule would otherwise turn down and whom the answer could let pass, and never of many:
whoever opens a pull request can write any number of names into it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.decide.agreements import Terms
from bot.decide.case import Case
from bot.decide.employment import bring_up_to_date
from bot.decide.standing import accounts_behind, on_record
from bot.github.addresses import accounts_of
from bot.github.errors import Forbidden
from bot.github.memberships import is_member, team_members
from rules import dco
from rules.agreement import Standing
from rules.agreement_options import ClaOptions, DcoOptions
from rules.change import Person
from rules.policy import Policy
from rules.registry import find_rule
from rules.rule import Facts
from rules.settings import RuleOptions
from rules.sign_offs import sign_offs

PEOPLE_AT_MOST = 20
TEAMS_AT_MOST = 20
_UNSEEN = (
    "GitHub does not let Steward see who belongs to the organization and its teams, so that exempts nobody here. Grant "
    "the App the permission to read members."
)
_TOO_MANY = f"More than {PEOPLE_AT_MOST} people would have to be asked for their memberships; the first of them were."


@dataclass
class _Asking:
    """The facts so far, and what has to be said of how they were found."""

    case: Case
    facts: Facts
    notes: list[str] = field(default_factory=list)

    @property
    def organization(self) -> str:
        """The login of whoever owns the repository."""
        return self.case.pull.repository.owner

    def turned_down(self, rule: str, options: RuleOptions) -> list[Person]:
        """Whom a rule would turn down by what is known so far, each once, the opener first; not more than can be asked.

        Nobody is asked about whom GitHub gives no login.
        """
        found = find_rule(rule)
        findings = found.check(self.case.change, options, self.facts).findings if found else ()
        people = {one.person.id: one.person for one in findings if one.person and one.person.id and one.person.login}
        opener = self.case.pull.opener.id
        ordered = sorted(people.values(), key=lambda person: (person.id != opener, person.id))
        if len(ordered) > PEOPLE_AT_MOST:
            self.notes.append(_TOO_MANY)
        return ordered[:PEOPLE_AT_MOST]

    def learn(self, person: Person, **known: object) -> None:
        """Take in what was learned of somebody."""
        account = person.id or 0
        standing = replace(self.facts.people.get(account, Standing()), **known)  # type: ignore[arg-type]
        self.facts = replace(self.facts, people={**self.facts.people, account: standing})


def ask(case: Case, policy: Policy, terms: Terms | None, facts: Facts) -> tuple[Facts, tuple[str, ...]]:
    """The facts, with what GitHub says of people whom the rules would turn down, and notes. Raises GitHubError."""
    options = dict(policy.active())
    cla, signed_off = options.get("cla"), options.get("dco")
    asking = _Asking(case, facts)
    if isinstance(cla, ClaOptions):
        _for_cla(asking, cla, terms)
    if isinstance(signed_off, DcoOptions):
        _for_dco(asking, signed_off)
    return asking.facts, tuple(dict.fromkeys(asking.notes))


def _for_cla(asking: _Asking, options: ClaOptions, terms: Terms | None) -> None:
    if terms is not None and terms.corporate is not None:
        people = asking.turned_down("cla", options)
        accounts = accounts_behind(asking.case.change, asking.facts.noreply)
        if bring_up_to_date(asking.case, terms.corporate, people, accounts):
            known = on_record(asking.case.world, terms, accounts)
            asking.facts = replace(asking.facts, people=known)
    if options.exempt.teams:
        _teams(asking, options.exempt.teams, asking.turned_down("cla", options))
    if options.exempt.members:
        _members(asking, asking.turned_down("cla", options))


def _for_dco(asking: _Asking, options: DcoOptions) -> None:
    if options.match == "account":
        _addresses(asking, options)
    if options.exempt.members:
        _members(asking, asking.turned_down("dco", options))


def _teams(asking: _Asking, teams: Iterable[str], people: list[Person]) -> None:
    for team in list(teams)[:TEAMS_AT_MOST] if people else ():
        try:
            members = team_members(asking.case.client, asking.organization, team)
        except Forbidden:
            asking.notes.append(_UNSEEN)
            return
        for person in (one for one in people if one.id in members):
            known = asking.facts.people.get(person.id or 0, Standing())
            asking.learn(person, teams=known.teams | {team})


def _members(asking: _Asking, people: list[Person]) -> None:
    for person in people:
        try:
            member = is_member(asking.case.client, asking.organization, person.login or "")
        except Forbidden:
            asking.notes.append(_UNSEEN)
            return
        asking.learn(person, member=member)


def _addresses(asking: _Asking, options: DcoOptions) -> None:
    """Ask whose the addresses are in sign-offs that do not fit as they stand."""
    change = asking.case.change
    found = dco.RULE.check(change, options, asking.facts).findings
    failing = {finding.commit for finding in found if finding.code == "dco-mismatch"}
    commits = (commit for commit in change.commits if commit.sha in failing)
    addresses = {sign_off.email.lower() for commit in commits for sign_off in sign_offs(commit.message)}
    accounts = accounts_of(asking.case.client, asking.case.pull.repository, addresses)
    asking.facts = replace(asking.facts, accounts=accounts)
