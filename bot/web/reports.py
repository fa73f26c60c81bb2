# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The report on one pull request, as a page and as JSON.

A private repository is answered exactly as one that does not exist, but to those who may read it.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

import structlog
from flask import Blueprint, Response, abort, render_template, request
from sqlalchemy import Engine

from bot.identity import Account, NoAnswer, NotIdentified
from bot.store.database import reading
from bot.store.decisions import Decision, decisions_on
from bot.store.history import CurrentReport, Verdict, current_report, verdicts
from bot.store.repositories import RepositoryFacts
from bot.web.decided import decided
from bot.web.parts import Parts, People
from bot.web.session import Sessions
from bot.web.text import stamp
from bot.web.visibility import Visibility

MOST_VERDICTS = 100
MOST_DECISIONS = 500
MOST_GROUPS = 100
MOST_PLACES = 300

_NUMBER = re.compile(r"[1-9][0-9]{0,8}")

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Found:
    repository: RepositoryFacts
    number: int
    current: CurrentReport
    verdicts: list[Verdict]
    decisions: list[Decision]


def reports(parts: Parts, visitors: Sessions, people: People, visibility: Visibility) -> Blueprint:
    """The blueprint with the page of a report and its JSON."""
    blueprint = Blueprint("reports", __name__)

    @blueprint.get("/<owner>/<name>/pull/<number>")
    def page(owner: str, name: str, number: str) -> str:
        found = _read(parts.engine, visibility.find(owner, name, visitors.account), number)
        return render_template("report.html", **_shown(found, parts.settings.server_url, parts.clock()))

    @blueprint.get("/api/v1/repos/<owner>/<name>/pulls/<number>")
    def body(owner: str, name: str, number: str) -> Response:
        repository = visibility.find(owner, name, lambda: _bearer(people) or visitors.account())
        found = _read(parts.engine, repository, number)
        return _fresh(Response(json.dumps(_body(found, parts.clock())), mimetype="application/json"))

    return blueprint


def _bearer(people: People) -> Account | None:
    """Whose user token came along. One that GitHub does not take is answered as if there were none."""
    authorization = request.authorization
    if authorization is None or authorization.type != "bearer" or not authorization.token:
        return None
    try:
        return people.identity.by_token(authorization.token)
    except NotIdentified:
        return None
    except NoAnswer as error:
        _log.warning("GitHub did not say whose token this is", error=str(error))
        return None


def _read(engine: Engine, repository: RepositoryFacts, number: str) -> _Found:
    """What the store has of a pull request; 404 if it has nothing."""
    if not _NUMBER.fullmatch(number):
        abort(404)
    with reading(engine) as connection:
        current = current_report(connection, repository.id, int(number)) or abort(404)
        history = verdicts(connection, repository.id, int(number), MOST_VERDICTS)
        decisions = decisions_on(connection, repository.id, int(number))
    return _Found(repository, int(number), current, history, decisions)


def _fresh(response: Response) -> Response:
    # A repository may turn private at any time: nobody keeps a copy.
    response.headers["Cache-Control"] = "no-store"
    return response


def _body(found: _Found, now: float) -> dict[str, Any]:
    """The report in interface version 1, with the history by head, newest first, and the decisions, oldest first."""
    report = json.loads(found.current.body)
    return {
        **report,
        "history": [
            {"head": one.head, "conclusion": one.conclusion, "judged_at": stamp(one.judged_at)}
            for one in found.verdicts
        ],
        "decisions": decided(found.decisions[-MOST_DECISIONS:], report, found.current.base_ref, now),
    }


def _shown(found: _Found, server_url: str, now: float) -> dict[str, Any]:
    report = _body(found, now)
    return {
        "repository": found.repository,
        "number": found.number,
        "report": report,
        "judged_at": found.current.judged_at,
        "earlier": found.verdicts[1:],
        "unshown": len(found.decisions) - len(report["decisions"]),
        "server_url": server_url,
        "groups": {result["rule"]: _grouped(result["findings"]) for result in report["rules"]},
        "most_groups": MOST_GROUPS,
        "most_places": MOST_PLACES,
    }


def _grouped(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings that say the same and are mended alike, with the places of each; what only warns comes last."""
    groups: dict[tuple[Any, ...], dict[str, Any]] = {}
    for finding in findings:
        advice, _, snippet = (finding["fix"] or "").partition("\n\n")
        warning = bool(finding.get("warning"))
        key = (warning, finding["code"], finding["message"], finding["fix"] or "", finding.get("link") or "")
        told = {"warning": warning, "advice": advice, "snippet": snippet}
        group = groups.setdefault(key, {**finding, **told, "places": []})
        if finding.get("subject") or finding["path"] or finding["commit"] or finding["person"]:
            group["places"].append(finding)
    return sorted(groups.values(), key=lambda group: bool(group["warning"]))
