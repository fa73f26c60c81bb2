# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The way of one pull request: opened, judged, mended, closed. GitHub is simulated, everything else is real."""

import pytest

from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

BARE = "print(1)\n"
HEADED = "# SPDX-FileCopyrightText: The Acme Authors\n# SPDX-License-Identifier: Apache-2.0\n\nprint(1)\n"


def test_a_missing_header_is_found_mended_and_forgiven(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE, "src/b.py": BARE, "src/c.py": HEADED})
    house.work()

    check = house.check(repository, pull.head_sha)
    assert (check.status, check.conclusion) == ("completed", "failure")
    assert check.title == "2 of 3 files lack the license header"
    assert check.external_id == str(pull.number)
    assert [(one["path"], one["annotation_level"]) for one in check.annotations] == [
        ("src/a.py", "failure"),
        ("src/b.py", "failure"),
    ]
    (comment,) = house.comments(pull)
    assert comment.body.startswith("<!-- steward:report -->\n")
    assert "`src/a.py`" in comment.body
    assert "# SPDX-License-Identifier: Apache-2.0" in comment.body

    repository.commit("feature", {"src/a.py": HEADED})
    house.work()
    assert house.check(repository, pull.head_sha).title == "1 of 3 files lacks the license header"
    assert "`src/a.py`" not in house.comments(pull)[0].body

    repository.commit("feature", {"src/b.py": HEADED})
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "success"
    assert [one.id for one in house.comments(pull)] == [comment.id]
    assert "nothing more is needed" in house.comments(pull)[0].body


def test_a_clean_pull_request_gets_a_check_and_is_left_in_peace(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "success"
    assert house.comments(pull) == []


def test_a_redelivery_changes_nothing_and_asks_nothing(house: House) -> None:
    repository = house.repository()
    house.pull(repository, {"src/a.py": BARE})
    house.work()
    house.github.forget_requests()
    for delivery in list(house.github.deliveries):
        house.github.redeliver(delivery)
    house.work()
    assert house.github.requests == []


def test_looking_again_at_the_same_head_writes_nothing(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    house.github.forget_requests()
    pull.lock(house.person("ada"))
    house.work()
    assert [one.line.split("?")[0] for one in house.github.requests] == ["POST /graphql"]


def test_who_asks_to_run_the_check_again_gets_an_answer_though_nothing_changed(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    house.work()
    house.check(repository, pull.head_sha).rerequest(house.person("ada"))
    assert house.check(repository, pull.head_sha).status == "queued"
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "success"


def test_who_presses_the_button_on_the_check_has_it_looked_at_again(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    house.work()
    check = house.check(repository, pull.head_sha)
    (button,) = check.actions
    assert button["label"] == "Look again"
    house.github.forget_requests()
    check.press(house.person("ada"), button["identifier"])
    house.work()
    assert [one.line for one in house.github.requests] != []
    assert house.github.writes == []
    assert check.conclusion == "success"


def test_an_edited_title_matters_to_no_rule_so_nothing_is_asked(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    house.github.forget_requests()
    pull.edit(title="Another title")
    house.work()
    assert house.github.requests == []


def test_many_events_in_a_row_are_one_look(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    for number in range(5):
        repository.commit("feature", {"src/a.py": BARE * number})
    house.github.forget_requests()
    house.work()
    assert house.github.count("POST .*/check-runs") == 1
    assert house.check(repository, pull.head_sha).conclusion == "failure"


def test_a_draft_gets_a_check_but_no_comment_until_it_is_ready(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE}, draft=True)
    house.work()
    assert house.check(repository, pull.head_sha).conclusion == "failure"
    assert house.comments(pull) == []
    pull.ready_for_review()
    house.work()
    assert len(house.comments(pull)) == 1


def test_advice_says_the_same_and_never_blocks(house: House) -> None:
    policy = "version: 1\nenforcement: advise\nrules: {headers: {license: MIT}}\n"
    repository = house.repository(policy=policy)
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    check = house.check(repository, pull.head_sha)
    assert (check.conclusion, check.title) == ("neutral", "Advice: 1 of 1 file lacks the license header")
    assert "It is advice here and blocks nothing" in house.comments(pull)[0].body


@pytest.mark.parametrize(("setting", "red", "green"), [("never", 0, 0), ("always", 1, 1), ("when-needed", 1, 0)])
def test_the_policy_says_when_to_comment(house: House, setting: str, red: int, green: int) -> None:
    repository = house.repository(
        policy=f"version: 1\ncomment: {setting}\nrules: {{headers: {{license: Apache-2.0}}}}\n"
    )
    failing = house.pull(repository, {"src/a.py": BARE}, "failing")
    passing = house.pull(repository, {"src/b.py": HEADED}, "passing")
    house.work()
    assert (len(house.comments(failing)), len(house.comments(passing))) == (red, green)


def test_a_comment_that_a_person_deleted_comes_back_only_with_news(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    house.comments(pull)[0].delete(house.person("ada"))
    repository.commit("feature", {"notes.txt": "no code\n"})
    house.work()
    repository.commit("feature", {"more.txt": "no code\n"})
    house.work()
    assert house.comments(pull) == []
    repository.commit("feature", {"src/b.py": BARE})
    house.work()
    assert "`src/b.py`" in house.comments(pull)[0].body


def test_a_closed_pull_request_is_left_alone(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": BARE})
    house.work()
    pull.close()
    house.work()
    house.github.forget_requests()
    house.check(repository, pull.head_sha).rerequest(house.person("ada"))
    house.work()
    assert house.github.writes == []


def test_a_reopened_pull_request_is_not_answered_by_its_old_verdict(house: House) -> None:
    repository = house.repository()
    pull = house.pull(repository, {"src/a.py": HEADED})
    house.work()
    pull.close()
    house.work()
    house.github.forget_requests()
    pull.reopen()
    house.work()
    states = [one.line for one in house.github.writes]
    assert [line.split()[0] for line in states] == ["PATCH", "PATCH"]
    assert house.check(repository, pull.head_sha).status == "completed"


def test_names_that_strangers_write_format_nothing_and_call_nobody(house: House) -> None:
    repository = house.repository()
    names = ["src/`@everyone`.py", "src/a|b<img src=x>.py", "src/[x](http:__evil.example).py", "src/new\nline.py"]
    pull = house.pull(repository, dict.fromkeys(names, BARE), title="@everyone <script>")
    house.work()
    check = house.check(repository, pull.head_sha)
    assert check.title == "4 of 4 files lack the license header"
    assert "``src/`@everyone`.py``" in (check.summary or "")
    assert "`src/new\\nline.py`" in (check.summary or "")
    assert "`src/a|b<img src=x>.py`" in house.comments(pull)[0].body
    assert {one["path"] for one in check.annotations} == set(names)
