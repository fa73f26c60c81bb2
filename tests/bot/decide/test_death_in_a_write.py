# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The process dies between a write to GitHub and the moment at which it could write down that it was done."""

import pytest

from bot.decide.publish import check as check_desk
from bot.decide.publish import comment as comment_desk
from tests.bot.decide.dying import death
from tests.house import HEADERS, House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

BARE = "print(1)\n"
HEADED = "# SPDX-License-Identifier: Apache-2.0\n\nprint(1)\n"
LENIENT = """\
version: 1
rules:
  headers: {level: error, license: Apache-2.0, exclude: ["src/**"]}
"""


def test_a_new_check_is_found_again_and_its_annotations_are_not_said_twice(house: House) -> None:
    repository = house.repository()
    house.work()
    with death(house, check_desk, "create_check"):
        pull = house.pull(repository, {"src/a.py": BARE, "src/b.py": BARE})
    house.work()
    said = [one["path"] for one in house.check(repository, pull.head_sha).annotations]
    assert sorted(said) == ["src/a.py", "src/b.py"]


def test_a_check_that_was_never_sent_is_made_with_all_its_annotations(house: House) -> None:
    repository = house.repository()
    house.work()
    with death(house, check_desk, "create_check", before=True):
        pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    assert len(house.check(repository, pull.head_sha).annotations) == 1


def test_a_check_that_was_refused_is_made_with_all_its_annotations(house: House) -> None:
    repository = house.repository()
    house.work()
    house.github.fail(503, match="POST .*/check-runs")
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work_for(60)
    assert len(house.check(repository, pull.head_sha).annotations) == 1


def test_an_update_that_was_refused_sends_its_annotations_again(house: House) -> None:
    repository = house.repository(policy=LENIENT)
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    house.github.fail(503, match="PATCH .*/check-runs")
    repository.commit("main", {".github/governance.yml": HEADERS})
    house.work_for(60)
    assert [one["path"] for one in house.check(repository, pull.head_sha).annotations] == ["src/a.py"]


def test_an_update_that_nobody_remembers_does_not_send_its_annotations_again(house: House) -> None:
    repository = house.repository(policy=LENIENT)
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    with death(house, check_desk, "update_check"):
        repository.commit("main", {".github/governance.yml": HEADERS})
    house.work()
    assert [one["path"] for one in house.check(repository, pull.head_sha).annotations] == ["src/a.py"]


def test_a_check_is_brought_back_to_what_it_said_before_an_update_that_nobody_remembers(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    policy = repository.branches["main"]
    with death(house, check_desk, "update_check"):
        repository.commit("main", {".github/governance.yml": LENIENT})
    assert house.check(repository, pull.head_sha).conclusion == "success"
    repository.push("main", policy, house.person("ada"))
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "failure"


def test_a_new_comment_is_found_again(house: House) -> None:
    repository = house.repository()
    house.work()
    with death(house, comment_desk, "post_comment"):
        pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    assert len(house.comments(pull)) == 1


def test_a_comment_is_brought_back_to_what_it_said_before_an_edit_that_nobody_remembers(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    first = pull.head_sha
    with death(house, comment_desk, "edit_comment"):
        repository.commit("feature", {"src/a.py": HEADED})
    repository.push("feature", first, house.person("ada"))
    house.work()
    (comment,) = house.comments(pull)
    assert "`src/a.py`" in comment.body


def test_a_first_comment_after_a_time_without_one_is_found_again(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    house.work()
    with death(house, comment_desk, "post_comment"):
        repository.commit("feature", {"src/b.py": BARE})
    house.work()
    assert len(house.comments(pull)) == 1


def test_a_comment_that_nobody_remembers_does_not_ask_for_what_is_done(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    house.work()
    first = pull.head_sha
    with death(house, comment_desk, "post_comment"):
        repository.commit("feature", {"src/b.py": BARE})
    repository.push("feature", first, house.person("ada"))
    house.work()
    (comment,) = house.comments(pull)
    assert "nothing more is needed" in comment.body


def test_a_comment_that_was_never_sent_is_not_looked_for_twice(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    house.work()
    first = pull.head_sha
    with death(house, comment_desk, "post_comment", before=True):
        repository.commit("feature", {"src/b.py": BARE})
    repository.push("feature", first, house.person("ada"))
    house.work()
    assert house.comments(pull) == []
    house.github.forget_requests()
    repository.commit("feature", {"src/a.py": f"{HEADED}print(2)\n"})
    house.work()
    assert house.github.count("GET .*/comments") == 0
