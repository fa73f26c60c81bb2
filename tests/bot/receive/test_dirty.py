# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from typing import Any

import pytest

from bot.github.policy_files import POLICY_PATH as POLICY
from bot.receive.dirty import TABLE, Dirty, dirty
from bot.receive.payload import Malformed
from tests.bot.receive.payloads import (
    APP,
    BOT,
    GROUP,
    HEAD,
    PERSON,
    PULL,
    REPOSITORY,
    check_run,
    check_suite,
    comment,
    listed,
    payload,
    pull,
    push,
)

NOW = 1_800_000_000.0
ORGANIZATION = {**REPOSITORY, "name": ".github"}
PHRASE = "I have read the CLA Document and I hereby sign the CLA."
QUEUE = {"head_branch": "gh-readonly-queue/main/pr-12-abc"}

EVENTS: list[tuple[str, dict[str, Any], str, str]] = [
    # event, payload, keys, signal
    *[
        ("pull_request", pull(action), "7#12", "head")
        for action in (
            "opened",
            "reopened",
            "synchronize",
            "ready_for_review",
            "converted_to_draft",
            "closed",
            "locked",
            "unlocked",
        )
    ],
    ("pull_request", pull("edited", changes={"base": {"ref": {"from": "main"}}}), "7#12", "base"),
    ("pull_request", pull("edited", changes={"body": {"from": "old"}}), "7#12", "text"),
    ("pull_request_review", pull("submitted", review={"state": "approved", "body": None}), "7#12", "decision"),
    ("pull_request_review", pull("submitted", review={"state": "changes_requested"}), "7#12", "decision"),
    ("pull_request_review", pull("edited", review={"state": "approved"}), "7#12", "decision"),
    ("pull_request_review", pull("dismissed", review={"state": "dismissed"}), "7#12", "decision"),
    (
        "pull_request_review",
        pull("submitted", review={"state": "commented", "body": "/steward check"}),
        "7#12",
        "decision",
    ),
    ("pull_request_review_comment", pull("created", comment={"body": "/steward check"}), "7#12", "decision"),
    ("pull_request_review_comment", pull("edited", comment={"body": "/steward check"}), "7#12", "decision"),
    ("issue_comment", comment("created", "/steward check"), "7#12", "decision"),
    ("issue_comment", comment("edited", "Hello.\r\n   /Steward override headers because"), "7#12", "decision"),
    ("issue_comment", comment("created", f"Thanks!\n{PHRASE}\n"), "7#12", "decision"),
    ("issue_comment", comment("created", PHRASE.upper().rstrip(".")), "7#12", "decision"),
    ("issue_comment", comment("created", PHRASE.replace(" ", "  ")), "7#12", "decision"),
    ("issue_comment", comment("created", "/steward help", on_pull=False), "7#12", "decision"),
    ("check_run", check_run("rerequested", external_id="13,12"), "7#12 7#13", "asked"),
    ("check_run", check_run("requested_action", external_id="12"), "7#12", "asked"),
    ("check_run", check_run("rerequested", pull_requests=[listed(12), listed(5, repository=8)]), "7#12", "asked"),
    ("check_run", check_run("rerequested", external_id="nonsense"), f"7@{HEAD}", "asked"),
    ("check_run", check_run("rerequested", external_id="12", check_suite=QUEUE), f"7@{HEAD}", "asked"),
    ("check_suite", check_suite("rerequested", pull_requests=[listed(12)]), "7#12", "asked"),
    ("check_suite", check_suite("rerequested"), f"7@{HEAD}", "asked"),
    ("check_suite", check_suite("rerequested", pull_requests=[listed(12)], **QUEUE), f"7@{HEAD}", "asked"),
    ("merge_group", payload("checks_requested", merge_group={"head_sha": GROUP}), f"7@{GROUP}", "head"),
    ("push", push(POLICY, kind="added"), "7~", "base"),
    ("push", push(POLICY, kind="modified", ref="refs/heads/release/1.0"), "7~", "base"),
    ("push", push(POLICY, kind="removed"), "7~", "base"),
    ("push", push("README.md", forced=True), "7~", "base"),
    ("push", push(*[f"{number}.txt" for number in range(3_000)]), "7~", "base"),
    ("push", push(commits=[{"added": [], "modified": [], "removed": []}] * 2_048), "7~", "base"),
    ("push", push(POLICY, repository=ORGANIZATION), "3%", "base"),
    ("push", push(POLICY, repository=ORGANIZATION, ref="refs/heads/draft"), "7~", "base"),
    *[
        ("repository", payload(action), "7~", "base")
        for action in ("renamed", "transferred", "privatized", "publicized", "archived", "unarchived", "deleted")
    ],
    ("repository", payload("edited", changes={"default_branch": {"from": "master"}}), "7~", "base"),
    *[("member", payload(action), "7~", "people") for action in ("added", "edited", "removed")],
    ("team_add", payload(), "7~", "people"),
    *[
        ("team", payload(action), "3%", "people")
        for action in ("created", "deleted", "edited", "added_to_repository", "removed_from_repository")
    ],
    *[("membership", payload(action), "3%", "people") for action in ("added", "removed")],
    *[("organization", payload(action), "3%", "people") for action in ("member_added", "member_removed", "renamed")],
    *[
        ("installation", payload(action, repositories=[]), "3%", "asked")
        for action in ("created", "unsuspend", "new_permissions_accepted")
    ],
    *[("installation", payload(action, repositories=[]), "3%", "base") for action in ("deleted", "suspend")],
    (
        "installation_repositories",
        payload("added", repositories_added=[{"id": 9, "name": "b"}, {"id": 8, "name": "a"}]),
        "8~ 9~",
        "asked",
    ),
    ("push", push(POLICY, repository=ORGANIZATION, created=True), "3%", "base"),
    (
        "installation_repositories",
        payload("added", repositories_added=[{"id": n, "name": "a"} for n in range(1, 202)]),
        "3%",
        "asked",
    ),
]

