# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The accounts behind logins, whoever knows them."""

from dataclasses import dataclass
from typing import Protocol

from bot.identity import Account


@dataclass(frozen=True, slots=True)
class Known(Account):
    """An account, and when it was made, in seconds since 1970, where that is known."""

    made_at: float | None = None

    @property
    def name(self) -> str:
        """The login as GitHub compares it."""
        return self.login.lower()


class NoAccount(Exception):
    """A login that stands for nobody who could sign; the message says why."""


class Accounts(Protocol):
    """Whoever knows accounts by their login."""

    def named(self, login: str) -> Known:
        """The account that has this login now. Raises NoAccount; Refusal where it cannot be learned."""
        ...
