# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The simulated GitHub for people: what a browser would show of its repositories and pull requests.

No script, and nothing to press but who one is when an App asks: what else happens is done from Python. That somebody
looks leaves no trace.
"""

import re
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from flask import Flask, Response, abort, render_template, request

from bot.demo import authorize
from bot.demo.github.checks import CheckRun
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from bot.demo.github.rest.answers import world
from bot.demo.markdown import as_html

_PAGES = re.compile(r"/(?:static/[^/]+|[^/]+/[^/]+/pull/[^/]+)?")
_POLICY = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action "

_FACES = {
    "+1": "👍",
    "-1": "👎",
    "laugh": "😄",
    "confused": "😕",
    "heart": "❤️",
    "hooray": "🎉",
    "rocket": "🚀",
    "eyes": "👀",
}


def is_page(method: str, target: str) -> bool:
    """Whether a request is for one of these pages, and none for the API that listens at the same address."""
    path = target.partition("?")[0]
    return path == authorize.PATH or (method == "GET" and _PAGES.fullmatch(path) is not None)


@cache
def pages() -> Flask:
    """The pages, made once for a process; they find their world as the API does, and must be called under its lock."""
    flask = Flask(__name__)
    flask.register_blueprint(authorize.routes)
    flask.jinja_env.trim_blocks = flask.jinja_env.lstrip_blocks = True
    flask.add_template_filter(as_html, "markdown")
    flask.add_template_filter(_moment, "moment")

    @flask.get("/")
    def home() -> str:
        return render_template("home.html", repositories=list(world().repositories.values()))

    @flask.get("/<owner>/<name>/pull/<number>")
    def pull_request(owner: str, name: str, number: str) -> str:
        repository = world().repository(f"{owner}/{name}")
        known = repository.pulls if repository else []
        pull = next((one for one in known if str(one.number) == number), None)
        if pull is None:
            abort(404)
        return render_template("pull.html", pull=pull, faces=_FACES, **_shown(pull))

    flask.register_error_handler(404, lambda _error: (render_template("missing.html"), 404))
    flask.after_request(_secure)
    return flask


def _secure(response: Response) -> Response:
    forms = authorize.FORM_ACTION if request.path == authorize.PATH else "'none'"
    response.headers["Content-Security-Policy"] = _POLICY + forms
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _shown(pull: Pull) -> dict[str, Any]:
    """What a pull request's page shows besides its own fields."""
    runs = _runs(pull.repository, pull.head_sha)
    return {
        "status": _status(pull),
        "timeline": _timeline(pull),
        "commit_count": len(pull.commits()),
        "runs": runs,
        "annotations": {run.id: _by_file(run) for run in runs},
        "verdict": _verdict(runs),
    }


def _status(pull: Pull) -> str:
    if pull.merged_at:
        return "merged"
    return "draft" if pull.draft and pull.state == "open" else pull.state


def _runs(repository: Repository, sha: str) -> list[CheckRun]:
    """Of each check the newest run on a commit."""
    return [run for suite in repository.check_suites if suite.head_sha == sha for run in suite.latest]


def _verdict(runs: list[CheckRun]) -> str:
    """How the checks came out together: passed, pending or failed."""
    if any(run.conclusion not in (None, "success", "neutral", "skipped") for run in runs):
        return "failed"
    return "passed" if all(run.conclusion for run in runs) else "pending"


def _timeline(pull: Pull) -> list[dict[str, Any]]:
    """Commits, comments and reviews in the order of their times."""
    store = pull.repository.store
    commits = [store.commit_object(sha) for sha in pull.commits()]
    rows: list[tuple[datetime, dict[str, Any]]] = [
        (commit.committer.at, {"commit": commit, "runs": _runs(pull.repository, commit.sha)}) for commit in commits
    ]
    rows += [(comment.created_at, {"comment": comment}) for comment in pull.comments]
    rows += [(review.submitted_at, {"review": review}) for review in pull.reviews]
    return [row for _, row in sorted(rows, key=lambda row: row[0])]


def _by_file(run: CheckRun) -> list[tuple[str, list[dict[str, Any]]]]:
    """The annotations of a check, file by file and line by line."""
    ordered = sorted(run.annotations, key=lambda one: (one["path"], one["start_line"]))
    return [(path, list(group)) for path, group in groupby(ordered, key=lambda one: str(one["path"]))]
