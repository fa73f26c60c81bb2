# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The pages that people see: what this is and where to go, and what went wrong."""

import structlog
from flask import Blueprint, Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from bot.settings import Settings
from bot.store.database import StoreUnavailable

# No page runs a script, loads anything from elsewhere, or may be shown inside another site.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

RETRY_AFTER = 10
"""Seconds after which a reader may ask again when the database does not answer."""

_log = structlog.get_logger()

_FOR_MACHINES = ("/api/", "/healthz", "/readyz", "/metrics")


def pages(settings: Settings) -> Blueprint:
    """The blueprint with `/`."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get("/")
    def home() -> str:
        return render_template("home.html", missing=settings.missing, server_url=settings.server_url)

    return blueprint


def answer_errors(app: Flask) -> None:
    """Give every error a page of its own, or JSON where a machine asked."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        return _error(error)

    @app.errorhandler(StoreUnavailable)
    def without_store(error: StoreUnavailable) -> Response:
        _log.error("database not available", error=str(error))
        return _error(ServiceUnavailable(retry_after=RETRY_AFTER))

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        _log.error("request failed", exc_info=error)
        return _error(InternalServerError())


def secure(response: Response) -> Response:
    """Put the security headers on an answer, and keep copies of pages from lying about."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        # A page may say who is signed in, and a repository may turn private: nobody keeps a copy.
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _error(error: HTTPException) -> Response:
    if request.path.startswith(_FOR_MACHINES):
        response = jsonify(error=error.name)
    else:
        response = make_response(render_template("error.html", name=error.name, status=error.code))
    # The error's own headers, such as Allow, but those that describe the body it would have had.
    own = [pair for pair in error.get_headers() if pair[0].lower() not in ("content-type", "content-length")]
    response.headers.extend(own)
    response.status_code = error.code or 500
    return response
