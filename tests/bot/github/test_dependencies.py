# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The comparison of dependencies as it is read: of GitHub's simulation, and of one that answers strangely."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.github.change import read_change
from bot.github.client import Answer, Client
from bot.github.dependencies import ADDED_AT_MOST, MOST_PAGES, compared_anew, read_dependencies
from bot.github.errors import Forbidden, GitHubError, Invalid, NotFound, Unavailable
from bot.github.pull import Pull
from bot.github.wanted import Wanted
from rules.change import Change, Need, Unseen
from rules.packages import Dependency, DependencyReview, Vulnerability

PULL = cast(
    "Pull", SimpleNamespace(repository=SimpleNamespace(path="/repos/acme/widgets"), base="b" * 40, head="a" * 40)
)
ROW = {
    "change_type": "added",
    "manifest": "package-lock.json",
    "ecosystem": "npm",
    "name": "@acme/x",
    "version": "1.2.3",
    "package_url": "pkg:npm/%40acme/x@1.2.3",
    "license": "MIT",
    "source_repository_url": None,
    "scope": "development",
    "vulnerabilities": [
        {"severity": "low", "advisory_ghsa_id": "GHSA-1", "advisory_summary": "It leaks", "advisory_url": "https://x/1"}
    ],
}
WARNINGS = "x-github-dependency-graph-snapshot-warnings"


class Strange:
    """A GitHub with these pages, or this error behind them."""

    def __init__(self, *pages: Any, error: GitHubError | None = None, headers: dict[str, str] | None = None) -> None:
        self.pages, self.error, self.headers, self.asked = pages, error, headers or {}, 0

    def answers(self, path: str) -> Iterator[Answer]:
        assert path == f"/repos/acme/widgets/dependency-graph/compare/{'b' * 40}...{'a' * 40}"
        for body in self.pages:
            self.asked += 1
            yield Answer(self.headers, body)
        if self.error:
            raise self.error


def read(github: Strange) -> tuple[DependencyReview | None, tuple[Unseen, ...]]:
    return read_dependencies(cast("Client", github), PULL)


def test_what_is_added_is_read_as_github_tells_it() -> None:
    removed = ROW | {"change_type": "removed", "version": "1.2.2"}
    known = Vulnerability("GHSA-1", "It leaks", "low", "https://x/1")
    dependency = Dependency(
        "@acme/x", "1.2.3", "npm", "package-lock.json", "pkg:npm/%40acme/x@1.2.3", "MIT", "development", (known,)
    )
    assert read(Strange([removed, ROW], [ROW])) == (DependencyReview((dependency, dependency)), ())


@pytest.mark.parametrize(
    ("row", "dependency"),
    [
        ({}, Dependency("", "", "", "")),
        ({"change_type": "changed", "name": "x"}, Dependency("x", "", "", "")),
        (dict.fromkeys(ROW), Dependency("", "", "", "")),
        (dict.fromkeys(ROW, 7), Dependency("", "", "", "")),
        (
            {"vulnerabilities": [None, {}]},
            Dependency("", "", "", "", vulnerabilities=(Vulnerability("", "", "", ""),) * 2),
        ),
        ({"name": "\ud800"}, Dependency("?", "", "", "")),
        ({"name": "x" * 9_000}, Dependency("x" * 1_000, "", "", "")),
    ],
)
def test_nothing_in_a_row_is_taken_for_granted(row: dict[str, Any], dependency: Dependency) -> None:
    assert read(Strange([row])) == (DependencyReview((dependency,)), ())


@pytest.mark.parametrize("body", [None, {}, "rows", [None], [ROW, "row"]])
def test_what_is_no_list_of_packages_is_no_comparison(body: Any) -> None:
    review, (gap,) = read(Strange([ROW], body))
    assert review is None
    assert (gap.need, gap.final) == (Need.DEPENDENCIES, False)


@pytest.mark.parametrize("error", [Forbidden("no", 403), NotFound("no", 404)])
def test_where_github_compares_none_it_is_told_what_to_switch_on(error: GitHubError) -> None:
    review, gaps = read(Strange(error=error))
    assert review is not None
    assert "only where the dependency graph is on (in the repository's settings" in review.unavailable
    assert (review.added, gaps) == ((), ())


