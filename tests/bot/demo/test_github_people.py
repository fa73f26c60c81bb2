# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0


from bot.demo.github import SimulatedGitHub
from tests.bot.demo.acme import Acme

W = "/repos/acme/widgets"


def test_rights_come_from_grants_teams_and_the_organization(github: SimulatedGitHub, acme: Acme) -> None:
    widgets, acme_org = acme.widgets, acme.organization
    names = ("reader", "member", "owner", "maintainer", "triager", "pending", "stranger")
    people = {name: github.user(name) for name in names}
    acme_org.add_member(people["member"])
    acme_org.add_member(people["owner"], "admin")
    widgets.grant(people["maintainer"], "maintain")
    core = acme_org.team("core", [people["triager"]])
    core.add(people["pending"], state="pending")
    widgets.team_grants["core"] = "triage"

    def level(name: str) -> tuple[str, str]:
        found = acme.hands.get(f"{W}/collaborators/{name}/permission")
        return found["permission"], found["role_name"]

    assert {name: level(name) for name in names} == {
        "reader": ("read", "read"),
        "member": ("read", "read"),
        "owner": ("admin", "admin"),
        "maintainer": ("write", "maintain"),
        "triager": ("read", "triage"),
        "pending": ("read", "read"),
        "stranger": ("read", "read"),
    }
    widgets.set_private()
    assert level("stranger") == ("none", "none")
    assert level("member") == ("read", "read")
    rights = acme.hands.get(f"{W}/collaborators/maintainer/permission")["user"]["permissions"]
    assert rights == {"pull": True, "triage": True, "push": True, "maintain": True, "admin": False}
    assert acme.hands.ask("GET", f"{W}/collaborators/nobody/permission").status_code == 404

    membership = "/orgs/acme/teams/core/memberships"
    assert acme.hands.get(f"{membership}/triager")["state"] == "active"
    assert acme.hands.get(f"{membership}/pending")["state"] == "pending"
    assert acme.hands.ask("GET", f"{membership}/member").status_code == 404
    assert [row["login"] for row in acme.hands.get("/orgs/acme/teams/core/members")] == ["triager"]
    assert acme.hands.ask("GET", "/orgs/acme/teams/no").status_code == 404
    assert acme.hands.ask("GET", "/orgs/acme/members/member").status_code == 204
    assert acme.hands.ask("GET", "/orgs/acme/members/stranger").status_code == 404
    assert {row["login"] for row in acme.hands.get("/orgs/acme/members")} == {"member", "owner"}


def test_an_organization_is_read_only_where_the_app_is_installed(acme: Acme) -> None:
    acme.github.organization("umbrella")
    assert acme.hands.ask("GET", "/orgs/umbrella/members").status_code == 403
    assert acme.hands.ask("GET", "/orgs/alice/members").status_code == 404


def test_a_membership_that_the_app_may_not_read_is_looked_up_among_the_public_ones(acme: Acme) -> None:
    bob, member = acme.github.user("bob"), "/orgs/acme/members"
    acme.organization.add_member(acme.alice)
    acme.organization.add_member(bob)
    acme.organization.publicize(bob)
    acme.hands.with_token(acme.new_token(permissions={"checks": "write"}))

    def outcome(login: str) -> tuple[int, int]:
        answer = acme.hands.ask("GET", f"{member}/{login}")
        return answer.status_code, acme.hands.ask("GET", answer.headers["Location"]).status_code

    assert (outcome("bob"), outcome("alice"), outcome("nobody")) == ((302, 204), (302, 404), (302, 404))
    assert acme.hands.ask("GET", "/orgs/bob/members/bob").status_code == 404
    acme.organization.remove_member(bob)
    assert outcome("bob") == (302, 404)


