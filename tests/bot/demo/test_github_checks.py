# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from bot.demo.github.shapes.common import Json
from tests.bot.demo.acme import Acme

W = "/repos/acme/widgets"


def note(**changes: object) -> Json:
    return {"path": "a", "start_line": 1, "end_line": 1, "annotation_level": "failure", "message": "m", **changes}


def output(**changes: object) -> Json:
    return {"title": "t", "summary": "s", **changes}


def create(acme: Acme, **body: object) -> Json:
    asked = {"name": "Steward", "head_sha": acme.widgets.branches["main"], **body}
    answer = acme.hands.ask("POST", f"{W}/check-runs", asked)
    assert answer.status_code == 201, answer.text
    shape: Json = answer.json()
    return shape


def test_a_check_run_is_written_and_brought_up_to_date(acme: Acme) -> None:
    made = create(acme, external_id="1", output=output(annotations=[note()]))
    assert (made["status"], made["conclusion"], made["app"]["id"]) == ("queued", None, 7)

    path = f"{W}/check-runs/{made['id']}"
    acme.hands.ask("PATCH", path, {"conclusion": "failure", "output": output(annotations=[note(path="b")] * 2)})

    found = acme.hands.get(path)
    assert (found["status"], found["conclusion"], found["external_id"]) == ("completed", "failure", "1")
    assert found["output"]["annotations_count"] == 3
    assert [row["path"] for row in acme.hands.get(f"{path}/annotations")] == ["a", "b", "b"]

    acme.hands.ask("PATCH", path, {"status": "in_progress"})
    again = acme.hands.get(path)
    assert (again["status"], again["conclusion"], again["completed_at"]) == ("in_progress", None, None)


def test_events_follow_a_check_run(acme: Acme) -> None:
    before = len(acme.github.deliveries)
    made = create(acme, status="completed", conclusion="success", completed_at="2026-01-02T03:04:05Z")
    run = acme.github.check_runs(acme.widgets, acme.widgets.branches["main"])[0]
    run.press(acme.alice, "recheck")
    run.rerequest(acme.alice)
    told = [(delivery.action, delivery.payload["check_run"]["id"]) for delivery in acme.github.deliveries[before:]]
    assert told == [(action, made["id"]) for action in ("created", "completed", "requested_action", "rerequested")]
    assert acme.github.deliveries[-2].payload["requested_action"] == {"identifier": "recheck"}
    assert made["completed_at"] == "2026-01-02T03:04:05Z"


def test_twins_are_seen_only_when_all_are_asked_for(acme: Acme) -> None:
    first, second, other = create(acme), create(acme, status="in_progress"), create(acme, name="Other")
    path = f"{W}/commits/main/check-runs"

    def ids(**query: object) -> list[int]:
        return [row["id"] for row in acme.hands.get(path, **query)["check_runs"]]

    assert ids() == [second["id"], other["id"]]
    assert ids(filter="all", check_name="Steward") == [first["id"], second["id"]]
    assert ids(app_id=7, status="in_progress") == [second["id"]]
    assert ids(app_id=8) == []
    assert len(acme.github.check_runs(acme.widgets, acme.widgets.branches["main"])) == 3


def test_the_suite_sums_up_its_newest_runs(acme: Acme) -> None:
    path = f"{W}/commits/main/check-suites"
    assert acme.hands.get(path)["check_suites"] == []
    acme.widgets.commit("main", {"a": "1"})
    assert [row["status"] for row in acme.hands.get(path)["check_suites"]] == ["queued"]
    create(acme, conclusion="success")
    create(acme, name="Other")
    assert [row["status"] for row in acme.hands.get(path)["check_suites"]] == ["in_progress"]
    create(acme, name="Other", conclusion="failure")
    (suite,) = acme.hands.get(path)["check_suites"]
    assert (suite["status"], suite["conclusion"], suite["latest_check_runs_count"]) == ("completed", "failure", 2)


def test_pull_requests_are_named_unless_they_come_from_a_fork(acme: Acme) -> None:
    pull = acme.pull()
    fork = acme.widgets.fork(acme.alice)
    acme.widgets.open_pull("feature", by=acme.alice, from_fork=fork)
    made = create(acme, head_sha=pull.head_sha)
    assert [row["number"] for row in made["pull_requests"]] == [1]


REFUSED: dict[str, Json] = {
    "no name": {"name": None},
    "no such commit": {"head_sha": "0" * 40},
    "a branch": {"head_sha": "main"},
    "a short id": {"head_sha": "abc1234"},
    "an unknown status": {"status": "done"},
    "an unknown conclusion": {"conclusion": "fine"},
    "completed without conclusion": {"status": "completed"},
    "no title": {"output": {"summary": "s"}},
    "no summary": {"output": {"title": "t"}},
    "a long summary": {"output": output(summary="é" * 32_768)},
    "a long text": {"output": output(text="x" * 65_536)},
    "51 annotations": {"output": output(annotations=[note()] * 51)},
    "an annotation without message": {"output": output(annotations=[note(message="")])},
    "lines in disorder": {"output": output(annotations=[note(start_line=2)])},
    "no line": {"output": output(annotations=[note(start_line=None)])},
    "columns over lines": {"output": output(annotations=[note(end_line=2, start_column=1)])},
    "an unknown level": {"output": output(annotations=[note(annotation_level="error")])},
    "four actions": {"actions": [{"label": "l", "description": "d", "identifier": "i"}] * 4},
    "a long label": {"actions": [{"label": "l" * 21, "description": "d", "identifier": "i"}]},
    "a bad time": {"started_at": "yesterday"},
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED.keys())
def test_what_github_would_refuse(acme: Acme, body: Json) -> None:
    asked = {"name": "Steward", "head_sha": acme.widgets.branches["main"], **body}
    assert acme.hands.ask("POST", f"{W}/check-runs", asked).status_code == 422


def test_a_check_run_belongs_to_its_app(acme: Acme) -> None:
    made = create(acme)
    other = acme.github.app(8, slug="other")
    installed = acme.github.install(other, acme.organization)
    token = installed.new_token(dict(other.permissions), None)
    acme.hands.with_token(token.value)
    assert acme.hands.ask("PATCH", f"{W}/check-runs/{made['id']}", {"status": "queued"}).status_code == 403
    assert acme.hands.ask("PATCH", f"{W}/check-runs/1", {"status": "queued"}).status_code == 404
