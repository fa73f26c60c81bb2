# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Somebody presses "Add headers" where Steward may not push: one review suggests what can be, and lists the rest."""

from collections.abc import Callable

import pytest

from bot.decide.fixes import review as reviewing
from bot.decide.fixes.suggest import MOST
from bot.demo.github.pull import Pull
from tests.bot.decide.dying import death
from tests.bot.decide.fixes.pressing import (
    ADDED,
    BARE,
    HEADER,
    acts,
    offer,
    offer_from_fork,
    press,
    project,
    refusals,
    rest,
    suggested,
)
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SUGGESTED = ADDED.removesuffix("\n")


def reviews(pull: Pull) -> list[str]:
    """What Steward's reviews say at their heads."""
    return [review.body for review in pull.reviews if review.user.login == "steward[bot]"]


def protected(house: House) -> Pull:
    repository = project(house)
    pull = offer(house, repository)
    repository.protected.add("feature")
    return pull


def unknown(house: House) -> Pull:
    pull = offer(house, project(house))
    house.github.fail(404, match="GET /repos/acme/widgets/branches/")
    return pull


def refused(house: House) -> Pull:
    """A branch on which a rule of the repository wants something that only the commit itself finds out."""
    pull = offer(house, project(house))
    house.github.fail(422, match="CommitFiles")
    return pull


@pytest.mark.parametrize(
    "offered",
    [
        lambda house: offer_from_fork(house, project(house)),
        lambda house: offer(house, project(house, contents="read")),
        protected,
        unknown,
        refused,
    ],
    ids=["from a fork", "only to be read", "protected", "who knows", "refused"],
)
def test_where_steward_may_not_push_it_suggests(house: House, offered: Callable[[House], Pull]) -> None:
    pull = offered(house)
    head = pull.head_sha
    press(house, pull)
    assert pull.head_sha == head
    assert suggested(pull) == {"a.py": (1, SUGGESTED)}
    marker, _, words = reviews(pull)[0].partition("\n\n")
    assert marker == f"<!-- steward:headers {head} -->"
    assert words == (
        "`wil` asked for the missing license headers. There is one suggestion below, which a click commits.\n"
    )
    ((body, _),) = acts(house, "headers")
    assert (body["outcome"], body["commit"]) == ("suggested", None)


def only_read(house: House, files: dict[str, str] | None = None) -> Pull:
    return offer(house, project(house, contents="read"), files)


@pytest.mark.parametrize(("contents", "requests"), [("read", 6), ("write", 7)])
def test_a_review_costs_as_many_requests_as_the_documentation_says(house: House, contents: str, requests: int) -> None:
    repository = project(house, contents)
    pull = offer(house, repository, {f"{number}.py": BARE for number in range(10)})
    repository.protected.add("feature")
    press(house, pull, work=False)
    house.github.forget_requests()
    house.step()
    assert len(house.github.requests) == requests


def test_two_clicks_are_one_review(house: House) -> None:
    pull = only_read(house)
    press(house, pull)
    house.github.forget_requests()
    press(house, pull)
    assert (len(reviews(pull)), house.github.writes) == (1, [])


@pytest.mark.parametrize("before", [False, True])
def test_a_death_beside_the_review_makes_no_second_one(house: House, before: bool) -> None:
    pull = only_read(house)
    with death(house, reviewing, "post_review", before=before):
        press(house, pull, work=False)
    rest(house)
    assert (len(reviews(pull)), len(acts(house, "headers"))) == (1, 1)


def test_a_review_that_nobody_remembers_is_found_again(house: House) -> None:
    pull = only_read(house)
    press(house, pull)
    house.lose_database()
    pull.comment(house.person("wil"), "/steward check")
    house.work()
    press(house, pull)
    assert len(reviews(pull)) == 1


def test_the_marker_in_the_review_of_somebody_else_is_none_of_ours(house: House) -> None:
    pull = only_read(house)
    pull.review(house.person("ada"), "COMMENTED", f"<!-- steward:headers {pull.head_sha} -->\nDone already")
    press(house, pull)
    assert len(reviews(pull)) == 1


def test_a_new_head_gets_suggestions_of_its_own(house: House) -> None:
    pull = only_read(house)
    press(house, pull)
    pull.repository.commit("feature", {"b.py": BARE}, author=house.person("ada"))
    house.work()
    press(house, pull)
    assert len(reviews(pull)) == 2


def test_what_cannot_be_suggested_is_listed(house: House) -> None:
    repository = project(house, contents="read")
    unchanged = "".join(f"line({number})\n" for number in range(40))
    repository.commit("main", {"far.py": unchanged}, message="Begin")
    files = {
        "far.py": unchanged.replace("line(30)", "other(30)"),
        "mac`@all.py": "print(1)\r\n",
        "one.php": "<?php echo 1;\n",
        "a.py": BARE,
    }
    pull = offer(house, repository, files)
    press(house, pull)
    assert set(suggested(pull)) == {"a.py"}
    assert reviews(pull)[0].partition("checkout of this branch to add these:\n\n")[2].strip().split("\n\n") == [
        "- the difference does not show the line that the header belongs to: `far.py`",
        "- lines do not end in a line feed alone: ``mac`@all.py``",
        "- the header goes into the middle of a line: `one.php`",
    ]


