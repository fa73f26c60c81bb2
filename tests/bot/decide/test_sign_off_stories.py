# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Sign-offs, from the policy or from the file of the DCO App, and what a merge queue makes of them."""

from typing import Any

import pytest

from bot.demo.github.accounts import Account
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from tests.bot.decide.agreements import DCO, check, policy, project, told
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

APP_FILE = "require:\n  members: false\nallowRemediationCommits:\n  individual: true\n"


def signed(who: Account, message: str = "Write") -> str:
    return f"{message}\n\nSigned-off-by: {who.name} <{who.email}>"


def offer(house: House, repository: Repository, *messages: str, **options: Any) -> Pull:
    """A pull request of Ada's with a commit for each message; Steward has looked."""
    ada, start = house.person("ada"), repository.branches["main"]
    for number, message in enumerate(messages):
        parent = None if number else start
        repository.commit("feature", {f"{number}.txt": "text\n"}, author=ada, message=message, parent=parent, **options)
    pull = repository.open_pull("feature", by=ada)
    house.work()
    return pull


def test_a_commit_without_a_sign_off_is_named_with_the_commands_that_mend_it(house: House) -> None:
    repository = project(house, DCO, text=None)
    pull = offer(house, repository, signed(house.person("ada")), "Write more")
    assert check(house, pull).conclusion == "failure"
    (comment,) = house.comments(pull)
    assert pull.head_sha[:10] in comment.body
    assert "git commit --amend --signoff --no-edit" in comment.body
    assert house.person("ada").email not in comment.body
    assert "| Commit | Author | Sign-off | Result |" in told(house, pull)

    repository.commit("feature", {"1.txt": "text\n"}, author=house.person("ada"), message=signed(house.person("ada")))
    house.work()
    assert check(house, pull).conclusion == "failure"  # the older commit still has none
    start = repository.branches["main"]
    repository.commit(
        "feature", {"0.txt": "t\n"}, author=house.person("ada"), message=signed(house.person("ada")), parent=start
    )
    house.work()
    assert check(house, pull).conclusion == "success"
    assert len(house.comments(pull)) == 1


def test_a_remediation_commit_mends_what_came_before(house: House) -> None:
    repository, ada = project(house, DCO, text=None), house.person("ada")
    pull = offer(house, repository, "Write")
    sentence = f"I, {ada.name} <{ada.email}>, hereby add my Signed-off-by to this commit: {pull.head_sha}"
    repository.commit("feature", {"more.txt": "more\n"}, author=ada, message=signed(ada, f"Remedy\n\n{sentence}"))
    house.work()
    assert check(house, pull).conclusion == "success"


@pytest.mark.parametrize(
    ("known", "conclusion"),
    [("ada", "success"), ("ben", "failure"), (None, "failure")],
    ids=["the author's", "somebody else's", "nobody's"],
)
def test_a_sign_off_with_another_address_counts_if_it_is_of_the_same_account(
    house: House, known: str | None, conclusion: str
) -> None:
    repository, ada = project(house, policy(dco="match: account"), text=None), house.person("ada")
    if known:
        house.person(known).emails.add("work@example.org")
    repository.commit("main", {"old.txt": "old\n"}, author=("Somebody", "work@example.org"), message="Begin")
    house.work()
    pull = offer(house, repository, "Write\n\nSigned-off-by: Ada L. <Work@example.org>")
    assert check(house, pull).conclusion == conclusion
    house.github.forget_requests()
    repository.commit("feature", {"more.txt": "more\n"}, author=ada, message=signed(ada))
    house.work()
    assert house.github.count("Addresses") == 1


def test_nobody_is_asked_about_where_sign_offs_fit(house: House) -> None:
    repository = project(house, policy(dco="match: account"), text=None)
    offer(house, repository, signed(house.person("ada")))
    assert house.github.count("Addresses") == 0


@pytest.mark.parametrize(("verified", "conclusion"), [(True, "success"), (False, "failure")])
def test_members_are_exempt_for_what_they_verifiably_committed(house: House, verified: bool, conclusion: str) -> None:
    repository = project(house, policy(dco="exempt: {members: true}"), text=None)
    repository.owner.add_member(house.person("ada"))  # type: ignore[attr-defined]
    pull = offer(house, repository, "Write", verified=verified)
    assert check(house, pull).conclusion == conclusion


