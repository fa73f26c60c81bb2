# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Pull requests, the comments on them, and check runs."""

from typing import Any

from bot.demo.github.accounts import Account
from bot.demo.github.checks import CheckRun, CheckSuite
from bot.demo.github.conversation import Comment
from bot.demo.github.git.difference import FileChange
from bot.demo.github.graphql.fields import Connection, connection, field, named
from bot.demo.github.graphql.objects import Commit
from bot.demo.github.graphql.repositories import Ref
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.rest.access import calling_token
from bot.demo.github.shapes.common import html

_CHANGE_TYPES = {"removed": "DELETED"}

field("PullRequest.isDraft")(lambda pull: pull.draft)
field("PullRequest.closed")(lambda pull: pull.state != "open")
field("PullRequest.merged")(lambda pull: pull.merged_at is not None)
field("PullRequest.isCrossRepository")(lambda pull: pull.from_fork)
field("PullRequest.headRefOid")(lambda pull: pull.head_sha)
field("PullRequest.headRefName")(lambda pull: pull.head_ref)
field("PullRequest.baseRefOid")(lambda pull: pull.base_sha)
field("PullRequest.baseRefName")(lambda pull: pull.base_ref)
field("PullRequest.baseRepository")(lambda pull: pull.repository)
field("PullRequest.author", "IssueComment.author")(lambda said: said.user)
field("PullRequest.body", "IssueComment.body")(lambda said: said.body or "")
field("PullRequest.changedFiles")(lambda pull: len(pull.files()))
field("PullRequest.additions")(lambda pull: sum(change.additions for change in pull.files()))
field("PullRequest.deletions")(lambda pull: sum(change.deletions for change in pull.files()))
field("PullRequest.url")(lambda pull: html(pull.world, pull.path))
field("IssueComment.url")(lambda said: f"{html(said.world, said.issue.path)}#issuecomment-{said.id}")
field("PullRequestCommit.id")(lambda row: f"PRC_{row['pull'].id}_{row['commit'].oid}")
field("PullRequestChangedFile.changeType")(lambda change: _CHANGE_TYPES.get(change.status, change.status.upper()))
field(*(f"{kind}.id" for kind in ("PullRequest", "IssueComment", "CheckRun", "CheckSuite")))(
    lambda thing: thing.node_id
)
field(
    *(f"{kind}.databaseId" for kind in ("PullRequest", "IssueComment", "CheckRun", "CheckSuite")),
)(lambda thing: thing.id)


@field(*(f"{kind}.fullDatabaseId" for kind in ("PullRequest", "IssueComment")))
def full_database_id(thing: Pull | Comment) -> str:
    """The number as text, so that no reader rounds it."""
    return str(thing.id)


@field("PullRequest.state")
def state(pull: Pull) -> str:
    """OPEN, CLOSED or MERGED."""
    return "MERGED" if pull.merged_at else pull.state.upper()


@field("PullRequest.headRepository")
def head_repository(pull: Pull) -> Repository | None:
    """Where its head branch lies; None if that is gone."""
    return pull.head_repository


@field("PullRequest.headRepositoryOwner")
def head_repository_owner(pull: Pull) -> Account | None:
    """Whose repository that is."""
    return pull.head_repository.owner if pull.head_repository else None


@field("PullRequest.baseRef")
def base_ref(pull: Pull) -> Ref | None:
    """The branch that it is meant for, if it still exists."""
    return Ref(pull.repository, pull.base_ref) if pull.base_ref in pull.repository.branches else None


@field("PullRequest.headRef")
def head_ref(pull: Pull) -> Ref | None:
    """The branch that it comes from, if it still exists."""
    source = pull.head_repository
    return Ref(source, pull.head_ref) if source and pull.head_ref in source.branches else None


@field("PullRequest.commits")
def commits(pull: Pull, **paging: Any) -> Connection:
    """Its commits, oldest first."""
    rows = [{"pull": pull, "commit": Commit(pull.repository, sha)} for sha in pull.commits()]
    return connection(rows, **paging)


@field("PullRequest.files")
def files(pull: Pull, **paging: Any) -> Connection:
    """What it changes."""
    changes: list[FileChange] = pull.files()[: pull.world.limits.pull_files]
    return connection(changes, **paging)


@field("PullRequest.comments")
def comments(pull: Pull, **paging: Any) -> Connection:
    """What was said on it, oldest first."""
    return connection(pull.comments, **paging)


@field("PullRequest.authorAssociation")
def pull_association(pull: Pull) -> str:
    """How the opener relates to the repository."""
    return pull.repository.association(pull.user)


@field("IssueComment.authorAssociation")
def comment_association(comment: Comment) -> str:
    """How its author relates to the repository."""
    return comment.issue.repository.association(comment.user)


@field("IssueComment.viewerDidAuthor")
def viewer_did_author(comment: Comment) -> bool:
    """Whether the caller wrote it."""
    return comment.app is calling_token().installation.app


@field("CheckSuite.checkRuns")
def check_runs(suite: CheckSuite, filter_by: dict[str, Any] | None = None, **paging: Any) -> Connection:
    """The newest run of each name, or all of them."""
    wanted = filter_by or {}
    runs = suite.runs if wanted.get("checkType") == "ALL" else suite.latest
    statuses = wanted.get("statuses") or [wanted["status"]] if "status" in wanted else None
    matching = [
        run
        for run in runs
        if wanted.get("checkName") in (None, run.name)
        and wanted.get("appId") in (None, run.app.id)
        and (not statuses or run.status.upper() in statuses)
        and (not wanted.get("conclusions") or _upper(run.conclusion) in wanted["conclusions"])
    ]
    return connection(matching, **paging)


@field("CheckSuite.status", "CheckRun.status")
def status(check: CheckSuite | CheckRun) -> str:
    """QUEUED, IN_PROGRESS or COMPLETED."""
    return check.status.upper()


@field("CheckSuite.conclusion", "CheckRun.conclusion")
def conclusion(check: CheckSuite | CheckRun) -> str | None:
    """How it ended, if it did."""
    return _upper(check.conclusion)


def _upper(word: str | None) -> str | None:
    return word and word.upper()


@field("CheckRun.url")
def check_run_url(run: CheckRun) -> str:
    """Its page."""
    return html(run.world, f"{run.repository.full_name}/runs/{run.id}")


named("PullRequest", Pull)
named("IssueComment", Comment)
named("CheckRun", CheckRun)
named("CheckSuite", CheckSuite)