def test_a_review_has_fifty_suggestions_and_lists_the_others(house: House) -> None:
    pull = only_read(house, {f"{number:03}.py": BARE for number in range(MOST + 2)})
    press(house, pull)
    assert list(suggested(pull)) == [f"{number:03}.py" for number in range(MOST)]
    assert f"- a review has {MOST} suggestions at most: `{MOST:03}.py`, `{MOST + 1:03}.py`\n" in reviews(pull)[0]
    assert f"There are {MOST} suggestions below; on the page *Files changed*, several" in reviews(pull)[0]


def test_a_list_beyond_what_a_review_holds_is_cut(house: House) -> None:
    pull = only_read(house, {f"{'long/' * 30}{number:03}.py": "1\r\n" for number in range(400)})
    press(house, pull)
    (body,) = reviews(pull)
    assert len(body) < 5_000
    assert body.splitlines()[-1].endswith(" and 380 more")


@pytest.mark.parametrize(
    "line",
    [
        "x = '```'",
        "@everybody, look",
        "````suggestion",
        "<!-- steward:report -->",
        "\tx = 1  ",
        "/steward override headers x",
    ],
)
def test_the_line_below_a_header_stays_as_it_is(house: House, line: str) -> None:
    pull = only_read(house, {"a.py": f"{line}\nprint(1)\n"})
    press(house, pull)
    assert suggested(pull) == {"a.py": (1, f"{HEADER}\n{line}")}
    (comment,) = pull.review_comments
    fence = comment.body.partition("suggestion\n")[0].rpartition("\n")[2]
    assert set(fence) == {"`"}
    assert fence not in line


def test_where_github_takes_no_suggestion_all_are_listed(house: House) -> None:
    pull = only_read(house)
    house.github.fail(422, match="POST .*/reviews")
    press(house, pull)
    assert suggested(pull) == {}
    assert "- GitHub takes no suggestion there: `a.py`" in reviews(pull)[0]


def test_a_version_that_was_not_judged_is_not_suggested_on(house: House) -> None:
    pull = only_read(house)
    shown = f"GET /repos/acme/widgets/pulls/{pull.number}/files"
    other = {"filename": "a.py", "sha": "1" * 40, "patch": "@@ -0,0 +1 @@\n+print(1)"}
    house.github.fail(200, match=shown, body=[other])  # type: ignore[arg-type]
    press(house, pull)
    assert suggested(pull) == {}


def test_in_a_locked_conversation_nothing_is_suggested(house: House) -> None:
    pull = only_read(house)
    pull.lock(house.person("wil"))
    house.work()
    press(house, pull)
    assert (reviews(pull), refusals(house)) == ([], ["the conversation is locked, so nothing can be suggested"])


DECIDED_BY_PEOPLE = {"a.py": "# SPDX-License-Identifier: MIT\n\n1\n"}


def test_a_press_that_nothing_comes_of_is_answered_once_with_what_is_left_to_people(house: House) -> None:
    pull = only_read(house, DECIDED_BY_PEOPLE)
    press(house, pull)
    press(house, pull)
    (body,) = reviews(pull)
    assert body.startswith(
        f"<!-- steward:headers-left {pull.head_sha} -->\n\n`wil` asked for the missing license headers. "
        "None can be added without a decision that is for people to make:\n\n### License headers (`headers`)\n\n"
    )
    assert "- `a.py`, line 1" in body
    assert len(refusals(house)) == 2


def test_where_everything_is_fine_or_nobody_may_answer_a_press_stays_without_one(house: House) -> None:
    repository = project(house, contents="read")
    fine = offer(house, repository, {"a.py": ADDED})
    press(house, fine)
    assert reviews(fine) == []
    repository.commit("feature", DECIDED_BY_PEOPLE, author=house.person("ada"))
    fine.lock(house.person("wil"))
    house.work()
    press(house, fine)
    assert reviews(fine) == []


def test_a_draft_takes_suggestions(house: House) -> None:
    pull = only_read(house)
    pull.convert_to_draft()
    house.work()
    press(house, pull)
    assert len(suggested(pull)) == 1


def test_without_the_right_to_review_it_is_refused_and_logged(house: House) -> None:
    pull = only_read(house)
    house.github.fail(403, match="POST .*/reviews", message="Resource not accessible by integration")
    press(house, pull)
    assert refusals(house) == [
        "GitHub refuses to tell Steward what it needs to know for this. Its operator finds the reason in the log."
    ]


def test_of_two_pull_requests_on_a_head_the_first_gets_it(house: House) -> None:
    repository = project(house, contents="read")
    repository.commit("stable", {"x.md": "# X\n"}, author=house.person("wil"))
    first = offer(house, repository)
    second = repository.open_pull("feature", "stable", by=house.person("ada"))
    house.work()
    press(house, second)
    assert (len(reviews(first)), len(reviews(second))) == (1, 0)
