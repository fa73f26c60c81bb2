# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The Flask application that answers as GitHub's API does."""

import uuid
from functools import cache
from typing import cast

from flask import Flask, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException

from bot.demo.github.graphql.endpoint import routes as graphql
from bot.demo.github.rest import (
    apps,
    authorization,
    checks,
    commits,
    conversation,
    dependencies,
    people,
    pulls,
    reactions,
    repositories,
    reviews,
)
from bot.demo.github.rest.access import Caller, authenticate
from bot.demo.github.rest.answers import DOCUMENTATION, Answered, Refused, link_header, world
from bot.demo.github.rest.rates import Rates

_AREAS = (
    apps,
    authorization,
    repositories,
    commits,
    pulls,
    reviews,
    checks,
    conversation,
    dependencies,
    reactions,
    people,
)


@cache
def application() -> Flask:
    """The application, made once for a process and all its worlds: to make one takes longer than many a story.

    The environment of a request names its world, under whose lock it must be called.
    """
    flask = Flask(__name__, static_folder=None)
    flask.json.sort_keys = False  # type: ignore[attr-defined]
    flask.url_map.strict_slashes = False
    for area in _AREAS:
        flask.register_blueprint(area.routes)
    flask.register_blueprint(graphql)

    @flask.before_request
    def identify() -> None:
        if request.path == authorization.ACCESS_TOKEN:
            return
        caller: Caller = authenticate()
        g.caller = caller
        g.rates = world().rates.setdefault(caller.budget, Rates(world().now()))
        if request.path != "/rate_limit":
            g.rates.count(_resource())

    flask.register_error_handler(Refused, _refuse)
    flask.register_error_handler(HTTPException, _refuse_route)
    flask.after_request(_complete)
    return flask


def _resource() -> str:
    return "graphql" if request.path == "/graphql" else "core"


def _refuse(refused: Refused) -> Answered:
    return jsonify(refused.body), refused.status, refused.headers


def _refuse_route(error: HTTPException) -> Answered:
    body = {"message": error.name, "documentation_url": DOCUMENTATION, "status": str(error.code)}
    return jsonify(body), error.code or 500


def _complete(response: Response) -> Response:
    response.headers["X-GitHub-Request-Id"] = uuid.uuid4().hex[:16].upper()
    response.headers["X-GitHub-Media-Type"] = "github.v3; format=json"
    if "rates" in g:
        response.headers.extend(cast("Rates", g.rates).headers(_resource()))
    if "links" in g and g.links and response.status_code == 200:
        response.headers["Link"] = link_header(g.links)
    return response
