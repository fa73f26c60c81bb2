# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Pull requests and reviews in JSON."""

from typing import TYPE_CHECKING

from bot.demo.github.shapes import conversation, people, repository
from bot.demo.github.shapes.common import Json, api, html, when

if TYPE_CHECKING:
    from bot.demo.github.pull import Pull
    from bot.demo.github.repository import Repository
    from bot.demo.github.review import Review, ReviewComment


def simple(found: "Pull") -> Json:
    """Schema `pull-request-simple`: what lists carry."""
    links = _links(found)
    return {
        "id": found.id,
        "node_id": found.node_id,
        "number": found.number,
        "state": found.state,
        "locked": found.locked,
        "active_lock_reason": None,
        "title": found.title,
        "body": found.body,
        "user": people.user(found.user),
        "url": links["self"],
        "html_url": links["html"],
        "diff_url": f"{links['html']}.diff",
        "patch_url": f"{links['html']}.patch",
        "issue_url": links["issue"],
        "commits_url": links["commits"],
        "comments_url": links["comments"],
        "review_comments_url": links["review_comments"],
        "review_comment_url": links["review_comment"],
        "statuses_url": links["statuses"],
        "created_at": when(found.created_at),
        "updated_at": when(found.updated_at),
        "closed_at": when(found.closed_at),
        "merged_at": when(found.merged_at),
        "merge_commit_sha": found.merge_commit_sha,
        "assignee": None,
        "assignees": [],
        "requested_reviewers": [],
        "requested_teams": [],
        "labels": [],
        "milestone": None,
        "draft": found.draft,
        "head": _side(found.head_repository, found.head_ref, found.head_sha, found),
        "base": _side(found.repository, found.base_ref, found.base_sha, found),
        "author_association": found.repository.association(found.user),
        "auto_merge": None,
        "_links": {name: {"href": address} for name, address in links.items()},
    }


def _links(found: "Pull") -> dict[str, str]:
    """Where everything about the pull request is found."""
    of_repository = api(found.world, f"repos/{found.repository.full_name}")
    url, issue = f"{of_repository}/pulls/{found.number}", f"{of_repository}/issues/{found.number}"
    return {
        "self": url,
        "html": html(found.world, found.path),
        "issue": issue,
        "comments": f"{issue}/comments",
        "review_comments": f"{url}/comments",
        "review_comment": f"{of_repository}/pulls/comments{{/number}}",
        "commits": f"{url}/commits",
        "statuses": f"{of_repository}/statuses/{found.head_sha}",
    }


def _side(found: "Repository | None", ref: str, sha: str, pull: "Pull") -> Json:
    owner = found.owner if found else pull.user
    shape = repository.simple(found) if found else None
    return {"label": f"{owner.login}:{ref}", "ref": ref, "sha": sha, "user": people.user(owner), "repo": shape}


def full(found: "Pull") -> Json:
    """Schema `pull-request`: what asking for one answers, and what webhooks carry."""
    files = found.files()
    return simple(found) | {
        "merged": found.merged_at is not None,
        "mergeable": None,
        "rebaseable": None,
        "mergeable_state": "unknown",
        "merged_by": people.user(found.merged_by) if found.merged_by else None,
        "comments": len(found.comments),
        "review_comments": len(found.review_comments),
        "maintainer_can_modify": False,
        "commits": len(found.commits()),
        "additions": sum(change.additions for change in files),
        "deletions": sum(change.deletions for change in files),
        "changed_files": len(files),
    }


def review(found: "Review") -> Json:
    """Schema `pull-request-review`."""
    pull = found.pull
    page = f"{html(found.world, pull.path)}#pullrequestreview-{found.id}"
    url = api(found.world, f"repos/{pull.repository.full_name}/pulls/{pull.number}")
    return {
        "id": found.id,
        "node_id": found.node_id,
        "user": people.user(found.user),
        "body": found.body,
        "state": found.state,
        "commit_id": found.commit_id,
        "submitted_at": when(found.submitted_at),
        "html_url": page,
        "pull_request_url": url,
        "author_association": pull.repository.association(found.user),
        "_links": {"html": {"href": page}, "pull_request": {"href": url}},
    }


def review_comment(found: "ReviewComment") -> Json:
    """Schema `pull-request-review-comment`."""
    pull = found.pull
    of_repository = api(found.world, f"repos/{pull.repository.full_name}/pulls")
    url, page = f"{of_repository}/comments/{found.id}", f"{html(found.world, pull.path)}#discussion_r{found.id}"
    links = {"self": url, "html": page, "pull_request": f"{of_repository}/{pull.number}"}
    shape = conversation.said(found.id, found.node_id, found.user, found.body, found.created_at) | {
        "url": url,
        "html_url": page,
        "pull_request_url": links["pull_request"],
        "pull_request_review_id": found.review_id,
        "path": found.path,
        "line": found.line,
        "diff_hunk": "",
        "commit_id": found.commit_id,
        "original_commit_id": found.commit_id,
        "updated_at": when(found.updated_at),
        "author_association": pull.repository.association(found.user),
        "reactions": conversation.reactions(found, f"{url}/reactions"),
        "_links": {name: {"href": address} for name, address in links.items()},
    }
    return shape | ({"in_reply_to_id": found.answers.id} if found.answers else {})
