# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Changes that Steward proposes on lines of a pull request: which lines can carry one, and the review that does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.github.client import Client
from bot.github.pull import Pull
from bot.github.queries import query
from rules.patches import shown_rows


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words, in Markdown, on one line of a file as the pull request leaves it."""

    path: str
    line: int
    body: str


def read_shown_lines(client: Client, pull: Pull, blobs: Mapping[str, str | None]) -> dict[str, dict[int, str]]:
    """The lines of files, by path and number, that the pull request's difference shows; only these take a remark.

    `blobs` are the git object ids of the files as they were judged: of another version nothing is told. Raises
    GitHubError.
    """
    path = f"{pull.repository.path}/pulls/{pull.number}/files"
    rows = (row for page in client.pages(path) for row in page)
    ours = (row for row in rows if row["filename"] in blobs and row["sha"] == blobs[row["filename"]])
    return {row["filename"]: dict(shown_lines(row.get("patch") or "")) for row in ours}


def shown_lines(patch: str) -> Iterator[tuple[int, str]]:
    """The lines that a patch shows of the new file, added or not, with their numbers."""
    return ((number, row[1:]) for number, row in shown_rows(patch))


def has_review(client: Client, pull: Pull, marker: str) -> bool:
    """Whether our App wrote a review that begins with `marker`, among the newest of a pull request.

    Anybody can write the marker, and the App may have said other things; only both together are ours. Raises
    GitHubError.
    """
    variables = {"owner": pull.repository.owner, "name": pull.repository.name, "number": pull.number}
    shown = client.graphql(query("own_reviews"), variables)["repository"]["pullRequest"]["reviews"]["nodes"]
    return any(row["viewerDidAuthor"] and row["body"].split("\n", 1)[0].strip() == marker for row in shown if row)


def post_review(client: Client, pull: Pull, body: str, suggestions: Sequence[Suggestion]) -> None:
    """Hand in a review of the head that only comments: all of it, or, if one line cannot take it, nothing.

    Raises GitHubError.
    """
    remarks = [{"path": one.path, "line": one.line, "side": "RIGHT", "body": one.body} for one in suggestions]
    review: dict[str, Any] = {"commit_id": pull.head, "event": "COMMENT", "body": body, "comments": remarks}
    client.write("POST", f"{pull.repository.path}/pulls/{pull.number}/reviews", review)
