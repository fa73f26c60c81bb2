# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One line to GitHub: every answer is checked, nothing is repeated, nothing strange passes for success."""

from pathlib import Path

import pytest
import requests
import responses
from github import Auth

from bot.github.client import Client
from bot.github.errors import Forbidden, Invalid, NotFound, Unavailable

API = "https://github.example:443/api/v3"
GRAPHQL = "https://github.example:443/api/graphql"


@pytest.fixture
def client() -> Client:
    return Client(API, Auth.Token("ghs_token"), lambda: 0.0)


@responses.activate
def test_a_read_names_us_and_the_version_of_the_interface(client: Client) -> None:
    responses.get(f"{API}/thing", json={"id": 1})
    assert client.get("/thing") == {"id": 1}
    headers = responses.calls[0].request.headers
    assert headers["User-Agent"] == "Steward"
    assert headers["X-GitHub-Api-Version"] == "2022-11-28"
    assert headers["Authorization"] == "token ghs_token"


@responses.activate
def test_pages_are_read_as_far_as_github_has_more(client: Client) -> None:
    more = {"Link": f'<{API}/list?page=2>; rel="next"'}
    responses.get(f"{API}/list", json=[1, 2], headers=more)
    responses.get(f"{API}/list", json=[3])
    assert list(client.pages("/list")) == [[1, 2], [3]]
    assert "page=2&per_page=100" in str(responses.calls[1].request.url)


@responses.activate
@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_write_is_sent_once_whatever_the_answer(client: Client, status: int) -> None:
    responses.post(f"{API}/things", status=status, json={"message": "no"})
    with pytest.raises(Unavailable):
        client.write("POST", "/things", {})
    assert len(responses.calls) == 1


@responses.activate
def test_a_redirected_write_is_no_success(client: Client) -> None:
    responses.post(f"{API}/things", status=307, json={"message": "Moved"}, headers={"Location": f"{API}/else"})
    with pytest.raises(Unavailable):
        client.write("POST", "/things", {})


@responses.activate
@pytest.mark.parametrize("error", [requests.ConnectionError("refused"), requests.ReadTimeout("slow")])
def test_a_broken_line_is_githubs_trouble(client: Client, error: Exception) -> None:
    responses.get(f"{API}/thing", body=error)
    with pytest.raises(Unavailable, match="no answer"):
        client.get("/thing")


@responses.activate
def test_an_answer_that_sends_us_to_another_host_is_not_followed(client: Client) -> None:
    responses.get(f"{API}/thing", status=301, headers={"Location": "https://evil.example/thing"})
    with pytest.raises(Unavailable, match="from elsewhere"):
        client.get("/thing")


@responses.activate
@pytest.mark.parametrize(("status", "kind"), [(200, Unavailable), (502, Unavailable), (422, Invalid)])
def test_an_answer_that_is_no_json_is_never_taken_for_one(client: Client, status: int, kind: type[Exception]) -> None:
    responses.get(f"{API}/thing", status=status, body="<html>")
    with pytest.raises(kind):
        client.get("/thing")


@responses.activate
def test_what_graphql_does_not_find_is_null(client: Client) -> None:
    responses.post(GRAPHQL, json={"data": {"repository": None}, "errors": [{"type": "NOT_FOUND", "message": "no"}]})
    assert client.graphql("query", {}) == {"repository": None}


@responses.activate
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"errors": [{"type": "FORBIDDEN", "message": "not for you"}], "data": {}}, Forbidden),
        ({"errors": [{"type": "RATE_LIMITED", "message": "slow down"}]}, Unavailable),
        ({"errors": [{"message": "Something went wrong while executing your query."}], "data": {}}, Unavailable),
        ({"data": None}, Unavailable),
        ({}, Unavailable),
        ([], Unavailable),
    ],
)
def test_any_other_error_makes_a_graphql_answer_worthless(client: Client, body: object, kind: type[Exception]) -> None:
    responses.post(GRAPHQL, json=body)
    with pytest.raises(kind):
        client.graphql("query", {})


@responses.activate
@pytest.mark.parametrize(
    ("error", "headers", "seconds"),
    [
        ({"type": "RATE_LIMITED", "message": "slow down"}, {}, 60),
        ({"type": "RATE_LIMITED", "message": "slow down"}, {"Retry-After": "90"}, 90),
        ({"message": "You have exceeded a secondary rate limit. Please try again."}, {"Retry-After": "90"}, 90),
        (
            {"type": "RATE_LIMITED", "message": "slow down"},
            {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1800"},
            1_801,
        ),
    ],
)
def test_a_rate_limit_of_graphql_says_when_to_come_back(
    client: Client, error: dict[str, str], headers: dict[str, str], seconds: int
) -> None:
    responses.post(GRAPHQL, json={"errors": [error]}, headers=headers)
    with pytest.raises(Unavailable) as caught:
        client.graphql("query", {})
    assert caught.value.at == seconds


@responses.activate
def test_the_message_of_a_refusal_is_kept_and_bounded(client: Client) -> None:
    responses.get(f"{API}/thing", status=404, json={"message": "x" * 5_000})
    with pytest.raises(NotFound, match=r"^x{500}$"):
        client.get("/thing")


# -- the beginning of a file --------------------------------------------------------------------------------------


@responses.activate
def test_a_beginning_is_asked_for_raw_and_as_we_are(client: Client) -> None:
    responses.get(f"{API}/blob", body=b"x" * 5_000)
    assert client.beginning("/blob", 16) == b"x" * 16
    headers = responses.calls[0].request.headers
    assert headers["Accept"] == "application/vnd.github.raw+json"
    assert headers["Accept-Encoding"] == "identity"
    assert headers["Authorization"] == "token ghs_token"
    assert headers["User-Agent"] == "Steward"
    assert headers["X-GitHub-Api-Version"] == "2022-11-28"


@responses.activate
def test_a_file_that_is_shorter_is_whole(client: Client) -> None:
    responses.get(f"{API}/blob", body=b"short")
    assert client.beginning("/blob", 16) == b"short"


@responses.activate
def test_no_netrc_file_takes_the_place_of_the_token(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine github.example login somebody password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    responses.get(f"{API}/blob", body=b"x")
    client.beginning("/blob", 16)
    assert responses.calls[0].request.headers["Authorization"] == "token ghs_token"


@responses.activate
@pytest.mark.parametrize(
    ("status", "headers", "kind"),
    [
        (404, {}, NotFound),
        (403, {}, Forbidden),
        (403, {"Retry-After": "60"}, Unavailable),
        (302, {"Location": "https://evil.example/blob"}, Unavailable),
        (204, {}, Unavailable),
        (503, {}, Unavailable),
    ],
)
def test_any_answer_but_the_file_is_an_error(
    client: Client, status: int, headers: dict[str, str], kind: type[Exception]
) -> None:
    responses.get(f"{API}/blob", status=status, headers=headers)
    with pytest.raises(kind):
        client.beginning("/blob", 16)
    assert len(responses.calls) == 1


@responses.activate
def test_a_line_that_breaks_before_the_beginning_is_githubs_trouble(client: Client) -> None:
    responses.get(f"{API}/blob", body=requests.ConnectionError("reset"))
    with pytest.raises(Unavailable, match="no answer"):
        client.beginning("/blob", 16)
