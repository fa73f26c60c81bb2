# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.demo.github import SimulatedGitHub
from bot.demo.github.deliveries import Delivery
from tests.bot.demo.acme import Acme, Receiver


def told(github: SimulatedGitHub, do: Callable[[], object]) -> list[tuple[str, str | None]]:
    before = len(github.deliveries)
    do()
    return [(delivery.event, delivery.action) for delivery in github.deliveries[before:]]


def test_a_push_tells_of_itself_of_wanted_checks_and_of_the_pull_request(acme: Acme) -> None:
    pull = acme.pull()

    events = told(acme.github, lambda: acme.widgets.commit("feature", {"b.py": "2\n"}, author=acme.alice))

    assert events == [("push", None), ("check_suite", "requested"), ("pull_request", "synchronize")]
    payload = acme.github.deliveries[-1].payload
    assert payload["after"] == pull.head_sha != payload["before"]


def test_a_delivery_is_signed_over_its_bytes_and_says_what_it_is(github: SimulatedGitHub, receiver: Receiver) -> None:
    acme = Acme(github, receiver.url)
    acme.pull()
    acme.close()

    asked = receiver.got[-1]
    digest = hmac.new(acme.app.webhook_secret.encode(), asked.body, hashlib.sha256).hexdigest()
    assert asked.headers["X-Hub-Signature-256"] == f"sha256={digest}"
    assert asked.headers["X-GitHub-Event"] == "pull_request"
    assert asked.headers["X-GitHub-Hook-Installation-Target-ID"] == "7"
    assert re.fullmatch(r"[0-9a-f-]{36}", asked.headers["X-GitHub-Delivery"])
    payload = json.loads(asked.body)
    assert payload["action"] == "opened"
    assert payload["installation"]["id"] == acme.installation.id
    assert payload["organization"]["login"] == "acme"
    assert payload["repository"]["full_name"] == "acme/widgets"
    assert payload["sender"]["login"] == "alice"


def test_the_webhook_was_answered_when_the_call_returns(github: SimulatedGitHub, receiver: Receiver) -> None:
    acme = Acme(github, receiver.url)
    acme.close()
    acme.widgets.commit("main", {"a": "1"})
    assert receiver.events[-2:] == ["push", "check_suite"]
    assert {delivery.status for delivery in github.deliveries} == {"OK"}


@pytest.mark.parametrize(
    ("status", "recorded"), [(500, ("Invalid HTTP Response: 500", 500)), (0, ("failed to connect to host", 502))]
)
def test_a_webhook_that_fails_is_recorded_and_not_repeated(
    github: SimulatedGitHub, receiver: Receiver, status: int, recorded: tuple[str, int]
) -> None:
    acme = Acme(github, receiver.url)
    acme.close()
    receiver.status = status
    receiver.got.clear()

    acme.widgets.open_issue(acme.alice)

    assert receiver.events == ["issues"]
    assert (github.deliveries[-1].status, github.deliveries[-1].status_code) == recorded


def test_a_redelivery_keeps_its_guid(github: SimulatedGitHub, receiver: Receiver) -> None:
    acme = Acme(github, receiver.url)
    acme.widgets.open_issue(acme.alice)
    first = github.deliveries[-1]

    github.redeliver(first)
    answer = acme.as_app.ask("POST", f"/app/hook/deliveries/{first.id}/attempts")
    github.webhooks.wait_for(github.deliveries[-1])
    acme.close()

    assert answer.status_code == 202
    again = github.deliveries[-2:]
    assert {delivery.guid for delivery in again} == {first.guid}
    assert all(delivery.redelivery and delivery.id != first.id for delivery in again)
    assert receiver.got[-1].headers["X-GitHub-Delivery"] == receiver.got[-3].headers["X-GitHub-Delivery"]
    assert receiver.got[-1].body == receiver.got[-3].body


def test_deliveries_are_held_back_reordered_and_lost(github: SimulatedGitHub, receiver: Receiver) -> None:
    acme = Acme(github, receiver.url)
    acme.close()
    receiver.got.clear()

    with github.webhooks.paused() as held:
        issue = acme.widgets.open_issue(acme.alice)
        issue.comment(acme.alice, "one")
        assert receiver.got == []
        github.webhooks.deliver_now(held[1])
    assert receiver.events == ["issue_comment", "issues"]

    github.webhooks.drop_next()
    issue.comment(acme.alice, "lost")
    issue.comment(acme.alice, "seen")
    assert [json.loads(asked.body)["comment"]["body"] for asked in receiver.got[2:]] == ["seen"]
    assert [delivery.status for delivery in github.deliveries[-2:]] == ["timed out", "OK"]


def test_only_installed_repositories_and_wanted_events_are_told(github: SimulatedGitHub) -> None:
    acme = Acme(github)
    acme.close()
    elsewhere = acme.alice.repository("private-notes", files={"a": "1"})
    assert told(github, lambda: elsewhere.commit("main", {"a": "2"})) == []

    acme.app.events = ("pull_request",)
    assert told(github, lambda: acme.widgets.commit("main", {"a": "2"})) == []
    acme.installation.suspend()
    acme.app.events = ("push",)
    assert told(github, lambda: acme.widgets.commit("main", {"a": "3"})) == []


