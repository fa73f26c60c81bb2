# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whether a sign-off is by the author of a commit, as the policy's `match` asks."""

from collections.abc import Iterator

from rules.change import Change, Person
from rules.people import identified, login_in, same_account
from rules.rule import Facts

_NOBODY = Person()


class Matching:
    """Compares sign-offs with people. Case, and white space at the ends, never matter.

    Which account an address belongs to is what GitHub says of the people of the contribution and of addresses that
    were asked for, and what an address itself says that GitHub handed out.
    """

    def __init__(self, mode: str, change: Change, facts: Facts) -> None:
        self._mode, self._noreply, self._offline = mode, facts.noreply, facts.offline
        self._accounts = {folded(email): Person(number) for email, number in facts.accounts.items()}
        self._accounts |= {folded(person.email): person for person in _linked(change) if person.email}

    def fits(self, sign_off: Person, person: Person) -> bool:
        """Whether a sign-off is by a person. One without an e-mail address is by nobody."""
        same_address = same_email(sign_off, person)
        if self._mode == "full":
            return same_address and same_name(sign_off, person)
        if same_address or self._mode == "email" or not sign_off.email:
            return same_address
        return self._one_account(sign_off, person)

    def _one_account(self, sign_off: Person, person: Person) -> bool:
        signer, known = self._account(sign_off.email), self._account(person.email)
        number = known.id if person.id is None else person.id
        if signer.id is not None and number is not None:
            return signer.id == number
        if same_account(sign_off.email, person, self._noreply) or same_account(person.email, signer, self._noreply):
            return True
        return self._offline and self._login(sign_off.email) == self._login(person.email) != ""

    def _account(self, email: str) -> Person:
        """What is known of the account that an address belongs to: what the address says itself comes first."""
        known = self._accounts.get(folded(email), _NOBODY)
        if not folded(email).endswith(self._noreply):
            return known
        proven = identified(Person(email=email), None, None, self._noreply)
        return known if proven.id is None else proven

    def _login(self, email: str) -> str:
        return login_in(folded(email), self._noreply)


def same_email(one: Person, other: Person) -> bool:
    """Whether two people have the same e-mail address, and have one at all."""
    return folded(one.email) == folded(other.email) != ""


def same_name(one: Person, other: Person) -> bool:
    """Whether two people have the same name."""
    return folded(one.name) == folded(other.name)


def folded(text: str) -> str:
    """A name or an address for comparing."""
    return text.strip().lower()


def _linked(change: Change) -> Iterator[Person]:
    """Everybody in the commits whom GitHub knows by the address that stands there."""
    for commit in change.commits:
        for person in (*commit.authors, commit.committer):
            if person is not None and person.id is not None:
                yield person