NOTHING: list[tuple[str, dict[str, Any]]] = [
    ("push", push("README.md", created=True)),
    ("pull_request", pull("labeled")),
    ("pull_request", pull("assigned")),
    ("pull_request_review", pull("submitted", review={"state": "commented", "body": "Looks good."})),
    ("pull_request_review", pull("submitted", review={"state": "commented", "body": None})),
    ("pull_request_review_comment", pull("created", comment={"body": "Why /steward?"})),
    ("pull_request_review_comment", pull("deleted", comment={"body": "/steward check"})),
    ("issue_comment", comment("created", "Please run /steward check")),
    ("issue_comment", comment("created", f"> {PHRASE}")),
    ("issue_comment", comment("created", "/steward check", sender=BOT)),
    ("issue_comment", comment("created", "/steward help", on_pull=False, sender=BOT)),
    ("issue_comment", comment("created", "Why /steward?", on_pull=False)),
    ("issue_comment", comment("deleted", "/steward help", on_pull=False)),
    (
        "issue_comment",
        comment("created", "", comment={"body": "/steward check", "performed_via_github_app": {"id": 5}}),
    ),
    ("issue_comment", comment("deleted", "/steward check")),
    ("issues", payload("opened", issue={"number": 1})),
    ("check_run", check_run("created")),
    ("check_run", check_run("completed")),
    ("check_run", check_run("rerequested", app={"id": 5}, external_id="12")),
    ("check_suite", check_suite("requested")),
    ("check_suite", check_suite("rerequested", app={"id": 5})),
    ("merge_group", payload("destroyed", merge_group={"head_sha": GROUP})),
    ("push", push("README.md")),
    ("push", push(POLICY, ref="refs/tags/v1")),
    ("push", push(POLICY, deleted=True)),
    ("push", push("README.md", repository=ORGANIZATION)),
    ("repository", payload("edited", changes={"description": {"from": ""}})),
    ("pull_request", pull("edited", changes={"title": {"from": "old"}})),
    ("repository", payload("created")),
    ("organization", payload("member_invited")),
    ("installation_repositories", payload("removed", repositories_removed=[{"id": 9}])),
    ("ping", payload(zen="Keep it logically awesome.")),
    ("something_new", payload("happened")),
]