def stories(acme: Acme) -> list[tuple[Callable[[], object], list[tuple[str, str | None]]]]:
    widgets, alice, pull = acme.widgets, acme.alice, acme.pull()
    bob = acme.github.user("bob")
    review = pull.review(bob)
    comment = pull.comment(bob, "Nice")
    team = acme.organization.team("core")
    other = acme.organization.repository("other", files={"a": "1"})
    widgets.commit("next", {"n": "1"})
    pr = "pull_request"
    return [
        (lambda: pull.edit(title="Better", body="Said better"), [(pr, "edited")]),
        (lambda: pull.retarget("next"), [(pr, "edited")]),
        (pull.close, [(pr, "closed")]),
        (pull.reopen, [(pr, "reopened")]),
        (pull.convert_to_draft, [(pr, "converted_to_draft")]),
        (pull.ready_for_review, [(pr, "ready_for_review")]),
        (lambda: pull.lock(bob), [(pr, "locked")]),
        (lambda: pull.unlock(bob), [(pr, "unlocked")]),
        (lambda: pull.review_comment(bob, "Why?", "a.py"), [("pull_request_review_comment", "created")]),
        (lambda: review.dismiss(alice), [("pull_request_review", "dismissed")]),
        (lambda: comment.edit(bob, "Very nice"), [("issue_comment", "edited")]),
        (lambda: comment.delete(bob), [("issue_comment", "deleted")]),
        (lambda: widgets.grant(bob, "write"), [("member", "added")]),
        (lambda: widgets.grant(bob, "maintain"), [("member", "edited")]),
        (lambda: widgets.grant(bob, "none"), [("member", "removed")]),
        (lambda: acme.organization.add_member(bob), [("organization", "member_added")]),
        (lambda: team.add(bob, state="pending"), [("membership", "added")]),
        (lambda: team.remove(bob), [("membership", "removed")]),
        (lambda: acme.organization.remove_member(bob), [("organization", "member_removed")]),
        (lambda: acme.organization.team("late", [bob]), [("team", "created"), ("membership", "added")]),
        (lambda: widgets.set_default_branch("next"), [("repository", "edited")]),
        (widgets.set_private, [("repository", "privatized")]),
        (lambda: widgets.set_private(False), [("repository", "publicized")]),
        (lambda: widgets.rename("gadgets"), [("repository", "renamed")]),
        (lambda: widgets.delete_branch("feature", alice), [("push", None), (pr, "closed")]),
        (lambda: acme.installation.remove(other), [("installation_repositories", "removed")]),
        (lambda: acme.installation.add(other), [("installation_repositories", "added")]),
        (acme.installation.suspend, [("installation", "suspend")]),
        (acme.installation.unsuspend, [("installation", "unsuspend")]),
        (other.delete, [("repository", "deleted")]),
        (acme.installation.uninstall, [("installation", "deleted")]),
    ]


def test_everything_that_people_do_is_told(acme: Acme) -> None:
    for do, events in stories(acme):
        assert told(acme.github, do) == events


def test_an_edit_tells_what_stood_there_before(acme: Acme) -> None:
    pull = acme.pull()
    comment = pull.comment(acme.alice, "before")
    comment.edit(acme.alice, "after")
    assert payload(acme)["changes"] == {"body": {"from": "before"}}

    pull.edit(title="Other")
    assert payload(acme)["changes"] == {"title": {"from": "A change"}}

    sha = acme.widgets.commit("next", {"n": "1"})
    pull.retarget("next")
    assert payload(acme)["changes"]["base"]["ref"] == {"from": "main"}
    assert payload(acme)["pull_request"]["base"]["sha"] == sha


def test_what_somebody_may_do_is_told_with_what_they_might(acme: Acme) -> None:
    acme.widgets.grant(acme.alice, "maintain")
    assert payload(acme)["changes"] == {"permission": {"to": "write"}, "role_name": {"to": "maintain"}}
    acme.widgets.grant(acme.alice, "triage")
    change = {"from": "maintain", "to": "triage"}
    assert payload(acme)["changes"] == {"old_permission": {"from": "maintain"}, "permission": change}
    acme.widgets.grant(acme.alice, "none")
    assert (payload(acme)["member"]["login"], "changes" in payload(acme)) == ("alice", False)


def test_a_transfer_tells_the_former_owner_and_leaves_the_installation(acme: Acme) -> None:
    bob = acme.github.user("bob")
    acme.github.install(acme.app, bob)
    acme.widgets.transfer(bob)
    assert payload(acme)["changes"]["owner"]["from"]["organization"]["login"] == "acme"
    assert payload(acme)["repository"]["full_name"] == "bob/widgets"


def test_a_suite_is_asked_of_its_own_app_only(acme: Acme) -> None:
    other = acme.github.app(8, slug="other")
    acme.github.install(other, acme.organization)
    before = len(acme.github.deliveries)

    acme.widgets.commit("main", {"a": "1"})

    asked = [delivery for delivery in acme.github.deliveries[before:] if delivery.event == "check_suite"]
    assert [delivery.payload["check_suite"]["app"]["id"] for delivery in asked] == [7, 8]
    assert [delivery.hook.id for delivery in asked] == [7, 8]


def test_the_record_is_read_with_a_cursor(acme: Acme) -> None:
    for number in range(5):
        acme.widgets.open_issue(acme.alice, title=str(number))
    assert all(delivery.settled.wait(5) for delivery in acme.github.deliveries)

    first = acme.as_app.ask("GET", "/app/hook/deliveries", per_page=2)
    second = acme.as_app.ask("GET", first.links["next"]["url"])

    ids = [row["id"] for row in first.json() + second.json()]
    assert ids == sorted((delivery.id for delivery in acme.github.deliveries), reverse=True)[:4]
    assert acme.as_app.get("/app/hook/deliveries", status="success") == []
    one = acme.as_app.get(f"/app/hook/deliveries/{ids[0]}")
    assert one["request"]["payload"]["issue"]["title"] == "4"


def payload(acme: Acme) -> dict[str, Any]:
    last: Delivery = acme.github.deliveries[-1]
    return last.payload
