# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Signing in with GitHub, and out: who comes in, by which way, and who does not."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.store.database import connect, reading
from bot.store.tables import sessions
from bot.web.app import create_app
from bot.web.parts import WebParts
from bot.web.session import LASTS
from bot.web.session_flow import PATIENCE, Ways, own_path
from tests.bot.conftest import Clock
from tests.bot.web.people import ADA, GRACE, FakeGitHub, Forms, Visitor, whole

SIGNED_IN = "Signed in as ada"


def cookie(client: FlaskClient, name: str) -> str | None:
    found = client.get_cookie(name)
    return found.value if found else None


def test_a_person_signs_in_and_is_back_where_they_were(visitor: Visitor, open_parts: WebParts) -> None:
    visitor.signs_in(ADA, at="/agreements/acme/widgets?branch=main")

    assert SIGNED_IN in visitor.opens("/")
    with reading(open_parts.engine) as connection:
        (row,) = connection.execute(select(sessions))
    token = cookie(visitor.client, "steward-session")
    assert (row.account_id, row.login, row.ends_at - row.began_at) == (100, "ada", LASTS)
    assert token is not None
    assert row.token == hashlib.sha256(token.encode()).hexdigest()


def test_github_is_told_where_to_send_them_and_the_challenge_of_a_secret(visitor: Visitor, github: FakeGitHub) -> None:
    seen: list[str] = []
    github.by_code = lambda code, verifier, back: seen.extend((verifier, back)) or ADA  # type: ignore[method-assign,func-returns-value]
    asked = visitor.leaves()
    visitor.comes_back(asked, code="any")

    verifier, back = seen
    digest = hashlib.sha256(verifier.encode()).digest()
    assert asked["code_challenge"] == urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert asked["redirect_uri"] == back == "http://localhost/login/callback"
    assert 43 <= len(verifier) <= 128


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(visitor: Visitor, github: FakeGitHub) -> None:
    github.codes["a code"] = ADA
    leaving = visitor.client.get("/login")
    coming = visitor.comes_back(visitor.leaves(), code="a code")

    for answer, name in ((leaving, "steward-way"), (coming, "steward-session")):
        (kept,) = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith(f"{name}=")]
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(kept.split("; "))
        assert "Secure" not in kept
        assert answer.headers["Cache-Control"] == "no-store"


def test_by_https_cookies_are_kept_to_this_host(open_parts: WebParts, github: FakeGitHub) -> None:
    parts = replace(open_parts, settings=replace(open_parts.settings, url="https://steward.example"))
    answer = create_app(parts, github).test_client().get("/login")

    assert "redirect_uri=https%3A%2F%2Fsteward.example%2Flogin%2Fcallback" in answer.location
    kept = answer.headers["Set-Cookie"]
    assert kept.startswith("__Host-steward-way=")
    assert "; Secure" in kept


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("/agreements/acme/widgets?branch=a%2Fb", "/agreements/acme/widgets?branch=a%2Fb"),
        ("/", "/"),
        (None, "/"),
        ("", "/"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
        ("/\u202eevil", "/"),
        ("/é", "/"),
        ("/" + "a" * 1_000, "/"),
    ],
)
def test_the_way_back_stays_on_this_site(wanted: str | None, path: str) -> None:
    assert own_path(wanted) == path


def test_a_browser_that_was_lured_to_another_site_comes_back_here(visitor: Visitor, github: FakeGitHub) -> None:
    github.codes["a code"] = ADA
    assert visitor.comes_back(visitor.leaves("//evil.example/"), code="a code").location == "/"


# -- who does not come in ---------------------------------------------------------------------------------------------


def refused(visitor: Visitor, asked: dict[str, str], **brought: str) -> tuple[int, str]:
    """How a return from GitHub was answered. Nobody is signed in."""
    answer = visitor.comes_back(asked, **brought)
    page = whole(answer)
    assert cookie(visitor.client, "steward-session") is None
    assert cookie(visitor.client, "steward-way") is None
    assert "Signed in as" not in visitor.opens("/")
    return answer.status_code, page


