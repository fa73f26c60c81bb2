# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Repositories, branches, accounts, Apps and the root of the query."""

from dataclasses import dataclass
from typing import Any

from flask import g

from bot.demo.github.accounts import Account, Organization
from bot.demo.github.apps import App
from bot.demo.github.graphql.fields import Connection, connection, field, named, permitted, problem, visible
from bot.demo.github.graphql.objects import Commit, Object, git_object
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.rest.access import calling_token
from bot.demo.github.rest.answers import world
from bot.demo.github.shapes.common import html

field("User.databaseId", "Organization.databaseId", "Bot.databaseId", "App.databaseId", "Repository.databaseId")(
    lambda thing: thing.id
)
field(*(f"{kind}.id" for kind in ("User", "Organization", "Bot", "App", "Repository")))(lambda thing: thing.node_id)
field("User.url", "Organization.url")(lambda account: html(account.world, account.login))
field("User.email")(lambda _: "")  # shown only to those who may read it, and no App may by default
field("Bot.login")(lambda bot: bot.login.removesuffix("[bot]"))
field("Bot.url")(lambda bot: html(bot.world, f"apps/{bot.login.removesuffix('[bot]')}"))
field("App.name")(lambda app: app.slug.replace("-", " ").title())
field("Repository.nameWithOwner")(lambda repository: repository.full_name)
field("Repository.isPrivate")(lambda repository: repository.private)
field("Repository.isFork")(lambda repository: repository.parent is not None)
field("Repository.isArchived")(lambda repository: repository.archived)
field("Repository.isEmpty")(lambda repository: not repository.branches)
field("Repository.visibility")(lambda repository: "PRIVATE" if repository.private else "PUBLIC")
field("Repository.url")(lambda repository: html(repository.world, repository.full_name))
field("RateLimit.resetAt")(lambda rate: rate["reset_at"])


@dataclass(frozen=True, slots=True)
class Ref:
    """A branch."""

    repository: Repository
    name: str

    @property
    def id(self) -> str:
        """Its node id."""
        return f"REF_{self.repository.id}_{self.name}"

    @property
    def prefix(self) -> str:
        """Where branches live."""
        return "refs/heads/"

    @property
    def target(self) -> Commit:
        """Its tip."""
        return Commit(self.repository, self.repository.branches[self.name])


def _branch(repository: Repository, name: str) -> Ref | None:
    return Ref(repository, name) if name in repository.branches else None


@field("Repository.defaultBranchRef")
def default_branch(repository: Repository) -> Ref | None:
    """The default branch; None in an empty repository."""
    permitted(repository, "contents")
    return _branch(repository, repository.default_branch)


@field("Repository.ref")
def ref(repository: Repository, qualified_name: str) -> Ref | None:
    """A branch by `refs/heads/name`, `heads/name` or `name`."""
    permitted(repository, "contents")
    return _branch(repository, qualified_name.removeprefix("refs/").removeprefix("heads/"))


@field("Repository.object")
def find_object(repository: Repository, oid: str | None = None, expression: str | None = None) -> Object | None:
    """A git object by its id or by an expression."""
    permitted(repository, "contents")
    return git_object(repository, oid or expression or "")


@field("Repository.pullRequest")
def find_pull(repository: Repository, number: int) -> Pull:
    """A pull request by its number."""
    permitted(repository, "pull_requests")
    pull = repository.pull(number)
    if pull is None:
        raise problem("NOT_FOUND", f"Could not resolve to a PullRequest with the number of {number}.")
    return pull.as_read()


@field("Repository.pullRequests")
def list_pulls(
    repository: Repository,
    states: list[str] | None = None,
    base_ref_name: str | None = None,
    head_ref_name: str | None = None,
    order_by: dict[str, str] | None = None,
    **paging: Any,
) -> Connection:
    """Pull requests, oldest first unless ordered otherwise."""
    permitted(repository, "pull_requests")
    order = order_by or {"field": "CREATED_AT", "direction": "ASC"}
    pulls = [
        pull
        for pull in repository.pulls
        if (states is None or ("MERGED" if pull.merged_at else pull.state.upper()) in states)
        and base_ref_name in (None, pull.base_ref)
        and head_ref_name in (None, pull.head_ref)
    ]
    pulls.sort(key=_order(order["field"]), reverse=order["direction"] == "DESC")
    return connection(pulls, **paging)


def _order(by: str) -> Any:
    if by == "COMMENTS":
        return lambda pull: (len(pull.comments), pull.number)
    return lambda pull: (getattr(pull, by.lower()), pull.number)


@field("Query.repository")
def find_repository(_: None, owner: str, name: str, follow_renames: bool = True) -> Repository:
    """A repository by name; former names lead to it too."""
    found = world().repository(f"{owner}/{name}", follow=follow_renames)
    if found is None or not visible(found):
        raise problem("NOT_FOUND", f"Could not resolve to a Repository with the name '{owner}/{name}'.")
    return found


@field("User.repository", "Organization.repository")
def owned_repository(owner: Account, name: str, follow_renames: bool = True) -> Repository:
    """A repository of this account."""
    return find_repository(None, owner.login, name, follow_renames)


@field("Query.repositoryOwner")
def find_owner(_: None, login: str) -> Account | None:
    """A person or an organization."""
    found = world().account(login)
    return found if found and found.kind != "Bot" else None


@field("Query.organization")
def find_organization(_: None, login: str) -> Organization:
    """An organization."""
    found = world().account(login)
    if not isinstance(found, Organization):
        raise problem("NOT_FOUND", f"Could not resolve to an Organization with the login of '{login}'.")
    return found


@field("Query.viewer")
def viewer(_: None) -> Account:
    """The App's bot."""
    return calling_token().installation.app.bot


@field("Query.id")
def query_id(_: None) -> str:
    """The root has an id too."""
    return "Q_1"


@field("Query.node")
def node(_: None, id: str) -> object:  # noqa: A002 - the argument's name in GitHub's schema
    """Whatever has this node id, if the caller may see it."""
    found = world().nodes.get(id)
    repository = found if isinstance(found, Repository) else getattr(found, "repository", None)
    if isinstance(found, Pull):
        found = found.as_read()
    if found is None or (isinstance(repository, Repository) and not visible(repository)):
        raise problem("NOT_FOUND", f"Could not resolve to a node with the global id of '{id}'.")
    return found


@field("Query.nodes")
def nodes(_: None, ids: list[str]) -> list[object]:
    """Several of them; what is not there is null, with an error of its own."""
    return [_node_or_error(wanted) for wanted in ids]


def _node_or_error(wanted: str) -> object:
    try:
        return node(None, wanted)
    except Exception as error:  # noqa: BLE001 - graphql-core takes an exception as the value of one element
        return error


@field("Query.rateLimit")
def rate_limit(_: None) -> dict[str, Any]:
    """What is left of the hour's budget; every query costs one point here."""
    return {**g.rates.of("graphql"), "cost": 1, "node_count": g.get("nodes", 0), "reset_at": g.rates.reset}


named("User", Account)
named("Organization", Organization)
named("App", App)
named("Repository", Repository)
named("Ref", Ref)
