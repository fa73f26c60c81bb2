# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One thread's line to GitHub: REST and GraphQL over PyGithub's requester, every answer checked.

PyGithub's own retries stay off: they repeat POSTs, and a write that was carried out twice is worse than one that
comes late. Whoever calls retries through the queue. A client is not safe for use by two threads at once.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import requests
import structlog
from github import Auth, Github

from bot.github.errors import Forbidden, Invalid, Stale, Unavailable, error_for

log = structlog.get_logger()

PER_PAGE = 100
_PASSING = re.compile("something went wrong|time-?d? ?out|try again|temporar|unavailable", re.IGNORECASE)
_NEXT_CURSOR = re.compile(r'[?&]cursor=([^&>]+)[^>]*>; rel="next"')
_AGENT = "Steward"
_VERSION = "2022-11-28"
_OURS = {"User-Agent": _AGENT, "X-GitHub-Api-Version": _VERSION}
TIMEOUT = 20


@dataclass(frozen=True)
class Answer:
    """One HTTP answer: its headers in lower case and its body, parsed."""

    headers: dict[str, str]
    body: Any


class Client:
    """A line to GitHub that speaks with one token, an installation's or the App's own."""

    def __init__(self, api_url: str, auth: Auth.Auth, clock: Callable[[], float], timeout: int = TIMEOUT) -> None:
        self._auth, self._clock, self._timeout = auth, clock, timeout
        self._requester = Github(
            auth=auth,
            base_url=api_url,
            timeout=timeout,
            user_agent=_AGENT,
            per_page=PER_PAGE,
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
            api_version=_VERSION,
        ).requester

    def get(self, path: str, **parameters: Any) -> Any:
        """Read one thing. Raises GitHubError."""
        return self._send("GET", path, parameters=parameters).body

    def pages(self, path: str, **parameters: Any) -> Iterator[Any]:
        """Read a list page by page, 100 rows at a time, as far as the caller asks. Raises GitHubError."""
        return (answer.body for answer in self.answers(path, **parameters))

    def answers(self, path: str, **parameters: Any) -> Iterator[Answer]:
        """The same with the headers of each page. Raises GitHubError."""
        for page in range(1, 1_000):
            answer = self._send("GET", path, parameters={**parameters, "per_page": PER_PAGE, "page": page})
            yield answer
            if 'rel="next"' not in answer.headers.get("link", ""):
                return

    def cursor_pages(self, path: str) -> Iterator[Any]:
        """Read a list that goes on from a cursor, as GitHub names it in its Link header. Raises GitHubError."""
        cursor: str | None = ""
        while cursor is not None:
            asked = {"cursor": cursor} if cursor else {}
            answer = self._send("GET", path, parameters={"per_page": PER_PAGE, **asked})
            yield answer.body
            following = _NEXT_CURSOR.search(answer.headers.get("link", ""))
            cursor = following[1] if following else None

    def write(self, verb: str, path: str, body: dict[str, Any]) -> Any:
        """Send one write, once. Raises GitHubError; after Unavailable it is unknown whether it was carried out."""
        return self._send(verb, path, body=body).body

    def graphql(self, query: str, variables: dict[str, Any]) -> Any:
        """The data of a GraphQL answer. What GitHub does not find or does not show is null in it.

        Raises GitHubError; any error beside "not found" makes the whole answer worthless.
        """
        answer = self._send("POST", self._requester.graphql_url, body={"query": query, "variables": variables})
        body = answer.body if isinstance(answer.body, dict) else {}
        for error in body.get("errors") or []:
            _raise_for_graphql(error, answer.headers, self._clock())
        data = body.get("data")
        if not isinstance(data, dict):
            raise Unavailable("GraphQL answered without data")
        return data

    def beginning(self, path: str, size: int) -> bytes:
        """The first `size` bytes of a file, or all if it has fewer; the line is cut before more of it comes.

        PyGithub reads every answer to its end, so this one request goes without it. Raises GitHubError.
        """
        headers = {**_OURS, "Accept": "application/vnd.github.raw+json", "Accept-Encoding": "identity"}
        self._auth.authentication(headers)
        url = self._requester.base_url + path
        try:
            with requests.Session() as session:
                session.auth = lambda request: request  # or else a .netrc file would replace the token
                with session.get(
                    url, headers=headers, timeout=self._timeout, allow_redirects=False, stream=True
                ) as answer:
                    return self._begun(answer, size)
        except requests.RequestException as error:
            raise Unavailable(f"no answer: {type(error).__name__}") from error

    def _begun(self, answer: requests.Response, size: int) -> bytes:
        received = bytearray()
        for chunk in answer.iter_content(size):
            received += chunk
            if len(received) >= size:
                break
        log.debug("github request", verb="GET", path=answer.request.path_url, status=answer.status_code)
        if answer.status_code == 200:
            return bytes(received[:size])
        headers = {name.lower(): value for name, value in answer.headers.items()}
        self._checked(answer.status_code, headers, received.decode("utf-8", "replace"))
        raise Unavailable("an answer without the file", answer.status_code)

    def _send(
        self, verb: str, path: str, parameters: dict[str, Any] | None = None, body: dict[str, Any] | None = None
    ) -> Answer:
        headers = {"Accept": "application/vnd.github+json"}
        try:
            status, received, text = self._requester.requestJson(verb, path, parameters, headers, body)
        except requests.RequestException as error:
            raise Unavailable(f"no answer: {type(error).__name__}") from error
        except (AssertionError, RuntimeError) as error:
            raise Unavailable(f"an answer from elsewhere: {error}") from error
        log.debug("github request", verb=verb, path=path, status=status)
        return self._checked(status, {str(k): str(v) for k, v in received.items()}, text)

    def _checked(self, status: int, headers: dict[str, str], text: str) -> Answer:
        try:
            body = json.loads(text) if text else None
        except ValueError:
            raise error_for(
                status if status >= 400 else 502, headers, "an answer that is not JSON", self._clock()
            ) from None
        if 200 <= status < 300:
            return Answer(headers, body)
        message = str(body.get("message", ""))[:500] if isinstance(body, dict) else ""
        raise error_for(status, headers, message or f"HTTP {status}", self._clock())


def _raise_for_graphql(error: dict[str, Any], headers: dict[str, str], now: float) -> None:
    kind, message = error.get("type"), str(error.get("message", ""))[:500]
    if kind == "NOT_FOUND":
        return
    if kind == "FORBIDDEN":
        raise Forbidden(message, 403)
    if kind == "STALE_DATA":
        raise Stale(message, 409)
    if kind == "RATE_LIMITED" or "rate limit" in message.lower():
        raise error_for(429, headers, message, now)
    if _PASSING.search(message):
        raise Unavailable(f"GraphQL: {message}")
    raise Invalid(f"GraphQL: {message}", 400)  # a query that this GitHub cannot answer, now or later
