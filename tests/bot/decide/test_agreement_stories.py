# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who has signed what: stories of contributors who sign, and of people who cannot be known. Signing goes by the record
itself; how people get there, on the web or by a comment, is told elsewhere.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.decide.evaluate import Verdict, evaluate
from bot.demo.github.accounts import Account
from bot.demo.github.repository import Repository
from bot.github.commits import CommitPage, commit_page
from bot.store import signatures
from bot.store.database import writing
from bot.work.look_again import look_again
from tests.bot.decide.agreements import CLA, again, asked, check, offer, policy, project, put_down, sign, told
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

UNLINKED = ("Jane", "jane@nowhere.example")
MOVED = policy("document: acme/legal:CLA.md")


def take_back(house: House, repository: Repository, account: Account) -> None:
    """What somebody signed is revoked."""
    with writing(house.context.engine) as connection:
        standing = signatures.of_account(connection, account.id)
        signatures.revoke(connection, standing, house.clock(), "by mistake")
        look_again(connection, house.context.queue, repository.owner.id, [account.id])


# -- signing ----------------------------------------------------------------------------------------------------------


def test_the_check_turns_green_by_itself_once_an_unsigned_contributor_has_signed(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "action_required"
    (comment,) = house.comments(pull)
    assert "`ada`" in comment.body
    assert "/steward sign" in comment.body

    house.github.forget_requests()
    sign(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "success"
    assert house.comments(pull)[0].id == comment.id
    assert "nothing more is needed" in house.comments(pull)[0].body
    reads = [one.line for one in house.github.requests if not one.writes and "access_tokens" not in one.line]
    assert len(reads) == 1


def test_one_signature_counts_in_every_repository_that_asks_for_that_document(house: House) -> None:
    project(house, CLA, "legal")
    first, second = (project(house, MOVED, name, text=None) for name in ("widgets", "gears"))
    one, other = offer(house, first, house.person("ada")), offer(house, second, house.person("ada"))
    assert {check(house, pull).conclusion for pull in (one, other)} == {"action_required"}
    sign(house, first, house.person("ada"))
    assert {check(house, pull).conclusion for pull in (one, other)} == {"success"}


def test_the_signature_of_one_does_not_cover_another(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"), house.person("ben"))
    sign(house, repository, house.person("ada"))
    assert check(house, pull).conclusion == "action_required"
    assert "`ben`" in house.comments(pull)[0].body
    assert "`ada`" not in house.comments(pull)[0].body
    sign(house, repository, house.person("ben"))
    assert check(house, pull).conclusion == "success"


def test_a_revoked_signature_counts_no_longer(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    sign(house, repository, house.person("ada"))
    with writing(house.context.engine) as connection:
        standing = signatures.of_account(connection, house.person("ada").id)
        signatures.revoke(connection, standing, house.clock(), "by mistake")
        look_again(
            connection, house.context.queue, asked(house, repository).document.owner_id, [house.person("ada").id]
        )
    house.work()
    assert check(house, pull).conclusion == "action_required"


def test_a_pull_request_that_is_closed_is_not_looked_at_again(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"))
    pull.close(house.person("ada"))
    house.work()
    house.github.forget_requests()
    sign(house, repository, house.person("ada"))
    assert house.github.requests == []


# -- who cannot be known ----------------------------------------------------------------------------------------------


def test_an_address_that_is_linked_later_counts_from_then_on(house: House) -> None:
    repository = project(house)
    ada = house.person("ada")
    pull = offer(house, repository, ada, UNLINKED)
    sign(house, repository, ada)
    assert check(house, pull).conclusion == "failure"
    body = house.comments(pull)[0].body
    assert "j\\*\\*\\*@" in body
    assert "jane@nowhere.example" not in body
    assert "git push --force-with-lease" in body

    ada.emails.add("jane@nowhere.example")
    again(house, repository)
    assert check(house, pull).conclusion == "success"


def test_a_hostile_name_does_no_harm(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, house.person("ada"), ("@everyone [x](https://evil.example) `$(id)` |", "x`|@evil"))
    assert check(house, pull).conclusion == "failure"
    for text in (house.comments(pull)[0].body, told(house, pull)):
        beside_code = re.sub(r"(`+).*?\1", "", text)
        assert "@everyone" not in beside_code
        assert "@evil" not in beside_code
        assert "](https://evil.example)" not in beside_code


def test_a_committer_whose_address_is_linked_later_counts_from_then_on(house: House) -> None:
    repository = project(house, policy("document: CLA.md, covers: [authors, committers]"))
    ada, ben = house.person("ada"), house.person("ben")
    pull = offer(house, repository, ada, committer=("Ben", "ben@nowhere.example"))
    for person in (ada, ben):
        sign(house, repository, person)
    assert check(house, pull).conclusion == "failure"
    ben.emails.add("ben@nowhere.example")
    again(house, repository)
    assert check(house, pull).conclusion == "success"


def test_commits_that_github_leaves_out_of_a_later_list_stay_in_the_verdict(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, ada, ben = project(house), house.person("ada"), house.person("ben")
    pull = offer(house, repository, ada, ben, UNLINKED)
    sign(house, repository, ada)
    assert check(house, pull).conclusion == "failure"
    ada.emails.add("jane@nowhere.example")
    monkeypatch.setattr("bot.github.pull.commit_page", without("Write 1"))
    again(house, repository)
    assert check(house, pull).conclusion == "action_required"
    assert "`ben`" in told(house, pull)


def without(message: str) -> Callable[[Any], CommitPage]:
    """A list of commits as GitHub would give it if it left one out."""

    def cut(raw: Any) -> CommitPage:
        page = commit_page(raw)
        return replace(page, commits=tuple(commit for commit in page.commits if commit.message != message))

    return cut


# -- completeness -----------------------------------------------------------------------------------------------------


def test_commits_that_github_does_not_show_are_no_pass(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = project(house)
    offer(house, repository, house.person("ada"), branch="first")
    sign(house, repository, house.person("ada"))
    monkeypatch.setattr("bot.github.history.LISTED_AT_MOST", 3)
    monkeypatch.setattr("bot.github.history._true_total", lambda *_: 300)
    pull = offer(house, repository, *[house.person("ada")] * 5)
    assert check(house, pull).conclusion == "failure"
    assert "5 of 300 commits" in told(house, pull)


def in_the_middle_of_a_look(monkeypatch: pytest.MonkeyPatch, happen: Callable[[], None]) -> None:
    """Let something happen once, after the next verdict is reached and before it is published."""
    todo = [happen]

    def evaluated(*arguments: Any) -> Verdict:
        verdict = evaluate(*arguments)
        if todo:
            todo.pop()()
        return verdict

    monkeypatch.setattr("bot.decide.pulls.evaluate", evaluated)


def test_a_signature_that_comes_during_the_first_look_is_not_lost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, ada = project(house), house.person("ada")
    in_the_middle_of_a_look(monkeypatch, lambda: put_down(house, repository, ada))
    assert check(house, offer(house, repository, ada)).conclusion == "success"


def test_a_signature_of_a_new_author_that_comes_while_their_push_is_looked_at_is_not_lost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, ada, ben = project(house), house.person("ada"), house.person("ben")
    sign(house, repository, ada)
    pull = offer(house, repository, ada)
    in_the_middle_of_a_look(monkeypatch, lambda: put_down(house, repository, ben))
    repository.commit("feature", {"more.txt": "more\n"}, author=ben)
    house.work()
    assert check(house, pull).conclusion == "success"


def test_a_revocation_during_the_first_look_leaves_nothing_green(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    repository, ada = project(house), house.person("ada")
    sign(house, repository, ada)
    in_the_middle_of_a_look(monkeypatch, lambda: take_back(house, repository, ada))
    assert check(house, offer(house, repository, ada)).conclusion == "action_required"