@pytest.mark.parametrize(
    ("error", "reason", "final"),
    [
        (Unavailable("down", 503), "GitHub did not answer what is added to the dependencies (HTTP 503)", False),
        (Unavailable("no answer"), "GitHub did not answer what is added to the dependencies (no answer)", False),
        (Invalid("no", 422), "GitHub refused to compare the dependencies (422)", True),
    ],
)
def test_where_github_fails_the_rest_can_be_judged(error: GitHubError, reason: str, final: bool) -> None:
    assert read(Strange([ROW], error=error)) == (None, (Unseen(Need.DEPENDENCIES, reason, final=final),))


def test_a_rate_limit_is_for_the_queue() -> None:
    with pytest.raises(Unavailable):
        read(Strange(error=Unavailable("rate limit", 403, at=5.0)))


MANY = f"it changes more dependencies than the {ADDED_AT_MOST:,} that Steward looks at"


def test_of_too_many_packages_some_are_judged_and_the_rest_is_told() -> None:
    review, gaps = read(Strange([ROW] * ADDED_AT_MOST, [ROW]))
    assert review is not None
    assert len(review.added) == ADDED_AT_MOST
    assert gaps == (Unseen(Need.DEPENDENCIES, MANY, final=True),)
    assert read(Strange([ROW] * ADDED_AT_MOST))[1] == ()


def test_pages_without_end_are_not_read_to_their_end() -> None:
    github = Strange(*[[ROW | {"change_type": "removed"}]] * 500)
    assert read(github) == (DependencyReview(), (Unseen(Need.DEPENDENCIES, MANY, final=True),))
    assert github.asked == MOST_PAGES + 1
    assert read(Strange(*[[]] * MOST_PAGES)) == (DependencyReview(), ())


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("", ""),
        (base64.b64encode(b"No snapshots were found").decode(), "No snapshots were found"),
        (base64.b64encode(b"\xff").decode(), "\ufffd"),
        (base64.b64encode(b"x" * 5_000).decode(), "x" * 1_000),
        ("!", ""),
        ("abc", "some snapshots of dependencies are missing"),
        ("é", "some snapshots of dependencies are missing"),
    ],
)
def test_what_github_says_of_its_comparison(header: str, told: str) -> None:
    review, _ = read(Strange([], [], headers={WARNINGS: header}))
    assert review == DependencyReview(warnings=told)


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        (None, 0),
        (DependencyReview(), 0),
        (DependencyReview(unavailable="it is off"), 1),
        (DependencyReview(warnings="No snapshots"), 1),
    ],
)
def test_what_may_be_whole_by_now_is_asked_for_again(known: DependencyReview | None, asked: int) -> None:
    github = Strange([])
    now = compared_anew(cast("Client", github), PULL, known)
    assert (now, github.asked) == ((DependencyReview() if asked else known, ()), asked)
    down = Strange(error=Unavailable("down", 503))
    assert compared_anew(cast("Client", down), PULL, known) == (known, ())


# -- as a part of the whole ---------------------------------------------------------------------------------------

GAP = Unseen(Need.DEPENDENCIES, MANY, final=True)
BEFORE = Change("b" * 40, "a" * 40, unseen=(GAP, Unseen(Need.FILES, "x")), dependencies=DependencyReview(warnings="w"))


def whole(github: Strange, before: Change | None, *needs: Need) -> Change:
    facts = {"number": 1, "base_ref": "main", "title": "", "body": "", "opener": None, "draft": False}
    repository = SimpleNamespace(path="/repos/acme/widgets", full="acme/widgets")
    pull = SimpleNamespace(repository=repository, base="b" * 40, head="a" * 40, **facts)
    wanted = Wanted(frozenset(needs), lambda _file: False)
    return read_change(cast("Client", github), cast("Pull", pull), wanted, before)


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        (None, 1),
        (BEFORE, 0),
        (replace(BEFORE, head="c" * 40), 1),
        (replace(BEFORE, base="c" * 40), 1),
        (replace(BEFORE, dependencies=None), 1),
    ],
)
def test_one_comparison_is_asked_for_once(before: Change | None, asked: int) -> None:
    github = Strange([ROW])
    change = whole(github, before, Need.DEPENDENCIES)
    assert github.asked == asked
    assert change.dependencies is not None
    assert len(change.dependencies.added) == asked
    assert change.unseen == (() if asked else (GAP,))


def test_no_comparison_is_asked_for_where_no_rule_needs_it() -> None:
    github = Strange([ROW])
    assert whole(github, BEFORE).dependencies is None
    assert github.asked == 0