# -- the file of the DCO App --------------------------------------------------------------------------------------


def test_the_file_of_the_dco_app_holds_where_the_policy_does_not_speak_of_sign_offs(house: House) -> None:
    repository = project(house, HEADERS, text=None)
    repository.commit("main", {".github/dco.yml": APP_FILE}, message="Ask for sign-offs")
    house.work()
    pull = offer(house, repository, "Write")
    assert check(house, pull).conclusion == "failure"
    assert "Sign-offs are asked for by acme/widgets:.github/dco.yml" in told(house, pull).replace("&#8203;", "")


def test_that_file_may_stand_in_the_repository_of_the_organization(house: House) -> None:
    shared = project(house, None, ".github", text=None)  # type: ignore[arg-type]
    shared.commit("main", {".github/dco.yml": APP_FILE}, message="Ask for sign-offs")
    repository = project(house, HEADERS, text=None)
    assert check(house, offer(house, repository, "Write")).conclusion == "failure"


@pytest.mark.parametrize("settings", ["level: off", "level: warning"])
def test_a_policy_that_speaks_of_sign_offs_has_the_word(house: House, settings: str) -> None:
    repository = project(house, policy(dco=settings), text=None)
    repository.commit("main", {".github/dco.yml": APP_FILE}, message="Ask for sign-offs")
    house.work()
    assert check(house, offer(house, repository, "Write")).conclusion == "success"


def test_a_proposed_policy_that_is_silent_on_sign_offs_is_told_with_that_file(house: House) -> None:
    repository = project(house, HEADERS, text=None)
    repository.commit("main", {".github/dco.yml": APP_FILE}, message="Ask for sign-offs")
    house.work()
    files = {".github/governance.yml": f"{HEADERS}# more\n"}
    repository.commit("feature", files, author=house.person("ada"), parent=repository.branches["main"])
    pull = repository.open_pull("feature", by=house.person("ada"))
    house.work()
    assert "Under it the result would be: failure" in told(house, pull)


def test_a_push_of_that_file_is_noticed(house: House) -> None:
    repository = project(house, HEADERS, text=None)
    pull = offer(house, repository, "Write")
    assert check(house, pull).conclusion == "success"
    repository.commit("main", {".github/dco.yml": APP_FILE}, message="Ask for sign-offs")
    house.work()
    assert check(house, pull).conclusion == "failure"


@pytest.mark.parametrize("text", ["allowRemediationCommits: [yes\n", "require: {members: 7}\n", b"\xff\xfe\x00"])
def test_a_broken_file_fails_and_says_where(house: House, text: str) -> None:
    repository = project(house, HEADERS, text=None)
    repository.commit("main", {".github/dco.yml": text}, message="Break it")
    house.work()
    pull = offer(house, repository, "Write")
    assert check(house, pull).conclusion == "failure"
    assert "dco.yml" in told(house, pull)


# -- the merge queue ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "title", "conclusion"),
    [
        ("merge", "Write", "success"),  # the commit that the queue makes is a merge
        ("squash", "Write", "failure"),
        ("squash", "Write\n\nSigned-off-by: Grace <grace@example.com>\n", "success"),
    ],
)
def test_what_a_queue_makes_needs_only_a_trailer(house: House, method: str, title: str, conclusion: str) -> None:
    repository = project(house, DCO, text=None)
    pull = offer(house, repository, signed(house.person("ada")))
    pull.title = title
    group = repository.merge_group(pull, method=method)
    house.work()
    assert house.check(repository, group.head_sha).conclusion == conclusion


def test_a_group_with_a_commit_that_is_not_signed_off_fails(house: House) -> None:
    repository = project(house, DCO, text=None)
    pull = offer(house, repository, "Write")
    group = repository.merge_group(pull)
    house.work()
    assert house.check(repository, group.head_sha).conclusion == "failure"


def test_what_was_committed_on_the_pages_is_not_taken_for_the_queues_own(house: House) -> None:
    repository = project(house, policy(dco="exempt: {users: [ada]}"), text=None)
    pull = offer(house, repository, "Write", signed_by_github=True)
    group = repository.merge_group(pull)
    house.work()
    assert house.check(repository, group.head_sha).conclusion == "success"
