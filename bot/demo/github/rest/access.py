# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who asks, and what they may: tokens of Apps (JWT), installations and users, permissions, repositories they reach."""

import time
from dataclasses import dataclass
from typing import Any, Literal

import jwt
from flask import g, request

from bot.demo.github.accounts import Account, Organization
from bot.demo.github.apps import App, Token
from bot.demo.github.repository import Repository
from bot.demo.github.rest.answers import Refused, found_or_404, not_found, world

Access = Literal["read", "write"]
LONGEST_JWT = 600  # seconds
CLOCK_DRIFT = 30


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sent the request: an App itself, an installation of it by a token, or the App for a `user`."""

    app: App
    token: Token | None = None
    user: Account | None = None

    @property
    def budget(self) -> object:
        """Whose requests are counted together."""
        return self.user.node_id if self.user else self.token and self.token.installation.id


def authenticate() -> Caller:
    """Read the Authorization header.

    Raises:
        Refused: 401 without one, or with one that is wrong or expired; 403 if the installation is suspended.
    """
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if not value:
        raise Refused(401, "Requires authentication")
    if scheme.lower() not in ("bearer", "token"):
        raise Refused(401, "Bad credentials")
    if value.startswith("ghu_"):
        return _user_of(value)
    return Caller(_app_of(value)) if value.count(".") == 2 else _installation_of(value)


def _user_of(value: str) -> Caller:
    token = world().user_tokens.get(value)
    if token is None or token.expires_at <= world().now():
        raise Refused(401, "Bad credentials")
    return Caller(token.app, user=token.user)


def _app_of(value: str) -> App:
    try:
        claimed = jwt.decode(value, options={"verify_signature": False})
        app = world().apps.get(int(claimed["iss"]))
    except (jwt.PyJWTError, KeyError, ValueError, TypeError) as error:
        raise Refused(401, "A JSON web token could not be decoded") from error
    if app is None:
        raise Refused(404, "Integration not found")
    try:
        # The clock of the machine, not the simulated one: the caller cannot know that time was moved on.
        claims = jwt.decode(value, app.public_key, algorithms=["RS256"], options={"require": ["exp", "iat"]})
    except jwt.ExpiredSignatureError as error:
        raise Refused(401, "'Expiration time' claim ('exp') is in the past") from error
    except jwt.PyJWTError as error:
        raise Refused(401, "A JSON web token could not be decoded") from error
    _check_times(claims)
    return app


def _check_times(claims: dict[str, Any]) -> None:
    if claims["exp"] > time.time() + LONGEST_JWT + CLOCK_DRIFT:
        raise Refused(401, "'Expiration time' claim ('exp') is too far in the future")


def _installation_of(value: str) -> Caller:
    for installation in world().installations.values():
        token = installation.tokens.get(value)
        if token is None:
            continue
        if token.expires_at <= world().now():
            break
        if installation.suspended_at:
            raise Refused(403, "This installation has been suspended")
        return Caller(installation.app, token)
    raise Refused(401, "Bad credentials")


def calling_app() -> App:
    """The App that asks with its own token.

    Raises:
        Refused: 401 for an installation's token, or a user's.
    """
    caller: Caller = g.caller
    if caller.token is not None or caller.user is not None:
        raise Refused(401, "A JSON web token could not be decoded")
    return caller.app


def calling_token() -> Token:
    """The installation's token that asks.

    Raises:
        Refused: 403 for an App's own token, or a user's: for people nothing is answered here but who they are.
    """
    caller: Caller = g.caller
    if caller.token is None:
        raise Refused(403, "Resource not accessible by integration")
    return caller.token


def calling_user() -> Account:
    """Whose user token asks.

    Raises:
        Refused: 403 for the tokens of Apps and installations.
    """
    caller: Caller = g.caller
    if caller.user is None:
        raise Refused(403, "Resource not accessible by integration")
    return caller.user


def reaches(token: Token, repository: Repository) -> bool:
    """Whether the token is for this repository."""
    chosen = token.repository_ids is None or repository.id in token.repository_ids
    return chosen and token.installation.covers(repository)


def sees(token: Token, repository: Repository) -> bool:
    """Whether the token may read it: its own repositories, and everybody's public ones."""
    return not repository.private or reaches(token, repository)


def repository_for(owner: str, name: str, access: Access, *permissions: str) -> Repository:
    """The repository of this name, if the caller may do this there; any of the permissions will do.

    Raises:
        Refused: 301 or 307 for a former name, 404 for one that is not there or not to be seen, 403 without
            the permission.
    """
    token = calling_token()
    repository = found_or_404(world().repository(f"{owner}/{name}"))
    if not sees(token, repository):
        raise not_found()
    if repository.full_name.lower() != f"{owner}/{name}".lower():
        raise moved(repository)
    require(token, repository, access, permissions)
    return repository


def require(token: Token, repository: Repository, access: Access, permissions: tuple[str, ...]) -> None:
    """Go on only with the permission.

    Raises:
        Refused: 403, with a header that names what would be needed.
    """
    own = reaches(token, repository)
    enough = ("write",) if access == "write" else ("read", "write")
    if not own and access == "read":
        return
    if own and any(token.permissions.get(permission) in enough for permission in permissions):
        return
    needed = "; ".join(f"{permission}={access}" for permission in permissions)
    raise Refused(403, "Resource not accessible by integration", headers={"X-Accepted-GitHub-Permissions": needed})


def moved(repository: Repository) -> Refused:
    """Where a renamed or transferred repository is now: by its id, with the rest of the path."""
    rest = request.path.split("/", 4)[4:]
    url = "/".join([world().url, "repositories", str(repository.id), *rest])
    refused = Refused(301 if request.method == "GET" else 307, "Moved Permanently", headers={"Location": url})
    refused.body["url"] = url
    return refused


def organization_for(login: str) -> Organization:
    """The organization, if the caller may read its members.

    Raises:
        Refused: 404 for an unknown one, 403 where the App is not installed or may not.
    """
    token = calling_token()
    account = world().account(login)
    if not isinstance(account, Organization):
        raise not_found()
    if not reads_members(token, account):
        headers = {"X-Accepted-GitHub-Permissions": "members=read"}
        raise Refused(403, "Resource not accessible by integration", headers=headers)
    return account


def reads_members(token: Token, organization: Organization) -> bool:
    """Whether the token shows who is in an organization, those too who do not show it themselves."""
    return token.installation.account is organization and token.permissions.get("members") in ("read", "write")
