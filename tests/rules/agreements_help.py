# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the tests of the rules on agreements share: people, commits, contributions, and what is on record."""

from dataclasses import replace
from typing import Any

from rules.agreement import Agreement, Coverage, Signed, Standing
from rules.change import Change, ChangedFile, Commit, FileStatus, Person
from rules.rule import Facts

NOREPLY = "users.noreply.github.com"
DAY = 86400.0
NOW = 20_000 * DAY  # 2024-10-04

ALICE = Person(1, "alice", "Alice", "alice@example.com")
BOB = Person(2, "bob", "Bob", "bob@example.com")
CAROL = Person(3, "carol", "Carol", "carol@example.com")
STRANGER = Person(name="Jo Doe", email="jo@example.com")  # an address that belongs to no account
GHOST = Person()  # whose account was deleted
GITHUB = Person(19864447, "web-flow", "GitHub", "noreply@github.com")
DEPENDABOT = Person(49699333, "dependabot[bot]", bot=True)  # as GitHub tells of whoever opened something
WORN = Person(name="dependabot[bot]", email=f"49699333+dependabot[bot]@{NOREPLY}")  # as anybody may write it
CLAUDE = Person(name="Claude", email="noreply@anthropic.com")


def commit(*authors: Person, by: Person | None = None, **more: Any) -> Commit:
    """A commit by its git author and co-authors, committed by the author if not said otherwise."""
    return Commit(**{"sha": "", "message": "Do it", "authors": authors, "committer": by or authors[0], **more})


def by_github(*authors: Person, **more: Any) -> Commit:
    """A commit that GitHub made for somebody, on its pages or by its API."""
    return commit(*authors, **{"by": GITHUB, "verified": True, "signed_by_github": True, **more})


def merge(*authors: Person, **more: Any) -> Commit:
    """A commit that joins the contribution with something else."""
    return commit(*authors, **{"parents": ("", sha(99)), **more})


def sha(number: int) -> str:
    """A SHA that is told from others by its beginning: the one of commit `number`, counted from 1, in a change."""
    return f"{number:07x}".ljust(40, "0")


def change(*commits: Commit, opener: Person | None = ALICE, **more: Any) -> Change:
    """A contribution whose commits stand on each other in this order."""
    chained = tuple(
        replace(one, sha=sha(number), parents=(sha(number - 1), *one.parents[1:]))
        for number, one in enumerate(commits, start=1)
    )
    return Change(**{"base": sha(0), "head": sha(len(commits)), "commits": chained, "opener": opener, **more})


def file(path: str = "a.py", additions: int = 1, **more: Any) -> ChangedFile:
    """A file that was changed in one line, or as told."""
    return ChangedFile(path, **{"status": FileStatus.MODIFIED, "additions": additions, **more})


def signed(*people: Person, version: str = "1.0", at: float = NOW - DAY) -> dict[int, Standing]:
    """The record of people who have signed."""
    return {person.id: Standing(signed=(Signed(version, at),)) for person in people if person.id}


def employed(person: Person, *, confirmed: bool = True, until: float | None = None) -> dict[int, Standing]:
    """The record of somebody on a company's list."""
    return {person.id or 0: Standing(companies=(Coverage("Example Inc", confirmed, until),))}


def facts(people: dict[int, Standing] | None = None, **more: Any) -> Facts:
    """What is known beside the contribution, with an agreement that can be signed on its page."""
    agreement = Agreement(
        "acme/widgets:CLA.md", "1.0", NOW - 9 * DAY, "https://steward.example/agreements/acme/widgets"
    )
    known = {"agreement": agreement, "now": NOW, "seen_at": NOW, "people": people or {}}
    return Facts(**{"year": 2024, **known, **more})
