# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Repositories and branches in JSON."""

from typing import TYPE_CHECKING

from bot.demo.github.shapes import commit as commit_shapes
from bot.demo.github.shapes import people
from bot.demo.github.shapes.common import Json, api, html, when
from bot.demo.github.world import LEVELS

if TYPE_CHECKING:
    from bot.demo.github.accounts import Account
    from bot.demo.github.repository import Repository

_URLS = {
    "archive": "/{archive_format}{/ref}",
    "assignees": "/assignees{/user}",
    "blobs": "/git/blobs{/sha}",
    "branches": "/branches{/branch}",
    "collaborators": "/collaborators{/collaborator}",
    "comments": "/comments{/number}",
    "commits": "/commits{/sha}",
    "compare": "/compare/{base}...{head}",
    "contents": "/contents/{+path}",
    "contributors": "/contributors",
    "deployments": "/deployments",
    "downloads": "/downloads",
    "events": "/events",
    "forks": "/forks",
    "git_commits": "/git/commits{/sha}",
    "git_refs": "/git/refs{/sha}",
    "git_tags": "/git/tags{/sha}",
    "hooks": "/hooks",
    "issue_comment": "/issues/comments{/number}",
    "issue_events": "/issues/events{/number}",
    "issues": "/issues{/number}",
    "keys": "/keys{/key_id}",
    "labels": "/labels{/name}",
    "languages": "/languages",
    "merges": "/merges",
    "milestones": "/milestones{/number}",
    "notifications": "/notifications{?since,all,participating}",
    "pulls": "/pulls{/number}",
    "releases": "/releases{/id}",
    "stargazers": "/stargazers",
    "statuses": "/statuses/{sha}",
    "subscribers": "/subscribers",
    "subscription": "/subscription",
    "tags": "/tags",
    "teams": "/teams",
    "trees": "/git/trees{/sha}",
}
_COUNTS = ("forks_count", "stargazers_count", "watchers_count", "forks", "watchers", "size")
_FEATURES = ("issues", "projects", "downloads", "wiki", "pages", "discussions")


def minimal(found: "Repository") -> Json:
    """Schema `minimal-repository`."""
    url = api(found.world, f"repos/{found.full_name}")
    shape: Json = {
        "id": found.id,
        "node_id": found.node_id,
        "name": found.name,
        "full_name": found.full_name,
        "private": found.private,
        "owner": people.user(found.owner),
        "html_url": html(found.world, found.full_name),
        "description": None,
        "fork": found.parent is not None,
        "url": url,
    }
    return shape | {f"{name}_url": f"{url}{pattern}" for name, pattern in _URLS.items()}


def simple(found: "Repository") -> Json:
    """Schema `repository`: what lists and webhooks carry."""
    open_issues = sum(issue.state == "open" for issue in found.issues.values())
    return (
        minimal(found)
        | dict.fromkeys(_COUNTS, 0)
        | {f"has_{feature}": feature in ("issues", "wiki") for feature in _FEATURES}
        | {
            "created_at": when(found.created_at),
            "updated_at": when(found.pushed_at),
            "pushed_at": when(found.pushed_at),
            "git_url": f"{found.world.url.replace('http', 'git')}/{found.full_name}.git",
            "ssh_url": f"git@github.com:{found.full_name}.git",
            "clone_url": f"{html(found.world, found.full_name)}.git",
            "svn_url": html(found.world, found.full_name),
            "homepage": None,
            "language": None,
            "mirror_url": None,
            "archived": found.archived,
            "disabled": False,
            "open_issues_count": open_issues,
            "open_issues": open_issues,
            "license": None,
            "allow_forking": True,
            "is_template": False,
            "web_commit_signoff_required": False,
            "topics": [],
            "visibility": "private" if found.private else "public",
            "default_branch": found.default_branch,
        }
    )


def full(found: "Repository") -> Json:
    """Schema `full-repository`: what asking for one repository answers."""
    shape = simple(found) | {"network_count": 0, "subscribers_count": 0}
    if found.parent is not None:
        shape |= {"parent": simple(found.parent), "source": simple(found.parent)}
    return shape


def short_branch(found: "Repository", name: str) -> Json:
    """Schema `short-branch`."""
    sha = found.branches[name]
    url = api(found.world, f"repos/{found.full_name}/commits/{sha}")
    return {"name": name, "commit": {"sha": sha, "url": url}, "protected": name in found.protected}


def collaborator_permission(found: "Repository", account: "Account") -> Json:
    """Schema `repository-collaborator-permission`: `permission` knows four words, `role_name` all."""
    level = found.permission(account)
    rank = LEVELS.index(level)
    names = zip(("pull", "triage", "push", "maintain", "admin"), range(1, 6), strict=True)
    person = people.user(account) | {"permissions": {name: rank >= least for name, least in names}, "role_name": level}
    return {"permission": permission_word(level), "role_name": level, "user": person}


def permission_word(level: str) -> str:
    """A level in the words that GitHub had before there were roles."""
    return {"triage": "read", "maintain": "write"}.get(level, level)


def branch(found: "Repository", name: str) -> Json:
    """Schema `branch-with-protection`."""
    url = api(found.world, f"repos/{found.full_name}/branches/{name}")
    return short_branch(found, name) | {
        "commit": commit_shapes.commit(found, found.branches[name]),
        "_links": {"self": url, "html": html(found.world, f"{found.full_name}/tree/{name}")},
        "protection": {"enabled": name in found.protected},
        "protection_url": f"{url}/protection",
    }
