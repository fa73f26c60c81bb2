# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who pressed which button that mends, out of the verified deliveries that tell of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson
import structlog

from bot.github.checks import ADD_CARD, ADD_HEADERS
from bot.identity import Account
from bot.receive.payload import LARGEST_ID, Payload, find, number, sha, text
from bot.store.fixes import Kind
from bot.work.delivery import Received

LONGEST_LOGIN = 100

_KINDS = {ADD_HEADERS.identifier: Kind.HEADERS, ADD_CARD.identifier: Kind.CARD}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Click:
    """One press: the delivery that told of it, the button, the head whose check has it, and who pressed it."""

    delivery: str
    kind: Kind
    head: str
    by: Account
    by_person: bool


def clicks_in(deliveries: Iterable[Received]) -> Iterator[Click]:
    """The presses of these buttons, in the order in which they were heard.

    Those on another App's checks never get as far as this.
    """
    for delivery in deliveries:
        if (delivery.event, delivery.action) != ("check_run", "requested_action") or delivery.body is None:
            continue
        payload: Payload = orjson.loads(delivery.body)
        kind = _KINDS.get(str(find(payload, "requested_action.identifier")))
        if kind is None:
            continue
        try:
            yield _click(delivery.id, kind, payload)
        except ValueError as error:  # to read it again would not mend it
            log.warning("a click cannot be understood", delivery=delivery.id, error=str(error))


def _click(delivery: str, kind: Kind, payload: Payload) -> Click:
    by = Account(number(payload, "sender.id", LARGEST_ID), text(payload, "sender.login")[:LONGEST_LOGIN])
    return Click(delivery, kind, sha(payload, "check_run.head_sha"), by, find(payload, "sender.type") == "User")
