# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who stands behind a contribution: one answer for every rule on agreements.

Names and e-mail addresses in git are claims. An account counts where GitHub links an address to it, or where the
address itself carries the account's id; nobody becomes a bot, or GitHub itself, by calling themselves so.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rules.change import Change, Commit, Person

_WEB_FLOW = (19864447, "web-flow", "noreply@github.com")  # who commits what is done on GitHub's pages
_BOT = "[bot]"
_LONGEST_HOST = 100  # characters that are shown
_NO_ACCOUNT = 2**63  # in place of an id, behind all ids
_ADDRESS_PART = r'[^\s<>@"/,:;()\[\]\\]'
# It begins where no character of it stands before, so that a long word is gone through once. A dot and letters end it:
# `pkg:pypi/requests@2.0` is no address.
_ADDRESS = re.compile(rf"(?<!{_ADDRESS_PART}){_ADDRESS_PART}+@{_ADDRESS_PART}+\.[^\W\d_][\w-]+")
_WITH_ID = re.compile(r"(?P<id>[1-9][0-9]{0,17})\+(?P<login>[^@]*)")

_Key = tuple[int, str, str]  # the account; without one, the opener's role, or else an address or a name


class Role(StrEnum):
    """What somebody is to a contribution, in the words of the policy's `covers`."""

    OPENER = "opener"
    AUTHOR = "authors"
    CO_AUTHOR = "co-authors"
    COMMITTER = "committers"


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody behind a contribution, once, however often they occur in it.

    `commits` are full SHAs, in the order of the contribution, `addresses` the e-mail addresses in lower case that they
    occur under. `vouched` is true where more than an address says that it is this account: it opened the pull request,
    or GitHub itself made all these commits for it.
    """

    person: Person
    roles: frozenset[Role]
    commits: tuple[str, ...]
    vouched: bool
    addresses: frozenset[str] = frozenset()


def contributors(
    change: Change, covers: Collection[str], *, merge_commits: bool, noreply: str
) -> tuple[Contributor, ...]:
    """Everybody in the roles that are covered, the opener always and first, people without an account last.

    GitHub's own account is nobody, where GitHub made the commit. People are told apart by account id; without one, by
    e-mail address. The order of the commits makes no difference but in `commits`.
    """
    found: dict[_Key, Contributor] = {}
    for person, role, commit in _occurrences(change, {*covers, Role.OPENER}, merge_commits, noreply):
        here = Contributor(
            person,
            frozenset({role}),
            (commit.sha,) if commit else (),
            vouched(person, commit, change.opener),
            frozenset({person.email.lower()} if commit else ()),
        )
        key = _key(person, role)
        found[key] = _joined(found[key], here) if key in found else here
    return tuple(found[key] for key in sorted(found, key=lambda key: (Role.OPENER not in found[key].roles, key)))


def vouched(person: Person, commit: Commit | None, opener: Person | None) -> bool:
    """Whether more than an e-mail address says that somebody is this account."""
    opened = opener is not None and person.id is not None and person.id == opener.id
    return opened or (commit is not None and made_for(person, commit))


def made_for(person: Person, commit: Commit) -> bool:
    """Whether GitHub made and signed a commit for somebody, who is its git author and no co-author out of a trailer."""
    author = next(iter(commit.authors), Person())
    return _made_by_github(commit, person) and author.email.lower() == person.email.lower() != ""


def made_by_steward(person: Person, commit: Commit, own_account: int | None) -> bool:
    """Whether GitHub made a commit for Steward itself, which contributes nothing that anybody could agree to."""
    return own_account is not None and person.id == own_account and made_for(person, commit)


def is_web_flow(person: Person) -> bool:
    """Whether somebody is, or calls themselves, the account by which GitHub commits."""
    number, login, email = _WEB_FLOW
    return person.id == number or person.login == login or person.email.lower() == email


def identified(person: Person, commit: Commit | None, opener: Person | None, noreply: str) -> Person:
    """The person with what their address proves: `ID+login@users.noreply.github.com` names an account by its id.

    The login in such an address is free to choose, so that it counts only where GitHub signed the commit.
    Source: GitHub docs, "Email addresses reference".
    """
    match = _WITH_ID.fullmatch(_local_part(person.email, noreply))
    claimed = int(match["id"]) if match else None
    number = person.id if person.id is not None else claimed
    known = opener if opener is not None and number is not None and number == opener.id else Person()
    login = person.login or known.login
    if match and number == claimed and match["login"].endswith(_BOT) and commit and made_for(person, commit):
        login = login or match["login"]
    return replace(person, id=number, login=login, bot=person.bot or known.bot or (login or "").endswith(_BOT))


def same_account(one: str, other: Person, noreply: str) -> bool:
    """Whether an e-mail address is one that GitHub handed out to an account: by its id, or else by its login now."""
    local = _local_part(one, noreply)
    match = _WITH_ID.fullmatch(local)
    if match:
        return other.id == int(match["id"])
    return bool(local) and other.login is not None and local.lower() == other.login.lower()


def login_in(email: str, noreply: str) -> str:
    """The login in an address of GitHub's, which whoever wrote the address chose; empty in any other."""
    return _local_part(email, noreply).rpartition("+")[2]


