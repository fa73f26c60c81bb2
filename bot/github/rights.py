# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What an installation is told about people: who has a login, and what somebody may do in a repository."""

import re
from typing import Any

from bot.github.client import Client
from bot.github.errors import Forbidden, GitHubError, NotFound
from bot.github.repository_name import RepositoryName
from bot.github.sign_in import account_of
from bot.github.tokens import App
from bot.identity import Account, NoAnswer

_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})")


class GitHubRights:
    """GitHub's answers about people, for `bot.identity.Rights`."""

    def __init__(self, app: App) -> None:
        self._app = app

    def may_read(self, installation_id: int, owner: str, name: str, account: Account) -> bool:
        """Whether this account may read a repository. Raises NoAnswer."""
        if not is_login(account.login):
            return False
        answer = self._get(installation_id, f"/repos/{owner}/{name}/collaborators/{account.login}/permission")
        return "pull" in _granted(answer, account)

    def find(self, installation_id: int, login: str) -> Account | None:
        """The account that has this login now. Raises NoAnswer."""
        if not is_login(login):
            return None
        answer = self._get(installation_id, f"/users/{login}")
        return account_of(answer) if answer and answer.get("type") == "User" else None

    def _get(self, installation_id: int, path: str) -> dict[str, Any] | None:
        """The object at a path, or None if the App is shown none."""
        try:
            answer = self._app.installation(installation_id).get(path)
        except (NotFound, Forbidden):
            return None
        except GitHubError as error:
            raise NoAnswer(str(error)) from error
        if not isinstance(answer, dict):
            raise NoAnswer("an answer that is not an object")
        return answer


def is_login(text: str) -> bool:
    """Whether a person can have this login: whatever else it is, it must not become part of a path."""
    return _LOGIN.fullmatch(text) is not None


def login_now(client: Client, account_id: int) -> str | None:
    """The login that an account has now, whatever it had before; None if there is no such person any more.

    Raises GitHubError.
    """
    try:
        answer = client.get(f"/user/{account_id}")
    except NotFound:
        return None
    told = answer if isinstance(answer, dict) else {}
    login = told.get("login") if (told.get("id"), told.get("type")) == (account_id, "User") else None
    return login if isinstance(login, str) and is_login(login) else None


def rights_of(client: Client, repository: RepositoryName, account: Account) -> frozenset[str]:
    """What an account may do in a repository: some of `pull`, `triage`, `push`, `maintain` and `admin`.

    Nothing where its login is another account's by now. Raises GitHubError.
    """
    if not is_login(account.login):
        return frozenset()
    try:
        answer = client.get(f"{repository.path}/collaborators/{account.login}/permission")
    except NotFound:
        return frozenset()
    return _granted(answer, account)


def _granted(answer: Any, account: Account) -> frozenset[str]:
    """What GitHub says that an account may do: nothing, where it speaks of another account that has its login now."""
    user = answer.get("user") if isinstance(answer, dict) else None
    rights = user.get("permissions") if isinstance(user, dict) and user.get("id") == account.id else None
    if not isinstance(rights, dict):
        return frozenset()
    return frozenset(name for name, granted in rights.items() if granted is True)
