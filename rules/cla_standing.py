# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How everybody behind a contribution stands to the agreement: what holds for them, or what is missing.

What GitHub says of an account counts, and what is on record of it. A name or an e-mail address exempts nobody; all that
one can do is drop a coding tool from the co-authors.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto

from rules.agreement import Agreement, Coverage, Signed, Standing, major
from rules.agreement_options import ClaOptions
from rules.change import Change, Person
from rules.people import Contributor, Role, contributors, is_web_flow
from rules.rule import Facts
from rules.settings import seconds_of


class State(Enum):
    """What is so of somebody under an agreement; `PASSING` has those that let a contribution pass."""

    SIGNED = auto()
    EMPLOYED = auto()  # covered by a company
    EXEMPT = auto()
    IN_GRACE = auto()  # the version before was signed, it still counts, and nothing else lets them pass
    TOOL = auto()  # a coding tool named as co-author, whose opener is covered

    UNSIGNED = auto()
    OUTDATED = auto()  # only another major version was signed
    UNCONFIRMED = auto()  # on a company's list, and has not acknowledged it
    LEFT = auto()  # the company, before this was contributed
    BOT = auto()  # that nobody exempts
    CLAIMED_BOT = auto()  # an address says so, and nothing else
    WAITING_TOOL = auto()  # one whose opener is not covered

    UNLINKED = auto()  # an e-mail address that belongs to no account
    NOT_GITHUB = auto()  # GitHub's own address in a commit that GitHub did not make
    DELETED = auto()  # whoever opened the pull request


PASSING = frozenset({State.SIGNED, State.EMPLOYED, State.IN_GRACE, State.EXEMPT, State.TOOL})


@dataclass(frozen=True, slots=True)
class Stance:
    """How one contributor stands; `words` say it in a table, `about` is the version or company that it turns on."""

    who: Contributor
    state: State
    words: str
    about: str = ""

    @property
    def passes(self) -> bool:
        """Whether nothing more is asked of them."""
        return self.state in PASSING


def stances(change: Change, options: ClaOptions, facts: Facts, agreement: Agreement) -> tuple[Stance, ...]:
    """How everybody stands whom the policy covers, the opener first."""
    scales = _Scales(options, facts, agreement)
    asked = contributors(change, options.covers, merge_commits=options.merge_commits, noreply=facts.noreply)
    opener_passes = any(Role.OPENER in who.roles and scales.weigh(who).passes for who in asked)
    return tuple(_tool(who, opener_passes) if scales.is_tool(who) else scales.weigh(who) for who in asked)


def grace_end(options: ClaOptions, agreement: Agreement) -> float:
    """Until when older signatures count."""
    return agreement.since + seconds_of(options.grace)


def had_grace(version: str, agreement: Agreement) -> bool:
    """Whether a version was in force right before this one, so that it may count until the end of grace."""
    now = major(agreement.version)
    before = now - 1 if agreement.previous is None else agreement.previous
    return major(version) == before < now


def day(at: float) -> str:
    """A moment as people read it: the day, in UTC."""
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def _tool(who: Contributor, opener_passes: bool) -> Stance:
    if opener_passes:
        return Stance(who, State.TOOL, "passed over: a coding tool")
    return Stance(who, State.WAITING_TOOL, "a coding tool, waiting for the opener")


@dataclass(frozen=True)
class _Scales:
    """Everything that one contributor is weighed by."""

    options: ClaOptions
    facts: Facts
    agreement: Agreement

    def is_tool(self, who: Contributor) -> bool:
        """Whether somebody is in it only as a co-author, and only under addresses that the policy lists."""
        agents = {address.lower() for address in self.options.exempt.agents}
        return who.roles == {Role.CO_AUTHOR} and who.addresses <= agents

    def weigh(self, who: Contributor) -> Stance:
        if who.person.id is None:
            return _without_account(who)
        standing = self.facts.people.get(who.person.id, Standing())
        return next(self._answers(who, standing), None) or self._missing(who, standing)

    # -- what lets pass -------------------------------------------------------------------------------------------

    def _answers(self, who: Contributor, standing: Standing) -> Iterator[Stance]:
        if signed := _newest(one for one in standing.signed if self._same_major(one)):
            yield Stance(who, State.SIGNED, f"signed {signed.version} on {day(signed.at)}", signed.version)
        for one in standing.companies:
            if one.acknowledged and self._counts(one):
                yield Stance(who, State.EMPLOYED, f"covered by {one.company}", one.company)
        if exemption := self._exemption(who, standing):
            yield Stance(who, State.EXEMPT, f"exempt: {exemption}")
        end = grace_end(self.options, self.agreement)
        older = _newest(one for one in standing.signed if had_grace(one.version, self.agreement))
        if older and self.facts.now < end:
            words = f"signed {older.version}, which counts until {day(end)}"
            yield Stance(who, State.IN_GRACE, words, older.version)

    def _same_major(self, signed: Signed) -> bool:
        return major(signed.version) == major(self.agreement.version)

    def _counts(self, coverage: Coverage) -> bool:
        """Whether somebody was on the list when this was contributed."""
        return coverage.until is None or self.facts.seen_at <= coverage.until

    def _exemption(self, who: Contributor, standing: Standing) -> str:
        exempt, person = self.options.exempt, who.person
        if person.id == self.facts.own_account and who.vouched:
            return "Steward itself"
        if person.bot:
            return "bot" if who.vouched and self._is_listed(person) else ""
        if self._is_listed(person):
            return "by the policy"
        if exempt.members and standing.member:
            return "member"
        return next((f"team {team}" for team in exempt.teams if team in standing.teams), "")

    def _is_listed(self, person: Person) -> bool:
        return person.login is not None and self.options.exempt.users.match(person.login)

    # -- what is missing ------------------------------------------------------------------------------------------

    def _missing(self, who: Contributor, standing: Standing) -> Stance:
        if who.person.login is None or (who.person.bot and self._is_listed(who.person)):
            return Stance(who, State.CLAIMED_BOT, "not signed: the address of a bot, or of no account now")
        if who.person.bot:
            return Stance(who, State.BOT, "a bot, not exempt")
        for one in standing.companies:
            if not one.acknowledged and self._counts(one):
                words = f"on the list of {one.company}, not confirmed"
                return Stance(who, State.UNCONFIRMED, words, one.company)
        if signed := _newest(standing.signed):
            return Stance(who, State.OUTDATED, f"signed {signed.version} only", signed.version)
        if left := next((one for one in standing.companies if one.acknowledged), None):
            return Stance(who, State.LEFT, f"left {left.company} on {day(left.until or 0)}", left.company)
        return Stance(who, State.UNSIGNED, "not signed")


def _newest(signed: Iterator[Signed] | tuple[Signed, ...]) -> Signed | None:
    return max(signed, key=lambda one: (major(one.version), one.at), default=None)


def _without_account(who: Contributor) -> Stance:
    if Role.OPENER in who.roles:
        return Stance(who, State.DELETED, "the account was deleted")
    if is_web_flow(who.person):
        return Stance(who, State.NOT_GITHUB, "GitHub's address, not GitHub's commit")
    return Stance(who, State.UNLINKED, "no account")
