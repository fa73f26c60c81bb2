# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Issues, comments and reactions in JSON."""

from datetime import datetime
from typing import TYPE_CHECKING

from bot.demo.github.shapes import apps, people
from bot.demo.github.shapes.common import Json, api, html, when

if TYPE_CHECKING:
    from bot.demo.github.accounts import Account
    from bot.demo.github.conversation import Comment, Issue, Reaction, Remark

REACTIONS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")


def issue(found: "Issue") -> Json:
    """Schema `issue`. That of a pull request says so in `pull_request`, and only there."""
    repository = api(found.world, f"repos/{found.repository.full_name}")
    url = f"{repository}/issues/{found.number}"
    shape: Json = {
        "id": found.id,
        "node_id": found.node_id,
        "number": found.number,
        "title": found.title,
        "body": found.body,
        "user": people.user(found.user),
        "state": found.state,
        "state_reason": None,
        "locked": found.locked,
        "active_lock_reason": None,
        "labels": [],
        "assignee": None,
        "assignees": [],
        "milestone": None,
        "comments": len(found.comments),
        "created_at": when(found.created_at),
        "updated_at": when(found.updated_at),
        "closed_at": when(found.closed_at),
        "author_association": found.repository.association(found.user),
        "url": url,
        "repository_url": repository,
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "html_url": html(found.world, found.path),
    }
    if found.path.rsplit("/", 2)[1] == "pull":
        shape["draft"] = getattr(found, "draft", False)
        page = html(found.world, found.path)
        merged = when(getattr(found, "merged_at", None))
        links = {"html_url": page, "diff_url": f"{page}.diff", "patch_url": f"{page}.patch", "merged_at": merged}
        shape["pull_request"] = {"url": f"{repository}/pulls/{found.number}"} | links
    return shape


def comment(found: "Comment") -> Json:
    """Schema `issue-comment`."""
    path = f"repos/{found.issue.repository.full_name}/issues"
    url = api(found.world, f"{path}/comments/{found.id}")
    return said(found.id, found.node_id, found.user, found.body, found.created_at) | {
        "url": url,
        "html_url": f"{html(found.world, found.issue.path)}#issuecomment-{found.id}",
        "issue_url": api(found.world, f"{path}/{found.issue.number}"),
        "updated_at": when(found.updated_at),
        "author_association": found.issue.repository.association(found.user),
        "performed_via_github_app": apps.app(found.app) if found.app else None,
        "reactions": reactions(found, f"{url}/reactions"),
    }


def said(number: int, node_id: str, by: "Account", body: str, at: datetime) -> Json:
    """What every kind of comment has."""
    return {
        "id": number,
        "node_id": node_id,
        "user": people.user(by),
        "body": body,
        "created_at": when(at),
        "updated_at": when(at),
    }


def reactions(found: "Remark", url: str) -> Json:
    """Schema `reaction-rollup`."""
    counts = found.reaction_counts
    return {"url": url, "total_count": counts.total()} | {name: counts[name] for name in REACTIONS}


def reaction(found: "Reaction") -> Json:
    """Schema `reaction`."""
    return {
        "id": found.id,
        "node_id": found.node_id,
        "user": people.user(found.user),
        "content": found.content,
        "created_at": when(found.created_at),
    }
