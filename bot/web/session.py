# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who the visitor of a page is: the session behind a cookie, looked up once a request.

The cookie holds a random token and nothing else. Every form carries the session's own CSRF token, so that no other
site can send one in somebody's name.
"""

import hmac
import secrets

import structlog
from flask import Flask, abort, g, request
from sqlalchemy import Engine
from werkzeug.wrappers import Response

from bot.identity import Account
from bot.store import sessions
from bot.store.database import StoreUnavailable, reading, writing
from bot.store.sessions import Session
from bot.web.parts import Parts

LASTS = 8 * 3600.0
"""Seconds after which a session ends, used or not."""
LARGEST_FORM = 64_000
"""Bytes; the forms of these pages are far smaller."""

_log = structlog.get_logger()


class Sessions:
    """The sessions of one Steward, as the requests of its web processes see them."""

    def __init__(self, parts: Parts) -> None:
        self._engine: Engine = parts.engine
        self._clock = parts.clock
        self.possible = bool(parts.settings.client_id and parts.settings.client_secret)
        """Whether the operator set up signing in."""
        self.secure = (parts.settings.url or "").startswith("https://")
        """Whether cookies travel by HTTPS alone. The prefix of their name keeps other hosts from setting them."""
        self.cookie = self.named("steward-session")

    def named(self, name: str) -> str:
        """The name of a cookie."""
        return f"__Host-{name}" if self.secure else name

    def current(self) -> Session | None:
        """The visitor's session, or None for whoever is not signed in. Raises StoreUnavailable."""
        if "session" not in g:
            g.session = self._find()
        found: Session | None = g.session
        return found

    def begin(self, account: Account) -> str:
        """Somebody signed in: a session under a new token, which is returned. One they had here before ends."""
        now, token = self._clock(), secrets.token_urlsafe(32)
        session = Session(account.id, account.login, secrets.token_hex(32), now, now + LASTS)
        with writing(self._engine) as connection:
            sessions.end(connection, self._token())
            sessions.begin(connection, token, session)
        return token

    def end(self) -> None:
        """The visitor signs out."""
        with writing(self._engine) as connection:
            sessions.end(connection, self._token())

    def account(self) -> Account | None:
        """The visitor's account, if they are signed in."""
        session = self.current()
        return Account(session.account_id, session.login) if session else None

    def signed_in(self) -> Session:
        """The visitor's session; 401 for whoever is not signed in."""
        return self.current() or abort(401)

    def checked_form(self) -> Session:
        """The session of a visitor who sends a form: 401 without one, 403 where the form is not from our own page."""
        request.max_content_length = LARGEST_FORM
        session = self.signed_in()
        given = request.form.get("csrf", "")
        if not hmac.compare_digest(given.encode(), session.csrf.encode()):
            abort(403)
        return session

    def set_cookie(self, response: Response, name: str, value: str, seconds: float) -> None:
        """Have the browser keep something, out of reach of scripts and of other sites' forms."""
        response.set_cookie(
            name, value, max_age=int(seconds), secure=self.secure, httponly=True, samesite="Lax", path="/"
        )

    def drop_cookie(self, response: Response, name: str) -> None:
        """Have the browser forget something."""
        response.delete_cookie(name, secure=self.secure, httponly=True, samesite="Lax", path="/")

    def _token(self) -> str:
        return request.cookies.get(self.cookie, "")

    def _find(self) -> Session | None:
        token = self._token()
        if not self.possible or not token or len(token) > 100:
            return None
        with reading(self._engine) as connection:
            return sessions.find(connection, token, self._clock())


def show_sessions(app: Flask, sessions: Sessions) -> None:
    """Tell every page who is signed in, and whether anybody could be."""

    @app.context_processor
    def visitor() -> dict[str, object]:
        try:
            session = sessions.current()
        except StoreUnavailable as error:
            _log.error("session not readable", error=str(error))
            session = g.session = None
        return {"session": session, "sign_in_possible": sessions.possible}
