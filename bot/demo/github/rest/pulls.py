# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Pull requests, their files, commits and reviews."""

from flask import Blueprint, request

from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.rest.access import repository_for
from bot.demo.github.rest.answers import Answered, found_or_404, page, world
from bot.demo.github.shapes import commit, pull

routes = Blueprint("pulls", __name__, url_prefix="/repos/<owner>/<name>/pulls")


@routes.get("")
def list_pulls(owner: str, name: str) -> Answered:
    """Pull requests, by default the open ones, newest first."""
    repository = repository_for(owner, name, "read", "pull_requests")
    wanted = request.args
    state = wanted.get("state", "open")
    pulls = [
        found
        for found in repository.pulls
        if state in ("all", found.state)
        and wanted.get("base", found.base_ref) == found.base_ref
        and wanted.get("head", _head(found)) == _head(found)
    ]
    oldest_first = wanted.get("direction", "asc" if "sort" in wanted else "desc") == "asc"
    key = "updated_at" if wanted.get("sort") == "updated" else "created_at"
    pulls.sort(key=lambda found: (getattr(found, key), found.number), reverse=not oldest_first)
    return page(pulls, pull.simple)


def _head(found: Pull) -> str:
    owner = found.head_repository.owner if found.head_repository else found.user
    return f"{owner.login}:{found.head_ref}"


def _read(owner: str, name: str, number: int) -> tuple[Repository, Pull]:
    repository = repository_for(owner, name, "read", "pull_requests")
    return repository, found_or_404(repository.pull(number)).as_read()


@routes.get("/<int:number>")
def get_pull(owner: str, name: str, number: int) -> Answered:
    """One pull request."""
    return pull.full(_read(owner, name, number)[1])


@routes.get("/<int:number>/files")
def list_files(owner: str, name: str, number: int) -> Answered:
    """What it changes: at most 3,000 files."""
    repository, found = _read(owner, name, number)
    changes = found.files()[: world().limits.pull_files]
    return page(changes, lambda change: commit.file(repository, change, found.head_sha))


@routes.get("/<int:number>/commits")
def list_commits(owner: str, name: str, number: int) -> Answered:
    """Its commits, oldest first: at most 250."""
    repository, found = _read(owner, name, number)
    commits = found.commits()[: world().limits.pull_commits]
    return page(commits, lambda sha: commit.commit(repository, sha))


@routes.get("/<int:number>/reviews")
def list_reviews(owner: str, name: str, number: int) -> Answered:
    """Its reviews, oldest first."""
    return page(_read(owner, name, number)[1].reviews, pull.review)
