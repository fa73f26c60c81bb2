# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The commands that mend commits, run by a contributor who follows them to the letter in a real git repository."""

import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from rules.change import Change, Commit, Person
from rules.cla import RULE
from rules.cla_rewriting import PLACEHOLDER, History, own_address
from rules.finding import Finding
from tests.rules.agreements_help import (
    ALICE,
    BOB,
    GITHUB,
    NOREPLY,
    STRANGER,
    WORN,
    change,
    commit,
    facts,
    merge,
    sha,
    signed,
)
from tests.rules.test_cla import judge, options

OWN = f"1+alice@{NOREPLY}"
COPILOT = Person(name="Copilot", email=f"198982749+Copilot@{NOREPLY}")  # GitHub links no account to it
CURSOR = Person(name="Cursor", email="cursoragent@cursor.com")
TYPIST = """\
#!/bin/sh
# Does in the editor what the contributor was told to.
sed -i -E -e "s/^pick ($SHAS)/$VERB \\\\1/" -e "/^Co-authored-by: /$TRAILER" "$1"
"""


@dataclass
class Checkout:
    """A contributor's checkout, with a remote that the branch was pushed to."""

    folder: Path

    def git(self, *arguments: str, **environment: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env={**os.environ, **environment}, capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    def commit(
        self, author: Person, by: Person = ALICE, message: str = "Do it", *, merging: str = "", empty: bool = False
    ) -> str:
        names = {"GIT_AUTHOR_NAME": author.name, "GIT_AUTHOR_EMAIL": author.email}
        names |= {"GIT_COMMITTER_NAME": by.name, "GIT_COMMITTER_EMAIL": by.email}
        if merging:
            self.git("merge", "--no-ff", "-m", message, merging, **names)
        elif empty:
            self.git("commit", "--allow-empty", "-m", message, **names)
        else:
            number = len(list(self.folder.iterdir()))
            (self.folder / f"{number}.txt").write_text(f"{number}\n")
            self.git("add", "--all")
            self.git("commit", "-m", message, **names)
        return self.git("rev-parse", "HEAD")

    def change(self, base: str = "") -> Change:
        """What a pull request with the checked out commits would show."""
        listing = self.git(
            "log",
            "--reverse",
            "--topo-order",
            "--format=%H|%P|%ae|%ce|%(trailers:valueonly)|%x00",
            "HEAD",
            *([f"^{base}"] if base else []),
        )
        commits = tuple(_commit(*entry.strip().split("|")[:5]) for entry in listing.split("\0") if entry.strip())
        return Change(base=base, head=self.git("rev-parse", "HEAD"), commits=commits, opener=ALICE)

    def follow(self, finding: Finding) -> None:
        """Do what is advised, and nothing else."""
        advice, _, snippet = (finding.fix or "").partition("\n\n")
        told = re.search(r"write (edit|reword) instead of pick before ([0-9a-f, ]+)", advice)
        shas = told[2].split(", ") if told else []
        editor = self.folder.parent / "typist"
        editor.write_text(TYPIST)
        editor.chmod(0o755)
        trailer = "d" if "remove the trailer" in snippet else f"s/:.*/: Jo <3+jo@{NOREPLY}>/"
        environment = {"GIT_EDITOR": str(editor), "SHAS": "|".join(shas) or "none", "VERB": told[1] if told else ""}
        environment["TRAILER"] = trailer
        for line in snippet.replace(PLACEHOLDER, "1+alice").splitlines():
            for _ in range(len(shas) if "--continue" in line else 1):
                subprocess.run(
                    ["/bin/sh", "-ec", line],
                    cwd=self.folder, env={**os.environ, **environment}, check=True, capture_output=True,
                )  # fmt: skip


def _commit(number: str, parents: str, author: str, by: str, trailer: str) -> Commit:
    co_authors = [_person(found) for found in re.findall("<(.*)>", trailer)]
    return Commit(number, "", (_person(author), *co_authors), _person(by), tuple(parents.split()))


def _person(email: str) -> Person:
    """An address as GitHub links it."""
    known = {person.email: person for person in (ALICE, BOB)}
    return known.get(email, Person(name=email, email=email))


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    # To wait for the disk takes longer than all else, and this repository need not survive a power cut.
    for name, value in {"COUNT": "1", "KEY_0": "core.fsync", "VALUE_0": "none"}.items():
        monkeypatch.setenv(f"GIT_CONFIG_{name}", value)
    made = Checkout(tmp_path / "work")
    made.folder.mkdir()
    subprocess.run(["git", "init", "-q", "--bare", str(tmp_path / "remote")], check=True)
    made.git("init", "-q", "-b", "topic")
    made.git("config", "user.name", "Alice")
    made.git("config", "user.email", STRANGER.email)
    made.git("remote", "add", "origin", str(tmp_path / "remote"))
    return made


def finding_in(contribution: Change, **settings: object) -> Finding:
    found = RULE.check(contribution, options(**settings), facts()).findings
    (finding,) = (one for one in found if one.person and one.person.id not in (ALICE.id, BOB.id))
    return finding


def pushed(checkout: Checkout) -> str:
    return checkout.git("ls-remote", "origin", "topic").partition("\t")[0]


def authors(checkout: Checkout, base: str) -> list[str]:
    return checkout.git("log", "--reverse", "--topo-order", "--format=%ae", "--no-merges", f"{base}..HEAD").split()


# -- commits get another author -----------------------------------------------------------------------------------


AMEND = "git commit --amend --no-edit --reset-author --allow-empty"


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize(
    ("people", "command"),
    [
        ([STRANGER], AMEND),
        ([ALICE, STRANGER], AMEND),
        ([STRANGER, STRANGER, STRANGER], f"git rebase {{}} --exec '{AMEND}'"),
        ([BOB, STRANGER, STRANGER], f"git rebase {{}} --exec '{AMEND}'"),
        ([STRANGER, BOB], "git rebase --interactive --no-ff {}"),
        ([BOB, STRANGER, ALICE, STRANGER, BOB], "git rebase --interactive --no-ff {}"),
    ],
)
def test_ones_own_commits_get_ones_own_address(
    checkout: Checkout, people: list[Person], command: str, empty: bool
) -> None:
    base = checkout.commit(ALICE)
    first = next(number for number, person in enumerate(people) if person is STRANGER)
    made = [base, *(checkout.commit(person, empty=empty) for person in people)]
    checkout.git("push", "-q", "--set-upstream", "origin", "topic")
    tree = checkout.git("rev-parse", "HEAD^{tree}")

    finding = finding_in(checkout.change(base))
    assert command.format(made[first]) in (finding.fix or "").splitlines()
    checkout.follow(finding)

    assert authors(checkout, base) == [OWN if person is STRANGER else person.email for person in people]
    assert checkout.git("rev-parse", "HEAD^{tree}") == tree
    assert pushed(checkout) == checkout.git("rev-parse", "HEAD")


def test_commits_below_a_merge_are_mended_and_what_was_merged_is_left_alone(checkout: Checkout) -> None:
    base = checkout.commit(ALICE)
    checkout.git("switch", "-q", "-c", "main")
    theirs = checkout.commit(BOB)
    checkout.git("switch", "-q", "topic")
    checkout.commit(STRANGER)
    checkout.commit(ALICE, message="Merge main", merging="main")
    checkout.commit(STRANGER)
    checkout.git("push", "-q", "--set-upstream", "origin", "topic")

    finding = finding_in(checkout.change(theirs))
    assert f"git rebase --interactive --rebase-merges {base}" in (finding.fix or "")
    checkout.follow(finding)

    assert authors(checkout, theirs) == [OWN, OWN]
    assert checkout.git("merge-base", "HEAD", "main") == theirs
    assert checkout.git("rev-list", "--merges", "--count", f"{theirs}..HEAD") == "1"


def test_the_first_commit_of_all_can_be_mended(checkout: Checkout) -> None:
    checkout.commit(STRANGER)
    checkout.commit(STRANGER)
    checkout.git("push", "-q", "--set-upstream", "origin", "topic")
    finding = finding_in(checkout.change())
    assert "git rebase --root --exec" in (finding.fix or "")
    checkout.follow(finding)
    assert set(checkout.git("log", "--format=%ae").split()) == {OWN}


def test_a_commit_of_somebody_else_is_committed_anew_and_stays_theirs(checkout: Checkout) -> None:
    base = checkout.commit(ALICE)
    checkout.commit(BOB, by=STRANGER)
    checkout.git("push", "-q", "--set-upstream", "origin", "topic")
    finding = finding_in(checkout.change(base), covers=["committers"])
    assert "their authors stay" in (finding.fix or "")
    checkout.follow(finding)
    assert checkout.git("log", "-1", "--format=%ae %ce") == f"{BOB.email} {OWN}"


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("later", [[], [ALICE, BOB]])
def test_a_trailer_gets_an_address_that_github_knows(checkout: Checkout, later: list[Person], empty: bool) -> None:
    base = checkout.commit(ALICE)
    checkout.commit(ALICE, message=f"Do it\n\nCo-authored-by: Jo Doe <{STRANGER.email}>", empty=empty)
    for person in later:
        checkout.commit(person)
    checkout.git("push", "-q", "--set-upstream", "origin", "topic")

    finding = finding_in(checkout.change(base))
    assert f"\n# Co-authored-by: NAME <ID+LOGIN@{NOREPLY}>\n" in (finding.fix or "")
    checkout.follow(finding)

    assert f"<3+jo@{NOREPLY}>" in checkout.git("log", "--format=%B", f"{base}..HEAD")
    assert authors(checkout, base) == [person.email for person in (ALICE, *later)]


@pytest.mark.parametrize("later", [[], [ALICE, BOB]])
def test_the_trailer_of_a_tool_is_removed(checkout: Checkout, later: list[Person]) -> None:
    base = checkout.commit(ALICE)
    checkout.commit(ALICE, message=f"Do it\n\nCo-authored-by: Copilot <{COPILOT.email}>")
    for person in later:
        checkout.commit(person)
    checkout.git("push", "-q", "--set-upstream", "origin", "topic")

    checkout.follow(finding_in(checkout.change(base)))

    assert "Co-authored-by" not in checkout.git("log", "--format=%B", f"{base}..HEAD")
    assert authors(checkout, base) == [person.email for person in (ALICE, *later)]


# -- what is said around them -------------------------------------------------------------------------------------


def fix(*commits: Commit, opener: Person | None = ALICE) -> str:
    found = judge(change(*commits, opener=opener)).findings
    return next(one.fix or "" for one in found if one.code == "cla-unlinked" and one.person != opener)


def test_both_ways_out_are_told() -> None:
    assert fix(commit(STRANGER)) == (
        "If this is you, either add the address to your account (github.com/settings/emails) and then comment "
        "/steward check here. Or make the commits your own, and only your own. The address below is of whoever opened "
        "this pull request: anybody else puts in theirs.\n\n"
        f'git config user.email "{OWN}"\n'
        f"{AMEND}\n"
        "git push --force-with-lease"
    )


@pytest.mark.parametrize(
    ("situation", "commits", "openers"),
    [
        ("all is by one stranger", [commit(STRANGER), commit(STRANGER)], True),
        ("and merged by the opener", [commit(STRANGER), merge(ALICE)], True),
        ("and somebody known wrote the rest", [commit(STRANGER), commit(BOB)], True),
        ("and a tool helped", [commit(STRANGER, replace(CURSOR, email="x@cursor.com"))], True),
        ("two strangers", [commit(STRANGER), commit(Person(name="Al", email="al@example.com"))], False),
        ("the opener wrote too", [commit(STRANGER), commit(ALICE)], False),
        ("under the address that GitHub hands out too", [commit(STRANGER), commit(Person(email=OWN))], False),
        ("the opener applied it", [commit(STRANGER, by=ALICE)], False),
        ("the opener helped", [commit(STRANGER, ALICE)], False),
        ("another stranger committed it", [commit(STRANGER, by=Person(email="al@example.com"))], False),
    ],
)
def test_the_openers_address_is_given_where_nothing_says_that_the_author_is_another(
    situation: str, commits: list[Commit], openers: bool
) -> None:
    commands = fix(*commits).partition("\n\n")[2]
    assert ((OWN in commands), (PLACEHOLDER in commands)) == (openers, not openers), situation


def told_of(*commits: Commit, **settings: Any) -> list[str]:
    return [one.fix or "" for one in judge(change(*commits), facts(signed(ALICE)), **settings).findings]


LIST = "rules.cla.exempt.agents in the policy"


def test_of_a_tool_without_an_account_both_ways_out_are_told() -> None:
    (advice,) = told_of(commit(ALICE, CURSOR))
    assert advice == (
        "If this is you, either add the address to your account (github.com/settings/emails) and then comment "
        f"/steward check here. Or mend the trailer. If it is a coding tool, a maintainer can list its address under "
        f"{LIST}, or the trailer be removed. An editor opens with the message. ID+LOGIN stands for the number and the "
        "login of the account.\n\n"
        "# In the message, let the trailer read:\n"
        f"# Co-authored-by: NAME <ID+LOGIN@{NOREPLY}>\n"
        "git commit --amend --allow-empty\n"
        "git push --force-with-lease"
    )


@pytest.mark.parametrize(
    "tool", [COPILOT, WORN, replace(WORN, id=49699333, login="dependabot[bot]"), Person(7, "some[bot]", email="s@b.c")]
)
def test_a_tool_that_github_does_not_name_is_listed_or_left_out(tool: Person) -> None:
    (advice,) = told_of(commit(ALICE, tool))
    assert advice == (
        f"If it is a coding tool, a maintainer can list its address under {LIST}. Or remove the trailer. An editor "
        "opens with the message.\n\n"
        "# In the message, remove the trailer.\n"
        "git commit --amend --allow-empty\n"
        "git push --force-with-lease"
    )
    assert told_of(commit(ALICE, tool), exempt={"users": ["dependabot[bot]"], "agents": [tool.email]}) == []


def test_a_bot_that_wrote_is_no_tool() -> None:
    assert "If you made the commit" in told_of(commit(COPILOT))[0]
    assert "If you made the commit" in told_of(commit(ALICE, COPILOT), commit(COPILOT))[0]


@pytest.mark.parametrize("opener", [Person(), WORN, Person(5, "bot", bot=True), Person(5), Person(5, 'a"; rm -rf ~;"')])
def test_without_an_opener_who_could_be_it_there_is_a_placeholder(opener: Person) -> None:
    advice, _, commands = fix(commit(STRANGER), opener=opener).partition("\n\n")
    assert commands.startswith(f'git config user.email "ID+LOGIN@{NOREPLY}"\n')
    assert advice.endswith("ID+LOGIN stands for the number and the login of the account.")


def test_the_address_is_one_of_the_same_github() -> None:
    assert own_address(ALICE, "users.noreply.ghe.example") == "1+alice@users.noreply.ghe.example"


def test_a_commit_without_an_address_can_only_be_made_anew() -> None:
    assert fix(commit(Person(name="Jo"))).startswith("If this is you, make the commits your own")


def test_githubs_own_address_cannot_be_added_to_an_account() -> None:
    assert fix(commit(GITHUB)).startswith("If it is yours, make the commits your own")
    assert fix(commit(ALICE, GITHUB)).startswith("If it is yours, mend the trailer. An editor")


def test_an_author_who_is_a_co_author_elsewhere_begins_with_their_own_commits() -> None:
    told = fix(commit(STRANGER), commit(ALICE, STRANGER))
    assert f"before {sha(1)[:7]}." in told
    assert "--reset-author" in told


@pytest.mark.parametrize(
    "nasty",
    [
        Person(name="$(reboot)", email="jo@example.com"),
        Person(name='"; reboot; "', email='"`reboot`"@example.com'),
        Person(name="'\n\nreboot\n'", email="x@'; reboot #"),
    ],
)
@pytest.mark.parametrize("position", [commit, lambda who: commit(ALICE, who), lambda who: commit(ALICE, by=who)])
def test_nothing_that_a_stranger_wrote_stands_in_what_is_to_be_done(
    nasty: Person, position: Callable[[Person], Commit]
) -> None:
    contribution = change(commit(ALICE), position(nasty), commit(ALICE))
    found = judge(contribution, covers=["authors", "co-authors", "committers"]).findings
    assert [one.code for one in found].count("cla-unlinked") == 1
    assert "reboot" not in str([one.fix for one in found])


def test_many_commits_are_counted() -> None:
    told = fix(*[commit(STRANGER), commit(ALICE)] * 23)
    assert f"{sha(39)[:7]} and 3 more of theirs" in told


def test_a_history_that_cannot_be_is_no_trap() -> None:
    loop = (Commit(sha(1), "", (ALICE,), parents=(sha(2),)), Commit(sha(2), "", (), parents=(sha(1),)))
    history = History(Change(sha(0), sha(2), commits=loop))
    assert history.authored([sha(2)], Person()) == [sha(2)]
    parts = History(change(commit(STRANGER), merge(ALICE)))
    assert "--rebase-merges" in parts.new_author([sha(1)], OWN).commands
