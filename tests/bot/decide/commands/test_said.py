# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who is obeyed: people, for what they say themselves, in the words of the verified event."""

from typing import Any

import orjson
import pytest
import structlog

from bot.decide.commands.grammar import SIGNING_PHRASE
from bot.decide.commands.said import Said, only_on_issue, said_in
from bot.github.reactions import Kind, Remark
from bot.identity import Account
from bot.work.delivery import Received

ADA = {"id": 2, "login": "ada", "type": "User"}
BEN = {"id": 3, "login": "ben", "type": "User"}
ROBOT = {"id": 4, "login": "robot[bot]", "type": "Bot"}
ADDRESS = "https://github.com/acme/widgets/pull/12#issuecomment-5"


def remark(body: Any = "/steward check", **parts: Any) -> dict[str, Any]:
    told = {"id": 5, "node_id": "IC_5", "user": ADA, "body": body, "html_url": ADDRESS}
    return {**told, "performed_via_github_app": None, **parts}


ON_ISSUE = {"issue": {"number": 12, "user": BEN}}


def delivery(payload: dict[str, Any], event: str = "issue_comment", action: str = "created") -> Received:
    told = {"action": action, "sender": ADA, "issue": {"number": 12, "user": BEN, "pull_request": {}}, **payload}
    return Received("guid-1", event, action, orjson.dumps(told), 1.0)


def heard(*deliveries: Received) -> list[Said]:
    return list(said_in(deliveries))


def edit(before: Any, after: Any, sender: dict[str, Any] = ADA, **parts: Any) -> Received:
    changes = {"body": {"from": before}}
    return delivery({"comment": remark(after), "changes": changes, "sender": sender, **parts}, action="edited")


def test_a_comment_tells_who_said_it_where_and_whose_the_pull_request_is() -> None:
    (said,) = heard(delivery({"comment": remark()}))
    assert said.by == Account(2, "ada")
    assert said.remark == Remark(Kind.COMMENT, 5, "IC_5")
    assert (said.delivery, said.comment, said.address) == ("guid-1", "comment/5", ADDRESS)
    assert (said.opener, said.edited) == (3, False)
    assert [one.name for one in said.commands] == ["check"]


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ({"created_at": "2026-03-04T05:06:07Z"}, "2026-03-04T05:06:07Z"),
        ({"created_at": "2026-03-04T05:06:07+02:00"}, "2026-03-04T03:06:07Z"),
        ({"submitted_at": "2026-03-04T05:06:07Z"}, "2026-03-04T05:06:07Z"),
        ({}, None),
    ],
)
def test_it_tells_when_it_was_written_where_the_event_does(told: dict[str, str], written: str | None) -> None:
    (said,) = heard(delivery({"comment": remark(**told)}))
    assert said.written == written


def test_a_review_and_a_comment_on_a_line_are_heard_as_well() -> None:
    pull = {"number": 12, "user": BEN}
    (review,) = heard(delivery({"review": remark(), "pull_request": pull}, "pull_request_review", "submitted"))
    (line,) = heard(delivery({"comment": remark(), "pull_request": pull}, "pull_request_review_comment"))
    assert (review.comment, line.comment) == ("review/5", "line/5")
    assert (review.opener, line.opener) == (3, 3)


def test_they_come_in_their_order() -> None:
    words = ["/steward check", "Thank you", "/steward sign"]
    said = heard(*(delivery({"comment": remark(word)}) for word in words))
    assert [one.commands[0].name for one in said] == ["check", "sign"]


# -- issues -------------------------------------------------------------------------------------------------------


def test_what_is_said_on_an_issue_is_told_apart() -> None:
    (said,) = heard(delivery({"comment": remark("/steward check\n/steward sign"), **ON_ISSUE}))
    assert said.on_issue
    assert [one.name for one in said.commands] == ["check", "sign"]
    (said,) = heard(delivery({"comment": remark()}))
    assert not said.on_issue


