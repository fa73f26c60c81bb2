# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The dependency graph: what is added and removed between two commits."""

import base64

from flask import Blueprint

from bot.demo.github.rest.access import repository_for
from bot.demo.github.rest.answers import Answered, Refused, found_or_404, not_found, page
from bot.demo.github.shapes import dependencies as shapes

routes = Blueprint("dependencies", __name__, url_prefix="/repos/<owner>/<name>")
_UNLICENSED = (
    "Dependency review is not supported on this repository. Please ensure that Dependency graph is enabled along with "
    "GitHub Advanced Security on private repositories."
)


@routes.get("/dependency-graph/compare/<path:basehead>")
def compare(owner: str, name: str, basehead: str) -> Answered:
    """The packages that a comparison of two commits adds and removes."""
    repository = repository_for(owner, name, "read", "contents")
    graph = repository.dependencies
    if not graph.enabled:
        raise not_found()
    if repository.parent or (repository.private and not graph.licensed):
        raise Refused(403, _UNLICENSED)
    for end in basehead.split("..."):
        found_or_404(repository.resolve(end))
    rows = page(graph.changes, shapes.package)
    headers = {"X-GitHub-Dependency-Graph-Snapshot-Warnings": base64.b64encode(graph.warnings.encode()).decode()}
    return rows, headers if graph.warnings else {}
