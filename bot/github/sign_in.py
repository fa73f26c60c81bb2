# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Signing in by the App's user authorization: a code becomes a user token, which is asked once whose it is and dropped.

Nothing beyond identity is asked for: a GitHub App's user token has no scopes, and this one never leaves this file.
"""

import json
import re
from typing import Any
from urllib.parse import urlencode

import requests
import structlog

from bot.identity import Account, NoAnswer, NotIdentified
from bot.settings import Settings

TIMEOUT = 10
LARGEST_ANSWER = 100_000

_TOKEN = re.compile(r"[\x21-\x7e]{1,1000}")

_log = structlog.get_logger()


class SignIn:
    """GitHub's side of signing in, for `bot.identity.Identity`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def address(self, state: str, challenge: str, back: str) -> str:
        """The page on which GitHub asks a person whether Steward may know who they are."""
        asked = {
            "client_id": self._settings.client_id,
            "redirect_uri": back,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self._settings.server_url}/login/oauth/authorize?{urlencode(asked)}"

    def by_code(self, code: str, verifier: str, back: str) -> Account:
        """Whose code this is. Raises NotIdentified and NoAnswer."""
        sent = {
            "client_id": self._settings.client_id,
            "client_secret": self._settings.client_secret,
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": back,
        }
        answer = _ask("POST", f"{self._settings.server_url}/login/oauth/access_token", data=sent)
        # A code that GitHub does not take is answered with 200 and the reason.
        if isinstance(answer.get("error"), str):
            _log.warning("sign-in refused by GitHub", reason=answer["error"][:100])
            raise NotIdentified(answer["error"][:100])
        token = answer.get("access_token")
        if not isinstance(token, str):
            raise NoAnswer("an answer without a token")
        return self.by_token(token)

    def by_token(self, token: str) -> Account:
        """Whose user token this is. Raises NotIdentified and NoAnswer."""
        if not _TOKEN.fullmatch(token):
            raise NotIdentified("no token")
        headers = {"Authorization": f"Bearer {token}", "X-GitHub-Api-Version": "2022-11-28"}
        return account_of(_ask("GET", f"{self._settings.api_url}/user", headers=headers))


def account_of(answer: Any) -> Account:
    """The account in an answer of GitHub. Raises NoAnswer where there is none."""
    number, login = (answer.get("id"), answer.get("login")) if isinstance(answer, dict) else (None, None)
    if type(number) is not int or not 0 < number < 2**63 or not isinstance(login, str):
        raise NoAnswer("an answer without an account")
    if not (0 < len(login) <= 100 and login.isprintable()):
        raise NoAnswer("an account without a login")
    return Account(number, login)


def _ask(verb: str, address: str, headers: dict[str, str] | None = None, data: Any = None) -> dict[str, Any]:
    """One request, sent once and never sent on to another address. No line of the log holds what it carries."""
    given = {"Accept": "application/json", "User-Agent": "Steward", **(headers or {})}
    try:
        with requests.request(
            verb, address, headers=given, data=data, timeout=TIMEOUT, allow_redirects=False, stream=True
        ) as answer:
            return _checked(answer)
    except requests.RequestException as error:
        raise NoAnswer(type(error).__name__) from None


def _checked(answer: requests.Response) -> dict[str, Any]:
    _log.debug("github request", verb=answer.request.method, path=answer.request.path_url, status=answer.status_code)
    if answer.status_code in (400, 401, 403, 404, 422):
        raise NotIdentified(f"HTTP {answer.status_code}")
    if answer.status_code != 200:
        raise NoAnswer(f"HTTP {answer.status_code}")
    try:
        body = json.loads(answer.raw.read(LARGEST_ANSWER, decode_content=True))
    except ValueError:
        raise NoAnswer("an answer that is not JSON") from None
    if not isinstance(body, dict):
        raise NoAnswer("an answer that is not an object")
    return body
