# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Accounts and teams in JSON."""

from typing import TYPE_CHECKING

from bot.demo.github.shapes.common import Json, api, html, when

if TYPE_CHECKING:
    from bot.demo.github.accounts import Account, Team

_LISTS = ("followers", "subscriptions", "orgs", "repos", "received_events")
_ORGANIZATION = {"has_organization_projects": False, "has_repository_projects": False, "archived_at": None}
_PATTERNS = {"following": "/{other_user}", "gists": "{/gist_id}", "starred": "{/owner}{/repo}", "events": "{/privacy}"}


def user(account: "Account") -> Json:
    """Schema `simple-user`."""
    url = api(account.world, f"users/{account.login}")
    shape: Json = {
        "login": account.login,
        "id": account.id,
        "node_id": account.node_id,
        "avatar_url": f"{account.world.url}/avatars/{account.id}",
        "gravatar_id": "",
        "url": url,
        "html_url": html(account.world, account.login),
        "type": account.kind,
        "site_admin": False,
    }
    shape |= {f"{'organizations' if name == 'orgs' else name}_url": f"{url}/{name}" for name in _LISTS}
    return shape | {f"{name}_url": f"{url}/{name}{pattern}" for name, pattern in _PATTERNS.items()}


def public_user(account: "Account") -> Json:
    """Schema `public-user`."""
    return user(account) | {
        "name": account.name,
        "company": None,
        "blog": "",
        "location": None,
        "email": None,
        "hireable": None,
        "bio": None,
        "public_repos": sum(found.owner is account for found in account.world.repositories.values()),
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "created_at": when(account.created_at),
        "updated_at": when(account.created_at),
    }


def organization(account: "Account") -> Json:
    """Schema `organization-simple`, as in webhooks."""
    url = api(account.world, f"orgs/{account.login}")
    return {
        "login": account.login,
        "id": account.id,
        "node_id": account.node_id,
        "url": url,
        "repos_url": f"{url}/repos",
        "events_url": f"{url}/events",
        "hooks_url": f"{url}/hooks",
        "issues_url": f"{url}/issues",
        "members_url": f"{url}/members{{/member}}",
        "public_members_url": f"{url}/public_members{{/member}}",
        "avatar_url": f"{account.world.url}/avatars/{account.id}",
        "description": account.name,
    }


def organization_full(account: "Account") -> Json:
    """Schema `organization-full`."""
    unknown = ("company", "location", "email", "bio", "hireable")  # absent rather than null
    person = {key: value for key, value in public_user(account).items() if key not in unknown}
    return person | organization(account) | _ORGANIZATION


def team(found: "Team") -> Json:
    """Schema `team-simple` with the numbers that webhooks add."""
    url = api(found.world, f"organizations/{found.organization.id}/team/{found.id}")
    return {
        "id": found.id,
        "node_id": found.node_id,
        "name": found.slug,
        "slug": found.slug,
        "description": None,
        "privacy": "secret" if found.secret else "closed",
        "notification_setting": "notifications_enabled",
        "permission": "pull",
        "parent": team(found.parent) if found.parent else None,
        "type": "organization",
        "organization_id": found.organization.id,
        "url": url,
        "html_url": html(found.world, f"orgs/{found.organization.login}/teams/{found.slug}"),
        "members_url": f"{url}/members{{/member}}",
        "repositories_url": f"{url}/repos",
    }


def team_full(found: "Team") -> Json:
    """Schema `team-full`."""
    return team(found) | {
        "created_at": when(found.organization.created_at),
        "updated_at": when(found.organization.created_at),
        "members_count": sum(state == "active" for state in found.everybody.values()),
        "repos_count": 0,
        "organization": organization_full(found.organization),
    }


def team_membership(found: "Team", account: "Account", state: str) -> Json:
    """Schema `team-membership`. Owners of the organization count as maintainers of its teams."""
    url = api(found.world, f"organizations/{found.organization.id}/team/{found.id}/memberships/{account.login}")
    owner = found.organization.members.get(account) == "admin"
    return {"url": url, "role": "maintainer" if owner else "member", "state": state}
