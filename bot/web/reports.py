# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The report on one pull request, as a page and as JSON.

Only what everybody may see is shown. A private repository is answered exactly as one that does not exist.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Blueprint, Response, abort, make_response, render_template
from sqlalchemy import Engine
from werkzeug.exceptions import ServiceUnavailable

from bot.store.database import StoreUnavailable, reading
from bot.store.history import CurrentReport, Verdict, current_report, earlier_verdicts
from bot.store.repositories import RepositoryFacts, find_by_name
from bot.web.parts import Parts
from bot.web.text import moment, visible, visible_lines

MOST_VERDICTS = 100
MOST_GROUPS = 100
MOST_PLACES = 300
RETRY_AFTER = 10
"""Seconds after which a reader may ask again when the database cannot be read."""

_NAME = re.compile(r"[A-Za-z0-9._-]{1,100}")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Found:
    repository: RepositoryFacts
    number: int
    current: CurrentReport
    earlier: list[Verdict]


def reports(parts: Parts) -> Blueprint:
    """The blueprint with the page of a report and its JSON."""
    blueprint = Blueprint("reports", __name__)
    for name, made in (("visible", visible), ("visible_lines", visible_lines), ("moment", moment)):
        blueprint.add_app_template_filter(made, name)

    @blueprint.get("/<owner>/<name>/pull/<number>")
    def page(owner: str, name: str, number: str) -> Response:
        found = _find(parts.engine, owner, name, number)
        return _fresh(make_response(render_template("report.html", **_shown(found, parts.settings.server_url))))

    @blueprint.get("/api/v1/repos/<owner>/<name>/pulls/<number>")
    def body(owner: str, name: str, number: str) -> Response:
        found = _find(parts.engine, owner, name, number)
        return _fresh(Response(found.current.body, mimetype="application/json"))

    return blueprint


def _find(engine: Engine, owner: str, name: str, number: str) -> _Found:
    """What the store has of a pull request that everybody may see; 404 if there is none, 503 if it cannot be read."""
    if not (_NAME.fullmatch(owner) and _NAME.fullmatch(name) and _NUMBER.fullmatch(number)):
        abort(404)
    try:
        found = _read(engine, owner, name, int(number))
    except StoreUnavailable as error:
        _log.error("report not readable", error=str(error))
        raise ServiceUnavailable(retry_after=RETRY_AFTER) from None
    return found or abort(404)


def _read(engine: Engine, owner: str, name: str, number: int) -> _Found | None:
    with reading(engine) as connection:
        repository = find_by_name(connection, owner, name)
        if repository is None or repository.private:
            return None
        current = current_report(connection, repository.id, number)
        if current is None:
            return None
        return _Found(repository, number, current, earlier_verdicts(connection, repository.id, number, MOST_VERDICTS))


def _fresh(response: Response) -> Response:
    # A repository may turn private at any time: nobody keeps a copy.
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(found: _Found, server_url: str) -> dict[str, Any]:
    report = json.loads(found.current.body)
    return {
        "repository": found.repository,
        "number": found.number,
        "report": report,
        "judged_at": found.current.judged_at,
        "earlier": found.earlier,
        "server_url": server_url,
        "groups": {result["rule"]: _grouped(result["findings"]) for result in report["rules"]},
        "most_groups": MOST_GROUPS,
        "most_places": MOST_PLACES,
    }


def _grouped(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings that say the same and are mended alike, with the places of each."""
    groups: dict[tuple[str, str, str], dict[str, Any]] = {}
    for finding in findings:
        advice, _, snippet = (finding["fix"] or "").partition("\n\n")
        key = (finding["code"], finding["message"], finding["fix"] or "")
        group = groups.setdefault(key, {**finding, "advice": advice, "snippet": snippet, "places": []})
        if finding["path"] or finding["commit"] or finding["person"]:
            group["places"].append(finding)
    return list(groups.values())
