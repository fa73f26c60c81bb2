# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The App's two identities: itself, by a signed JWT, and one installation, by a token that lives an hour.

Tokens are cached and shared by all threads of the process; clients are not, since they are not thread-safe.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from github import Auth

from bot.github.client import TIMEOUT, Client
from bot.github.errors import Gone, NotFound, Unauthorized

RENEW_BEFORE = 300.0
"""Seconds before a token's end at which it is replaced, so that no run ends on an expired one."""


@dataclass
class _Token:
    text: str
    expires: float
    permissions: Mapping[str, str]


@dataclass
class App:
    """The GitHub App: the only maker of clients.

    `clock` gives seconds since 1970; `timeout` is how many seconds GitHub has for each answer.
    """

    app_id: int
    private_key: str = field(repr=False)
    api_url: str
    clock: Callable[[], float]
    timeout: int = TIMEOUT
    _tokens: dict[int, _Token] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _mine: threading.local = field(default_factory=threading.local, repr=False)

    def installation(self, installation_id: int) -> Client:
        """This thread's client for one installation. Raises GitHubError if no token is to be had."""
        token = self._token(installation_id).text
        clients: dict[int, tuple[str, Client]] = self._mine.__dict__.setdefault("clients", {})
        known = clients.get(installation_id)
        if known is None or known[0] != token:
            clients[installation_id] = (token, Client(self.api_url, Auth.Token(token), self.clock, self.timeout))
        return clients[installation_id][1]

    def itself(self) -> Client:
        """This thread's client for calls that are about the App."""
        if not hasattr(self._mine, "app"):
            auth = Auth.AppAuth(self.app_id, self.private_key)
            self._mine.app = Client(self.api_url, auth, self.clock, self.timeout)
        client: Client = self._mine.app
        return client

    def forget(self, installation_id: int) -> None:
        """Drop a token that GitHub no longer accepts; the next client gets a new one."""
        with self._lock:
            self._tokens.pop(installation_id, None)

    def permissions(self, installation_id: int) -> Mapping[str, str]:
        """What an installation let the App do, in GitHub's words, when its token was made: an hour ago at most.

        Raises GitHubError if no token is to be had.
        """
        return self._token(installation_id).permissions

    def _token(self, installation_id: int) -> _Token:
        with self._lock:
            token = self._tokens.get(installation_id)
            if token is None or token.expires - RENEW_BEFORE < self.clock():
                token = self._tokens[installation_id] = self._new_token(installation_id)
            return token

    def _new_token(self, installation_id: int) -> _Token:
        try:
            answer = self.itself().write("POST", f"/app/installations/{installation_id}/access_tokens", {})
        except NotFound as error:
            raise Gone(f"Steward is not installed there any more: {error}", error.status) from error
        try:
            expires = datetime.fromisoformat(answer["expires_at"]).timestamp()
            return _Token(str(answer["token"]), expires, _texts(answer.get("permissions")))
        except (KeyError, TypeError, ValueError):
            raise Unauthorized("GitHub gave an installation token that cannot be read") from None


def _texts(answer: object) -> Mapping[str, str]:
    rows = answer.items() if isinstance(answer, dict) else ()
    return {name: level for name, level in rows if isinstance(name, str) and isinstance(level, str)}
