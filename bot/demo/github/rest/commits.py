# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Commits: one by one, as a comparison, with the pull requests and check runs that belong to them."""

from flask import Blueprint, request

from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.rest.access import repository_for
from bot.demo.github.rest.answers import (
    Answered,
    Refused,
    found_or_404,
    invalid,
    number_argument,
    page,
    page_size,
    world,
)
from bot.demo.github.shapes import checks, commit, pull
from bot.demo.github.shapes.common import Json, api, html

routes = Blueprint("commits", __name__, url_prefix="/repos/<owner>/<name>")


def _commit(repository: Repository, ref: str) -> str:
    sha = repository.resolve(ref)
    if sha is None:
        raise invalid(f"No commit found for SHA: {ref}")
    return sha


@routes.get("/commits/<path:ref>")
def get_commit(owner: str, name: str, ref: str) -> Answered:
    """One commit with the files that it changed."""
    repository = repository_for(owner, name, "read", "contents")
    if not repository.branches:
        raise Refused(409, "Git Repository is empty.")
    sha = _commit(repository, ref)
    shape = commit.commit(repository, sha)
    parents = repository.store.commit_object(sha).parents
    changes = repository.store.difference(parents[0], sha) if parents else []
    added, removed = (sum(getattr(change, name) for change in changes) for name in ("additions", "deletions"))
    files = page(changes, lambda change: commit.file(repository, change, sha), page_size(300))
    return shape | {"stats": {"additions": added, "deletions": removed, "total": added + removed}, "files": files}


@routes.get("/commits/<path:ref>/pulls")
def list_pulls(owner: str, name: str, ref: str) -> Answered:
    """The pull requests that hold a commit, or that a merge made it of."""
    repository = repository_for(owner, name, "read", "pull_requests")
    return page(pulls_of(repository, _commit(repository, ref)), pull.simple)


def pulls_of(repository: Repository, sha: str) -> list[Pull]:
    """The pull requests, open or not, that hold a commit, or that a merge or a merge queue made it of."""
    return [
        found
        for found in repository.pulls
        if sha in found.queued_as or sha in (found.head_sha, found.merge_commit_sha) or sha in found.commits()
    ]


@routes.get("/commits/<path:ref>/check-runs")
def list_check_runs(owner: str, name: str, ref: str) -> Answered:
    """The check runs on a commit: by default the newest of each name."""
    repository = repository_for(owner, name, "read", "checks")
    sha = _commit(repository, ref)
    suites = [suite for suite in repository.check_suites if suite.head_sha == sha]
    wanted = request.args
    newest = wanted.get("filter", "latest") == "latest"
    runs = [run for suite in suites for run in (suite.latest if newest else suite.runs)]
    matching = [
        run
        for run in runs
        if wanted.get("check_name", run.name) == run.name
        and wanted.get("app_id", str(run.app.id)) == str(run.app.id)
        and wanted.get("status", run.status) == run.status
    ]
    return {"total_count": len(matching), "check_runs": page(matching, checks.check_run)}


@routes.get("/commits/<path:ref>/check-suites")
def list_check_suites(owner: str, name: str, ref: str) -> Answered:
    """The check suites on a commit."""
    repository = repository_for(owner, name, "read", "checks")
    sha = _commit(repository, ref)
    suites = [suite for suite in repository.check_suites if suite.head_sha == sha]
    return {"total_count": len(suites), "check_suites": page(suites, checks.check_suite)}


@routes.get("/compare/<path:basehead>")
def compare(owner: str, name: str, basehead: str) -> Answered:
    """Two commits: how they relate, what lies between, and (on the first page) the files that differ."""
    repository = repository_for(owner, name, "read", "contents")
    base_name, _, head_name = basehead.partition("...")
    base, head = (_end(repository, end) for end in (base_name, head_name))
    store = repository.store
    ancestor = store.merge_base(base, head)
    if ancestor is None:
        raise Refused(404, f"No common ancestor between {base_name} and {head_name}.")
    ahead, behind = store.between(base, head), store.between(head, base)
    paged = {"page", "per_page"} & request.args.keys()
    commits = page(
        ahead, lambda sha: commit.commit(repository, sha), page_size() if paged else world().limits.pull_commits
    )
    shape = _comparison(repository, basehead, len(ahead), len(behind))
    if number_argument("page", 1) == 1:
        changes = store.difference(ancestor, head)[: world().limits.compare_files]
        shape["files"] = [commit.file(repository, change, head) for change in changes]
    ends = {"base_commit": base, "merge_base_commit": ancestor}
    return shape | {key: commit.commit(repository, sha) for key, sha in ends.items()} | {"commits": commits}


def _end(repository: Repository, end: str) -> str:
    """One end of a comparison: a ref here, or `owner:ref` in a fork."""
    owner, found, ref = end.rpartition(":")
    if not found:
        return found_or_404(repository.resolve(ref))
    network = [other for other in world().repositories.values() if repository in (other, other.parent)]
    fork = found_or_404(next((other for other in network if other.owner.login.lower() == owner.lower()), None))
    return found_or_404(fork.resolve(ref))


def _comparison(repository: Repository, basehead: str, ahead: int, behind: int) -> Json:
    words = {(False, False): "identical", (True, False): "ahead", (False, True): "behind", (True, True): "diverged"}
    page_url = html(repository.world, f"{repository.full_name}/compare/{basehead}")
    return {
        "url": api(repository.world, f"repos/{repository.full_name}/compare/{basehead}"),
        "html_url": page_url,
        "permalink_url": page_url,
        "diff_url": f"{page_url}.diff",
        "patch_url": f"{page_url}.patch",
        "status": words[bool(ahead), bool(behind)],
        "ahead_by": ahead,
        "behind_by": behind,
        "total_commits": ahead,
    }
