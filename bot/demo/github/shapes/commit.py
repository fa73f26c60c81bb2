# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Commits, comparisons and changed files in JSON."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.demo.github.git.difference import FileChange
from bot.demo.github.git.objects import CommitObject
from bot.demo.github.shapes import people
from bot.demo.github.shapes.common import Json, api, html, when

if TYPE_CHECKING:
    from bot.demo.github.git.content import Stamp
    from bot.demo.github.repository import Repository


def commit(repository: "Repository", sha: str) -> Json:
    """Schema `commit`, without files: as lists carry it."""
    found = repository.store.commit_object(sha)
    path = f"repos/{repository.full_name}"
    url = api(repository.world, f"{path}/commits/{sha}")
    page = html(repository.world, f"{repository.full_name}/commit/{sha}")
    return {
        "sha": sha,
        "node_id": f"C_{sha}",
        "url": url,
        "html_url": page,
        "comments_url": f"{url}/comments",
        "commit": git_commit(repository, found),
        "author": _account(repository, found.author),
        "committer": _account(repository, found.committer),
        "parents": [_parent(repository, parent) for parent in found.parents],
    }


def git_commit(repository: "Repository", found: CommitObject) -> Json:
    """The part of a commit that git itself holds."""
    path = f"repos/{repository.full_name}/git"
    signed = found.sha in repository.world.signed_by_github | repository.world.signed_by_people
    return {
        "url": api(repository.world, f"{path}/commits/{found.sha}"),
        "author": _stamp(found.author),
        "committer": _stamp(found.committer),
        "message": found.message,
        "tree": {"sha": found.tree, "url": api(repository.world, f"{path}/trees/{found.tree}")},
        "comment_count": 0,
        "verification": {
            "verified": signed,
            "reason": "valid" if signed else "unsigned",
            "signature": "-----BEGIN PGP SIGNATURE-----" if signed else None,
            "payload": f"tree {found.tree}" if signed else None,
            "verified_at": when(found.committer.at) if signed else None,
        },
    }


def _stamp(stamp: "Stamp") -> Json:
    return {"name": stamp.name, "email": stamp.email, "date": when(stamp.at)}


def _account(repository: "Repository", stamp: "Stamp") -> Json | None:
    account = repository.world.account_by_email(stamp.email)
    return None if account is None else people.user(account)


def _parent(repository: "Repository", sha: str) -> Json:
    url = api(repository.world, f"repos/{repository.full_name}/commits/{sha}")
    return {"sha": sha, "url": url, "html_url": html(repository.world, f"{repository.full_name}/commit/{sha}")}


def file(repository: "Repository", change: FileChange, ref: str) -> Json:
    """Schema `diff-entry`. `patch` is absent for what is too long, as it is for binary files."""
    url = api(repository.world, f"repos/{repository.full_name}/contents/{change.path}")
    page = f"{html(repository.world, repository.full_name)}/{{}}/{ref}/{quote(change.path)}"
    shape: Json = {
        "sha": change.oid,
        "filename": change.path,
        "status": change.status,
        "additions": change.additions,
        "deletions": change.deletions,
        "changes": change.additions + change.deletions,
        "blob_url": page.format("blob"),
        "raw_url": page.format("raw"),
        "contents_url": f"{url}?ref={ref}",
    }
    if change.previous_path is not None:
        shape["previous_filename"] = change.previous_path
    if change.patch is not None and _shown(repository, change.patch):
        shape["patch"] = change.patch
    return shape


def _shown(repository: "Repository", patch: str) -> bool:
    limits = repository.world.limits
    return patch.count("\n") < limits.patch_lines and len(patch.encode()) <= limits.patch_size


def push_commit(repository: "Repository", sha: str) -> Json:
    """A commit as `push` events list it."""
    url = html(repository.world, f"{repository.full_name}/commit/{sha}")
    return head_commit(repository, sha) | {"distinct": True, "url": url, **_changed_paths(repository, sha)}


def head_commit(repository: "Repository", sha: str) -> Json:
    """Schema `simple-commit`: as check suites and merge groups carry it."""
    found = repository.store.commit_object(sha)
    return {
        "id": sha,
        "tree_id": found.tree,
        "message": found.message,
        "timestamp": when(found.committer.at),
        "author": _push_person(repository, found.author),
        "committer": _push_person(repository, found.committer),
    }


def _push_person(repository: "Repository", stamp: "Stamp") -> Json:
    account = repository.world.account_by_email(stamp.email)
    person: Json = {"name": stamp.name, "email": stamp.email, "date": when(stamp.at)}
    return person | ({"username": account.login} if account else {})


def _changed_paths(repository: "Repository", sha: str) -> dict[str, list[str]]:
    found = repository.store.commit_object(sha)
    paths: dict[str, list[str]] = {"added": [], "removed": [], "modified": []}
    for change in repository.store.difference(found.parents[0], sha) if found.parents else []:
        if change.previous_path is not None:
            paths["removed"].append(change.previous_path)
        paths[{"renamed": "added"}.get(change.status, change.status).replace("changed", "modified")].append(change.path)
    return paths
