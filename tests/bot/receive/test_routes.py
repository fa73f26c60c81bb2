# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from bot.receive.intake import Intake
from bot.receive.routes import LARGEST_BODY, PATH, webhooks
from bot.receive.signature import sign
from bot.settings import Settings
from bot.store import repositories, sessions
from bot.store.database import reading, writing
from bot.store.sessions import Session
from bot.store.tables import inbox, work
from bot.work.queue import Queue
from tests.bot.opening import Opening
from tests.bot.receive.payloads import HEAD, PERSON, PULL, REPOSITORY, comment, payload, pull

SECRET = "a secret of tests"
SIGNED = "X-Hub-Signature-256"


@dataclass
class Receiver:
    """A Steward that only receives, as its sender sees it."""

    engine: Engine
    secrets: tuple[str, ...] = (SECRET,)
    patience: float = 30.0

    def send(
        self,
        body: dict[str, Any] | bytes,
        event: str | None = "pull_request",
        name: str | None = "guid-1",
        content_type: str = "application/json",
        **headers: Any,
    ) -> TestResponse:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {SIGNED: sign(raw, SECRET), "X-GitHub-Event": event, "X-GitHub-Delivery": name, **headers}
        sent = {header: value for header, value in given.items() if value is not None}
        return self.app().test_client().post(PATH, data=raw, headers=sent, content_type=content_type)

    def app(self) -> Flask:
        settings = Settings(Path(), str(self.engine.url), app_id=99, webhook_secrets=self.secrets)
        app = Flask(__name__)
        app.register_blueprint(webhooks(settings, Intake(self.engine, Queue(self.engine), self.patience)))
        return app

    def inbox(self) -> list[Any]:
        with reading(self.engine) as connection:
            return list(connection.execute(select(inbox).order_by(inbox.c.delivery)))

    def work(self) -> list[Any]:
        with reading(self.engine) as connection:
            return list(connection.execute(select(work)))


@pytest.fixture
def receiver(engine: Engine) -> Receiver:
    return Receiver(engine)


def test_a_delivery_is_kept_and_its_pull_request_is_due(receiver: Receiver) -> None:
    body = json.dumps(pull("opened")).encode()
    answer = receiver.send(body)

    assert (answer.status_code, answer.json) == (202, {"delivery": "guid-1", "status": "accepted"})
    (row,) = receiver.inbox()
    assert (row.delivery, row.key, row.event, row.action, row.body) == (
        "guid-1",
        "7#12",
        "pull_request",
        "opened",
        body,
    )
    (due,) = receiver.work()
    assert (due.key, due.wanted, due.done, due.head, due.head_at) == ("7#12", 1, 0, HEAD, PULL["updated_at"])
    with reading(receiver.engine) as connection:
        facts = repositories.find(connection, 7)
    assert facts is not None
    assert (facts.owner, facts.name, facts.installation_id) == ("acme", "widgets", 3)


def test_a_redelivery_changes_nothing(receiver: Receiver) -> None:
    receiver.send(pull("opened"))
    once = receiver.inbox(), receiver.work()
    answer = receiver.send(pull("opened"))

    assert answer.status_code == 202
    assert (receiver.inbox(), receiver.work()) == once


@pytest.mark.parametrize(
    ("event", "body"),
    [
        ("ping", {"zen": "Design for failure."}),
        ("star", payload("created")),
        ("pull_request", pull("labeled")),
        ("issue_comment", comment("created", "Nice work!")),
    ],
)
def test_of_an_event_without_use_the_id_is_kept_and_the_body_is_not(
    receiver: Receiver, event: str, body: dict[str, Any]
) -> None:
    assert receiver.send(body, event=event).status_code == 202

    (row,) = receiver.inbox()
    assert (row.delivery, row.event, row.key, row.body) == ("guid-1", event, None, None)
    assert receiver.work() == []


@pytest.mark.parametrize(
    "body",
    [
        pull("opened", pull_request=None),
        pull("opened", repository={**REPOSITORY, "name": "a/b"}),
        pull("opened", repository={**REPOSITORY, "owner": {"id": 2**63, "login": "acme"}}),
    ],
)
def test_a_known_event_without_its_fields_is_kept_logged_and_dirties_nothing(
    receiver: Receiver, body: dict[str, Any]
) -> None:
    with capture_logs() as logs:
        assert receiver.send(body).status_code == 202

    (row,) = receiver.inbox()
    assert (row.delivery, row.key, row.body) == ("guid-1", None, None)
    assert [(line["event"], line["log_level"]) for line in logs if line["log_level"] != "debug"] == [
        ("malformed payload", "warning")
    ]


def test_an_action_that_is_no_word_is_left_out(receiver: Receiver) -> None:
    receiver.send({"action": "<script>" * 100}, event="star")

    assert receiver.inbox()[0].action is None


