# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""User tokens: how an App gets one for a code, and whose it is."""

import hmac
from urllib.parse import urlencode

from flask import Blueprint, request

from bot.demo.github.authorization import Unredeemed, app_of, redeem
from bot.demo.github.rest.access import calling_user
from bot.demo.github.rest.answers import DOCUMENTATION, Answered, world
from bot.demo.github.shapes import people
from bot.demo.github.shapes.common import Json

routes = Blueprint("authorization", __name__)

ACCESS_TOKEN = "/login/oauth/access_token"  # noqa: S105 - a path
"""Asked without a token, as it gives one."""
_REASONS = {
    "incorrect_client_credentials": "The client_id and/or client_secret passed are incorrect.",
    "redirect_uri_mismatch": "The redirect_uri MUST match the registered callback URL for this application.",
    "bad_verification_code": "The code passed is incorrect or expired.",
}


@routes.post(ACCESS_TOKEN)
def exchange() -> Answered:
    """A user token for a code. Refusals are answered with 200 as well; without `Accept` all is form-encoded."""
    answer = _exchange({**request.values, **(request.get_json(silent=True) or {})})
    if "json" in request.headers.get("Accept", ""):
        return answer
    return urlencode(answer), {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


def _exchange(asked: Json) -> Json:
    given = {name: str(asked.get(name, "")) for name in ("client_id", "client_secret", "code", "code_verifier")}
    app = app_of(world(), given["client_id"])
    if app is None or not hmac.compare_digest(app.client_secret.encode(), given["client_secret"].encode()):
        return _refusal("incorrect_client_credentials")
    back = str(asked.get("redirect_uri", app.callback_urls[0]))
    try:
        token = redeem(app, given["code"], back, given["code_verifier"])
    except Unredeemed as error:
        return _refusal(str(error))
    return {"access_token": token.value, "token_type": "bearer", "scope": ""}


def _refusal(word: str) -> Json:
    return {"error": word, "error_description": _REASONS[word], "error_uri": f"{DOCUMENTATION}#{word}"}


@routes.get("/user")
def get_user() -> Answered:
    """Whose user token it is that asks."""
    return people.public_user(calling_user())
