# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Judge one webhook request, step by step: is it signed, is it understood, what does it dirty.

Nothing here knows of HTTP but the status that a refusal carries.
"""

import re
from collections.abc import Iterable

import orjson
import structlog

from bot.receive.dirty import Dirty, dirty
from bot.receive.payload import Payload, find
from bot.receive.signature import HEADER, is_signature, is_signed
from bot.work.delivery import Delivery

_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_WORD = re.compile(r"[a-z_]{1,64}")

_log = structlog.get_logger()


class Refused(Exception):
    """A request that is not accepted: the status to answer, and the reason in words for its sender."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def verify(body: bytes, signature: str, secrets: Iterable[str]) -> None:
    """Raises Refused (401) for a body that is not signed, and (503) where no secret is there to tell.

    Without a secret nothing that follows may be believed. The 503 shows as failed in GitHub's list of deliveries,
    from which it can be sent again.
    """
    if not is_signature(signature):
        raise Refused(401, f"{HEADER} is missing or is no SHA-256 signature")
    if not secrets:
        raise Refused(503, "no webhook secret is configured")
    if not is_signed(body, signature, secrets):
        raise Refused(401, f"{HEADER} does not fit the body")


def name_of(header: str) -> str:
    """The delivery's id from its header. Raises Refused (400)."""
    if not _ID.fullmatch(header):
        raise Refused(400, "X-GitHub-Delivery is missing or is no delivery id")
    return header


def event_of(header: str) -> str:
    """The event from its header. Raises Refused (400)."""
    if not _WORD.fullmatch(header):
        raise Refused(400, "X-GitHub-Event is missing or is no event")
    return header


def payload_of(body: bytes, media_type: str) -> Payload:
    """The body as the object that every payload is. Raises Refused (400)."""
    if media_type == "application/x-www-form-urlencoded":
        raise Refused(400, "the body is a form: set the webhook's content type to application/json")
    try:
        payload = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Refused(400, "the body is not JSON") from None
    if not isinstance(payload, dict):
        raise Refused(400, "the body is JSON, but not an object")
    return payload


def look(event: str, payload: Payload, app_id: int | None, now: float) -> tuple[str, Dirty]:
    """What the event dirties and how it came out: `queued`, `unused`, or `malformed`.

    A malformed payload dirties nothing and is logged: to send it again would not mend it.
    """
    try:
        found = dirty(event, payload, app_id, now)
    except ValueError as error:
        _log.warning("malformed payload", gh_event=event, error=str(error))
        return "malformed", Dirty()
    return ("queued" if found.keys else "unused"), found


def delivery_of(name: str, event: str, payload: Payload, body: bytes, found: Dirty) -> Delivery:
    """The delivery as the queue takes it; where nothing is to be done, the body is not kept."""
    action = find(payload, "action")
    return Delivery(
        id=name,
        event=event,
        action=action if isinstance(action, str) and _WORD.fullmatch(action) else None,
        keys=tuple(map(str, found.keys)),
        signal=found.signal if found.keys else None,
        body=body if found.keys else None,
        head=found.head,
        head_at=found.head_at,
    )
