# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Private repositories: seen by those who may read them on GitHub, and to all others as if they did not exist."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.store.database import writing
from bot.store.repositories import forget, remember
from bot.web import visibility
from bot.web.parts import WebParts
from bot.web.visibility import REMEMBERED
from tests.bot.conftest import Clock
from tests.bot.web.people import ADA, GRACE, FakeGitHub, Visitor
from tests.bot.web.test_agreements import PAGE, TEXT, ask
from tests.bot.web.test_reports import JSON, WIDGETS, keep, report
from tests.bot.web.test_reports import PAGE as REPORT

ASKED = "right of ada in acme/widgets by 3"
UNKNOWN = {PAGE: "/agreements/acme/unknown", REPORT: "/acme/unknown/pull/12", JSON: JSON.replace("widgets", "unknown")}


@pytest.fixture(autouse=True)
def _private(open_parts: WebParts) -> None:
    keep(open_parts, report())
    ask(open_parts)
    with writing(open_parts.engine) as connection:
        remember(connection, replace(WIDGETS, private=True, seen_at=200.0))


@pytest.fixture
def reader(visitor: Visitor, github: FakeGitHub) -> Visitor:
    """Ada, who may read it."""
    github.readers.add(("acme/widgets", ADA.id))
    return visitor.signs_in(ADA)


@pytest.mark.parametrize("path", [PAGE, REPORT, JSON])
def test_who_may_read_a_repository_sees_its_pages(reader: Visitor, path: str) -> None:
    answer = reader.client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("path", [PAGE, REPORT, JSON])
@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "signed out"])
def test_to_others_it_looks_like_one_that_is_not_there(visitor: Visitor, path: str, signed_in: bool) -> None:
    if signed_in:
        visitor.signs_in(GRACE)
    hidden, missing = visitor.client.get(path), visitor.client.get(UNKNOWN[path])
    assert hidden.status_code == missing.status_code == 404
    assert hidden.data == missing.data
    assert list(hidden.headers) == list(missing.headers)
    assert TEXT.splitlines()[-1] not in hidden.text


def test_a_visitor_who_is_not_signed_in_is_led_to_it_and_then_sees_the_page(
    visitor: Visitor, github: FakeGitHub
) -> None:
    github.readers.add(("acme/widgets", ADA.id))
    assert 'href="?sign-in"' in visitor.opens(PAGE, 404)
    back = visitor.client.get(f"{PAGE}?sign-in").location.partition("next=")[2]
    assert "what I give." in visitor.signs_in(ADA, at=back).opens(PAGE)


def test_who_may_read_it_signs_its_agreement_and_others_do_not(
    reader: Visitor, github: FakeGitHub, clock: Clock
) -> None:
    assert reader.sends(PAGE, agree="yes").status_code == 303
    page = reader.opens(PAGE)
    github.readers.clear()
    clock.advance(REMEMBERED)
    token = page.partition('name="csrf" value="')[2].partition('"')[0]
    assert reader.client.post(PAGE, data={"csrf": token, "agree": "yes"}).status_code == 404


def test_github_is_asked_once_in_five_minutes(reader: Visitor, github: FakeGitHub, clock: Clock) -> None:
    for _ in range(3):
        reader.opens(REPORT)
    assert github.asked.count(ASKED) == 1
    github.readers.clear()
    clock.advance(REMEMBERED - 1)
    reader.opens(REPORT)
    clock.advance(1)
    reader.opens(REPORT, 404)
    github.readers.add(("acme/widgets", ADA.id))
    reader.opens(REPORT, 404)
    clock.advance(REMEMBERED)
    reader.opens(REPORT)


def test_what_is_remembered_is_bounded(reader: Visitor, github: FakeGitHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visibility, "MOST_REMEMBERED", 1)
    reader.opens(REPORT)
    reader.signs_in(GRACE).opens(REPORT, 404)
    reader.signs_in(ADA).opens(REPORT)
    assert github.asked.count(ASKED) == 2


def test_while_github_is_down_it_stays_hidden_and_nothing_is_remembered(reader: Visitor, github: FakeGitHub) -> None:
    github.down = True
    with capture_logs() as logs:
        reader.opens(REPORT, 404)
    assert [line["event"] for line in logs] == ["GitHub did not say who may read"]
    github.down = False
    reader.opens(REPORT)


def test_one_out_of_reach_is_hidden_without_asking(reader: Visitor, github: FakeGitHub, open_parts: WebParts) -> None:
    with writing(open_parts.engine) as connection:
        forget(connection, WIDGETS.id)
    reader.opens(REPORT, 404)
    assert ASKED not in github.asked


# -- programs with a token --------------------------------------------------------------------------------------------


def test_a_program_shows_a_user_token(visitor: Visitor, github: FakeGitHub) -> None:
    github.tokens["ghu_ada"] = ADA
    github.readers.add(("acme/widgets", ADA.id))
    answer = visitor.client.get(JSON, headers={"Authorization": "Bearer ghu_ada"})
    assert answer.json is not None
    assert report().items() <= answer.json.items()
    assert github.asked == ["token ghu_ada", ASKED]


@pytest.mark.parametrize("authorization", ["Bearer ghu_other", "Bearer ", "Basic YTpi", "nonsense", ""])
def test_a_token_that_github_does_not_take_opens_nothing(visitor: Visitor, authorization: str) -> None:
    answer = visitor.client.get(JSON, headers={"Authorization": authorization})
    assert (answer.status_code, answer.json) == (404, {"error": "Not Found"})


def test_while_github_is_down_a_token_opens_nothing_and_stays_out_of_the_log(
    visitor: Visitor, github: FakeGitHub
) -> None:
    github.down = True
    with capture_logs() as logs:
        assert visitor.client.get(JSON, headers={"Authorization": "Bearer ghu_ada"}).status_code == 404
    assert "ghu_ada" not in str(logs)


def test_of_a_public_repository_nobody_is_asked(visitor: Visitor, github: FakeGitHub, open_parts: WebParts) -> None:
    with writing(open_parts.engine) as connection:
        remember(connection, replace(WIDGETS, seen_at=300.0))
    assert visitor.client.get(JSON, headers={"Authorization": "Bearer ghu_ada"}).status_code == 200
    assert github.asked == []