def test_who_takes_an_authorization_back_is_signed_out_everywhere(receiver: Receiver) -> None:
    with writing(receiver.engine) as connection:
        for token, account in (("at home", 2), ("at work", 2), ("somebody else", 4)):
            sessions.begin(connection, token, Session(account, "alice", "csrf", 0.0, 10.0))

    body = {"action": "revoked", "sender": PERSON}
    assert receiver.send(body, event="github_app_authorization").status_code == 202

    with reading(receiver.engine) as connection:
        left = [sessions.find(connection, token, 1.0) for token in ("at home", "at work", "somebody else")]
    assert [one and one.account_id for one in left] == [None, None, 4]


@pytest.mark.parametrize(
    ("status", "words", "change"),
    [
        (401, "X-Hub-Signature-256", {SIGNED: None}),
        (401, "X-Hub-Signature-256", {SIGNED: "sha256=00"}),
        (401, "does not fit", {SIGNED: sign(b"another body", SECRET)}),
        (401, "does not fit", {SIGNED: sign(b"{}", "another secret")}),
        (401, "X-Hub-Signature-256", {SIGNED: None, "event": None, "body": b"no JSON"}),  # 401 comes before 400
        (400, "X-GitHub-Event", {"event": None}),
        (400, "X-GitHub-Event", {"event": "Pull Request"}),
        (400, "X-GitHub-Delivery", {"name": None}),
        (400, "X-GitHub-Delivery", {"name": "x" * 65}),
        (400, "X-GitHub-Delivery", {"name": "'; drop table inbox; --"}),
        (400, "not JSON", {"body": b""}),
        (400, "not JSON", {"body": b"{"}),
        (400, "not JSON", {"body": b'{"a": NaN}'}),
        (400, "not JSON", {"body": b"\xff\xfe{}"}),
        (400, "not JSON", {"body": b"[" * 100_000}),
        (400, "not an object", {"body": b"[]"}),
        (400, "not an object", {"body": b"5"}),
        (400, "form", {"body": b"payload=%7B%7D", "content_type": "application/x-www-form-urlencoded"}),
    ],
)
def test_a_bad_request_is_refused_with_the_reason_and_leaves_nothing(
    receiver: Receiver, status: int, words: str, change: dict[str, Any]
) -> None:
    answer = receiver.send(**{"body": b"{}", **change})

    assert answer.status_code == status
    assert words in (answer.json or {})["error"]
    assert receiver.inbox() == []


@pytest.mark.parametrize("said", [True, False], ids=["with its length", "in chunks"])
def test_a_giant_body_is_refused_before_anything_else(receiver: Receiver, said: bool) -> None:
    environment: dict[str, Any] = {"wsgi.input": BytesIO(bytes(LARGEST_BODY + 1)), "HTTP_TRANSFER_ENCODING": "chunked"}
    environment["wsgi.input_terminated"] = True  # as gunicorn says of chunks
    if said:
        environment = {"wsgi.input": BytesIO(b""), "CONTENT_LENGTH": str(2 * LARGEST_BODY)}
    answer = receiver.app().test_client().post(PATH, environ_overrides=environment)

    assert answer.status_code == 413
    assert answer.json == {"error": "Request Entity Too Large"}


def test_the_largest_body_that_github_sends_is_read(receiver: Receiver) -> None:
    assert receiver.send(b'"' + b"x" * (LARGEST_BODY - 2) + b'"').status_code == 400


def test_the_previous_secret_is_accepted_too(engine: Engine) -> None:
    assert Receiver(engine, secrets=("a newer secret", SECRET)).send(pull("opened")).status_code == 202


@pytest.mark.parametrize(("signature", "status"), [(sign(b"{}", SECRET), 503), (None, 401), ("sha256=", 401)])
def test_without_a_secret_nothing_that_is_signed_can_be_believed(
    engine: Engine, signature: str | None, status: int
) -> None:
    headers: dict[str, Any] = {SIGNED: signature}
    answer = Receiver(engine, secrets=()).send(b"{}", **headers)

    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_a_locked_database_is_answered_503_with_retry_after(
    tmp_path: Path, migrated: Callable[[Path], str], opened: Opening
) -> None:
    url = migrated(tmp_path)
    with writing(opened(url)), capture_logs() as logs:
        answer = Receiver(opened(url, patience=0.05)).send(pull("opened"))

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert (answer.json or {})["error"] == "the delivery could not be stored, send it again later"
    assert logs[-1]["error"] == "database is locked"
    assert Receiver(opened(url)).inbox() == []


def test_a_database_that_does_not_answer_in_time_is_answered_503(
    tmp_path: Path, migrated: Callable[[Path], str], opened: Opening
) -> None:
    url = migrated(tmp_path)
    with writing(opened(url)):
        answer = Receiver(opened(url, patience=60), patience=0.05).send(pull("opened"))

    assert answer.status_code == 503