def test_who_does_not_let_github_tell_is_not_signed_in(visitor: Visitor, github: FakeGitHub) -> None:
    status, page = refused(visitor, visitor.leaves("/agreements/a/b"), error="access_denied")
    assert status == 403
    assert "You did not let GitHub tell" in page
    assert 'href="/login?next=/agreements/a/b"' in page
    assert github.asked == []


def test_a_code_that_github_does_not_take_signs_nobody_in(visitor: Visitor) -> None:
    status, page = refused(visitor, visitor.leaves(), code="expired")
    assert status == 400
    assert "did not confirm" in page


@pytest.mark.parametrize("code", ["", "x" * 501])
def test_what_is_no_code_is_not_even_asked_about(visitor: Visitor, github: FakeGitHub, code: str) -> None:
    assert refused(visitor, visitor.leaves(), code=code)[0] == 400
    assert github.asked == []


def test_while_github_is_down_nobody_is_signed_in(visitor: Visitor, github: FakeGitHub) -> None:
    github.down = True
    with capture_logs() as logs:
        status, page = refused(visitor, visitor.leaves(), code="a secret code")
    assert status == 502
    assert "GitHub does not answer" in page
    assert "a secret code" not in str(logs)


def test_another_state_is_refused(visitor: Visitor, github: FakeGitHub) -> None:
    visitor.leaves()
    for state in ("", "another", "é"):
        visitor.leaves()
        status, page = refused(visitor, {"state": state}, code="a code")
        assert status == 400
        assert "did not begin in this browser" in page
    assert github.asked == []


def test_a_state_of_another_browser_is_refused(new_visitor: Callable[[], Visitor], github: FakeGitHub) -> None:
    mallory, victim = new_visitor(), new_visitor()
    victim.leaves()
    assert refused(victim, mallory.leaves(), code="a code")[0] == 400
    assert refused(new_visitor(), mallory.leaves(), code="a code")[0] == 400
    assert github.asked == []


def test_a_way_is_used_once(visitor: Visitor, github: FakeGitHub) -> None:
    github.codes |= {"a code": ADA, "another": GRACE}
    asked = visitor.leaves()
    visitor.comes_back(asked, code="a code")
    answer = visitor.comes_back(asked, code="another")
    assert answer.status_code == 400
    assert SIGNED_IN in visitor.opens("/")


def test_a_way_is_not_open_for_ever(visitor: Visitor, clock: Clock) -> None:
    asked = visitor.leaves()
    clock.advance(PATIENCE)
    assert refused(visitor, asked, code="a code")[0] == 400


@pytest.mark.parametrize("sealed", ["", "nonsense", "e30.c2ln", "x" * 4_050])
def test_a_way_that_we_did_not_seal_is_none(visitor: Visitor, sealed: str) -> None:
    asked = visitor.leaves()
    visitor.client.set_cookie("steward-way", sealed)
    assert refused(visitor, asked, code="a code")[0] == 400


def test_a_steward_with_another_key_does_not_take_the_way(
    visitor: Visitor, open_parts: WebParts, github: FakeGitHub
) -> None:
    parts = replace(open_parts, settings=replace(open_parts.settings, secret_key="another key"))
    other = Visitor(create_app(parts, github).test_client(), github)
    asked = visitor.leaves()
    other.client.set_cookie("steward-way", cookie(visitor.client, "steward-way") or "")
    assert refused(other, asked, code="a code")[0] == 400


