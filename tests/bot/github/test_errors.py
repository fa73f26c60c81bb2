# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""GitHub's refusals, sorted by what to do about them."""

import pytest

from bot.github.errors import Forbidden, GitHubError, Invalid, NotFound, Unauthorized, Unavailable, error_for

NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("status", "headers", "message", "kind", "at"),
    [
        (401, {}, "Bad credentials", Unauthorized, None),
        (403, {}, "Resource not accessible by integration", Forbidden, None),
        (404, {}, "Not Found", NotFound, None),
        (410, {}, "Gone", NotFound, None),
        (451, {}, "Repository access blocked", NotFound, None),
        (409, {}, "Git Repository is empty.", Invalid, None),
        (422, {}, "Validation Failed", Invalid, None),
        (400, {}, "Problems parsing JSON", Invalid, None),
        (307, {}, "Moved", Unavailable, None),
        (500, {}, "Server Error", Unavailable, None),
        (502, {}, "Bad Gateway", Unavailable, None),
        (503, {}, "Unavailable", Unavailable, None),
        (429, {}, "Too many requests", Unavailable, NOW + 60),
        (429, {"retry-after": "7"}, "Too many requests", Unavailable, NOW + 7),
        (403, {"retry-after": "7"}, "secondary", Unavailable, NOW + 7),
        (403, {}, "You have exceeded a secondary rate limit.", Unavailable, NOW + 60),
        (
            403,
            {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW) + 90)},
            "API rate limit exceeded",
            Unavailable,
            NOW + 91,
        ),
        (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"}, "API rate limit", Unavailable, NOW + 1),
        (403, {"x-ratelimit-remaining": "17", "x-ratelimit-reset": "1"}, "No", Forbidden, None),
        (403, {"retry-after": "soon"}, "No", Forbidden, None),
        (403, {"retry-after": "9" * 40}, "No", Forbidden, None),
    ],
)
def test_an_answer_becomes_the_error_that_says_what_to_do(
    status: int, headers: dict[str, str], message: str, kind: type[GitHubError], at: float | None
) -> None:
    error = error_for(status, headers, message, NOW)
    assert type(error) is kind
    assert getattr(error, "at", None) == at
    assert error.status == status


@pytest.mark.parametrize(
    ("status", "doubt"), [(0, True), (500, True), (502, True), (504, True), (503, False), (429, False)]
)
def test_whether_a_write_may_have_been_carried_out_all_the_same(status: int, doubt: bool) -> None:
    assert Unavailable("trouble", status).in_doubt is doubt
