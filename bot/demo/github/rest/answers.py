# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What every route shares: refusals in GitHub's form, JSON bodies, pages with Link headers."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from flask import g, request
from flask.typing import ResponseReturnValue

from bot.demo.github.shapes.common import Json
from bot.demo.github.world import World

T = TypeVar("T")
DOCUMENTATION = "https://docs.github.com/rest"
WORLD = "simulated.world"
"""Under this name a request's environment holds the world that it is asked of."""


class Refused(Exception):
    """GitHub says no: `status` with a message, for 422 with the fields that are wrong."""

    def __init__(
        self, status: int, message: str, errors: Sequence[object] = (), headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body: Json = {"message": message, "documentation_url": DOCUMENTATION, "status": str(status)}
        if errors:
            self.body["errors"] = list(errors)
        self.headers = headers or {}


def not_found() -> Refused:
    """What GitHub answers for what is not there, and for what may not be seen."""
    return Refused(404, "Not Found")


def invalid(message: str, *errors: object) -> Refused:
    """A request that GitHub understood and will not carry out."""
    return Refused(422, message, errors)


def found_or_404(found: T | None) -> T:
    """The thing itself.

    Raises:
        Refused: it is None.
    """
    if found is None:
        raise not_found()
    return found


def world() -> World:
    """The simulated world that this request is asked of."""
    return cast("World", request.environ[WORLD])


def json_body() -> Json:
    """The object in the request's body; an empty body is an empty object.

    Raises:
        Refused: it is not JSON, or not an object.
    """
    given = request.get_json(force=True, silent=True) if request.get_data() else {}
    if not isinstance(given, dict):
        raise Refused(400, "Problems parsing JSON")
    return given


def number_argument(name: str, default: int) -> int:
    """A positive number from the query; what is none counts as the default."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and int(text) > 0 else default


def page_size(default: int = 30) -> int:
    """`per_page`, at most 100."""
    return min(number_argument("per_page", default), 100)


def page(items: Sequence[T], shape: Callable[[T], Any], size: int | None = None) -> list[Any]:
    """One page of a list; the Link header names its neighbours."""
    size = size or page_size()
    number = number_argument("page", 1)
    last = max(1, -(-len(items) // size))
    neighbours = {"prev": number - 1, "next": number + 1, "last": last, "first": 1}
    shown = neighbours.keys() & (
        ({"next", "last"} if number < last else set()) | ({"prev", "first"} if number > 1 else set())
    )
    g.links = [(name, {"page": str(at)}) for name, at in neighbours.items() if name in shown]
    return [shape(item) for item in items[(number - 1) * size : number * size]]


def link_header(links: Sequence[tuple[str, dict[str, str]]]) -> str:
    """The Link header, with the request's own query in each address."""
    address = f"{world().url}{request.path}"
    query = request.args.to_dict()
    return ", ".join(f'<{address}?{urlencode(query | changed)}>; rel="{name}"' for name, changed in links)


Answered = ResponseReturnValue
"""What a route returns."""
