# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Repositories, their branches, files and git objects."""

import base64
from posixpath import dirname, join, normpath
from urllib.parse import quote

from flask import Blueprint, request

from bot.demo.github.git.objects import TreeEntry, as_text
from bot.demo.github.repository import Repository
from bot.demo.github.rest.access import repository_for
from bot.demo.github.rest.answers import Answered, Refused, found_or_404, invalid, not_found, page, world
from bot.demo.github.shapes import repository as shapes
from bot.demo.github.shapes.common import Json, api, html

routes = Blueprint("repositories", __name__, url_prefix="/repos/<owner>/<name>")

_RAW = ("application/vnd.github.raw+json", "application/vnd.github.raw")


@routes.get("")
def get_repository(owner: str, name: str) -> Answered:
    """One repository."""
    return shapes.full(repository_for(owner, name, "read", "metadata"))


@routes.get("/branches")
def list_branches(owner: str, name: str) -> Answered:
    """Its branches by name."""
    repository = repository_for(owner, name, "read", "contents")
    return page(sorted(repository.branches), lambda branch: shapes.short_branch(repository, branch))


@routes.get("/branches/<path:branch>")
def get_branch(owner: str, name: str, branch: str) -> Answered:
    """One branch with its tip."""
    repository = repository_for(owner, name, "read", "contents")
    if branch not in repository.branches:
        raise Refused(404, "Branch not found")
    return shapes.branch(repository, branch)


@routes.get("/contents")
def get_root(owner: str, name: str) -> Answered:
    """The list of the topmost folder."""
    return get_contents(owner, name, "")


@routes.get("/contents/<path:path>")
def get_contents(owner: str, name: str, path: str) -> Answered:
    """What stands at a path: a file with its content, a folder's list, a link or a submodule."""
    repository = repository_for(owner, name, "read", "contents")
    if not repository.branches:
        raise Refused(404, "This repository is empty.")
    ref = request.args.get("ref") or repository.default_branch
    commit = repository.resolve(ref)
    if commit is None:
        raise Refused(404, f"No commit found for the ref {ref}")
    path = path.strip("/")
    if not path:
        return _folder(repository, repository.store.commit_object(commit).tree, "", ref)
    entry = found_or_404(repository.store.entry(commit, path))
    if entry.kind == "tree":
        return _folder(repository, entry.oid, path, ref)
    return _file(repository, _followed(repository, commit, entry), ref)


def _followed(repository: Repository, commit: str, entry: TreeEntry) -> TreeEntry:
    """A link to a file of the repository is answered as that file."""
    if entry.mode != "120000":
        return entry
    target = normpath(join(dirname(entry.path), _text(repository, entry)))
    found = repository.store.entry(commit, target)
    return found if found and found.mode.startswith("100") else entry


def _text(repository: Repository, entry: TreeEntry) -> str:
    return as_text(found_or_404(repository.store.object(entry.oid)).data)


def _folder(repository: Repository, tree: str, path: str, ref: str) -> list[Json]:
    prefix = f"{path}/" if path else ""
    entries = repository.store.tree(tree)
    return [
        _described(repository, TreeEntry(prefix + found.path, found.mode, found.kind, found.oid, found.size), ref)
        for found in entries
    ]


def _described(repository: Repository, entry: TreeEntry, ref: str) -> Json:
    url = f"{api(repository.world, f'repos/{repository.full_name}/contents/{entry.path}')}?ref={quote(ref)}"
    kinds = {"tree": "trees", "blob": "blobs"}
    git = kinds.get(entry.kind)
    git_url = api(repository.world, f"repos/{repository.full_name}/git/{git}/{entry.oid}") if git else None
    page_url = html(repository.world, f"{repository.full_name}/{git or 'tree'}/{ref}/{entry.path}")
    raw = html(repository.world, f"{repository.full_name}/raw/{ref}/{entry.path}") if entry.kind == "blob" else None
    kind = {"tree": "dir", "commit": "submodule"}.get(entry.kind) or ("symlink" if entry.mode == "120000" else "file")
    return {
        "name": entry.name,
        "path": entry.path,
        "sha": entry.oid,
        "size": entry.size,
        "type": kind,
        "url": url,
        "html_url": page_url,
        "git_url": git_url,
        "download_url": raw,
        "_links": {"self": url, "git": git_url, "html": page_url},
    }


def _file(repository: Repository, entry: TreeEntry, ref: str) -> Json:
    shape = _described(repository, entry, ref)
    if shape["type"] == "submodule":
        # Where .gitmodules would point; here every submodule is taken for a neighbour.
        neighbour = f"{html(repository.world, f'{repository.owner.login}/{entry.name}')}.git"
        return shape | {"submodule_git_url": neighbour}
    if shape["type"] == "symlink":
        return shape | {"target": _text(repository, entry)}
    if entry.size > repository.world.limits.contents_size:
        return shape | {"content": "", "encoding": "none"}
    data = found_or_404(repository.store.object(entry.oid)).data
    return shape | {"content": base64.encodebytes(data).decode(), "encoding": "base64"}


@routes.get("/git/trees/<path:ref>")
def get_tree(owner: str, name: str, ref: str) -> Answered:
    """A tree by its own id, by a commit or by a branch; `recursive` with any value lists it whole."""
    repository = repository_for(owner, name, "read", "contents")
    if not repository.branches:
        raise Refused(409, "Git Repository is empty.")
    found = repository.store.object(f"{repository.resolve(ref) or ref}^{{tree}}")
    if found is None or ":" in ref:
        raise not_found()
    entries = repository.store.tree(found.oid, recursive="recursive" in request.args)
    limit = world().limits.tree_entries
    url = api(repository.world, f"repos/{repository.full_name}/git")
    return {
        "sha": found.oid,
        "url": f"{url}/trees/{found.oid}",
        "tree": [_tree_entry(entry, url) for entry in entries[:limit]],
        "truncated": len(entries) > limit,
    }


def _tree_entry(entry: TreeEntry, url: str) -> Json:
    shape: Json = {"path": entry.path, "mode": entry.mode, "type": entry.kind, "sha": entry.oid}
    if entry.kind == "blob":
        shape |= {"size": entry.size, "url": f"{url}/blobs/{entry.oid}"}
    elif entry.kind == "tree":
        shape["url"] = f"{url}/trees/{entry.oid}"
    return shape


@routes.get("/git/blobs/<sha>")
def get_blob(owner: str, name: str, sha: str) -> Answered:
    """A blob in base64, or its bytes to whoever asks for them raw."""
    repository = repository_for(owner, name, "read", "contents")
    if len(sha) != 40:
        raise invalid("The sha parameter must be exactly 40 characters and contain only [0-9a-f].")
    found = repository.store.object(sha)
    if found is None or found.kind != "blob":
        raise not_found()
    if request.headers.get("Accept") in _RAW:
        return found.data, 200, {"Content-Type": "application/vnd.github.raw+json; charset=utf-8"}
    return {
        "sha": sha,
        "node_id": f"B_{sha}",
        "size": len(found.data),
        "url": api(repository.world, f"repos/{repository.full_name}/git/blobs/{sha}"),
        "content": base64.encodebytes(found.data).decode(),
        "encoding": "base64",
    }
