# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The state of one pull request in one request: enough to know what has to be read and written next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.github.checks import SeenCheck
from bot.github.client import Client
from bot.github.commits import CommitPage, commit_page
from bot.github.documents import DocumentPlace, SeenDocument, seen_document
from bot.github.errors import Gone, Unavailable
from bot.github.policy_files import (
    POLICY_PATH,
    SIGN_OFFS_PATH,
    PolicyFile,
    policies_of,
    policy_file,
    sign_offs_of,
    target,
)
from bot.github.queries import query
from bot.github.repository_name import RepositoryName
from bot.github.reviews import Review, approving
from rules.change import Person


@dataclass(frozen=True)
class Pull:
    """One pull request as GitHub showed it in one moment.

    `head_ref` is the branch that it comes from and `head_repository_id` where that lies (None: deleted by now),
    `head_repository` its full name. `base` is the tip of the base branch, `retargeted_at` when the pull request
    last got another one, in seconds since 1970. `companions` are the open pull requests of the repository on the
    same head (itself included), `check_run` is our check run on that head. `sign_offs` are the DCO App's files that
    there are, the nearest first; `document` is the agreement that was asked for along with it. `reviews` are the
    approving ones; `reviews_whole` is false where there are more reviewers than GitHub showed. `own_account` is the
    account of our App's bot, which our own commits are by.
    """

    repository: RepositoryName
    owner_id: int
    private: bool
    number: int
    title: str
    body: str
    open: bool
    draft: bool
    locked: bool
    updated_at: str
    head: str
    head_ref: str
    head_repository_id: int | None
    head_repository: str
    base: str
    base_ref: str
    retargeted_at: float | None
    default_branch: str
    opener: Person
    changed_files: int
    comments: int
    policies: tuple[PolicyFile, ...]
    sign_offs: tuple[PolicyFile, ...]
    proposed_policy: PolicyFile
    document: SeenDocument
    companions: tuple[int, ...]
    check_run: SeenCheck | None
    reviews: tuple[Review, ...]
    reviews_whole: bool
    commits: CommitPage
    own_account: int | None


@dataclass(frozen=True)
class Asked:
    """What to ask of a pull request beside itself: our check run by its name and App, and an agreement."""

    app_id: int
    check_name: str
    document: DocumentPlace


def read_pull(client: Client, owner: str, name: str, number: int, asked: Asked) -> Pull:
    """Read one pull request.

    Raises Gone if the repository or the pull request is not there (any more), Unavailable if GitHub's answer
    contradicts itself, and GitHubError.
    """
    variables = {
        "owner": owner,
        "name": name,
        "number": number,
        "policy": POLICY_PATH,
        "signOffs": SIGN_OFFS_PATH,
        "app": asked.app_id,
        "check": asked.check_name,
        **asked.document.variables,
    }
    data = client.graphql(query("pull", "commits", "policy_file", "agreement"), variables)
    repository = data["repository"]
    if repository is None or repository["pullRequest"] is None:
        raise Gone(f"{owner}/{name}#{number} is not to be seen", 404)
    document = seen_document(asked.document, data["agreement"])
    return _pull(repository, data["repositoryOwner"], document, data["viewer"].get("databaseId"))


def _pull(
    repository: dict[str, Any], owner: dict[str, Any] | None, document: SeenDocument, own_account: int | None
) -> Pull:
    raw = repository["pullRequest"]
    newest = _newest_commit(raw)
    reviews, reviews_whole = approving(raw["latestOpinionatedReviews"])
    default = repository["defaultBranchRef"] or {"name": "", "target": None}
    return Pull(
        repository=_name(repository),
        owner_id=repository["owner"]["databaseId"],
        private=repository["isPrivate"],
        number=raw["number"],
        title=raw["title"],
        body=raw["body"],
        open=raw["state"] == "OPEN",
        draft=raw["isDraft"],
        locked=raw["locked"],
        updated_at=raw["updatedAt"],
        head=raw["headRefOid"],
        head_ref=raw["headRefName"],
        head_repository_id=(raw["headRepository"] or {}).get("databaseId"),
        head_repository=(raw["headRepository"] or {}).get("nameWithOwner", ""),
        base=target(raw["baseRef"]).get("oid", ""),
        base_ref=raw["baseRefName"],
        retargeted_at=_retargeted_at(raw["timelineItems"]["nodes"]),
        default_branch=default["name"],
        opener=_opener(raw["author"]),
        changed_files=raw["changedFiles"],
        comments=raw["comments"]["totalCount"],
        policies=policies_of(repository, owner, raw["baseRefName"], target(raw["baseRef"])),
        sign_offs=sign_offs_of(repository, owner, raw["baseRefName"], target(raw["baseRef"])),
        document=document,
        proposed_policy=policy_file(repository["nameWithOwner"], "", newest),
        companions=_companions(raw, newest, repository["databaseId"]),
        check_run=_check_run(newest),
        reviews=reviews,
        reviews_whole=reviews_whole,
        commits=commit_page(raw["commits"]),
        own_account=own_account,
    )


def _name(repository: dict[str, Any]) -> RepositoryName:
    login, _, name = repository["nameWithOwner"].partition("/")
    return RepositoryName(repository["databaseId"], login, name)


def _newest_commit(raw: dict[str, Any]) -> dict[str, Any]:
    """The last commit of the list, which must be the head: everything in one report is read for one head."""
    nodes = raw["newest"]["nodes"]
    commit: dict[str, Any] = nodes[-1]["commit"] if nodes else {}
    if commit and commit["oid"] != raw["headRefOid"]:
        raise Unavailable("the list of commits does not end in the head yet")
    return commit


def _retargeted_at(events: list[dict[str, Any]] | None) -> float | None:
    """When the last of these changes of the base branch was made."""
    if events is None or not all(events):
        raise Unavailable("GitHub does not show when the base branch was changed")
    return max((datetime.fromisoformat(event["createdAt"]).timestamp() for event in events), default=None)


def _opener(author: dict[str, Any] | None) -> Person:
    if author is None:  # the account was deleted
        return Person()
    bot = author["__typename"] == "Bot"
    # GraphQL leaves out what REST and everybody else call a bot by.
    suffix = "[bot]" if bot and not author["login"].endswith("[bot]") else ""
    return Person(author.get("databaseId"), author["login"] + suffix, bot=bot)


def _check_run(commit: dict[str, Any]) -> SeenCheck | None:
    suites = (commit.get("checkSuites") or {}).get("nodes") or []
    runs = [run for suite in suites for run in (suite["checkRuns"] or {}).get("nodes") or []]
    newest = max(runs, key=lambda run: run["databaseId"], default=None)
    return SeenCheck(newest["databaseId"], newest["status"] == "COMPLETED") if newest else None


def _companions(raw: dict[str, Any], commit: dict[str, Any], repository_id: int) -> tuple[int, ...]:
    others = (commit.get("associatedPullRequests") or {}).get("nodes") or []
    numbers = {
        other["number"]
        for other in others
        if other["state"] == "OPEN"
        and other["headRefOid"] == raw["headRefOid"]
        and (other["baseRepository"] or {}).get("databaseId") == repository_id
    }
    return tuple(sorted(numbers | {raw["number"]}))
