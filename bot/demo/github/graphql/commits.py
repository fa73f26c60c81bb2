# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A commit that an App writes to a branch: files by their whole content, on the head that it expects there.

GitHub signs it for the App's bot. Every file of it gets the mode 100644, whatever the branch had there.
"""

import base64
import binascii
from typing import Any

from bot.demo.github.graphql.fields import field, permitted, problem, visible
from bot.demo.github.graphql.objects import Commit
from bot.demo.github.graphql.repositories import Ref
from bot.demo.github.pushing import write
from bot.demo.github.repository import Repository
from bot.demo.github.rest.access import calling_token
from bot.demo.github.rest.answers import world
from bot.demo.github.shapes.common import Json

_WORKFLOWS = ".github/workflows/"
_FORBIDDEN = ("", ".", "..", ".git")  # as a part of a path


@field("Mutation.createCommitOnBranch")
def create_commit(_: None, input: Json) -> dict[str, Any]:  # noqa: A002 - the argument's name in GitHub's schema
    """Write a commit, push it and tell of it like of any push."""
    repository, branch = _branch(input["branch"])
    changes = input.get("fileChanges") or {}
    files: dict[str, bytes | None] = {one["path"]: None for one in changes.get("deletions", [])}
    files |= {one["path"]: _decoded(one) for one in changes.get("additions", [])}
    _check(repository, branch, input["expectedHeadOid"], files)
    message = "\n\n".join(filter(None, [input["message"]["headline"], input["message"].get("body")]))
    bot = calling_token().installation.app.bot
    sha = write(repository, branch, files, bot, message, signed_by_github=True)
    payload = {"commit": Commit(repository, sha), "ref": Ref(repository, branch)}
    return {"client_mutation_id": input.get("clientMutationId"), **payload}


def _branch(named: Json) -> tuple[Repository, str]:
    repository = world().repository(named.get("repositoryNameWithOwner") or "", follow=False)
    if repository is None or not visible(repository):
        raise problem("NOT_FOUND", "Could not resolve to a Repository with the given name.")
    permitted(repository, "contents", access="write")
    branch = (named.get("branchName") or "").removeprefix("refs/heads/")
    if branch not in repository.branches:
        raise problem("NOT_FOUND", f'No such branch "{branch}" in {repository.full_name}.')
    return repository, branch


def _decoded(addition: Json) -> bytes:
    try:
        return base64.b64decode(addition["contents"], validate=True)
    except binascii.Error as error:
        raise problem("UNPROCESSABLE", "The contents of a file addition are not valid base64.") from error


def _check(repository: Repository, branch: str, expected: str, files: dict[str, bytes | None]) -> None:
    if repository.branches[branch] != expected:
        message = f'Expected branch to point to "{expected}" but it did not. Pull and try again.'
        raise problem("STALE_DATA", message)
    if branch in repository.protected:
        raise problem("UNPROCESSABLE", "Changes must be made through a pull request.")
    if any(part.lower() in _FORBIDDEN for path in files for part in path.split("/")):
        raise problem("UNPROCESSABLE", "A path was requested for addition which is invalid.")
    if any(path.startswith(_WORKFLOWS) for path in files):
        permitted(repository, "workflows", access="write")
