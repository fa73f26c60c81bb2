# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The page on which somebody lets an App know who they are. No password: whoever looks chooses whom to be."""

from urllib.parse import urlencode, urlsplit

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bot.demo.github.accounts import Account
from bot.demo.github.apps import App
from bot.demo.github.authorization import app_of, leads_back, new_code
from bot.demo.github.rest.answers import world

routes = Blueprint("authorize", __name__)

PATH = "/login/oauth/authorize"
FORM_ACTION = "'self' http://localhost:* http://127.0.0.1:*"
"""Where its form may lead: browsers hold a redirect after a form against the page's policy, too."""
_ASKED = ("client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method")
_MISMATCH = "The redirect_uri MUST match the registered callback URL for this application."
_DENIED = "The user has denied your application access."


@routes.get(PATH)
def ask() -> ResponseReturnValue:
    """Ask who they are: one button for each person; `login` suggests somebody."""
    app, back = _asked()
    if not leads_back(app, back):
        return _back(app.callback_urls[0], error="redirect_uri_mismatch", error_description=_MISMATCH)
    people = [account for account in world().accounts.values() if _person(account)]
    fields = {name: request.values[name] for name in _ASKED if name in request.values}
    hint = request.values.get("login", "").lower()
    return render_template("authorize.html", app=app, people=people, fields=fields, hint=hint)


@routes.post(PATH)
def answer() -> ResponseReturnValue:
    """Send them back to the App with a code, or without one if they would rather not."""
    app, back = _asked()
    if not leads_back(app, back):
        abort(400)
    user = world().account(request.form.get("login", ""))
    if user is None or not _person(user):
        return _back(back, error="access_denied", error_description=_DENIED)
    return _back(back, code=new_code(app, user, back, request.form.get("code_challenge", "")))


def _asked() -> tuple[App, str]:
    """The App that asks, and where it wants its answer."""
    app = app_of(world(), request.values.get("client_id", ""))
    if app is None:
        abort(404)
    if "code_challenge" in request.values and request.values.get("code_challenge_method") != "S256":
        abort(400)
    return app, request.values.get("redirect_uri") or app.callback_urls[0]


def _person(account: Account) -> bool:
    return account.kind == "User" and account.login != "web-flow"


def _back(address: str, **told: str) -> ResponseReturnValue:
    state = request.values.get("state")
    query = urlencode(told | ({"state": state} if state is not None else {}))
    return redirect(f"{address}{'&' if urlsplit(address).query else '?'}{query}", 302)
