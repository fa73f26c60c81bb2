# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from bot.web.app import create_app
from bot.web.pages import HEADERS
from bot.web.parts import WebParts


class Outline(HTMLParser):
    """What a page consists of, and whether every element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def names(self) -> list[str]:
        return [tag for tag, _ in self.tags]


def configured(parts: WebParts) -> FlaskClient:
    settings = replace(parts.settings, app_id=99, private_key="key", webhook_secrets=("secret",))
    return create_app(replace(parts, settings=settings)).test_client()


def test_the_first_page_says_what_is_missing(client: FlaskClient) -> None:
    page = client.get("/").text

    assert "Not set up yet" in page
    for name in ("APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"):
        assert f"<code>{name}</code>" in page


def test_the_first_page_of_a_steward_that_is_set_up_shows_no_setting(parts: WebParts) -> None:
    page = configured(parts).get("/").text

    assert "Set up and listening" in page
    assert "secret" not in page.lower()


@pytest.mark.parametrize("path", ["/", "/nowhere"])
def test_pages_are_whole_and_run_no_script(client: FlaskClient, path: str) -> None:
    outline = Outline(client.get(path).text)

    assert outline.open == []
    assert ("html", {"lang": "en"}) in outline.tags
    assert {"title", "main", "h1"} <= set(outline.names())
    assert "script" not in outline.names()
    assert not any("style" in attributes for _, attributes in outline.tags)


def test_the_stylesheet_is_there_for_light_and_dark(client: FlaskClient) -> None:
    with client.get("/static/steward.css") as answer:
        assert answer.mimetype == "text/css"
        assert b"prefers-color-scheme: dark" in answer.data


@pytest.mark.parametrize("path", ["/", "/nowhere", "/healthz", "/api/nowhere", "/static/steward.css"])
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_page_that_is_not_there_is_said_so_without_repeating_its_name(client: FlaskClient) -> None:
    answer = client.get("/<b>nowhere")

    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "nowhere" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status", "error"),
    [
        ("GET", "/api/nowhere", 404, "Not Found"),
        ("GET", "/api/github/webhooks", 405, "Method Not Allowed"),
        ("POST", "/healthz", 405, "Method Not Allowed"),
    ],
)
def test_machines_get_their_errors_as_json(
    client: FlaskClient, method: str, path: str, status: int, error: str
) -> None:
    answer = client.open(path, method=method)

    assert (answer.status_code, answer.json) == (status, {"error": error})
    assert ("Allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize(("path", "kind"), [("/broken", "text/html"), ("/api/broken", "application/json")])
def test_an_unforeseen_error_shows_nothing_of_itself(parts: WebParts, path: str, kind: str) -> None:
    app = create_app(parts)

    @app.get(path)
    def broken() -> Any:
        raise ZeroDivisionError("a secret thing")

    with capture_logs() as logs:
        answer = app.test_client().get(path)

    assert (answer.status_code, answer.mimetype) == (500, kind)
    assert "secret thing" not in answer.text
    assert [line["event"] for line in logs] == ["request failed"]
