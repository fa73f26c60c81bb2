# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""POST /api/github/webhooks: judge a request, keep its delivery, answer 202 once it is on disk.

Requests are judged in a fixed order: 413 too large, 401 not signed, 400 not understood, 503 not kept.
"""

import time
from collections.abc import Callable

import structlog
from flask import Blueprint, Request, Response, jsonify, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from bot.receive.dirty import TABLE
from bot.receive.intake import Intake
from bot.receive.judge import Refused, delivery_of, event_of, look, name_of, payload_of, verify
from bot.receive.metrics import DELIVERIES, REFUSED, SECONDS
from bot.receive.signature import HEADER
from bot.settings import Settings
from bot.store.database import StoreUnavailable

PATH = "/api/github/webhooks"
LARGEST_BODY = 25 * 1024 * 1024  # GitHub sends nothing larger
RETRY_AFTER = "30"

_EVENTS = frozenset(row.event for row in TABLE)

_log = structlog.get_logger()


def webhooks(settings: Settings, intake: Intake, clock: Callable[[], float] = time.time) -> Blueprint:
    """The blueprint that receives GitHub's webhooks into `intake`; `clock` answers seconds since 1970."""
    blueprint = Blueprint("receive", __name__)

    @blueprint.post(PATH)
    def receive() -> tuple[Response, int]:
        body = _body(request)
        with SECONDS.time():
            name = _take(request, body, settings, intake, clock())
        return jsonify(delivery=name, status="accepted"), 202

    @blueprint.errorhandler(Refused)
    def refuse(refused: Refused) -> Response:
        return _refusal(refused.status, str(refused))

    @blueprint.errorhandler(StoreUnavailable)
    def refuse_for_now(error: StoreUnavailable) -> Response:
        _log.error("delivery not kept", error=str(error))
        return _refusal(503, "the delivery could not be stored, send it again later")

    @blueprint.errorhandler(HTTPException)
    def refuse_as_http_says(error: HTTPException) -> Response:
        return _refusal(error.code or 400, error.name)

    return blueprint


def _body(sent: Request) -> bytes:
    # A body in chunks is cut at the limit without a word: one byte more tells it from one that ended there.
    sent.max_content_length = LARGEST_BODY + 1
    body = sent.get_data(cache=False)
    if len(body) > LARGEST_BODY:
        raise RequestEntityTooLarge
    return body


def _take(sent: Request, body: bytes, settings: Settings, intake: Intake, now: float) -> str:
    verify(body, sent.headers.get(HEADER, ""), settings.webhook_secrets)
    name = name_of(sent.headers.get("X-GitHub-Delivery", ""))
    event = event_of(sent.headers.get("X-GitHub-Event", ""))
    payload = payload_of(body, sent.mimetype)
    with structlog.contextvars.bound_contextvars(delivery=name):
        outcome, found = look(event, payload, settings.app_id, now)
        intake.keep(delivery_of(name, event, payload, body, found), found.repositories, found.signed_out)
        _log.debug("delivery kept", gh_event=event, outcome=outcome, keys=[str(key) for key in found.keys])
    DELIVERIES.labels(event if event in _EVENTS else "other", outcome).inc()
    return name


def _refusal(status: int, reason: str) -> Response:
    REFUSED.labels(str(status)).inc()
    response = jsonify(error=reason)
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = RETRY_AFTER
    return response