@pytest.mark.parametrize("path", ["/login", "/login?next=/agreements/a/b", "/login/callback?code=1&state=2"])
def test_where_signing_in_is_not_set_up_the_page_says_what_else_works(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 503
    assert "<code>/steward sign</code>" in whole(answer)


def test_a_way_that_an_older_steward_sealed_is_none(clock: Clock) -> None:
    ways = Ways("key", clock)
    sealed = ways.seal(ways.begin("/"))
    assert ways.open(sealed) is not None
    assert ways.open(str(ways._signer.dumps({"other": "things"}))) is None


# -- sessions ---------------------------------------------------------------------------------------------------------


def test_a_session_ends_after_eight_hours(visitor: Visitor, clock: Clock) -> None:
    visitor.signs_in()
    clock.advance(LASTS - 1)
    assert SIGNED_IN in visitor.opens("/")
    clock.advance(1)
    assert "Signed in as" not in visitor.opens("/")


def test_sessions_that_ended_are_forgotten(visitor: Visitor, open_parts: WebParts, clock: Clock) -> None:
    visitor.signs_in()
    clock.advance(LASTS)
    visitor.signs_in(GRACE)
    with reading(open_parts.engine) as connection:
        assert [row.login for row in connection.execute(select(sessions))] == ["grace"]


def test_who_signs_in_again_gets_a_new_session_and_the_old_one_ends(visitor: Visitor, open_parts: WebParts) -> None:
    visitor.signs_in()
    before = cookie(visitor.client, "steward-session")
    visitor.signs_in()
    assert cookie(visitor.client, "steward-session") != before
    with reading(open_parts.engine) as connection:
        assert len(list(connection.execute(select(sessions)))) == 1


def test_signing_out_ends_the_session(new_visitor: Callable[[], Visitor]) -> None:
    visitor, thief = new_visitor(), new_visitor()
    visitor.signs_in()
    thief.client.set_cookie("steward-session", cookie(visitor.client, "steward-session") or "")
    assert SIGNED_IN in thief.opens("/")

    answer = visitor.sends("/", number=0)

    assert (answer.status_code, answer.location) == (303, "/")
    assert cookie(visitor.client, "steward-session") is None
    assert "Signed in as" not in thief.opens("/")


@pytest.mark.parametrize("csrf", [None, "", "f" * 64, "é"])
def test_nobody_is_signed_out_by_another_site(visitor: Visitor, csrf: str | None) -> None:
    visitor.signs_in()
    assert visitor.sends("/", number=0, csrf=csrf).status_code == 403
    assert SIGNED_IN in visitor.opens("/")


def test_who_is_not_signed_in_may_sign_out_all_the_same(visitor: Visitor) -> None:
    assert visitor.client.post("/logout").status_code == 303
    assert visitor.client.get("/logout").status_code == 405


@pytest.mark.parametrize("token", ["", "x", "é", "x" * 4_000, "' OR 1=1 --"])
def test_a_token_that_we_did_not_give_is_nobodys(visitor: Visitor, token: str) -> None:
    visitor.client.set_cookie("steward-session", token)
    assert "Signed in as" not in visitor.opens("/")


def test_two_people_have_two_tokens_for_their_forms(new_visitor: Callable[[], Visitor]) -> None:
    ada, grace = new_visitor().signs_in(ADA), new_visitor().signs_in(GRACE)
    theirs = Forms(grace.opens("/")).found[0][1]["csrf"]
    assert ada.sends("/", number=0, csrf=theirs).status_code == 403


@pytest.mark.parametrize("path", ["/signatures", "/acme/unknown/pull/12", "/agreements/acme/unknown"])
def test_a_page_that_wants_one_signed_in_leads_to_it_and_back(visitor: Visitor, path: str) -> None:
    assert 'href="?sign-in"' in visitor.opens(path, 401 if path == "/signatures" else 404)
    answer = visitor.client.get(f"{path}?sign-in")
    assert (answer.status_code, answer.location) == (302, f"/login?next={path}")


def test_without_a_database_a_page_that_needs_none_is_shown_as_to_a_stranger(
    visitor: Visitor, open_parts: WebParts, github: FakeGitHub, tmp_path: Path
) -> None:
    visitor.signs_in()
    engine = connect(f"sqlite:///{tmp_path / 'empty.db'}")
    stranded = Visitor(create_app(replace(open_parts, engine=engine), github).test_client(), github)
    stranded.client.set_cookie("steward-session", cookie(visitor.client, "steward-session") or "")
    with capture_logs() as logs:
        assert "Signed in as" not in stranded.opens("/")
        assert "Signed in as" not in stranded.opens("/signatures", 503)
    engine.dispose()
    assert {line["event"] for line in logs} == {"session not readable", "database not available"}


def test_a_form_that_is_far_too_large_is_not_read(visitor: Visitor) -> None:
    visitor.signs_in()
    assert visitor.sends("/", number=0, more="x" * 100_000).status_code == 413
