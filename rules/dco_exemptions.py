# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whose commits need no sign-off under the rule dco, and what proves that they are theirs.

An account is exempt by what GitHub says of it, and anybody can write its address into a commit: more has to say whose
commit it is.
"""

from rules.agreement_options import DcoExemptions
from rules.change import Commit, Person
from rules.people import made_by_steward, made_for, vouched
from rules.rule import Facts

UNPROVEN = "The policy exempts this account, but nothing proves that the commit is by its owner."


class Exemptions:
    """The exemptions of a policy, asked about one contribution."""

    def __init__(self, exempt: DcoExemptions, opener: Person | None, facts: Facts) -> None:
        self._exempt, self._opener, self._facts = exempt, opener, facts

    def named(self, author: Person) -> bool:
        """Whether the policy exempts an account, be it really the author's or not."""
        return self._listed(author) or self._member(author)

    def holds(self, commit: Commit, author: Person, committer: Person | None) -> bool:
        """Whether a commit is exempt: its author's account is, and the commit is proven to be theirs.

        GitHub made it for them, or a human signed it; an account that is listed may have opened the pull request. What
        Steward itself commits is exempt without a word.
        """
        if made_by_steward(author, commit, self._facts.own_account):
            return True
        if self._listed(author) and vouched(author, commit, self._opener):
            return True
        may_sign = self._member(author) or (self._listed(author) and not author.bot)
        return may_sign and _signed_by_author(commit, author, committer)

    def _listed(self, author: Person) -> bool:
        return author.login is not None and self._exempt.users.match(author.login)

    def _member(self, author: Person) -> bool:
        standing = self._facts.people.get(author.id) if author.id is not None else None
        return self._exempt.members and standing is not None and standing.member


def _signed_by_author(commit: Commit, author: Person, committer: Person | None) -> bool:
    """Whether a verified signature shows that the author made the commit, or GitHub did so for them."""
    same = committer is not None and committer.id is not None and committer.id == author.id
    return made_for(author, commit) or (commit.verified and same)
