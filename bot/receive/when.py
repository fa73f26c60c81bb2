# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whether an event can change a verdict at all: each of these narrows one row of the table in `dirty`.

Where it cannot be told, the answer is yes: one look too many costs little, one too few leaves a verdict wrong.
"""

from typing import Any

from bot.receive.payload import Payload, find, items, text

POLICIES = frozenset({".github/governance.yml", ".github/dco.yml"})
ORGANIZATION_REPOSITORY = ".github"
COMMAND = "/steward"
SIGNING_PHRASE = "i have read the cla document and i hereby sign the cla"

# What GitHub documents for the event `push`: longer lists are cut.
MOST_COMMITS = 2_048
MOST_FILES_OF_A_COMMIT = 3_000


def always(_payload: Payload) -> bool:
    """No condition."""
    return True


def base_edited(payload: Payload) -> bool:
    """The pull request was given another base branch."""
    return find(payload, "changes.base") is not None


def described_anew(payload: Payload) -> bool:
    """The pull request was given another description; no rule reads its title."""
    return find(payload, "changes.body") is not None


def default_edited(payload: Payload) -> bool:
    """The repository was given another default branch."""
    return find(payload, "changes.default_branch") is not None


def review_decides(payload: Payload) -> bool:
    """The review approves, objects or is dismissed; one that only comments counts if it may hold a command."""
    return find(payload, "review.state") != "commented" or _person_may_command(payload, "review")


def may_command(payload: Payload) -> bool:
    """A comment by a person, with a line that may be a command; on an issue it changes no verdict and is answered."""
    return _person_may_command(payload, "comment")


def pushed_policy(payload: Payload) -> bool:
    """A branch moved, and the policy on it may have changed. No pull request is meant for one that is only now made."""
    return _moved_policy(payload) and find(payload, "created") is not True


def pushed_for_all(payload: Payload) -> bool:
    """The policy may have changed that holds for all repositories of an owner."""
    default = f"refs/heads/{find(payload, 'repository.default_branch')}"
    organization = find(payload, "repository.name") == ORGANIZATION_REPOSITORY and find(payload, "ref") == default
    return organization and _moved_policy(payload)


def _moved_policy(payload: Payload) -> bool:
    if not text(payload, "ref").startswith("refs/heads/") or find(payload, "deleted") is True:
        return False
    commits = items(payload, "commits")
    if find(payload, "forced") is True or len(commits) >= MOST_COMMITS:
        return True
    return any(_touches_policy(commit) for commit in commits)


def _touches_policy(commit: Any) -> bool:
    paths = [path for kind in ("added", "modified", "removed") for path in items(commit, kind)]
    return not POLICIES.isdisjoint(map(str, paths)) or len(paths) >= MOST_FILES_OF_A_COMMIT


def _person_may_command(payload: Payload, where: str) -> bool:
    """Bots and what other Apps write are never obeyed, so they need no look."""
    if find(payload, "sender.type") == "Bot" or find(payload, f"{where}.performed_via_github_app") is not None:
        return False
    return any(map(_is_command, text(payload, f"{where}.body").splitlines()))


def _is_command(line: str) -> bool:
    line = " ".join(line.split()).casefold()
    return line.startswith(COMMAND) or line.rstrip(". ") == SIGNING_PHRASE
