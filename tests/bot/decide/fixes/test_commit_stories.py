# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Somebody presses "Add headers" where Steward may push: there is one commit, and the check turns green."""

from dataclasses import replace
from typing import Any

import pytest

from bot.decide.fixes import commit as committing
from bot.decide.fixes.buttons import BUTTONS
from bot.decide.fixes.clicked import Mended
from bot.decide.fixes.headers import HeadersClicked
from bot.decide.fixes.mend import mend
from bot.demo.github.git.content import Executable, Written
from bot.demo.github.graphql import commits as writing_commits
from bot.demo.github.pull import Pull
from bot.demo.github.pushing import write
from bot.demo.github.repository import Repository
from bot.store.fixes import Kind
from tests.bot.decide.agreements import TEXT, sign, verdict
from tests.bot.decide.dying import death
from tests.bot.decide.fixes.pressing import (
    ADDED,
    BARE,
    HEADER,
    acts,
    buttons,
    offer,
    press,
    project,
    refusals,
    rest,
    suggested,
    text,
)
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

ALL_RULES = f"""{HEADERS}
  cla: {{document: CLA.md}}
  dco: {{match: full}}
"""


def commits(pull: Pull) -> int:
    return len(pull.commits())


def test_one_commit_adds_the_headers_and_the_check_turns_green(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, {"a.py": BARE, "b.sh": "#!/bin/sh\r\nls\r\n", "c.py": ADDED})
    before = pull.head_sha
    assert buttons(house, pull) == ["recheck", "add-headers"]
    press(house, pull)
    made = repository.store.commit_object(pull.head_sha)
    assert made.parents == (before,)
    assert text(pull, "a.py") == ADDED
    assert text(pull, "b.sh") == "#!/bin/sh\r\n{}\r\nls\r\n".format(HEADER.replace("\n", "\r\n"))
    assert made.message == (
        "Add license headers\n\n"
        "Steward added the headers that the policy asks for to 2 files,\nas wil asked on pull request 1."
    )
    assert verdict(house, pull) == ("success", "All 3 files carry the license header")
    assert buttons(house, pull) == ["recheck"]
    ((body, beside),) = acts(house, "headers")
    assert (body["head"], body["outcome"], body["commit"]) == (before, "committed", pull.head_sha)
    assert beside["login"] == "wil"


def test_the_commit_owes_no_sign_off_and_no_signature(house: House) -> None:
    repository = project(house, policy=ALL_RULES)
    repository.commit("main", {"CLA.md": TEXT}, message="Add the agreement")
    ada = house.person("ada")
    message = f"Add\n\nSigned-off-by: {ada.name} <{ada.email}>"
    repository.commit("feature", {"a.py": BARE}, author=ada, message=message)
    pull = repository.open_pull("feature", by=ada)
    house.work()
    sign(house, repository, ada)
    assert verdict(house, pull) == ("failure", "1 of 1 file lacks the license header")
    press(house, pull)
    assert (commits(pull), verdict(house, pull)) == (2, ("success", "All rules pass"))


@pytest.mark.parametrize("death_after", [False, True])
def test_where_github_signs_nothing_only_what_is_on_record_is_ours(
    house: House, monkeypatch: pytest.MonkeyPatch, death_after: bool
) -> None:
    def unsigned(repository: Repository, *arguments: Any, **options: Any) -> str:
        sha = write(repository, *arguments, **options)
        repository.world.signed_by_github.discard(sha)
        return sha

    monkeypatch.setattr(writing_commits, "write", unsigned)
    pull = offer(house, project(house, policy=f"{HEADERS}  dco: {{exempt: {{users: [ada]}}}}\n"))
    if death_after:
        with death(house, committing, "commit_files"):
            press(house, pull, work=False)
    else:
        press(house, pull, work=False)
    house.work_for(60)
    rest(house)
    lacks = ("failure", "1 of 1 commit lacks a sign-off by the author")
    assert verdict(house, pull) == (lacks if death_after else ("success", "All rules pass"))


def test_who_wears_the_name_of_steward_gets_nothing_by_it(house: House) -> None:
    repository = project(house, policy=f"{HEADERS}  dco: {{exempt: {{users: [ada]}}}}\n")
    pull = offer(house, repository, {"a.py": ADDED})
    repository.commit("feature", {"b.py": ADDED}, author=house.app.bot)
    house.work()
    assert verdict(house, pull)[0] == "failure"


def test_a_press_costs_as_many_requests_as_the_documentation_says(house: House) -> None:
    pull = offer(house, project(house), {f"{number}.py": BARE for number in range(10)})
    press(house, pull, work=False)
    house.github.forget_requests()
    house.step()
    assert len(house.github.requests) == 16


def test_two_clicks_are_one_commit(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository)
    press(house, pull, work=False)
    press(house, pull)
    assert commits(pull) == 2
    delivered = [one for one in house.github.deliveries if one.action == "requested_action"]
    for one in delivered:
        house.github.redeliver(one)
    house.work()
    assert (commits(pull), len(acts(house, "headers")), refusals(house)) == (2, 1, [])


def test_a_commit_that_was_dropped_again_can_be_asked_for_anew(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository)
    before = pull.head_sha
    press(house, pull)
    repository.push("feature", before, by=house.person("ada"))
    rest(house)
    assert (commits(pull), buttons(house, pull)) == (1, ["recheck", "add-headers"])
    press(house, pull)
    assert (commits(pull), text(pull, "a.py"), len(acts(house, "headers"))) == (2, ADDED, 2)


