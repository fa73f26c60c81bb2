# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Check runs: written with everything that GitHub refuses, refused."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint

from bot.demo.github import events
from bot.demo.github.checks import CheckRun, suite_for
from bot.demo.github.rest.access import calling_token, repository_for
from bot.demo.github.rest.answers import Answered, Refused, found_or_404, invalid, json_body, page, world
from bot.demo.github.shapes import checks as shapes
from bot.demo.github.shapes.common import Json

routes = Blueprint("checks", __name__, url_prefix="/repos/<owner>/<name>/check-runs")

_STATUSES = ("queued", "in_progress", "completed")
_CONCLUSIONS = ("action_required", "cancelled", "failure", "neutral", "success", "skipped", "timed_out")
_LEVELS = ("notice", "warning", "failure")
_LIMITS = {"title": 255, "summary": 65_535, "text": 65_535}
_ACTION = {"label": 20, "description": 40, "identifier": 20}


@routes.post("")
def create_check_run(owner: str, name: str) -> Answered:
    """A new check run on a commit."""
    repository = repository_for(owner, name, "write", "checks")
    asked = json_body()
    head_sha = _required_text(asked, "head_sha")
    _required_text(asked, "name")
    if len(head_sha) != 40 or repository.resolve(head_sha) != head_sha:
        raise invalid(f"No commit found for SHA: {head_sha}")
    _validate(asked)
    suite = suite_for(repository, calling_token().installation.app, head_sha)
    run = CheckRun(suite, asked["name"])
    suite.runs.append(run)
    _write(run, asked)
    events.check_run(run, "created", run.app.bot)
    if run.status == "completed":
        events.check_run(run, "completed", run.app.bot)
    return shapes.check_run(run), 201


def _find(owner: str, name: str, number: int, access: Any = "read") -> CheckRun:
    repository = repository_for(owner, name, access, "checks")
    run = world().check_runs.get(number)
    return found_or_404(run if run and run.repository is repository else None)


@routes.get("/<int:number>")
def get_check_run(owner: str, name: str, number: int) -> Answered:
    """One check run."""
    return shapes.check_run(_find(owner, name, number))


@routes.get("/<int:number>/annotations")
def list_annotations(owner: str, name: str, number: int) -> Answered:
    """Its annotations."""
    run = _find(owner, name, number)
    return page(run.annotations, lambda given: shapes.annotation(run, given))


@routes.patch("/<int:number>")
def update_check_run(owner: str, name: str, number: int) -> Answered:
    """Bring it up to date; annotations are added to those that are there."""
    run = _find(owner, name, number, "write")
    if run.app is not calling_token().installation.app:
        raise Refused(
            403, f"Invalid app_id `{run.app.id}` - check run can only be modified by the GitHub App that created it."
        )
    asked = json_body()
    _validate(asked)
    before = run.status
    _write(run, asked)
    if run.status == "completed" != before:
        events.check_run(run, "completed", run.app.bot)
    return shapes.check_run(run)


def _write(run: CheckRun, asked: Json) -> None:
    for key in ("name", "external_id", "details_url", "actions"):
        setattr(run, key, asked.get(key, getattr(run, key)))
    output = asked.get("output") or {}
    for key in ("title", "summary", "text"):
        setattr(run, key, output.get(key, getattr(run, key)))
    run.annotations += output.get("annotations") or []
    now = run.world.now()
    if "conclusion" in asked:
        run.status, run.conclusion = "completed", asked["conclusion"]
        run.completed_at = _moment(asked.get("completed_at")) or now
    elif "status" in asked:
        run.status, run.conclusion, run.completed_at = asked["status"], None, None
    run.started_at = _moment(asked.get("started_at")) or run.started_at or now


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, TypeError) as error:
        raise invalid(f"Invalid request.\n\n{text!r} is not a valid date-time.") from error


def _required_text(asked: Json, key: str) -> str:
    value = asked.get(key)
    if not isinstance(value, str) or not value:
        raise invalid(f'Invalid request.\n\n"{key}" wasn\'t supplied.')
    return value


def _validate(asked: Json) -> None:
    status, conclusion = asked.get("status", "queued"), asked.get("conclusion", "success")
    if status not in _STATUSES or conclusion not in _CONCLUSIONS:
        raise invalid(f"Invalid request.\n\n{status} with {conclusion} is not a status and a conclusion.")
    if status == "completed" and "conclusion" not in asked:
        raise invalid('Invalid request.\n\nMissing required keys "conclusion" for a completed check run.')
    if "output" in asked:
        _validate_output(asked["output"])
    _validate_actions(asked.get("actions") or [])


def _validate_output(output: Json) -> None:
    for key in ("title", "summary"):
        _required_text(output, key)
    for key, limit in _LIMITS.items():
        if len((output.get(key) or "").encode()) > limit:
            raise invalid(f"Invalid request.\n\n{key} is too long (maximum is {limit} bytes).")
    annotations = output.get("annotations") or []
    if len(annotations) > 50:
        raise invalid(f"Invalid request.\n\nNo more than 50 items are allowed; {len(annotations)} were supplied.")
    for annotation in annotations:
        _validate_annotation(annotation)


def _validate_annotation(annotation: Json) -> None:
    for key in ("path", "message"):
        _required_text(annotation, key)
    start, end = annotation.get("start_line"), annotation.get("end_line")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 < start <= end:
        raise invalid("Invalid request.\n\nstart_line and end_line must be lines of the file, in this order.")
    if start != end and annotation.keys() & {"start_column", "end_column"}:
        raise invalid("Invalid request.\n\nColumns are only for annotations of one line.")
    if annotation.get("annotation_level") not in _LEVELS:
        raise invalid("Invalid request.\n\nannotation_level is not one of notice, warning, failure.")


def _validate_actions(actions: list[Json]) -> None:
    if len(actions) > 3:
        raise invalid(f"Invalid request.\n\nNo more than 3 items are allowed; {len(actions)} were supplied.")
    for found in actions:
        for key, limit in _ACTION.items():
            if len(_required_text(found, key)) > limit:
                raise invalid(f"Invalid request.\n\n{key} is too long (maximum is {limit} characters).")
