# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Signing in to an App: the codes and user tokens that people give it, so that it knows who they are."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from bot.demo.github.accounts import Account
    from bot.demo.github.apps import App
    from bot.demo.github.world import World

CODE_LIFE = timedelta(minutes=10)
TOKEN_LIFE = timedelta(hours=8)
_LOOPBACK = ("localhost", "127.0.0.1")


@dataclass(frozen=True, slots=True)
class Code:
    """What a browser carries back to the App, to be exchanged once. `challenge` is empty without PKCE."""

    app: "App"
    user: "Account"
    redirect_uri: str
    challenge: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class UserToken:
    """With it an App acts for somebody."""

    value: str
    app: "App"
    user: "Account"
    expires_at: datetime


class Unredeemed(Exception):
    """A code that gets no token; the message is GitHub's word for the reason."""


def app_of(world: "World", client_id: str) -> "App | None":
    """The App of this client id."""
    return next((app for app in world.apps.values() if app.client_id == client_id), None)


def leads_back(app: "App", redirect_uri: str) -> bool:
    """Whether an address is the App's registered callback, or lies below it; on this machine at whatever port."""
    wanted = urlsplit(redirect_uri)
    return any(_below(wanted, urlsplit(registered)) for registered in app.callback_urls)


def _below(wanted: SplitResult, registered: SplitResult) -> bool:
    on_this_machine = registered.hostname in _LOOPBACK and wanted.hostname in _LOOPBACK
    same_place = (wanted.scheme, wanted.netloc) == (registered.scheme, registered.netloc)
    folder = registered.path.rstrip("/")
    return (on_this_machine or same_place) and (wanted.path == folder or wanted.path.startswith(f"{folder}/"))


def new_code(app: "App", user: "Account", redirect_uri: str, challenge: str) -> str:
    """Somebody lets an App know who they are."""
    value = secrets.token_hex(10)
    app.world.codes[value] = Code(app, user, redirect_uri, challenge, app.world.now() + CODE_LIFE)
    return value


def redeem(app: "App", value: str, redirect_uri: str, verifier: str) -> UserToken:
    """Exchange a code for a token. A code serves once, whether or not it is taken.

    Raises:
        Unredeemed: the code is unknown, used, too old or another App's, or was not asked for by this caller.
    """
    world = app.world
    code = world.codes.pop(value, None)
    if code is None or code.app is not app or code.expires_at <= world.now():
        raise Unredeemed("bad_verification_code")
    if redirect_uri != code.redirect_uri:
        raise Unredeemed("redirect_uri_mismatch")
    if code.challenge and _challenge(verifier) != code.challenge:
        raise Unredeemed("bad_verification_code")
    token = UserToken(f"ghu_{secrets.token_hex(18)}", app, code.user, world.now() + TOKEN_LIFE)
    world.user_tokens[token.value] = token
    return token


def _challenge(verifier: str) -> str:
    """What PKCE sends ahead of a verifier (method S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def forget(app: "App", user: "Account") -> None:
    """End every code and token that somebody gave an App."""
    world = app.world
    world.codes = {value: code for value, code in world.codes.items() if (code.app, code.user) != (app, user)}
    kept = {value: token for value, token in world.user_tokens.items() if (token.app, token.user) != (app, user)}
    world.user_tokens = kept
