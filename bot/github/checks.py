# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Check runs on GitHub: what one says, finding our own, and writing it within the limits of the API."""

from dataclasses import asdict, dataclass
from typing import Any

from bot.github.client import Client
from bot.github.repository_name import RepositoryName

ANNOTATIONS_PER_CALL = 50
ANNOTATIONS_AT_MOST = 200
"""Annotations that one head gets from us, all updates together."""


@dataclass(frozen=True)
class Action:
    """A button on our check run, which GitHub shows to people who may write. `identifier` is what its event names."""

    label: str
    description: str
    identifier: str


RECHECK = Action("Look again", "Judge this commit anew", "recheck")
"""It asks for a look and decides nothing."""
ADD_HEADERS = Action("Add headers", "Add the missing license headers", "add-headers")
"""It has the headers added that can be, by a commit or by suggestions."""
ADD_CARD = Action("Add a card", "Add the missing cards, to be filled in", "add-card")
"""It has the cards added that data and models lack, by a commit or as text to paste."""


@dataclass(frozen=True)
class Annotation:
    """A remark on one line of one file; `level` is `failure`, `warning` or `notice`."""

    path: str
    line: int
    level: str
    title: str
    message: str

    def as_json(self) -> dict[str, Any]:
        """As GitHub takes it."""
        return {
            "path": self.path,
            "start_line": self.line,
            "end_line": self.line,
            "annotation_level": self.level,
            "title": self.title,
            "message": self.message,
        }


@dataclass(frozen=True)
class CheckRun:
    """All that our check run says about one head commit."""

    head: str
    conclusion: str
    title: str
    summary: str
    external_id: str
    details_url: str | None
    annotations: tuple[Annotation, ...] = ()
    actions: tuple[Action, ...] = (RECHECK,)


@dataclass(frozen=True)
class SeenCheck:
    """Our check run as GitHub shows it. It is not `completed` any more once somebody asked to run it again."""

    id: int
    completed: bool


def find_check(client: Client, repository: RepositoryName, head: str, name: str, app_id: int) -> SeenCheck | None:
    """This App's newest check run of that name on a commit. Raises GitHubError."""
    path = f"{repository.path}/commits/{head}/check-runs"
    for page in client.pages(path, check_name=name, app_id=app_id, filter="all"):
        ours = [run for run in page["check_runs"] if (run.get("app") or {}).get("id") == app_id]
        if ours:
            newest = max(ours, key=lambda run: run["id"])
            return SeenCheck(newest["id"], newest["status"] == "completed")
    return None


def create_check(
    client: Client, repository: RepositoryName, name: str, check: CheckRun, part: tuple[Annotation, ...]
) -> int:
    """Write a new check run with the annotations in `part` (at most 50) and give its id. Raises GitHubError."""
    body = {"name": name, "head_sha": check.head, **_body(check, part)}
    return int(client.write("POST", f"{repository.path}/check-runs", body)["id"])


def update_check(
    client: Client, repository: RepositoryName, identity: int, check: CheckRun, part: tuple[Annotation, ...]
) -> None:
    """Bring a check run up to date; GitHub appends the annotations in `part` (at most 50) and removes none.

    Raises GitHubError.
    """
    client.write("PATCH", f"{repository.path}/check-runs/{identity}", _body(check, part))


def reopen_check(client: Client, repository: RepositoryName, identity: int) -> None:
    """Set a completed check run back to work, so that an old verdict does not stand for a new question."""
    client.write("PATCH", f"{repository.path}/check-runs/{identity}", {"status": "in_progress"})


def _body(check: CheckRun, annotations: tuple[Annotation, ...]) -> dict[str, Any]:
    body: dict[str, Any] = {
        "status": "completed",
        "conclusion": check.conclusion,
        "external_id": check.external_id,
        "actions": [asdict(action) for action in check.actions],
        "output": _output(check, annotations),
    }
    return {**body, "details_url": check.details_url} if check.details_url else body


def _output(check: CheckRun, annotations: tuple[Annotation, ...]) -> dict[str, Any]:
    output: dict[str, Any] = {"title": check.title, "summary": check.summary}
    if annotations:
        output["annotations"] = [annotation.as_json() for annotation in annotations]
    return output
