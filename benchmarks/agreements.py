# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who has signed, asked of 100,000 signatures for a pull request with 500 contributors on 250 commits.

The record in SQLite is asked once for all of them; then the rule judges. Each is timed apart, the best of five, for a
pull request in which all have signed and for one in which half have not, or have no account at all.
"""

import tempfile
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from sqlalchemy import insert

from benchmarks import Row
from bot.store import signatures as record
from bot.store.agreements import Document
from bot.store.database import connect, reading, writing
from bot.store.migrations import migrate
from bot.store.tables import signatures
from rules.agreement import Agreement, Signed, Standing
from rules.agreement_options import ClaOptions
from rules.change import Change, Commit, Person
from rules.cla import RULE
from rules.finding import Level
from rules.rule import Facts

SIGNATURES = 100_000
CONTRIBUTORS = 500
COMMITS = 250
BOUND = 0.050
TIMES = 5
NOW = 1_800_000_000.0
DOCUMENT = Document(owner_id=1, repository_id=2, path="CLA.md")
OPTIONS = ClaOptions(level=Level.ERROR)
EVERYBODY = [Person(id=number, login=f"person{number}", name="Sam") for number in range(1, CONTRIBUTORS + 1)]
T = TypeVar("T")


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        people, query = asked(Path(folder))
    facts = Facts(year=2027, now=NOW, seen_at=NOW, agreement=Agreement("acme/widgets:CLA.md", "1.0"), people=people)
    half = {account: standing for account, standing in people.items() if account % 2}
    cases = {
        "all signed": (contribution(EVERYBODY), facts),
        "half unsigned": (contribution(EVERYBODY), replace(facts, people=half)),
        "half unlinked": (contribution([unlinked(person) for person in EVERYBODY]), facts),
    }
    crowd = f"{CONTRIBUTORS} contributors, {COMMITS} commits"
    return [
        row(f"standing of {CONTRIBUTORS} people among {SIGNATURES:,} signatures", query),
        *(row(f"rule cla, {crowd}, {name}", judging(*case)) for name, case in cases.items()),
    ]


def row(what: str, seconds: float) -> Row:
    return Row(what, f"{BOUND * 1000:.0f} ms", f"{seconds * 1000:.1f} ms", met=seconds < BOUND)


def asked(folder: Path) -> tuple[dict[int, Standing], float]:
    """What is on record of everybody, and how long it took to ask."""
    engine = connect(f"sqlite:///{folder}/steward.db")
    migrate(engine)
    with writing(engine) as connection:
        connection.execute(insert(signatures), [signature(number) for number in range(1, SIGNATURES + 1)])
    accounts = {person.id for person in EVERYBODY if person.id}
    with reading(engine) as connection:
        found, seconds = best(lambda: record.standing(connection, DOCUMENT, accounts))
    engine.dispose()
    standing = {account: tuple(Signed(one.version, one.at) for one in all_) for account, all_ in found.items()}
    return {account: Standing(all_) for account, all_ in standing.items()}, seconds


def judging(change: Change, facts: Facts) -> float:
    return best(lambda: RULE.check(change, OPTIONS, facts))[1]


def best(act: Callable[[], T]) -> tuple[T, float]:
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        answer = act()
        times.append(time.perf_counter() - start)
    return answer, min(times)


def signature(number: int) -> dict[str, object]:
    return {
        "owner_id": DOCUMENT.owner_id,
        "document_repository_id": DOCUMENT.repository_id,
        "path": DOCUMENT.path,
        "major": 1,
        "version": "1.0",
        "account_id": number,
        "login": f"person{number}",
        "how": "web",
        "signed_at": NOW,
    }


def unlinked(person: Person) -> Person:
    """Every second one without an account."""
    return replace(person, id=None, login=None, email=f"{person.login}@example.com") if (person.id or 0) % 2 else person


def contribution(people: Collection[Person]) -> Change:
    """Commits with an author and a co-author each, every one on the one before."""
    pairs = zip(list(people)[::2], list(people)[1::2], strict=True)
    commits = tuple(
        Commit(f"{number + 1:040x}", "Do it", pair, pair[0], (f"{number:040x}",)) for number, pair in enumerate(pairs)
    )
    return Change(f"{0:040x}", commits[-1].sha, commits=commits, opener=Person(2, "person2"))
