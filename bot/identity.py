# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who somebody is on GitHub and what they may see there, as the web asks for it, whoever answers."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Account:
    """One account: its numeric id, which it keeps, and the login that it has now."""

    id: int
    login: str


class NotIdentified(Exception):
    """GitHub tells nobody's name for this code or token: it has expired, was used before, or never was one."""


class NoAnswer(Exception):
    """GitHub could not be asked, or its answer could not be understood. Nothing was learned."""


class Identity(Protocol):
    """Signing in with GitHub: a person is sent there, and comes back with a code that is worth one answer."""

    def address(self, state: str, challenge: str, back: str) -> str:
        """Where to send a person who wants to sign in. They return to `back` with `state` and a code."""
        ...

    def by_code(self, code: str, verifier: str, back: str) -> Account:
        """Whose code this is. Raises NotIdentified and NoAnswer."""
        ...

    def by_token(self, token: str) -> Account:
        """Whose user token this is. Raises NotIdentified and NoAnswer."""
        ...


class Rights(Protocol):
    """What an installation of the App may be told about people."""

    def may_read(self, installation_id: int, owner: str, name: str, account: Account) -> bool:
        """Whether this account may read a repository. Raises NoAnswer."""
        ...

    def find(self, installation_id: int, login: str) -> Account | None:
        """The account that has this login now. Raises NoAnswer."""
        ...
