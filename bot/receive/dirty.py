# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What an event dirties: one table, read from above; the first row that fits says what to look at again, and why.

An event that no row fits changes no verdict. The table only says "look again": what to do is found out by the run
that looks, from the state of that moment.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.receive.facts import told
from bot.receive.payload import Payload, find, moment, number, sha
from bot.receive.targets import (
    added,
    check_run,
    check_suite,
    commented,
    installation,
    merge_group,
    pull,
    repository,
)
from bot.receive.when import (
    always,
    base_edited,
    default_edited,
    described_anew,
    may_command,
    pushed_for_all,
    pushed_policy,
    review_decides,
)
from bot.store.repositories import RepositoryFacts
from bot.work.keys import Key
from bot.work.signals import Signal


@dataclass(frozen=True, slots=True)
class Dirty:
    """What to look at again and why; `head` is the newest head commit that the event named, `head_at` as of when.

    `repositories` are the facts on repositories that the event told by the way, `signed_out` the accounts that took
    back on GitHub what they had let Steward know.
    """

    keys: tuple[Key, ...] = ()
    signal: Signal | None = None
    head: str | None = None
    head_at: str | None = None
    repositories: tuple[RepositoryFacts, ...] = ()
    signed_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; without `actions`, the event has none. `only` narrows it further."""

    event: str
    actions: str
    look_at: Callable[[Payload], tuple[Key, ...]]
    why: Signal
    only: Callable[[Payload], bool] = always

    def fits(self, event: str, payload: Payload) -> bool:
        """Whether this row is about the event."""
        if event != self.event or (self.actions and find(payload, "action") not in self.actions.split()):
            return False
        return self.only(payload)


HEAD, BASE, TEXT, DECISION, PEOPLE, ASKED, _ = Signal

_PULL_STATES = "opened reopened synchronize ready_for_review converted_to_draft closed locked unlocked"
_REPOSITORY_STATES = "renamed transferred privatized publicized archived unarchived deleted"
_ORGANIZATION_STATES = "member_added member_removed renamed"
_TEAM_STATES = "created deleted edited added_to_repository removed_from_repository"
_INSTALLATION_STATES = "created unsuspend new_permissions_accepted"

# fmt: off
TABLE = (
    Row("pull_request",                _PULL_STATES,                    pull,          HEAD),
    Row("pull_request",                "edited",                        pull,          BASE,      base_edited),
    Row("pull_request",                "edited",                        pull,          TEXT,      described_anew),
    Row("pull_request_review",         "submitted edited dismissed",    pull,          DECISION,  review_decides),
    Row("pull_request_review_comment", "created edited",                pull,          DECISION,  may_command),
    Row("issue_comment",               "created edited",                commented,     DECISION,  may_command),
    Row("check_run",                   "rerequested requested_action",  check_run,     ASKED),
    Row("check_suite",                 "rerequested",                   check_suite,   ASKED),
    Row("merge_group",                 "checks_requested",              merge_group,   HEAD),
    Row("push",                        "",                              installation,  BASE,      pushed_for_all),
    Row("push",                        "",                              repository,    BASE,      pushed_policy),
    Row("repository",                  _REPOSITORY_STATES,              repository,    BASE),
    Row("repository",                  "edited",                        repository,    BASE,      default_edited),
    Row("member",                      "added edited removed",          repository,    PEOPLE),
    Row("team_add",                    "",                              repository,    PEOPLE),
    Row("team",                        _TEAM_STATES,                    installation,  PEOPLE),
    Row("membership",                  "added removed",                 installation,  PEOPLE),
    Row("organization",                _ORGANIZATION_STATES,            installation,  PEOPLE),
    Row("installation",                _INSTALLATION_STATES,            installation,  ASKED),
    Row("installation",                "deleted suspend",               installation,  BASE),
    Row("installation_repositories",   "added",                         added,         ASKED),
)
# fmt: on

# Asking to run a check again goes to every App that listens, so these count only for Steward's own.
_OF_ONE_APP = {"check_run": "check_run.app.id", "check_suite": "check_suite.app.id"}


# It comes by itself, and changes no verdict: somebody does not want to be signed in any more.
AUTHORIZATION = "github_app_authorization"


def dirty(event: str, payload: Payload, app_id: int | None, now: float) -> Dirty:
    """What `event` dirties, by the first row of the table that fits; nothing if none does.

    `app_id` is Steward's own, `now` is in seconds since 1970. Raises Malformed where a field is missing that the
    event always has.
    """
    if event == AUTHORIZATION:
        return Dirty(signed_out=_revoked(payload))
    if event in _OF_ONE_APP and (app_id is None or find(payload, _OF_ONE_APP[event]) != app_id):
        return Dirty()
    row = next((row for row in TABLE if row.fits(event, payload)), None)
    if row is None:
        return Dirty()
    head, head_at = _head(payload)
    return Dirty(row.look_at(payload), row.why, head, head_at, told(event, payload, now))


def _revoked(payload: Payload) -> tuple[int, ...]:
    return (number(payload, "sender.id"),) if find(payload, "action") == "revoked" else ()


def _head(payload: Payload) -> tuple[str | None, str | None]:
    if "pull_request" in payload:
        as_of = moment(payload, "pull_request.updated_at").strftime("%Y-%m-%dT%H:%M:%SZ")
        return sha(payload, "pull_request.head.sha"), as_of
    if "merge_group" in payload:
        return sha(payload, "merge_group.head_sha"), None
    return None, None
