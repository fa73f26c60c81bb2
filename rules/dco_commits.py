# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How each commit of a contribution stands under the rule dco: signed off, made up for, passed over, or neither."""

from collections import defaultdict
from dataclasses import dataclass, replace
from enum import Enum

from rules.agreement_options import DcoOptions
from rules.change import Change, Commit, Person
from rules.dco_exemptions import UNPROVEN, Exemptions
from rules.dco_match import Matching, same_email, same_name
from rules.people import identified, is_web_flow
from rules.rule import Facts
from rules.sign_offs import Remediation, remediations, sign_offs

_MOST_SIGN_OFFS = 100  # of one commit, among which the one nearest to its author is told
_MOST_REASONS = 3  # why remediations of one commit do not count; there may be many


class Outcome(Enum):
    """How one commit came out."""

    SIGNED = "signed off"
    REMEDIATED = "remediated"
    MERGE = "merge commit"
    EXEMPT = "exempt"
    MISSING = "no sign-off"
    MISMATCH = "not by the author"

    @property
    def fails(self) -> bool:
        """Whether somebody has something to mend."""
        return self in (Outcome.MISSING, Outcome.MISMATCH)

    @property
    def signed(self) -> bool:
        """Whether the author did sign, rather than did not have to."""
        return self in (Outcome.SIGNED, Outcome.REMEDIATED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one commit.

    `sign_off` is the one that fits its author, or else the nearest to it. `words` say why it does or does not count,
    `but` are sentences on what does not help either.
    """

    commit: Commit
    author: Person
    outcome: Outcome
    words: str
    sign_off: Person | None = None
    but: tuple[str, ...] = ()


def verdicts(change: Change, options: DcoOptions, facts: Facts) -> tuple[Verdict, ...]:
    """How every commit stands, in their order. A later commit is judged first, for it may speak of earlier ones."""
    judging = _Judging(change, options, facts)
    found: list[Verdict] = []
    for place in reversed(range(len(change.commits))):
        found.append(judging.verdict(place))
        judging.outcomes[place] = found[-1].outcome
    return tuple(reversed(found))


class _Judging:
    """One contribution while it is judged, from its last commit to its first. A place is a commit's index."""

    def __init__(self, change: Change, options: DcoOptions, facts: Facts) -> None:
        self._commits, self._options = change.commits, options
        self._matching = Matching(options.match, change, facts)
        self._exemptions = Exemptions(options.exempt, change.opener, facts)
        self._people = [_author_and_committer(commit, change.opener, facts.noreply) for commit in change.commits]
        self._sentences = _sentences(change.commits)
        self.outcomes: dict[int, Outcome] = {}

    def verdict(self, place: int) -> Verdict:
        commit, (author, committer) = self._commits[place], self._people[place]
        if commit.merges and not self._options.merge_commits:
            return Verdict(commit, author, Outcome.MERGE, "merge commit")
        verdict = self._by_sign_off(place)
        if verdict.outcome is Outcome.SIGNED:
            return verdict
        if self._exemptions.holds(commit, author, committer):
            return replace(verdict, outcome=Outcome.EXEMPT, words="exempt")
        return self._after_remediation(place, verdict)

    # -- sign-offs ------------------------------------------------------------------------------------------------

    def _by_sign_off(self, place: int) -> Verdict:
        commit, (author, committer) = self._commits[place], self._people[place]
        found = sign_offs(commit.message)
        if not found:
            return Verdict(commit, author, Outcome.MISSING, "no sign-off")
        if fitting := next((one for one in found if self._matching.fits(one, author)), None):
            return Verdict(commit, author, Outcome.SIGNED, "signed off", fitting)
        nearest = max(found[:_MOST_SIGN_OFFS], key=lambda one: self._nearness(one, author, committer))
        words = self._difference(nearest, author, committer)
        return Verdict(commit, author, Outcome.MISMATCH, words, nearest)

    def _nearness(self, sign_off: Person, author: Person, committer: Person | None) -> tuple[bool, ...]:
        return same_email(sign_off, author), same_name(sign_off, author), self._by(sign_off, committer)

    def _by(self, sign_off: Person, person: Person | None) -> bool:
        return person is not None and self._matching.fits(sign_off, person)

    def _difference(self, sign_off: Person, author: Person, committer: Person | None) -> str:
        if not sign_off.email:
            return "sign-off without an e-mail address"
        if same_email(sign_off, author):
            return "another name"
        if self._by(sign_off, committer):
            return "signed off by the committer, not by the author"
        if self._options.match == "account":
            return "not known to be one account"
        return "another e-mail address" if same_name(sign_off, author) else "signed off by somebody else"

    # -- remediation ----------------------------------------------------------------------------------------------

    def _after_remediation(self, place: int, verdict: Verdict) -> Verdict:
        """The verdict on a commit that has no fitting sign-off, after what later commits say of it."""
        but = {UNPROVEN: None} if self._exemptions.named(verdict.author) else {}
        for at, sentence in self._sentences.get(verdict.commit.sha[:7], ()):
            if not verdict.commit.sha.startswith(sentence.commit):
                continue
            name = self._commits[at].sha[:10]
            reason = self._against(sentence, at, place)
            if not reason:
                return replace(verdict, outcome=Outcome.REMEDIATED, words=f"remediated by {name}")
            but[f"The remediation in {name} does not count: {reason}."] = None
        return replace(verdict, but=tuple(but)[:_MOST_REASONS])

    def _against(self, sentence: Remediation, at: int, place: int) -> str:
        """Why a sentence in the commit at one place does not make up for the one at another; empty if it does."""
        if sentence.by is None and "individual" not in self._options.remediation:
            return "the policy accepts none"
        if sentence.by is not None and "third-party" not in self._options.remediation:
            return "the policy accepts none on behalf of somebody else"
        if sentence.commit != self._commits[place].sha:
            return "it does not give the full SHA"
        if at <= place:
            return "it does not come later than the commit"
        if not self._matching.fits(sentence.author, self._people[place][0]):
            return "it does not name the author of the commit"
        if not self._wrote(sentence, at):
            return "whoever signs in it did not write it"
        return "" if self.outcomes[at].signed else "it is not signed off itself"

    def _wrote(self, sentence: Remediation, at: int) -> bool:
        """Whether who signs in a sentence is the author of its commit; on behalf of another, also its committer.

        GitHub commits for anybody and represents nobody.
        """
        author, committer = self._people[at]
        if sentence.by is None:
            return self._matching.fits(sentence.author, author)
        return any(self._by(sentence.by, one) for one in (author, committer) if one and not is_web_flow(one))


def _author_and_committer(commit: Commit, opener: Person | None, noreply: str) -> tuple[Person, Person | None]:
    if not commit.authors:
        return Person(), commit.committer
    committer = commit.committer and identified(commit.committer, commit, opener, noreply)
    return identified(commit.authors[0], commit, opener, noreply), committer


def _sentences(commits: tuple[Commit, ...]) -> dict[str, list[tuple[int, Remediation]]]:
    """All remediation sentences with the place of their commit, by the beginning of the SHA that they name."""
    found = defaultdict(list)
    for place, commit in enumerate(commits):
        for sentence in remediations(commit.message):
            found[sentence.commit[:7]].append((place, sentence))
    return found