def test_whoever_is_in_a_team_is_in_those_above_it(acme: Acme) -> None:
    everyone = acme.organization.team("everyone", [acme.github.user("carol")])
    people = [acme.github.user(f"p{number}") for number in range(3)]
    core = acme.organization.team("core", people, parent=acme.organization.team("makers", parent=everyone))
    core.add(acme.github.user("invited"), state="pending")
    acme.widgets.team_grants["everyone"] = "maintain"

    logins = [acme.hands.get("/orgs/acme/teams/everyone/members", per_page=3, page=n) for n in (1, 2, 3)]
    assert [[row["login"] for row in rows] for rows in logins] == [["p0", "p1", "p2"], ["carol"], []]
    assert acme.hands.get("/orgs/acme/teams/everyone/memberships/P1")["state"] == "active"
    assert acme.hands.get("/orgs/acme/teams/everyone/memberships/invited")["state"] == "pending"
    assert acme.hands.get("/orgs/acme/teams/core")["parent"]["slug"] == "makers"
    assert acme.widgets.permission(people[0]) == "maintain"
    assert acme.hands.ask("GET", "/orgs/acme/teams/core/memberships/carol").status_code == 404
    everyone.add(people[0], state="pending")
    assert acme.hands.get("/orgs/acme/teams/everyone/memberships/p0")["state"] == "active"


def test_an_account_keeps_its_id_and_its_rights_under_another_login(acme: Acme) -> None:
    notes = acme.alice.repository("notes")
    acme.organization.add_member(acme.alice)
    acme.organization.publicize(acme.alice)
    acme.organization.team("core", [acme.alice])
    acme.widgets.grant(acme.alice, "maintain")

    acme.alice.rename("alicia")

    membership, members = "/orgs/acme/teams/core/memberships", "/orgs/acme/members"
    assert acme.hands.get("/users/alicia")["id"] == acme.alice.id
    assert acme.hands.get(f"/user/{acme.alice.id}")["login"] == "alicia"
    assert acme.hands.get(f"{W}/collaborators/alicia/permission")["role_name"] == "maintain"
    assert acme.hands.get(f"{membership}/Alicia")["state"] == "active"
    assert acme.hands.ask("GET", f"{members}/alicia").status_code == 204
    gone = ("/users/alice", f"{W}/collaborators/alice/permission", f"{membership}/alice", f"{members}/alice")
    assert {acme.hands.ask("GET", path).status_code for path in gone} == {404}
    assert acme.hands.ask("GET", "/repos/alice/notes").headers["Location"].endswith(f"/repositories/{notes.id}")

    somebody_else = acme.github.user("alice")
    assert acme.hands.get("/users/alice")["id"] == somebody_else.id != acme.alice.id
    assert acme.hands.get(f"{W}/collaborators/alice/permission")["role_name"] == "read"
    assert acme.hands.ask("GET", f"{membership}/alice").status_code == 404


def test_a_secret_team_is_shown_to_an_app_that_may_read_members(acme: Acme) -> None:
    acme.organization.team("stewards", [acme.alice], secret=True)
    path = "/orgs/acme/teams/stewards"
    assert acme.hands.get(path)["privacy"] == "secret"
    assert acme.hands.get(f"{path}/memberships/alice") == acme.hands.get(f"{path}/memberships/ALICE")
    acme.hands.with_token(acme.new_token(permissions={"checks": "write"}))
    assert acme.hands.ask("GET", f"{path}/memberships/alice").status_code == 403


def test_the_budget_is_counted(acme: Acme) -> None:
    acme.hands.get(W)
    answer = acme.hands.ask("GET", "/rate_limit")
    assert answer.json()["resources"]["core"]["used"] == 1
    assert answer.headers["X-RateLimit-Remaining"] == "4999"


def test_what_is_no_route_is_not_found(acme: Acme) -> None:
    assert acme.hands.ask("GET", "/nothing/here").status_code == 404
    assert acme.hands.ask("POST", "/rate_limit").status_code == 405
    assert acme.as_app.ask("GET", W).status_code == 403
    assert acme.hands.get("/users/steward[bot]")["type"] == "Bot"
