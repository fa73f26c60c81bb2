# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the tests of the rule dco share: people, commits that are told in a line, and the rule asked about them."""

from typing import Any

from rules.agreement import Standing
from rules.agreement_options import DcoOptions
from rules.change import Change, Commit, Person
from rules.dco import RULE
from rules.rule import Facts, Judgement

NOREPLY = "users.noreply.github.com"
ADA = Person(1, "ada", "Ada Author", "ada@example.com")
BO = Person(2, "bo", "Bo Builder", "bo@example.com")
STRANGER = Person(name="Sam", email="sam@example.com")
BOT = Person(9, "helper[bot]", "helper[bot]", f"9+helper[bot]@{NOREPLY}", bot=True)
GITHUB = Person(19864447, "web-flow", "GitHub", "noreply@github.com")


def sha(number: int) -> str:
    """The SHA of the commit with this number, counted from 1."""
    return f"{number:04x}" * 10


def by(person: Person, name: str | None = None, email: str | None = None) -> str:
    """The line that signs off."""
    return f"Signed-off-by: {person.name if name is None else name} <{person.email if email is None else email}>"


def own(person: Person, commit: int) -> str:
    """The sentence by which an author signs off an earlier commit."""
    return f"I, {person.name} <{person.email}>, hereby add my Signed-off-by to this commit: {sha(commit)}"


def on_behalf(author: Person, person: Person, commit: int) -> str:
    """The sentence by which somebody else does."""
    return f"On behalf of {author.name} <{author.email}>, {own(person, commit)}"


def commit(author: Person, *lines: str, **more: Any) -> Commit:
    """A commit with these lines after its title."""
    return Commit("", "\n".join(("Work", "", *lines)), (author,), **{"committer": author, **more})


def contribution(*commits: Commit, opener: Person | None = ADA) -> Change:
    """The commits one after the other; only then do they have SHAs."""
    numbered = (
        Commit(
            sha(number),
            one.message,
            one.authors,
            one.committer,
            one.parents or (sha(number - 1),),
            verified=one.verified,
            signed_by_github=one.signed_by_github,
        )
        for number, one in enumerate(commits, 1)
    )
    return Change(sha(0), sha(len(commits)), commits=tuple(numbered), opener=opener)


def judge(change: Change, facts: Facts | None = None, **settings: Any) -> Judgement:
    """What the rule says of a contribution; Ada is a member of the organization."""
    known = facts or Facts(2031, people={1: Standing(member=True)})
    return RULE.check(change, DcoOptions.model_validate(settings), known)


def codes(judgement: Judgement) -> list[str]:
    """What it finds, commit by commit, in the fewest letters: `missing` and `mismatch`."""
    return [finding.code.removeprefix("dco-") for finding in judgement.findings]
