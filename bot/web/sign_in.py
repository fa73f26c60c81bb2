# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Signing in with GitHub, and out: `/login`, `/login/callback`, `/logout`."""

from dataclasses import dataclass
from functools import cached_property

import structlog
from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.identity import Account, NoAnswer, NotIdentified
from bot.settings import Settings
from bot.web.parts import Parts, People
from bot.web.session import LASTS, Sessions
from bot.web.session_flow import PATIENCE, Way, Ways
from bot.web.session_key import session_key

ASK = b"sign-in"
"""The query by which any page is asked to have its visitor sign in and come back to it."""
LONGEST = 500

_log = structlog.get_logger()


class _Refused(Exception):
    """Nobody was signed in. The page is answered with `status` and shows the words for `reason`."""

    def __init__(self, status: int, reason: str, back_to: str = "/") -> None:
        super().__init__(reason)
        self.status, self.reason, self.back_to = status, reason, back_to


def sign_in(parts: Parts, visitors: Sessions, people: People) -> Blueprint:
    """The blueprint with the pages for signing in and out. Raises SettingsError where no key is to be had for them."""
    blueprint = Blueprint("sign_in", __name__)
    key = session_key(parts.settings) if visitors.possible else ""
    door = _Door(parts.settings, visitors, people, Ways(key, parts.clock))

    @blueprint.before_app_request
    def asked_to() -> AnyResponse | None:
        if request.query_string != ASK or request.method != "GET":
            return None
        return redirect(url_for("sign_in.login", next=request.path))

    @blueprint.get("/login")
    def login() -> AnyResponse:
        return door.leave(request.args.get("next")) if visitors.possible else _page(_Refused(503, "not-set-up"))

    @blueprint.get("/login/callback")
    def callback() -> AnyResponse:
        try:
            response = door.come_back() if visitors.possible else _page(_Refused(503, "not-set-up"))
        except _Refused as refused:
            response = _page(refused)
        visitors.drop_cookie(response, door.cookie)
        return response

    @blueprint.post("/logout")
    def logout() -> AnyResponse:
        response = redirect("/", 303)
        if visitors.current() is not None:
            visitors.checked_form()
            visitors.end()
        visitors.drop_cookie(response, visitors.cookie)
        return response

    return blueprint


@dataclass(frozen=True)
class _Door:
    """Where people leave for GitHub and come back in."""

    settings: Settings
    visitors: Sessions
    people: People
    ways: Ways

    @cached_property
    def cookie(self) -> str:
        """The name of the cookie that holds the way."""
        return self.visitors.named("steward-way")

    def leave(self, wanted: str | None) -> AnyResponse:
        """Send the visitor to GitHub."""
        way = self.ways.begin(wanted)
        response = redirect(self.people.identity.address(way.state, way.challenge, self._back()))
        self.visitors.set_cookie(response, self.cookie, self.ways.seal(way), PATIENCE)
        return response

    def come_back(self) -> AnyResponse:
        """Let in whom GitHub names. Raises _Refused."""
        way = self._way()
        account = self._account(way)
        response = redirect(way.back_to)
        self.visitors.set_cookie(response, self.visitors.cookie, self.visitors.begin(account), LASTS)
        _log.info("signed in", account=account.id)
        return response

    def _way(self) -> Way:
        way = self.ways.open(request.cookies.get(self.cookie, ""))
        if way is None or not way.is_of(request.args.get("state", "")):
            raise _Refused(400, "not-begun-here")
        return way

    def _account(self, way: Way) -> Account:
        code = request.args.get("code", "")
        if request.args.get("error") == "access_denied":
            raise _Refused(403, "denied", way.back_to)
        if not 0 < len(code) <= LONGEST:
            raise _Refused(400, "not-confirmed", way.back_to)
        try:
            return self.people.identity.by_code(code, way.verifier, self._back())
        except NotIdentified:
            raise _Refused(400, "not-confirmed", way.back_to) from None
        except NoAnswer as error:
            _log.warning("GitHub did not say who signs in", error=str(error))
            raise _Refused(502, "no-answer", way.back_to) from None

    def _back(self) -> str:
        return f"{self.settings.url or request.root_url.rstrip('/')}{url_for('sign_in.callback')}"


def _page(refused: _Refused) -> Response:
    words = render_template("sign_in.html", reason=refused.reason, back_to=refused.back_to)
    return make_response(words, refused.status)
