# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Pushing: a new commit, and what moves when a branch does."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from bot.demo.github import events
from bot.demo.github.accounts import Account
from bot.demo.github.checks import request_checks
from bot.demo.github.git.content import Stamp, Written
from bot.demo.github.retarget import AutomaticRetarget

if TYPE_CHECKING:
    from bot.demo.github.pull import Pull
    from bot.demo.github.repository import Repository

Identity = Account | tuple[str, str]
"""Who wrote a commit: an account, or a bare name and e-mail address as git would take them."""

GITHUB = ("GitHub", "noreply@github.com")
"""Who commits what is done on the web."""


def write(  # noqa: PLR0913 - a commit has this many parts
    repository: "Repository",
    branch: str,
    files: Mapping[str, Written],
    author: Identity,
    message: str,
    *,
    parent: str | None = None,
    merge: Iterable[str] = (),
    committer: Identity | None = None,
    co_authors: Iterable[Identity] = (),
    signed_by_github: bool = False,
    verified: bool = False,
) -> str:
    """Write a commit and push it, inside somebody's action."""
    start = parent or repository.branches.get(branch) or repository.branches.get(repository.default_branch)
    parents = [*([start] if start else []), *merge]
    committer = GITHUB if signed_by_github else committer or author
    stamps = [_stamp(repository, who) for who in (author, committer)]
    trailers = [f"Co-authored-by: {who.name} <{who.email}>" for who in (_stamp(repository, co) for co in co_authors)]
    message = "\n\n".join([message, "\n".join(trailers)]) if trailers else message
    sha = repository.store.commit(f"refs/heads/{branch}", parents, files, message, *stamps)
    if signed_by_github:
        repository.world.signed_by_github.add(sha)
    elif verified:
        repository.world.signed_by_people.add(sha)
    pusher = next((who for who in (committer, author) if isinstance(who, Account)), repository.owner)
    moved(repository, branch, sha, pusher)
    return sha


def _stamp(repository: "Repository", who: Identity) -> Stamp:
    name, email = (who.name or who.login, who.email) if isinstance(who, Account) else who
    return Stamp(name, email, repository.world.now())


def moved(repository: "Repository", branch: str, sha: str, by: Account) -> None:
    """A branch points at another commit now: tell, ask for checks, and bring its pull requests along."""
    before = repository.branches.get(branch)
    if before == sha:
        return
    repository.branches[branch] = sha
    repository.pushed_at = repository.world.now()
    events.push(repository, branch, before, sha, by)
    request_checks(repository, sha, by)
    for pull in open_pulls_from(repository, branch):
        pull.head_moved(sha, by)


def removed(repository: "Repository", branch: str, by: Account) -> None:
    """A branch is gone: tell, and close the pull requests that came from it, as GitHub does.

    Those meant for it go on to the branch that it was itself merged into; if it was not, they are closed as well.
    """
    before = repository.branches.pop(branch)
    repository.store.set_ref(f"refs/heads/{branch}", None)
    events.push(repository, branch, before, None, by)
    onto = _merged_into(repository, branch)
    for pull in open_pulls_from(repository, branch):
        pull.end(by)
    for pull in [pull for pull in repository.pulls if pull.base_ref == branch and pull.state == "open"]:
        if onto is None:
            pull.end(by)
        else:
            pull.base_changed(onto, by, AutomaticRetarget)


def _merged_into(repository: "Repository", branch: str) -> str | None:
    """Where the last merged pull request from this branch went, if that branch is still there."""
    merged = [pull for pull in repository.pulls if pull.merged_at and pull.head_ref == branch and not pull.from_fork]
    return merged[-1].base_ref if merged and merged[-1].base_ref in repository.branches else None


def open_pulls_from(repository: "Repository", branch: str) -> list["Pull"]:
    """The open pull requests of this branch, in this repository and in those that it may be a fork of."""
    return [
        pull
        for target in repository.world.repositories.values()
        for pull in target.pulls
        if pull.head_repository is repository and pull.head_ref == branch and pull.state == "open"
    ]
