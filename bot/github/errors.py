# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""GitHub's refusals, sorted by what to do about them: come back later, or take the answer as it is."""

from collections.abc import Mapping

SECONDARY_LIMIT_WAIT = 60.0
"""Seconds to stay away after a rate limit that names no time, as GitHub's documentation asks."""


class GitHubError(Exception):
    """Any answer of GitHub that is not what was asked for. `status` is the HTTP status, 0 where there was none."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class Unavailable(GitHubError):
    """GitHub's own trouble: an outage, a limit, a broken line. Nothing was learned; come back.

    `at` is the time (seconds since 1970) before which GitHub asked not to be called; None leaves it to the caller.
    """

    def __init__(self, message: str, status: int = 0, at: float | None = None) -> None:
        super().__init__(message, status)
        self.at = at

    @property
    def in_doubt(self) -> bool:
        """Whether a write may have been carried out all the same: the answer was lost, or came from a gateway."""
        return self.status in (0, 500, 502, 504)


class Unauthorized(GitHubError):
    """The token or the App's key is not accepted (401)."""


class Forbidden(GitHubError):
    """The App lacks a permission for this (403)."""


class NotFound(GitHubError):
    """It does not exist, or the App may not see it (404, 410, 451)."""


class Gone(NotFound):
    """The pull request, its repository or the installation is not there any more: nothing is left to do."""


class Invalid(GitHubError):
    """GitHub cannot take what was sent (409, 422 and every other refusal of a request)."""


class Stale(Invalid):
    """A commit was to go on a head that the branch does not have any more."""


def error_for(status: int, headers: Mapping[str, str], message: str, now: float) -> GitHubError:
    """The error that stands for one HTTP answer; `headers` are in lower case, `now` in seconds since 1970."""
    if status in (403, 429) and (at := _limited_until(status, headers, message, now)) is not None:
        return Unavailable(f"rate limit: {message}", status, at)
    if status >= 500 or status < 400:
        return Unavailable(message, status)
    kinds = {401: Unauthorized, 403: Forbidden, 404: NotFound, 410: NotFound, 451: NotFound}
    return kinds.get(status, Invalid)(message, status)


def _limited_until(status: int, headers: Mapping[str, str], message: str, now: float) -> float | None:
    """When to come back after a rate limit, or None if this is none.

    Source: GitHub's "Rate limits for the REST API": Retry-After first, then X-RateLimit-Reset where nothing
    remains, else at least a minute.
    """
    wait = _seconds(headers.get("retry-after"))
    if wait is not None:
        return now + wait
    reset = _seconds(headers.get("x-ratelimit-reset"))
    if headers.get("x-ratelimit-remaining") == "0" and reset is not None:
        return max(reset, now) + 1
    if status == 429 or "rate limit" in message.lower():
        return now + SECONDARY_LIMIT_WAIT
    return None


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None
