# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""All commits of a pull request, however many pages they take, or the plain word that some were not shown."""

from bot.github.client import Client
from bot.github.commits import CommitPage, commit_page
from bot.github.errors import Unavailable
from bot.github.pull import Pull
from bot.github.queries import query
from rules.change import Commit, Need, Unseen

LISTED_AT_MOST = 250
"""GitHub lists no more commits of a pull request than this; its own count may stop there as well."""


def read_commits(client: Client, pull: Pull) -> tuple[tuple[Commit, ...], tuple[Unseen, ...]]:
    """All commits of a pull request, from its first page on, and what could not be seen of them.

    Raises GitHubError; Unavailable also if the head moved between two pages.
    """
    pages = [pull.commits]
    while pages[-1].after is not None:
        pages.append(_next_page(client, pull, pages[-1].after))
    commits = tuple(commit for page in pages for commit in page.commits)
    unseen = tuple(gap for page in pages for gap in page.unseen)
    total = _true_total(client, pull)
    if len(commits) < total:
        gap = Unseen(Need.COMMITS, f"GitHub showed {len(commits)} of {total} commits")
        return commits, (*unseen, gap)
    return commits, unseen


def _next_page(client: Client, pull: Pull, after: str) -> CommitPage:
    name = pull.repository
    variables = {"owner": name.owner, "name": name.name, "number": pull.number, "after": after}
    raw = client.graphql(query("more_commits", "commits"), variables)["repository"]["pullRequest"]
    if raw["headRefOid"] != pull.head:
        raise Unavailable("the head moved while its commits were read")
    return commit_page(raw["commits"])


def _true_total(client: Client, pull: Pull) -> int:
    """How many commits there are, asked of the comparison where the list may have been cut."""
    if pull.commits.total < LISTED_AT_MOST:
        return pull.commits.total
    comparison = client.get(f"{pull.repository.path}/compare/{pull.base}...{pull.head}", per_page=1)
    return max(pull.commits.total, int(comparison["total_commits"]))
