# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Our one comment on a pull request: finding it again, posting it, editing it."""

from bot.github.client import Client
from bot.github.errors import NotFound
from bot.github.repository_name import RepositoryName


def find_comment(client: Client, repository: RepositoryName, number: int, marker: str, app_id: int) -> int | None:
    """The id of the comment that this App wrote and that begins with `marker`. Raises GitHubError.

    Anybody can write the marker, and the App may have said other things; only both together are ours.
    """
    for page in client.pages(f"{repository.path}/issues/{number}/comments"):
        for comment in page:
            app = comment.get("performed_via_github_app") or {}
            ours = app.get("id") == app_id and (comment.get("user") or {}).get("type") == "Bot"
            if ours and (comment.get("body") or "").split("\n", 1)[0].strip() == marker:
                return int(comment["id"])
    return None


def post_comment(client: Client, repository: RepositoryName, number: int, body: str) -> int:
    """Write a new comment and give its id. Raises GitHubError."""
    return int(client.write("POST", f"{repository.path}/issues/{number}/comments", {"body": body})["id"])


def edit_comment(client: Client, repository: RepositoryName, identity: int, body: str) -> bool:
    """Replace a comment's text; False if somebody deleted it. Raises GitHubError."""
    try:
        client.write("PATCH", f"{repository.path}/issues/comments/{identity}", {"body": body})
    except NotFound:
        return False
    return True
