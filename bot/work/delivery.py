# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One webhook delivery as the queue takes it: who it is, what it dirties, and the body if a run will read it."""

from dataclasses import dataclass

from bot.work.keys import Key
from bot.work.signals import Signal

# What the columns of the inbox and of work can hold, in characters.
_BOUNDS = {"id": 64, "event": 64, "action": 64, "head": 64, "head_at": 40}


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery to accept. Raises ValueError where a field does not fit the store, a key or the signal is none.

    `id` is GitHub's GUID, which a redelivery repeats. `keys` are spelled as bot.work.keys spells them; without any,
    only the id is kept. With several, the body is found by a run of the first. `head` is the head commit that the
    event names and `head_at` the `updated_at` (ISO 8601, UTC) that orders it among others.
    """

    id: str
    event: str
    action: str | None = None
    keys: tuple[str, ...] = ()
    signal: str | None = None
    body: bytes | None = None
    head: str | None = None
    head_at: str | None = None

    def __post_init__(self) -> None:
        if not self.id or not self.event:
            raise ValueError("a delivery needs an id and an event")
        for field, most in _BOUNDS.items():
            value = getattr(self, field)
            if value is not None and (len(value) > most or not value.isprintable()):
                raise ValueError(f"the delivery's {field} is longer than {most} characters or not printable")
        if self.signal is not None:
            Signal(self.signal)
        for key in self.keys:
            Key.parse(key)


@dataclass(frozen=True, slots=True)
class Received:
    """A delivery as the inbox kept it, for the run that carries it out. `received` is in seconds since 1970."""

    id: str
    event: str
    action: str | None
    body: bytes | None
    received: float
