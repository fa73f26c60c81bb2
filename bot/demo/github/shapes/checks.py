# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Check suites, check runs and annotations in JSON."""

from typing import TYPE_CHECKING

from bot.demo.github.shapes import apps, repository
from bot.demo.github.shapes.commit import head_commit
from bot.demo.github.shapes.common import Json, api, html, when

if TYPE_CHECKING:
    from bot.demo.github.checks import CheckRun, CheckSuite
    from bot.demo.github.pull import Pull


def check_run(found: "CheckRun") -> Json:
    """Schema `check-run`."""
    url = api(found.world, f"repos/{found.repository.full_name}/check-runs/{found.id}")
    page = html(found.world, f"{found.repository.full_name}/runs/{found.id}")
    return {
        "id": found.id,
        "node_id": found.node_id,
        "name": found.name,
        "head_sha": found.head_sha,
        "external_id": found.external_id,
        "url": url,
        "html_url": page,
        "details_url": found.details_url or page,
        "status": found.status,
        "conclusion": found.conclusion,
        "started_at": when(found.started_at),
        "completed_at": when(found.completed_at),
        "output": {
            "title": found.title,
            "summary": found.summary,
            "text": found.text,
            "annotations_count": len(found.annotations),
            "annotations_url": f"{url}/annotations",
        },
        "check_suite": {"id": found.suite.id},
        "app": apps.app(found.app),
        "pull_requests": [pull_minimal(pull) for pull in found.pulls],
    }


def check_run_in_event(found: "CheckRun") -> Json:
    """A check run as webhooks carry it: with its whole suite."""
    return check_run(found) | {"check_suite": check_suite(found.suite)}


def annotation(found: "CheckRun", given: Json) -> Json:
    """Schema `check-annotation`."""
    optional = ("start_column", "end_column", "title", "raw_details")
    path = given["path"]
    return (
        dict.fromkeys(optional)
        | given
        | {"blob_href": api(found.world, f"repos/{found.repository.full_name}/git/blobs/{found.head_sha}?path={path}")}
    )


def pull_minimal(found: "Pull") -> Json:
    """Schema `pull-request-minimal`."""
    return {
        "id": found.id,
        "number": found.number,
        "url": api(found.world, f"repos/{found.repository.full_name}/pulls/{found.number}"),
        "head": {"ref": found.head_ref, "sha": found.head_sha, "repo": _repository(found)},
        "base": {"ref": found.base_ref, "sha": found.base_sha, "repo": _repository(found)},
    }


def _repository(found: "Pull") -> Json:
    own = found.repository
    return {"id": own.id, "url": api(found.world, f"repos/{own.full_name}"), "name": own.name}


def check_suite(found: "CheckSuite") -> Json:
    """Schema `check-suite`."""
    own = found.repository
    url = api(own.world, f"repos/{own.full_name}/check-suites/{found.id}")
    branches = [name for name, sha in own.branches.items() if sha == found.head_sha]
    parents = own.store.commit_object(found.head_sha).parents
    return {
        "id": found.id,
        "node_id": found.node_id,
        "head_branch": branches[0] if branches else None,
        "head_sha": found.head_sha,
        "status": found.status,
        "conclusion": found.conclusion,
        "url": url,
        "before": parents[0] if parents else "0" * 40,
        "after": found.head_sha,
        "pull_requests": [pull_minimal(pull) for run in found.runs[:1] for pull in run.pulls],
        "app": apps.app(found.app),
        "created_at": when(found.created_at),
        "updated_at": when(found.created_at),
        "rerequestable": True,
        "runs_rerequestable": True,
        "latest_check_runs_count": len(found.latest),
        "check_runs_url": f"{url}/check-runs",
        "head_commit": head_commit(own, found.head_sha),
        "repository": repository.minimal(own),
    }
