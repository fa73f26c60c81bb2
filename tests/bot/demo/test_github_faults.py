# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import time
from types import SimpleNamespace

import pytest
import requests

from bot.demo.github import faults
from tests.bot.demo.acme import Acme

W = "/repos/acme/widgets"


def test_a_failure_comes_before_the_work_or_after_it(acme: Acme) -> None:
    acme.pull()
    comments = f"{W}/issues/1/comments"

    acme.github.fail(502, "POST .*comments")
    assert acme.hands.ask("POST", comments, {"body": "lost"}).status_code == 502
    assert acme.hands.get(comments) == []

    acme.github.fail(502, "POST .*comments", after_effect=True)
    assert acme.hands.ask("POST", comments, {"body": "made"}).status_code == 502
    assert [row["body"] for row in acme.hands.get(comments)] == ["made"]


def test_an_answer_is_lost_with_its_connection(acme: Acme) -> None:
    acme.github.fail(0, "POST .*check-runs", after_effect=True)
    sha = acme.widgets.branches["main"]
    with pytest.raises(requests.ConnectionError):
        acme.hands.ask("POST", f"{W}/check-runs", {"name": "Steward", "head_sha": sha})
    assert [run.name for run in acme.github.check_runs(acme.widgets, sha)] == ["Steward"]
    assert acme.github.requests[-1].status == 0


def test_a_fault_meets_only_its_requests_and_only_so_often(acme: Acme) -> None:
    acme.github.fail(500, r"GET .*widgets$", times=2)
    statuses = [acme.hands.ask("GET", path).status_code for path in (f"{W}/branches", W, W, W)]
    assert statuses == [200, 500, 500, 200]


def test_a_fault_meets_one_graphql_query_by_its_name(acme: Acme) -> None:
    acme.github.fail(502, "graphql Blobs", times=None)
    other, blobs = ({"query": f"query {name} {{ viewer {{ login }} }}"} for name in ("Pull", "Blobs"))
    assert [acme.hands.ask("POST", "/graphql", body).status_code for body in (other, blobs)] == [200, 502]


def test_limits_are_told_as_github_tells_them(acme: Acme) -> None:
    acme.github.limit("primary", reset_in=90)
    spent = acme.hands.ask("GET", W)
    assert (spent.status_code, spent.headers["X-RateLimit-Remaining"]) == (403, "0")
    assert int(spent.headers["X-RateLimit-Reset"]) > time.time() + 60
    assert "Retry-After" not in spent.headers

    acme.github.limit("secondary", status=429, retry_after=7)
    much = acme.hands.ask("GET", W)
    assert (much.status_code, much.headers["Retry-After"]) == (429, "7")
    assert "secondary rate limit" in much.json()["message"]

    acme.github.limit("graphql")
    assert acme.hands.graphql("{ viewer { login } }")["errors"][0]["type"] == "RATE_LIMITED"
    acme.hands.get(W)


def test_an_outage_ends(acme: Acme) -> None:
    with acme.github.outage():
        assert {acme.hands.ask("GET", path).status_code for path in (W, "/app", "/graphql")} == {503}
    acme.hands.get(W)


def test_an_outage_of_one_endpoint_leaves_the_others(acme: Acme) -> None:
    permission = f"{W}/collaborators/alice/permission"
    with acme.github.outage(403, "/collaborators/", "Resource not accessible by integration"):
        refused = acme.hands.ask("GET", permission)
        acme.hands.get(W)
    assert (refused.status_code, refused.json()["message"]) == (403, "Resource not accessible by integration")
    acme.hands.get(permission)


def test_slowness_meets_only_its_requests(acme: Acme, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(faults, "time", SimpleNamespace(sleep=waited.append))
    acme.github.slow(30, "GET .*branches", times=1)
    for path in (W, f"{W}/branches", f"{W}/branches"):
        acme.hands.get(path)
    assert sum(waited) == 30


def test_all_is_well_after_recovery(acme: Acme) -> None:
    acme.github.fail(500, times=None)
    acme.github.recover()
    acme.hands.get(f"{W}/branches")


def test_a_replica_lags_behind(acme: Acme) -> None:
    pull = acme.pull()
    old = pull.head_sha
    new = acme.widgets.commit("feature", {"b.py": "2\n"}, author=acme.alice)
    acme.github.lag(pull, reads=3)

    heads = [acme.hands.get(f"{W}/pulls/1")["head"]["sha"]]
    heads.append(acme.hands.get(f"{W}/pulls/1/files")[0]["contents_url"].rpartition("=")[2])
    query = '{ repository(owner: "acme", name: "widgets") { pullRequest(number: 1) { headRefOid } } }'
    heads += [acme.hands.graphql(query)["data"]["repository"]["pullRequest"]["headRefOid"] for _ in range(2)]

    assert heads == [old, old, old, new]


def test_what_was_asked_is_counted(acme: Acme) -> None:
    acme.github.forget_requests()
    acme.pull()
    acme.as_app.get("/app")
    acme.hands.get(f"{W}/pulls", state="all")
    acme.hands.graphql("query Who { viewer { login } }")
    acme.hands.ask("POST", f"{W}/issues/1/comments", {"body": "x"})
    requests.get(f"{acme.github.url}/app", timeout=5)

    assert [(request.line, request.status, request.token) for request in acme.github.requests] == [
        ("GET /app", 200, "app"),
        (f"GET {W}/pulls?state=all", 200, "installation"),
        ("POST /graphql Who", 200, "installation"),
        (f"POST {W}/issues/1/comments", 201, "installation"),
        ("GET /app", 401, "none"),
    ]
    assert acme.github.count("^POST") == 2
    assert [request.path for request in acme.github.writes] == [f"{W}/issues/1/comments"]
