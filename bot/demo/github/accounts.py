# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""People, organizations, bots and teams."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.demo.github import authorization, events
from bot.demo.github.git.content import Written
from bot.demo.github.world import World, action

if TYPE_CHECKING:
    from bot.demo.github.apps import App
    from bot.demo.github.repository import Repository


@dataclass(eq=False)
class Account:
    """Whoever has a login. `kind` is User, Organization or Bot; `emails` are lower case and proven theirs."""

    world: World
    login: str
    kind: str = "User"
    name: str | None = None
    emails: set[str] = field(default_factory=set)
    id: int = 0  # 0: the next one

    def __post_init__(self) -> None:
        self.id = self.id or self.world.new_id()
        self.node_id = f"{self.kind[0]}_{self.id}"
        self.created_at = self.world.now()
        self.world.accounts[self.login.lower()] = self
        self.world.nodes[self.node_id] = self

    @property
    def email(self) -> str:
        """The address that this account commits with."""
        return min(self.emails, default=f"{self.id}+{self.login}@users.noreply.github.com")

    @action
    def rename(self, login: str) -> None:
        """A person takes another login: no webhook tells of it, the old one is free for others, the id stays."""
        mine = [found for found in self.world.repositories.values() if found.owner is self]
        self.world.moved |= {found.full_name.lower(): found.id for found in mine}
        del self.world.accounts[self.login.lower()]
        self.login = login
        self.world.accounts[login.lower()] = self

    @action
    def revoke(self, app: "App") -> None:
        """Let an App no longer act for this person."""
        authorization.forget(app, self)
        events.authorization_revoked(app, self)

    @action
    def repository(
        self,
        name: str,
        *,
        private: bool = False,
        default_branch: str = "main",
        files: dict[str, Written] | None = None,
    ) -> "Repository":
        """A new repository of this account. With `files` it has a first commit of theirs, else it is empty."""
        # A repository knows its owner, so the owner's module cannot know it from the start.
        from bot.demo.github.pushing import write  # noqa: PLC0415
        from bot.demo.github.repository import Repository  # noqa: PLC0415

        repository = Repository(self.world, self, name, private=private, default_branch=default_branch)
        events.repository(repository, "created", self)
        if files:
            write(repository, default_branch, files, author=self, message="First commit")
        return repository


@dataclass(eq=False)
class Team:
    """A team of an organization. `members` tells of each whether they accepted (active) or not (pending).

    Whoever is in a team is in its `parent` as well, and has the rights of both. A secret team has none.
    """

    organization: "Organization"
    slug: str
    members: dict[Account, str] = field(default_factory=dict)
    parent: "Team | None" = None
    secret: bool = False

    def __post_init__(self) -> None:
        self.id = self.world.new_id()
        self.node_id = f"T_{self.id}"

    @property
    def world(self) -> World:
        """The world it stands in."""
        return self.organization.world

    @property
    def everybody(self) -> dict[Account, str]:
        """Its members and those of the teams below it."""
        below = [team for team in self.organization.teams.values() if team.parent is self]
        found = {user: state for team in below for user, state in team.everybody.items()}
        return found | {user: state for user, state in self.members.items() if found.get(user) != "active"}

    @action
    def add(self, user: Account, *, state: str = "active") -> None:
        """Take somebody in; `state` is active or pending."""
        self.members[user] = state
        events.membership(self, user, "added")

    @action
    def remove(self, user: Account) -> None:
        """Put somebody out."""
        self.members.pop(user, None)
        events.membership(self, user, "removed")


@dataclass(eq=False)
class Organization(Account):
    """An account that people share. `members` tells of each their role: member or admin.

    A membership is private until the member publicizes it; `public_members` holds those who did.
    """

    kind: str = "Organization"
    base_permission: str = "read"
    members: dict[Account, str] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    public_members: set[Account] = field(default_factory=set)

    @action
    def add_member(self, user: Account, role: str = "member") -> None:
        """Make somebody a member; `role` is member or admin (an owner of the organization)."""
        self.members[user] = role
        events.organization(self, user, "member_added")

    @action
    def publicize(self, user: Account) -> None:
        """Let a member show the membership to everybody."""
        self.public_members.add(user)

    @action
    def remove_member(self, user: Account) -> None:
        """Put somebody out of the organization and of its teams."""
        self.members.pop(user, None)
        self.public_members.discard(user)
        for team in self.teams.values():
            team.members.pop(user, None)
        events.organization(self, user, "member_removed")

    @action
    def team(
        self, slug: str, members: Iterable[Account] = (), *, parent: Team | None = None, secret: bool = False
    ) -> Team:
        """A new team with these active members, below another one if `parent` is given."""
        team = Team(self, slug, parent=parent, secret=secret)
        self.teams[slug] = team
        events.team(team, "created")
        for user in members:
            team.members[user] = "active"
            events.membership(team, user, "added")
        return team