MALFORMED: list[tuple[str, dict[str, Any], str]] = [
    ("pull_request", pull("opened", pull_request="12"), "pull_request.updated_at"),
    ("pull_request", pull("opened", pull_request={**PULL, "number": True}), "pull_request.number"),
    ("pull_request", pull("opened", pull_request={**PULL, "number": 2**31}), "pull_request.number"),
    ("pull_request", pull("opened", pull_request={**PULL, "head": None}), "pull_request.head.sha"),
    ("pull_request", pull("opened", pull_request={**PULL, "head": {"sha": "HEAD"}}), "pull_request.head.sha"),
    ("pull_request", pull("opened", pull_request={**PULL, "updated_at": 5}), "pull_request.updated_at"),
    ("pull_request", pull("opened", pull_request={**PULL, "updated_at": "yesterday"}), "pull_request.updated_at"),
    ("pull_request", pull("opened", repository=None), "repository.id"),
    ("pull_request", pull("opened", repository={**REPOSITORY, "id": "7"}), "repository.id"),
    ("pull_request", pull("opened", repository={**REPOSITORY, "id": 0}), "repository.id"),
    ("pull_request", pull("opened", repository={**REPOSITORY, "name": "../etc"}), "repository.name"),
    ("pull_request", pull("opened", repository={**REPOSITORY, "name": ".."}), "repository.name"),
    ("pull_request", pull("opened", repository={**REPOSITORY, "owner": {}}), "repository.owner.id"),
    ("pull_request", pull("opened", installation={"id": -1}), "installation.id"),
    ("issue_comment", comment("created", 5), "comment.body"),
    ("issue_comment", comment("created", "/steward", issue={"pull_request": {}}), "issue.number"),
    ("check_run", check_run("rerequested", head_sha=None), "check_run.head_sha"),
    ("check_suite", check_suite("rerequested", pull_requests=None), "pull_requests"),
    ("check_suite", check_suite("rerequested", pull_requests=[listed(-1)]), "number"),
    ("merge_group", payload("checks_requested"), "merge_group.head_sha"),
    ("push", push(commits=None), "commits"),
    ("push", push(commits=["a"]), "added"),
    ("push", push(ref=5), "ref"),
    ("installation", payload("created", installation=None), "installation.id"),
    ("installation_repositories", payload("added"), "repositories_added"),
    ("installation_repositories", payload("added", repositories_added=["a"]), "id"),
    ("github_app_authorization", {"action": "revoked"}, "sender.id"),
]


@pytest.mark.parametrize(("event", "told", "keys", "signal"), EVENTS)
def test_what_an_event_dirties(event: str, told: dict[str, Any], keys: str, signal: str) -> None:
    found = dirty(event, told, APP, NOW)

    assert (" ".join(map(str, found.keys)), found.signal) == (keys, signal)


@pytest.mark.parametrize(("event", "told"), NOTHING)
def test_an_event_that_cannot_change_a_verdict_dirties_nothing(event: str, told: dict[str, Any]) -> None:
    assert dirty(event, told, APP, NOW) == Dirty()


@pytest.mark.parametrize(("event", "told", "field"), MALFORMED)
def test_a_known_event_without_its_fields_is_malformed(event: str, told: dict[str, Any], field: str) -> None:
    with pytest.raises(Malformed, match=f"^{field} is no "):
        dirty(event, told, APP, NOW)


def test_the_stories_above_leave_no_row_out() -> None:
    unseen = set(TABLE)
    for event, told, *_ in EVENTS:
        unseen.discard(next(row for row in TABLE if row.fits(event, told)))

    assert not unseen


def test_who_takes_an_authorization_back_is_signed_out_and_dirties_nothing() -> None:
    assert dirty("github_app_authorization", {"action": "revoked", "sender": PERSON}, APP, NOW) == Dirty(
        signed_out=(PERSON["id"],)
    )
    assert dirty("github_app_authorization", {"action": "other", "sender": PERSON}, APP, NOW) == Dirty()


def test_without_an_app_no_check_is_ours() -> None:
    assert dirty("check_run", check_run("rerequested", app={"id": None}), None, NOW) == Dirty()


@pytest.mark.parametrize("event", ["pull_request", "pull_request_review"])
def test_the_head_is_named_with_its_time_in_utc(event: str) -> None:
    told = pull(
        "edited",
        changes={"body": {"from": ""}},
        pull_request={**PULL, "updated_at": "2026-01-02T05:04:05+02:00"},
        review={},
    )

    found = dirty(event, told, APP, NOW)

    assert (found.head, found.head_at) == (HEAD, "2026-01-02T03:04:05Z")


def test_a_merge_group_names_its_head() -> None:
    assert dirty("merge_group", payload("checks_requested", merge_group={"head_sha": GROUP}), APP, NOW).head == GROUP