def test_the_sentence_says_nothing_on_an_issue() -> None:
    assert heard(delivery({"comment": remark(SIGNING_PHRASE), **ON_ISSUE})) == []
    (said,) = heard(delivery({"comment": remark(f"{SIGNING_PHRASE}\n/steward help"), **ON_ISSUE}))
    assert [one.name for one in said.commands] == ["help"]


PULL, ISSUE = delivery({"comment": remark()}), delivery({"comment": remark(), **ON_ISSUE})
REVIEW = delivery(
    {"review": remark(), "pull_request": {"number": 12}, "issue": None}, "pull_request_review", "submitted"
)


@pytest.mark.parametrize(
    ("deliveries", "only"),
    [
        ([ISSUE], True),
        ([ISSUE, ISSUE], True),
        ([PULL], False),
        ([ISSUE, PULL], False),
        ([PULL, ISSUE], False),
        ([ISSUE, REVIEW], False),
        ([Received("guid-1", "issue_comment", "created", None, 1.0)], False),
        ([], False),
    ],
)
def test_a_pull_request_is_looked_for_unless_all_was_said_on_an_issue(deliveries: list[Received], only: bool) -> None:
    assert only_on_issue(deliveries) is only


# -- edits --------------------------------------------------------------------------------------------------------


def test_an_edit_says_what_its_author_added() -> None:
    (said,) = heard(edit("/steward check", "/steward check\n\n/steward sign"))
    assert said.edited
    assert [one.name for one in said.commands] == ["sign"]


@pytest.mark.parametrize(
    "silent",
    [
        edit("/steward check", "/steward check\n\nThank you"),
        edit("Thank you", "/steward check", BEN),
        edit("Thank you", "/steward check", ROBOT),
        edit("Thank you", "/steward check", changes={"title": {"from": "x"}}),
        edit("Thank you", "/steward check", changes={}),
    ],
)
def test_an_edit_by_somebody_else_or_of_something_else_says_nothing(silent: Received) -> None:
    assert heard(silent) == []


def test_a_review_without_words_that_got_some_says_them() -> None:
    assert [one.commands[0].name for one in heard(edit(None, "/steward check"))] == ["check"]


# -- who is not obeyed --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "silent",
    [
        delivery({"comment": remark(user=ROBOT), "sender": ROBOT}),
        delivery({"comment": remark(), "sender": ROBOT}),
        delivery({"comment": remark(user=ROBOT)}),
        delivery({"comment": remark(user={**ADA, "type": "Mannequin"}), "sender": {**ADA, "type": "Mannequin"}}),
        delivery({"comment": remark(performed_via_github_app={"id": 9, "slug": "helper"})}),
        delivery({"comment": remark(), "sender": BEN}),
        delivery({"comment": remark(user=None)}),
        delivery({"comment": remark(), "sender": None}),
        delivery({"comment": remark("Thank you")}),
        delivery({"comment": remark(None)}),
        delivery({"comment": remark()}, action="deleted"),
        delivery({"comment": remark()}, event="commit_comment"),
        delivery({"review": remark()}, "pull_request_review", "dismissed"),
        Received("guid-1", "issue_comment", "created", None, 1.0),
    ],
)
def test_nobody_else_is_obeyed(silent: Received) -> None:
    assert heard(silent) == []


@pytest.mark.parametrize(
    "parts",
    [
        {"id": None},
        {"id": "5"},
        {"user": {**ADA, "login": "../ada"}},
        {"body": ["/steward check"]},
        {"node_id": 5},
        {"created_at": "today"},
    ],
)
def test_a_comment_that_cannot_be_understood_is_logged_and_keeps_nobody_out(parts: dict[str, Any]) -> None:
    with structlog.testing.capture_logs() as logs:
        said = heard(delivery({"comment": remark(**parts)}), delivery({"comment": remark()}))
    assert len(said) == 1
    assert [(one["event"], one["delivery"]) for one in logs] == [("a comment cannot be understood", "guid-1")]
