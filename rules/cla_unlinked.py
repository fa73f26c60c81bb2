# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""People behind a contribution whom no GitHub account stands for: what is told of them, and the ways out.

Names from git stand in messages only, never in what is to be done.
"""

from rules.change import Change, Person
from rules.cla_rewriting import PLACEHOLDER, History, Recipe, own_address, short
from rules.people import Contributor, Role, contributors, masked, shown_name

_NAME_SHOWN = 60  # characters of a name from git
_COMMITS_SHOWN = 3
_MAY_BE_LISTED = "a maintainer can list its address under rules.cla.exempt.agents in the policy"
_PARTS = {Role.AUTHOR: "the author", Role.COMMITTER: "the committer", Role.CO_AUTHOR: "a co-author"}


def identity(person: Person) -> str:
    """Somebody without an account, as everybody may see them: the name from git and the masked address."""
    name = shown_name(person.name)
    name = name if len(name) <= _NAME_SHOWN else f"{name[:_NAME_SHOWN]}..."
    address = masked(person.email) if person.email else "no e-mail address"
    return f"{name} ({address})" if name else address


def listed(commits: tuple[str, ...], most: int = _COMMITS_SHOWN) -> str:
    """Some commits, the first of them by their short SHAs."""
    more = len(commits) - most
    named = ", ".join(short(sha) for sha in commits[:most])
    return f"{named} and {more} more" if more > 0 else named


class Unlinked:
    """Says of people without an account what is so, and what to do about it."""

    def __init__(self, change: Change, noreply: str) -> None:
        self._noreply, self._history = noreply, History(change)
        self._address = own_address(_likely_author(change, noreply), noreply)

    def unknown(self, who: Contributor) -> tuple[str, str]:
        """Somebody whose address belongs to no account."""
        message = (
            f"No GitHub account is known for {identity(who.person)}, so nobody can tell whether they signed. They are "
            f"{_part(who)} {listed(who.commits)}."
        )
        if not who.person.email:
            return message, self._rewriting(who, "If this is you,")
        page = f"{self._noreply.removeprefix('users.noreply.')}/settings/emails"
        start = (
            f"If this is you, either add the address to your account ({page}) and then comment /steward check here. Or"
        )
        tool = f"If it is a coding tool, {_MAY_BE_LISTED}, or the trailer be removed."
        return message, self._rewriting(who, start, tool)

    def not_github(self, who: Contributor) -> tuple[str, str]:
        """Somebody who goes by GitHub's own address in what GitHub did not make."""
        message = (
            f"GitHub's own address stands as {_part(who)} {listed(who.commits)}, which GitHub did not make, so nobody "
            "can tell whose work it is."
        )
        return message, self._rewriting(who, "If it is yours,")

    def tool(self, who: Contributor) -> tuple[str, str]:
        """A bot in a trailer, or a coding tool: nothing there vouches for it."""
        message = (
            "A trailer names a bot, or an account that GitHub does not name. Anybody can write one into a commit, so "
            "it exempts nobody."
        )
        start = f"If it is a coding tool, {_MAY_BE_LISTED}. Or remove the trailer."
        return message, _advice(start, self._history.no_trailer(who.commits))

    def deleted(self) -> tuple[str, str]:
        """Whoever opened the pull request, and has no account any more."""
        return (
            "The account that opened this pull request is gone, so nobody can tell whether its owner signed.",
            "Somebody who has an account, and the right to contribute these commits, opens a new pull request.",
        )

    def _rewriting(self, who: Contributor, start: str, tool: str = "") -> str:
        """The same commits, with an address that GitHub knows. `tool` is for a trailer that names no person."""
        if Role.AUTHOR in who.roles:
            authored = self._history.authored(who.commits, who.person)
            recipe = self._history.new_author(authored, self._address)
            return _advice(f"{start} make the commits your own, and only your own.", recipe)
        if Role.COMMITTER in who.roles:
            recipe = self._history.new_committer(who.commits, self._address)
            return _advice(f"{start} commit them once more; their authors stay.", recipe)
        recipe = self._history.new_trailer(who.commits, own_address(None, self._noreply))
        return _advice(f"{start} mend the trailer. {tool}".rstrip(), recipe)


def _likely_author(change: Change, noreply: str) -> Person | None:
    """Whoever opened the pull request, where nothing says that the work without an account is of somebody else.

    It says so if it has several authors or committers, or if the opener took part by an address that GitHub knows.
    """
    everybody = contributors(change, list(Role), merge_commits=False, noreply=noreply)
    strangers = [who for who in everybody if who.person.id is None and who.roles & {Role.AUTHOR, Role.COMMITTER}]
    took_part = any(Role.OPENER in who.roles and len(who.roles) > 1 for who in everybody)
    return change.opener if len(strangers) == 1 and not took_part else None


def _part(who: Contributor) -> str:
    return f"{next(word for role, word in _PARTS.items() if role in who.roles)} of"


def _advice(start: str, recipe: Recipe) -> str:
    meaning = ""
    if PLACEHOLDER in recipe.commands:
        meaning = f"{PLACEHOLDER} stands for the number and the login of the account."
    elif "user.email" in recipe.commands:
        meaning = "The address below is of whoever opened this pull request: anybody else puts in theirs."
    return " ".join(filter(None, (start, recipe.words, meaning))) + f"\n\n{recipe.commands}"
