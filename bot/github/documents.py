# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The text of an agreement, read from the repository and branch that the policy names."""

from dataclasses import dataclass
from typing import Any

from bot.github.client import Client
from bot.github.errors import Unavailable
from bot.github.queries import query

LONGEST = 200_000
"""Characters of an agreement's text that are taken; nobody reads more before they sign."""
DEFAULT_BRANCH = "HEAD"


@dataclass(frozen=True)
class DocumentPlace:
    """Where a document stands. `ref` is HEAD, for the default branch, or `refs/heads/NAME`."""

    owner: str
    name: str
    path: str
    ref: str = DEFAULT_BRANCH

    @property
    def repository(self) -> str:
        """`owner/name`."""
        return f"{self.owner}/{self.name}"

    @property
    def branch(self) -> str:
        """The branch; empty for the default one."""
        return "" if self.ref == DEFAULT_BRANCH else self.ref.removeprefix("refs/heads/")

    @property
    def full(self) -> str:
        """The place for people: `owner/name:path`, with the branch if it is not the default one."""
        return f"{self.repository}:{self.path}" + (f" on {self.branch}" if self.branch else "")

    @property
    def variables(self) -> dict[str, str]:
        """What a query asks for it by."""
        return {"documentOwner": self.owner, "documentName": self.name, "document": f"{self.ref}:{self.path}"}


@dataclass(frozen=True)
class SeenDocument:
    """A document as GitHub showed it.

    `repository_id` is None where the repository is out of sight. `text` is None where there is none to take, and
    `problem` says why. `commit` is the tip of the repository's default branch then.
    """

    place: DocumentPlace
    repository_id: int | None = None
    owner_id: int | None = None
    private: bool = True
    commit: str = ""
    text: str | None = None
    problem: str | None = None


def read_document(client: Client, place: DocumentPlace) -> SeenDocument:
    """Read a document. Raises GitHubError."""
    return seen_document(place, client.graphql(query("document", "agreement"), place.variables)["agreement"])


def seen_document(place: DocumentPlace, raw: dict[str, Any] | None) -> SeenDocument:
    """A document out of GitHub's words for its repository."""
    if raw is None:
        return SeenDocument(place, problem="its repository is not to be seen")
    target = (raw["defaultBranchRef"] or {}).get("target") or {}
    text, problem = _text(raw["object"])
    return SeenDocument(
        place, raw["databaseId"], raw["owner"].get("databaseId"), raw["isPrivate"], target.get("oid", ""), text, problem
    )


def _text(blob: dict[str, Any] | None) -> tuple[str | None, str | None]:
    if not blob:
        return None, "there is no such file"
    if blob["text"] is None and blob["isBinary"] is None:
        raise Unavailable("GitHub does not show the agreement's text now")
    if blob["text"] is None or "\0" in blob["text"]:
        return None, "it is not a text file"
    if blob["isTruncated"] or len(blob["text"]) > LONGEST:
        return None, "it is longer than an agreement may be"
    return (blob["text"], None) if blob["text"].strip() else (None, "it is empty")
