# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Webhook payloads with the fields that GitHub always sends, for tests to change one thing in."""

from typing import Any

APP = 99
HEAD = "a" * 40
GROUP = "b" * 40

REPOSITORY: dict[str, Any] = {
    "id": 7,
    "name": "widgets",
    "full_name": "acme/widgets",
    "private": False,
    "default_branch": "main",
    "updated_at": "2026-01-01T00:00:00Z",
    "owner": {"id": 1, "login": "acme", "type": "Organization"},
}
PULL: dict[str, Any] = {"number": 12, "updated_at": "2026-01-02T03:04:05Z", "head": {"sha": HEAD}}
PERSON: dict[str, Any] = {"id": 2, "login": "alice", "type": "User"}
BOT: dict[str, Any] = {"id": 3, "login": "robot[bot]", "type": "Bot"}
INSTALLATION: dict[str, Any] = {"id": 3, "account": {"id": 1, "login": "acme"}}


def payload(action: str | None = None, **parts: Any) -> dict[str, Any]:
    """What every event has, and `parts`."""
    told = {"repository": REPOSITORY, "installation": INSTALLATION, "sender": PERSON, **parts}
    return told if action is None else {"action": action, **told}


def pull(action: str, **parts: Any) -> dict[str, Any]:
    return payload(action, **{"number": 12, "pull_request": PULL, **parts})


def comment(action: str, body: Any, *, on_pull: bool = True, **parts: Any) -> dict[str, Any]:
    issue = {"number": 12, "pull_request": {"url": "..."}} if on_pull else {"number": 12}
    told: dict[str, Any] = {"issue": issue, "comment": {"body": body, "performed_via_github_app": None}}
    return payload(action, **{**told, **parts})


def check_run(action: str, **parts: Any) -> dict[str, Any]:
    run = {"head_sha": HEAD, "app": {"id": APP}, "external_id": "", "pull_requests": [], "check_suite": {}}
    return payload(action, check_run={**run, **parts})


def check_suite(action: str, **parts: Any) -> dict[str, Any]:
    suite = {"head_sha": HEAD, "head_branch": "feature", "app": {"id": APP}, "pull_requests": []}
    return payload(action, check_suite={**suite, **parts})


def push(*paths: str, ref: Any = "refs/heads/main", kind: str = "modified", **parts: Any) -> dict[str, Any]:
    commit: dict[str, Any] = {"id": HEAD, "added": [], "modified": [], "removed": [], kind: list(paths)}
    told = {"ref": ref, "created": False, "deleted": False, "forced": False, "commits": [commit]}
    return payload(**{**told, **parts})


def listed(number: int, repository: int = 7) -> dict[str, Any]:
    """A pull request as check events list it."""
    return {"number": number, "base": {"repo": {"id": repository}}}
