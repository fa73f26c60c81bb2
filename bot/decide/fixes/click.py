# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who pressed the button "Add headers", out of the verified deliveries that tell of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson
import structlog

from bot.github.checks import ADD_HEADERS
from bot.identity import Account
from bot.receive.payload import LARGEST_ID, Payload, find, number, sha, text
from bot.work.delivery import Received

LONGEST_LOGIN = 100

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Click:
    """One press: the delivery that told of it, the head whose check has the button, and who pressed it."""

    delivery: str
    head: str
    by: Account
    by_person: bool


def clicks_in(deliveries: Iterable[Received]) -> Iterator[Click]:
    """The presses of the button, in the order in which they were heard.

    Those on another App's checks never get as far as this.
    """
    for delivery in deliveries:
        if (delivery.event, delivery.action) != ("check_run", "requested_action") or delivery.body is None:
            continue
        payload: Payload = orjson.loads(delivery.body)
        if find(payload, "requested_action.identifier") != ADD_HEADERS.identifier:
            continue
        try:
            yield _click(delivery.id, payload)
        except ValueError as error:  # to read it again would not mend it
            log.warning("a click cannot be understood", delivery=delivery.id, error=str(error))


def _click(delivery: str, payload: Payload) -> Click:
    by = Account(number(payload, "sender.id", LARGEST_ID), text(payload, "sender.login")[:LONGEST_LOGIN])
    return Click(delivery, sha(payload, "check_run.head_sha"), by, find(payload, "sender.type") == "User")
