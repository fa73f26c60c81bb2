# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who belongs to an organization or to one of its teams, asked of GitHub at that moment."""

from bot.github.client import Client
from bot.github.errors import NotFound
from bot.github.rights import is_login


def is_member(client: Client, organization: str, login: str) -> bool:
    """Whether an account belongs to an organization, as far as the caller may see that.

    Without the right to see members GitHub answers for those who show it publicly. Raises GitHubError.
    """
    return _answers(client, f"/orgs/{organization}/members/{login}")


def is_public_member(client: Client, organization: str, login: str) -> bool:
    """Whether an account shows publicly that it belongs to an organization. Raises GitHubError."""
    return _answers(client, f"/orgs/{organization}/public_members/{login}")


def team_members(client: Client, organization: str, team: str) -> frozenset[int]:
    """The ids of the active members of a team and of the teams within it; none if there is no such team.

    Raises GitHubError.
    """
    try:
        pages = list(client.pages(f"/orgs/{organization}/teams/{team}/members"))
    except NotFound:
        return frozenset()
    return frozenset(int(row["id"]) for page in pages for row in page)


def is_active_in_team(client: Client, organization: str, team: str, login: str) -> bool:
    """Whether somebody is in a team or in one below it, and has accepted to be.

    GitHub answers by login and names no account: whose login it is has to be known, as from `rights_of`. Secret teams
    count as others do. Raises GitHubError.
    """
    if not is_login(login):
        return False
    try:
        answer = client.get(f"/orgs/{organization}/teams/{team}/memberships/{login}")
    except NotFound:
        return False
    return isinstance(answer, dict) and answer.get("state") == "active"


def _answers(client: Client, path: str) -> bool:
    try:
        client.get(path)
    except NotFound:
        return False
    return True
