# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Repositories: a real git repository, its pull requests and checks, and what people do with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.demo.github import events
from bot.demo.github.accounts import Account, Organization
from bot.demo.github.checks import CheckSuite
from bot.demo.github.conversation import Issue
from bot.demo.github.dependencies import DependencyGraph
from bot.demo.github.git.content import Written
from bot.demo.github.git.store import GitStore
from bot.demo.github.merging import MergeGroup
from bot.demo.github.pull import Pull, as_pull
from bot.demo.github.pushing import Identity, moved, removed, write
from bot.demo.github.world import LEVELS, World, action


@dataclass(eq=False)
class Repository:
    """A repository. `branches` maps names to commits, `grants` people to a level; no App pushes to `protected`."""

    world: World
    owner: Account
    name: str
    private: bool = False
    default_branch: str = "main"
    parent: "Repository | None" = None
    archived: bool = False
    branches: dict[str, str] = field(default_factory=dict)
    protected: set[str] = field(default_factory=set)
    grants: dict[Account, str] = field(default_factory=dict)
    team_grants: dict[str, str] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    check_suites: list[CheckSuite] = field(default_factory=list)
    dependencies: DependencyGraph = field(default_factory=DependencyGraph)

    def __post_init__(self) -> None:
        self.id = self.world.new_id()
        self.node_id = f"R_{self.id}"
        self.created_at = self.pushed_at = self.world.now()
        shared = self.parent.store if self.parent else None
        self.store: GitStore = GitStore(self.world.folder / f"{self.id}.git", shared)
        self.world.repositories[self.id] = self
        self.world.nodes[self.node_id] = self

    @property
    def full_name(self) -> str:
        """`owner/name`."""
        return f"{self.owner.login}/{self.name}"

    @property
    def pulls(self) -> list[Pull]:
        """Its pull requests, oldest first."""
        return [issue for issue in self.issues.values() if isinstance(issue, Pull)]

    def pull(self, number: int) -> Pull | None:
        """The pull request of this number."""
        return as_pull(self.issues.get(number))

    def resolve(self, name: str) -> str | None:
        """The commit that a branch, a ref, a full or abbreviated id means; None if there is none."""
        branch = name.removeprefix("refs/").removeprefix("heads/")
        sha = self.branches.get(branch) or (self.branches.get(self.default_branch) if name == "HEAD" else None)
        if sha is not None:
            return sha
        is_id = 4 <= len(name) <= 40 and all(digit in "0123456789abcdef" for digit in name)
        found = self.store.find_commit(name) if is_id else None
        return found.sha if found else None

    def permission(self, user: Account) -> str:
        """What somebody may do here: none, read, triage, write, maintain or admin."""
        levels = ["none" if self.private else "read", self.grants.get(user, "none")]
        if user is self.owner:
            levels.append("admin")
        if isinstance(self.owner, Organization):
            role = self.owner.members.get(user)
            levels.append({"admin": "admin", "member": self.owner.base_permission}.get(role or "", "none"))
            teams = [team for team in self.owner.teams.values() if team.everybody.get(user) == "active"]
            levels += [self.team_grants.get(team.slug, "none") for team in teams]
        return max(levels, key=LEVELS.index)

    def association(self, user: Account) -> str:
        """How GitHub words somebody's relation to this repository."""
        if user is self.owner:
            return "OWNER"
        if isinstance(self.owner, Organization) and user in self.owner.members:
            return "MEMBER"
        if user in self.grants:
            return "COLLABORATOR"
        merged = any(pull.user is user and pull.merged_at for pull in self.pulls)
        return "CONTRIBUTOR" if merged else "NONE"

    @action
    def commit(  # noqa: PLR0913 - a commit has this many parts
        self,
        branch: str,
        files: Mapping[str, Written],
        *,
        author: Identity | None = None,
        message: str = "Change",
        parent: str | None = None,
        merge: Iterable[str] = (),
        committer: Identity | None = None,
        co_authors: Iterable[Identity] = (),
        signed_by_github: bool = False,
        verified: bool = False,
    ) -> str:
        """Push a commit to a branch and return its id.

        It stands on `parent`: by default the tip of the branch, or of the default branch for a new one; another
        commit makes this a force-push. `merge` names further parents. `signed_by_github` is what is committed on
        GitHub's pages (its committer is web-flow), `verified` what a committer signed whose key GitHub knows.
        """
        return write(
            self,
            branch,
            files,
            author or self.owner,
            message,
            parent=parent,
            merge=merge,
            committer=committer,
            co_authors=co_authors,
            signed_by_github=signed_by_github,
            verified=verified,
        )

    @action
    def push(self, branch: str, sha: str, by: Account) -> None:
        """Point a branch at a commit that exists, backwards or sideways too."""
        self.store.set_ref(f"refs/heads/{branch}", sha)
        moved(self, branch, sha, by)

    @action
    def delete_branch(self, branch: str, by: Account) -> None:
        """Remove a branch; open pull requests from it are closed, as on GitHub."""
        removed(self, branch, by)

    @action
    def fork(self, owner: Account, name: str | None = None) -> "Repository":
        """Somebody's copy, with the branches of this moment."""
        fork = Repository(self.world, owner, name or self.name, self.private, self.default_branch, parent=self)
        for branch, sha in self.branches.items():
            fork.store.set_ref(f"refs/heads/{branch}", sha)
            fork.branches[branch] = sha
        return fork

    @action
    def open_pull(
        self,
        head: str,
        base: str | None = None,
        *,
        by: Account,
        title: str = "A change",
        body: str | None = None,
        draft: bool = False,
        from_fork: "Repository | None" = None,
    ) -> Pull:
        """Open a pull request from a branch of this repository or of a fork."""
        source, target = from_fork or self, base or self.default_branch
        pull = Pull(
            self,
            self._next_number(),
            by,
            title,
            body,
            head_repository=source,
            head_ref=head,
            base_ref=target,
            head_sha=source.branches[head],
            base_sha=self.branches[target],
            draft=draft,
        )
        self.issues[pull.number] = pull
        events.pull_request(pull, "opened", by)
        return pull

    @action
    def open_issue(self, by: Account, title: str = "A question", body: str | None = None) -> Issue:
        """Open an issue."""
        issue = Issue(self, self._next_number(), by, title, body)
        self.issues[issue.number] = issue
        events.issues(issue, "opened", by)
        return issue

    def _next_number(self) -> int:
        return len(self.issues) + 1

    @action
    def merge_group(self, *pulls: Pull, by: Account | None = None, method: str = "merge") -> MergeGroup:
        """Put pull requests through the merge queue: a real commit on a queue branch, and the request for checks."""
        group = MergeGroup(self, pulls, by or self.owner, method)
        moved(self, group.branch, group.head_sha, by or self.owner)
        events.merge_group(group, "checks_requested")
        return group

    @action
    def grant(self, user: Account, level: str) -> None:
        """Give somebody a permission here, or another one (`none` takes it away)."""
        before = self.grants.pop(user, None)
        if level == "none":
            events.member(self, user, "removed")
            return
        self.grants[user] = level
        changes = events.permission_changes(before, level)
        events.member(self, user, "edited" if before else "added", changes=changes)

    @action
    def rename(self, name: str) -> None:
        """Give it another name; the old one leads to it."""
        before = self.full_name
        self.world.moved[before.lower()] = self.id
        self.name, old_name = name, self.name
        events.repository(self, "renamed", self.owner, changes={"repository": {"name": {"from": old_name}}})

    @action
    def transfer(self, owner: Account) -> None:
        """Give it to another account; the old name leads to it."""
        self.world.moved[self.full_name.lower()] = self.id
        before, self.owner = self.owner, owner
        events.repository(self, "transferred", owner, changes={"owner": {"from": events.owner_before(before)}})

    @action
    def set_private(self, private: bool = True) -> None:
        """Hide it or show it."""
        self.private = private
        events.repository(self, "privatized" if private else "publicized", self.owner)

    @action
    def set_default_branch(self, branch: str) -> None:
        """Choose another default branch."""
        before, self.default_branch = self.default_branch, branch
        events.repository(self, "edited", self.owner, changes={"default_branch": {"from": before}})

    @action
    def delete(self) -> None:
        """Delete it. Pull requests from it stay, with an unknown head repository."""
        events.repository(self, "deleted", self.owner)
        del self.world.repositories[self.id]
        self.store.close()
        for repository in self.world.repositories.values():
            for pull in repository.pulls:
                if pull.head_repository is self:
                    pull.head_repository = None
