# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0


import pytest

from tests.bot.demo.acme import Acme, Hands, app_token

W = "/repos/acme/widgets"


def test_only_a_good_app_token_opens_the_app(acme: Acme) -> None:
    other_key = acme.github.app(9, slug="nine")
    bad = {
        "": 401,
        "Basic abc": 401,
        "Bearer a.b.c": 401,
        f"Bearer {app_token(acme.app, expires_in=-10)}": 401,
        f"Bearer {app_token(acme.app, expires_in=3600)}": 401,
        f"Bearer {app_token(acme.app, issuer='no number')}": 401,
        f"Bearer {app_token(acme.app, issuer=404)}": 404,
        f"Bearer {acme.new_token()}": 401,
        f"Bearer {app_token(other_key)}": 200,
        f"Bearer {app_token(acme.app)[:-8]}AAAAAAAA": 401,
    }
    hands = Hands(acme.github)
    for header, status in bad.items():
        hands.session.headers["Authorization"] = header
        assert hands.ask("GET", "/app").status_code == status, header
    hands.session.close()


def test_a_token_lives_an_hour(acme: Acme) -> None:
    acme.hands.get(W)
    acme.github.advance(3601)
    answer = acme.hands.ask("GET", W)
    assert (answer.status_code, answer.json()["message"]) == (401, "Bad credentials")


def test_a_token_of_a_suspended_or_removed_installation_is_refused(acme: Acme) -> None:
    acme.installation.suspend()
    assert acme.hands.ask("GET", W).status_code == 403
    path = f"/app/installations/{acme.installation.id}/access_tokens"
    assert acme.as_app.ask("POST", path).status_code == 403
    acme.installation.unsuspend()
    acme.hands.get(W)
    acme.installation.uninstall()
    assert acme.hands.ask("GET", W).status_code == 401
    assert acme.as_app.ask("POST", path).status_code == 404


def test_a_revoked_token_is_refused(acme: Acme) -> None:
    assert acme.hands.ask("DELETE", "/installation/token").status_code == 204
    assert acme.hands.ask("GET", W).status_code == 401


def test_a_token_may_be_for_fewer_repositories_and_rights(acme: Acme) -> None:
    secret = acme.organization.repository("secret", private=True, files={"a": "1"})
    acme.hands.with_token(acme.new_token(repository_ids=[acme.widgets.id], permissions={"checks": "read"}))

    assert [row["id"] for row in acme.hands.get("/installation/repositories")["repositories"]] == [acme.widgets.id]
    assert acme.hands.ask("GET", f"/repos/{secret.full_name}").status_code == 404
    acme.hands.get(f"{W}/commits/main/check-runs")
    refused = acme.hands.ask("GET", f"{W}/pulls")
    assert refused.status_code == 403
    assert refused.headers["X-Accepted-GitHub-Permissions"] == "pull_requests=read"


@pytest.mark.parametrize(
    "wanted", [{"repository_ids": [1]}, {"repositories": ["no"]}, {"permissions": {"admin": "read"}}]
)
def test_a_token_for_what_is_not_granted_is_refused(acme: Acme, wanted: object) -> None:
    answer = acme.as_app.ask("POST", f"/app/installations/{acme.installation.id}/access_tokens", wanted)
    assert answer.status_code == 422


def test_where_the_app_is_installed(acme: Acme) -> None:
    bob = acme.github.user("bob")
    mine = acme.github.install(acme.app, bob, [bob.repository("one", files={"a": "1"})])
    bob.repository("two")

    assert [row["id"] for row in acme.as_app.get("/app/installations")] == [acme.installation.id, mine.id]
    assert acme.as_app.get(f"/app/installations/{mine.id}")["repository_selection"] == "selected"
    assert acme.as_app.get("/repos/bob/one/installation")["id"] == mine.id
    assert acme.as_app.get("/users/bob/installation")["id"] == mine.id
    assert acme.as_app.get("/orgs/acme/installation")["id"] == acme.installation.id
    for path in ("/repos/bob/two/installation", "/repos/bob/no/installation", "/users/alice/installation"):
        assert acme.as_app.ask("GET", path).status_code == 404