def masked(email: str) -> str:
    """An e-mail address as everybody may see it: `j***@example.com`."""
    local, at, host = email.rpartition("@")
    return f"{local[:1]}***{at}{host[:_LONGEST_HOST]}" if at else f"{email[:1]}***"


def masked_in(text: str) -> str:
    """A text as everybody may see it, whatever addresses stand in it."""
    return _ADDRESS.sub(lambda found: masked(found[0]), text)


def shown_name(name: str) -> str:
    """A name from git as everybody may see it: people put addresses in its place as well."""
    return " ".join(masked(word) if "@" in word else word for word in name.split())


def _local_part(email: str, host: str) -> str:
    """What stands before the at sign of an address of this host; empty for another's."""
    local, _, its_host = email.rpartition("@")
    return local if its_host.lower() == host else ""


def _made_by_github(commit: Commit, person: Person) -> bool:
    """Whether GitHub made the commit for somebody signed in, who is this person if they are its author.

    Its signature alone does not say so: in a codespace GitHub signs what its user commits, whoever is named as author.
    """
    by = commit.committer
    committed = by is None or is_web_flow(by) or by.email.lower() == person.email.lower() != ""
    return commit.signed_by_github and committed


def _occurrences(
    change: Change, covers: Collection[str], merge_commits: bool, noreply: str
) -> Iterator[tuple[Person, Role, Commit | None]]:
    if change.opener is not None:
        yield change.opener, Role.OPENER, None
    for commit in change.commits:
        if commit.merges and not merge_commits:
            continue
        for person, role in _in_roles(commit):
            if role in covers and not (is_web_flow(person) and _made_by_github(commit, person)):
                known = Person(name=person.name, email=person.email) if is_web_flow(person) else person
                yield identified(known, commit, change.opener, noreply), role, commit


def _in_roles(commit: Commit) -> Iterable[tuple[Person, Role]]:
    author, *co_authors = commit.authors or (Person(),)
    yield author, Role.AUTHOR
    yield from ((person, Role.CO_AUTHOR) for person in co_authors)
    if commit.committer is not None:
        yield commit.committer, Role.COMMITTER


def _key(person: Person, role: Role) -> _Key:
    if person.id is not None:
        return (person.id, "", "")
    # Nobody in a commit is whoever opened the pull request and has no account any more.
    return (_NO_ACCOUNT, role if role is Role.OPENER else "", person.email.lower() or person.name)


def _joined(known: Contributor, here: Contributor) -> Contributor:
    person = min(known.person, here.person, key=lambda one: (one.login is None, one.name, one.email))
    commits = known.commits if here.commits == known.commits[-1:] else known.commits + here.commits
    return Contributor(
        person,
        known.roles | here.roles,
        commits,
        known.vouched and here.vouched,
        known.addresses | here.addresses,
    )
