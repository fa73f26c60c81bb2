# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a pull request adds to the dependencies of a repository, as GitHub compares them between base and head.

Source: GitHub's REST API, "Get a diff of the dependencies between commits". Packages come with names and summaries that
strangers wrote, so nothing in a row is taken for granted, neither that it is there nor how long it is.
"""

import base64
import binascii
from itertools import islice
from typing import Any

from bot.github.client import Answer, Client
from bot.github.errors import Forbidden, Invalid, NotFound, Unavailable
from bot.github.pull import Pull
from rules.change import Need, Unseen
from rules.packages import Dependency, DependencyReview, Vulnerability

ADDED_AT_MOST = 3_000
"""Packages that are judged; of a contribution that adds more, not all is seen."""
MOST_PAGES = 2 * ADDED_AT_MOST // 100
"""Pages that are read: a package that is brought up to date is removed in one row and added in another."""

_WARNINGS = "x-github-dependency-graph-snapshot-warnings"
_LONGEST = 1_000  # characters of any one field
_MOST_VULNERABILITIES = 50  # of one package
_NOT_HERE = (
    "GitHub compares no dependencies here. It does so only where the dependency graph is on (in the repository's "
    "settings, under Advanced Security), for a private repository only with a license for GitHub Code Security, and "
    "for most forks not at all"
)

Compared = tuple[DependencyReview | None, tuple[Unseen, ...]]
"""What could be learned, and what could not."""


def read_dependencies(client: Client, pull: Pull) -> Compared:
    """What the head adds to the dependencies of the base; None where GitHub could not tell now, which is `unseen` then.

    Raises GitHubError; Unavailable only for a rate limit, for after anything else the other rules can be judged.
    """
    try:
        answers = _answers(client, pull)
    except (Forbidden, NotFound):
        return DependencyReview(unavailable=_NOT_HERE), ()
    except Unavailable as error:
        if error.at is not None:
            raise
        return None, (_unseen(f"GitHub did not answer what is added to the dependencies ({_status(error)})"),)
    except Invalid as error:
        return None, (_unseen(f"GitHub refused to compare the dependencies ({error.status})", final=True),)
    return _review(answers)


def compared_anew(client: Client, pull: Pull, known: DependencyReview | None) -> Compared:
    """The same comparison, asked for once more if it may have become possible or whole by now.

    Builds send what they found out some time after the push, and somebody may have switched the graph on. Where GitHub
    cannot tell now, what is known stands. Raises Unavailable for a rate limit.
    """
    if known is None or not (known.unavailable or known.warnings):
        return known, ()
    review, gaps = read_dependencies(client, pull)
    return (review, gaps) if review else (known, ())


def _answers(client: Client, pull: Pull) -> list[Answer]:
    """The pages, and one more than are read if there are more."""
    path = f"{pull.repository.path}/dependency-graph/compare/{pull.base}...{pull.head}"
    answers = list(islice(client.answers(path), MOST_PAGES + 1))
    if not all(_is_list(answer.body) for answer in answers):
        raise Unavailable("an answer that is no list of packages")
    return answers


def _is_list(body: Any) -> bool:
    return isinstance(body, list) and all(isinstance(row, dict) for row in body)


def _status(error: Unavailable) -> str:
    return f"HTTP {error.status}" if error.status else "no answer"


def _review(answers: list[Answer]) -> Compared:
    # What is neither added nor removed, whatever that may come to be, counts: it must not pass unseen.
    rows = [row for answer in answers[:MOST_PAGES] for row in answer.body if row.get("change_type") != "removed"]
    added = tuple(map(_dependency, rows[:ADDED_AT_MOST]))
    review = DependencyReview(added, warnings=_warnings(answers))
    if len(answers) <= MOST_PAGES and len(rows) <= ADDED_AT_MOST:
        return review, ()
    reason = f"it changes more dependencies than the {ADDED_AT_MOST:,} that Steward looks at"
    return review, (_unseen(reason, final=True),)


def _unseen(reason: str, *, final: bool = False) -> Unseen:
    return Unseen(Need.DEPENDENCIES, reason, final=final)


def _dependency(row: dict[str, Any]) -> Dependency:
    weaknesses = row.get("vulnerabilities")
    return Dependency(
        name=_text(row, "name"),
        version=_text(row, "version"),
        ecosystem=_text(row, "ecosystem"),
        manifest=_text(row, "manifest"),
        purl=_text(row, "package_url") or None,
        license=_text(row, "license") or None,
        scope=_text(row, "scope") or "unknown",
        vulnerabilities=_vulnerabilities(weaknesses if isinstance(weaknesses, list) else []),
    )


def _vulnerabilities(rows: list[Any]) -> tuple[Vulnerability, ...]:
    """One that cannot be read is a vulnerability all the same."""
    told = (row if isinstance(row, dict) else {} for row in rows[:_MOST_VULNERABILITIES])
    return tuple(
        Vulnerability(
            _text(row, "advisory_ghsa_id"),
            _text(row, "advisory_summary"),
            _text(row, "severity"),
            _text(row, "advisory_url"),
        )
        for row in told
    )


def _text(row: dict[str, Any], key: str) -> str:
    found = row.get(key)
    return found[:_LONGEST].encode("utf-8", "replace").decode() if isinstance(found, str) else ""


def _warnings(answers: list[Answer]) -> str:
    """What GitHub says its comparison may lack, such as a snapshot that nobody has sent yet; in base64 in a header."""
    told = {answer.headers.get(_WARNINGS, "") for answer in answers} - {""}
    return " ".join(map(_decoded, sorted(told)))[:_LONGEST]


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return "some snapshots of dependencies are missing"
