# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What an event is about, as keys of the queue. All of these raise Malformed where the payload does not say."""

import re
from typing import Any

from bot.receive.payload import LARGEST_NUMBER, Payload, find, items, number, sha
from bot.work.keys import Key

# More repositories at once are one look at their installation: a delivery must not make work without bound.
MOST_REPOSITORIES = 200

_NUMBERS = re.compile(r"[1-9][0-9]{0,9}(,[1-9][0-9]{0,9}){0,99}")
_MERGE_QUEUE = "gh-readonly-queue/"


def pull(payload: Payload) -> tuple[Key, ...]:
    """The pull request of an event that carries it."""
    return (_pull(payload, number(payload, "pull_request.number", LARGEST_NUMBER)),)


def commented(payload: Payload) -> tuple[Key, ...]:
    """The pull request, or the issue, whose conversation was commented on."""
    return (_pull(payload, number(payload, "issue.number", LARGEST_NUMBER)),)


def check_run(payload: Payload) -> tuple[Key, ...]:
    """The pull requests that a check run of ours speaks of; its commit where they are unknown.

    GitHub lists none for a fork, so our own note in `external_id` goes first.
    """
    noted = find(payload, "check_run.external_id")
    run = find(payload, "check_run")
    if isinstance(noted, str) and _NUMBERS.fullmatch(noted) and not _of_merge_queue(find(run, "check_suite")):
        numbers = sorted({int(text) for text in noted.split(",") if int(text) <= LARGEST_NUMBER})
        return tuple(_pull(payload, one) for one in numbers)
    return _checked(payload, run, find(run, "check_suite"), sha(payload, "check_run.head_sha"))


def check_suite(payload: Payload) -> tuple[Key, ...]:
    """The pull requests of a suite of ours; its commit where they are unknown."""
    suite = find(payload, "check_suite")
    return _checked(payload, suite, suite, sha(payload, "check_suite.head_sha"))


def merge_group(payload: Payload) -> tuple[Key, ...]:
    """The head commit of a merge group."""
    return (_commit(payload, sha(payload, "merge_group.head_sha")),)


def repository(payload: Payload) -> tuple[Key, ...]:
    """The repository as a whole."""
    return (Key.repository(number(payload, "repository.id")),)


def installation(payload: Payload) -> tuple[Key, ...]:
    """Everything that the installation reaches."""
    return (Key.installation(number(payload, "installation.id")),)


def added(payload: Payload) -> tuple[Key, ...]:
    """Each repository that an installation now reaches too."""
    listed = items(payload, "repositories_added")
    if len(listed) > MOST_REPOSITORIES:
        return installation(payload)
    return tuple(Key.repository(one) for one in sorted({number(each, "id") for each in listed}))


def _pull(payload: Payload, its_number: int) -> Key:
    return Key.pull(number(payload, "repository.id"), its_number)


def _commit(payload: Payload, its_sha: str) -> Key:
    return Key.commit(number(payload, "repository.id"), its_sha)


def _of_merge_queue(suite: Any) -> bool:
    branch = find(suite, "head_branch")
    return isinstance(branch, str) and branch.startswith(_MERGE_QUEUE)


def _checked(payload: Payload, check: Any, suite: Any, head: str) -> tuple[Key, ...]:
    # The list also names pull requests of other repositories that have this commit.
    here = number(payload, "repository.id")
    listed = [] if _of_merge_queue(suite) else items(check, "pull_requests")
    ours = [one for one in listed if find(one, "base.repo.id") == here]
    numbers = sorted({number(one, "number", LARGEST_NUMBER) for one in ours})
    return tuple(_pull(payload, one) for one in numbers) or (_commit(payload, head),)