@pytest.mark.parametrize("before", [False, True])
def test_a_death_beside_the_commit_makes_no_second_one(house: House, before: bool) -> None:
    repository = project(house)
    pull = offer(house, repository)
    with death(house, committing, "commit_files", before=before):
        press(house, pull, work=False)
    house.work_for(60)
    rest(house)
    assert commits(pull) == 2
    ((body, _),) = acts(house, "headers")
    assert (body["commit"], refusals(house)) == (pull.head_sha, [])


def test_an_answer_that_was_lost_is_found_again(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository)
    house.github.fail(0, match="CommitFiles", after_effect=True)
    press(house, pull)
    house.work_for(90)
    rest(house)
    assert (commits(pull), len(acts(house, "headers")), refusals(house)) == (2, 1, [])


def test_a_head_that_moved_meanwhile_is_left_alone(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = project(house)
    pull = offer(house, repository)

    def pushed(clicked: HeadersClicked) -> Mended:
        found = mend(clicked)
        if commits(pull) == 1:
            repository.commit("feature", {"b.py": BARE}, author=house.person("ada"))
        return found

    monkeypatch.setitem(BUTTONS, Kind.HEADERS, replace(BUTTONS[Kind.HEADERS], mend=pushed))
    press(house, pull)
    house.work_for(90)
    rest(house)
    assert (commits(pull), refusals(house)) == (2, ["there are new commits since"])
    assert verdict(house, pull) == ("failure", "2 of 2 files lack the license header")


def test_a_branch_that_is_never_where_its_pull_request_is_ends_in_a_refusal(house: House) -> None:
    pull = offer(house, project(house))
    stale = {"data": {"createCommitOnBranch": None}, "errors": [{"type": "STALE_DATA", "message": "It moved."}]}
    house.github.fail(200, match="CommitFiles", times=None, body=stale)
    press(house, pull)
    house.work_for(90)
    rest(house)
    assert (commits(pull), refusals(house)) == (1, ["there are new commits since"])


def test_a_click_on_the_check_of_an_older_head_does_nothing(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository)
    old = house.check(repository, pull.head_sha)
    repository.commit("feature", {"b.py": BARE}, author=house.person("ada"))
    house.work()
    old.press(house.person("wil"), "add-headers")
    house.work()
    assert (commits(pull), refusals(house)) == (2, ["there are new commits since"])


def test_who_may_not_write_gets_nothing_and_keeps_nobody_else_from_it(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository)
    press(house, pull, "ada")
    house.github.user("helper[bot]", kind="Bot")
    press(house, pull, "helper[bot]")
    assert commits(pull) == 1
    assert refusals(house) == ["it takes the permission `push`", "only a person may ask for it"]
    press(house, pull, "wil")
    assert commits(pull) == 2


def test_a_commit_takes_no_file_that_it_would_harm(house: House) -> None:
    repository = project(house)
    files: dict[str, Written] = {
        "a.py": BARE,
        "bin/@run.py": Executable(BARE),
        ".github/workflows/ci.yml": "on: push\n",
        "large.py": "x = 1\n" * 200_000,
    }
    pull = offer(house, repository, files)
    press(house, pull)
    message = repository.store.commit_object(pull.head_sha).message
    assert "to 1 file,\nas wil asked" in message
    assert message.partition("Left to people:\n\n")[2].splitlines() == [
        "- .github/workflows/ci.yml: GitHub lets an App write workflows only with a right of their own",
        "- bin/?run.py: it may be run, and a commit by an App would take that away",
        "- large.py: it is larger than 1 MiB, which Steward does not download",
    ]
    assert house.github.count("git/blobs") <= 2
    press(house, pull)
    assert commits(pull) == 2
    assert {"bin/@run.py", ".github/workflows/ci.yml"} <= suggested(pull).keys()


def test_a_closed_pull_request_is_left_alone(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository)
    pull.close()
    press(house, pull)
    assert (commits(pull), refusals(house)) == (1, ["the pull request is closed"])


def test_a_repository_that_was_renamed_meanwhile_gets_its_commit(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository)
    house.github.webhooks.drop_next(1)
    repository.rename("gadgets")
    press(house, pull)
    assert (commits(pull), refusals(house)) == (2, [])


def test_drafts_and_locked_conversations_take_a_commit(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository)
    pull.convert_to_draft()
    pull.lock(house.person("wil"))
    house.work()
    press(house, pull)
    assert commits(pull) == 2


def test_where_nothing_can_be_added_nothing_is_offered_or_done(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository, {"a.py": "# SPDX-License-Identifier: MIT\n\n1\n"})
    assert buttons(house, pull) == ["recheck"]
    press(house, pull)
    assert (commits(pull), refusals(house)) == (1, ["no file here lacks a header that could simply be added"])


def test_an_override_takes_the_button_away(house: House) -> None:
    repository = project(house)
    repository.grant(house.person("mia"), "maintain")
    pull = offer(house, repository)
    pull.comment(house.person("mia"), "/steward override headers generated by a tool")
    house.work()
    assert buttons(house, pull) == ["recheck"]
    press(house, pull)
    assert commits(pull) == 1


def test_another_button_asks_for_a_look_alone(house: House) -> None:
    repository = project(house)
    pull = offer(house, repository)
    house.check(repository, pull.head_sha).press(house.person("wil"), "recheck")
    house.work()
    assert (commits(pull), refusals(house), acts(house, "headers")) == (1, [], [])
