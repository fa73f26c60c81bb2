# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import base64

import pytest

from bot.demo.github import Executable, SimulatedGitHub, Submodule, Symlink
from bot.demo.github.git.content import Stamp, Written
from bot.demo.github.repository import Repository
from tests.bot.demo.acme import Acme, Hands, app_token

W = "/repos/acme/widgets"


# Who asks


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


# What is there, and what may be seen


def test_a_private_repository_outside_the_installation_does_not_exist(acme: Acme) -> None:
    bob = acme.github.user("bob")
    bob.repository("hidden", private=True, files={"a": "1"})
    shown = bob.repository("shown", files={"a": "1"})
    assert acme.hands.ask("GET", "/repos/bob/hidden").status_code == 404
    acme.hands.get("/repos/bob/shown/contents/a")
    write = {"name": "Steward", "head_sha": shown.branches["main"]}
    assert acme.hands.ask("POST", "/repos/bob/shown/check-runs", write).status_code == 403


def test_a_former_name_leads_to_the_repository(acme: Acme) -> None:
    acme.pull()
    acme.widgets.rename("gadgets")

    read = acme.hands.ask("GET", f"{W}/pulls/1")
    write = acme.hands.ask("POST", f"{W}/issues/1/comments", {"body": "x"})

    assert (read.status_code, write.status_code) == (301, 307)
    assert acme.hands.get(read.headers["Location"])["base"]["repo"]["full_name"] == "acme/gadgets"
    assert acme.hands.ask("GET", "/repositories/1").status_code == 404


def test_lists_come_in_pages(acme: Acme) -> None:
    for number in range(5):
        acme.widgets.commit(f"b{number}", {"a": str(number)})
    first = acme.hands.ask("GET", f"{W}/branches", per_page=2)
    second = acme.hands.ask("GET", first.links["next"]["url"])
    last = acme.hands.ask("GET", first.links["last"]["url"])
    assert [row["name"] for answer in (first, second, last) for row in answer.json()] == [
        *("b0", "b1", "b2", "b3"),
        *("b4", "main"),
    ]
    assert set(first.links) == {"next", "last"}
    assert set(second.links) == {"prev", "next", "last", "first"}
    assert set(last.links) == {"prev", "first"}
    assert len(acme.hands.get(f"{W}/branches", per_page="x", page="-1")) == 6


def test_contents_are_files_folders_links_and_submodules(acme: Acme) -> None:
    files: dict[str, Written] = {
        "docs/a.md": "hello",
        "link": Symlink("docs/a.md"),
        "dangling": Symlink("../nowhere"),
        "sub": Submodule("1" * 40),
        "run": Executable("x"),
    }
    acme.widgets.commit("main", files)

    file = acme.hands.get(f"{W}/contents/docs/a.md")
    assert (file["type"], base64.b64decode(file["content"])) == ("file", b"hello")
    assert acme.hands.get(f"{W}/contents/link")["path"] == "docs/a.md"
    assert acme.hands.get(f"{W}/contents/dangling")["target"] == "../nowhere"
    assert acme.hands.get(f"{W}/contents/sub")["type"] == "submodule"
    assert [row["path"] for row in acme.hands.get(f"{W}/contents/docs")] == ["docs/a.md"]
    listed = {row["path"]: row["type"] for row in acme.hands.get(f"{W}/contents/", ref="main")}
    assert listed["docs"] == "dir"
    assert listed["link"] == "symlink"
    assert acme.hands.ask("GET", f"{W}/contents/no").status_code == 404
    assert acme.hands.ask("GET", f"{W}/contents/docs/a.md", ref="no").status_code == 404
    acme.github.limits.contents_size = 3
    assert acme.hands.get(f"{W}/contents/docs/a.md")["encoding"] == "none"


def test_an_empty_repository_has_no_tree(acme: Acme) -> None:
    acme.organization.repository("empty")
    assert acme.hands.ask("GET", "/repos/acme/empty/git/trees/main").status_code == 409
    assert acme.hands.ask("GET", "/repos/acme/empty/commits/main").status_code == 409
    assert acme.hands.ask("GET", "/repos/acme/empty/contents/a").status_code == 404


def test_trees_and_blobs(acme: Acme) -> None:
    sha = acme.widgets.commit("feature/x", {"d/e": "1", "sub": Submodule("1" * 40)})
    tree = acme.hands.get(f"{W}/git/trees/feature/x", recursive=1)
    assert [row["path"] for row in tree["tree"]] == ["README.md", "d", "d/e", "sub"]
    assert not tree["truncated"]
    assert acme.hands.get(f"{W}/git/trees/{sha}")["sha"] == tree["sha"]
    blob = acme.hands.get(f"{W}/git/blobs/{tree['tree'][2]['sha']}")
    assert base64.b64decode(blob["content"]) == b"1"
    acme.github.limits.tree_entries = 2
    cut = acme.hands.get(f"{W}/git/trees/{sha}", recursive=1)
    assert (len(cut["tree"]), cut["truncated"]) == (2, True)
    for path, status in {"git/trees/no": 404, "git/blobs/abc": 422, f"git/blobs/{sha}": 404}.items():
        assert acme.hands.ask("GET", f"{W}/{path}").status_code == status


def test_commits_and_branches(acme: Acme) -> None:
    first = acme.widgets.branches["main"]
    sha = acme.widgets.commit("feature/x", {"README.md": "Other\n"}, author=("Nobody", "nobody@nowhere.example"))
    found = acme.hands.get(f"{W}/commits/feature/x")
    assert (found["sha"], found["author"], found["stats"]["total"]) == (sha, None, 2)
    assert acme.hands.get(f"{W}/commits/{first[:7]}")["files"] == []
    assert acme.hands.get(f"{W}/branches/feature/x")["commit"]["sha"] == sha
    assert acme.hands.ask("GET", f"{W}/branches/no").status_code == 404
    assert acme.hands.ask("GET", f"{W}/commits/{'0' * 40}").status_code == 422


def test_comparisons(acme: Acme) -> None:
    base = acme.widgets.branches["main"]
    shas = [acme.widgets.commit("feature", {f"{number}": "x"}) for number in range(3)]
    acme.widgets.commit("main", {"m": "1"})
    fork = acme.widgets.fork(acme.alice)
    fork.commit("feature", {"f": "1"}, author=acme.alice)

    whole = acme.hands.get(f"{W}/compare/main...feature")
    assert (whole["status"], whole["ahead_by"], whole["behind_by"]) == ("diverged", 3, 1)
    assert whole["merge_base_commit"]["sha"] == base
    assert [row["filename"] for row in whole["files"]] == ["0", "1", "2"]
    second = acme.hands.get(f"{W}/compare/main...feature", page=2, per_page=2)
    assert [row["sha"] for row in second["commits"]] == shas[2:]
    assert "files" not in second
    assert acme.hands.get(f"{W}/compare/feature...alice:feature")["status"] == "ahead"
    assert acme.hands.get(f"{W}/compare/main...main")["status"] == "identical"
    for end in ("no", "alice:no", "nobody:main"):
        assert acme.hands.ask("GET", f"{W}/compare/main...{end}").status_code == 404


def test_histories_without_a_common_commit_cannot_be_compared(acme: Acme) -> None:
    elsewhere = acme.organization.repository("elsewhere", files={"x": "1"})
    alien = acme.widgets.store.commit("refs/heads/x", [], {"x": "1"}, "m", *stamps(elsewhere))
    assert acme.hands.ask("GET", f"{W}/compare/main...{alien}").status_code == 404


def stamps(repository: Repository) -> tuple[Stamp, Stamp]:
    commit = repository.store.commit_object(repository.branches["main"])
    return commit.author, commit.committer


# Pull requests


def test_a_pull_request_shows_what_it_is(acme: Acme) -> None:
    fork = acme.widgets.fork(acme.alice)
    head = fork.commit("feature", {"a.py": "print(1)\n"}, author=acme.alice, parent=acme.widgets.branches["main"])
    acme.widgets.commit("main", {"later": "1"})
    acme.widgets.open_pull("feature", by=acme.alice, from_fork=fork, draft=True)

    found = acme.hands.get(f"{W}/pulls/1")

    assert (found["commits"], found["changed_files"], found["draft"]) == (1, 1, True)
    assert found["head"]["repo"]["full_name"] == "alice/widgets"
    assert found["head"]["label"] == "alice:feature"
    (file,) = acme.hands.get(f"{W}/pulls/1/files")
    assert file["contents_url"].endswith(f"?ref={head}")
    assert [row["sha"] for row in acme.hands.get(f"{W}/pulls/1/commits")] == [head]
    assert [row["number"] for row in acme.hands.get(f"{W}/commits/{head}/pulls")] == [1]
    assert acme.hands.ask("GET", f"{W}/pulls/2").status_code == 404

    fork.delete()
    assert acme.hands.get(f"{W}/pulls/1")["head"]["repo"] is None


def test_pull_requests_are_found_by_state_branch_and_order(acme: Acme) -> None:
    for name in ("one", "two", "three"):
        acme.widgets.commit(name, {name: "1"}, author=acme.alice)
        acme.widgets.open_pull(name, by=acme.alice)
    first = acme.widgets.pull(1)
    assert first
    acme.github.advance(5)
    first.close()
    listed = {
        (): [3, 2],
        (("state", "all"),): [3, 2, 1],
        (("state", "closed"),): [1],
        (("state", "all"), ("sort", "created")): [1, 2, 3],
        (("state", "all"), ("sort", "updated"), ("direction", "desc")): [1, 3, 2],
        (("head", "acme:two"),): [2],
        (("base", "no"),): [],
    }
    for query, numbers in listed.items():
        assert [row["number"] for row in acme.hands.get(f"{W}/pulls", **dict(query))] == numbers, query


def test_long_lists_and_long_patches_are_cut(acme: Acme) -> None:
    pull = acme.pull(**{"a.py": "1\n" * 5, "b.py": "2\n", "c.py": "é" * 50})
    limits = acme.github.limits
    limits.patch_lines, limits.patch_size, limits.pull_files, limits.pull_commits = 5, 60, 2, 1
    files = acme.hands.get(f"{W}/pulls/1/files")
    assert [("patch" in row, row["filename"]) for row in files] == [(False, "a.py"), (True, "b.py")]
    acme.widgets.commit("feature", {"d.py": "3\n"})
    assert len(acme.hands.get(f"{W}/pulls/1/commits")) == 1
    found = acme.hands.get(f"{W}/pulls/1")
    assert (found["commits"], found["changed_files"]) == (2, 4)
    limits.pull_files = 3_000
    assert "patch" not in acme.hands.get(f"{W}/pulls/1/files")[2]
    assert pull.from_fork is False


def test_reviews_are_listed(acme: Acme) -> None:
    pull, bob = acme.pull(), acme.github.user("bob")
    review = pull.review(bob, body="Good")
    pull.review(bob, "COMMENTED", "Hm", commit=acme.widgets.branches["main"])
    review.dismiss(acme.alice)
    assert [(row["state"], row["body"]) for row in acme.hands.get(f"{W}/pulls/1/reviews")] == [
        ("DISMISSED", "Good"),
        ("COMMENTED", "Hm"),
    ]


# Comments


def test_comments_are_written_by_the_bot_and_only_its_own_are_changed(acme: Acme) -> None:
    pull = acme.pull()
    theirs = pull.comment(acme.alice, "Mine")
    made = acme.hands.ask("POST", f"{W}/issues/1/comments", {"body": "Ours"}).json()
    assert made["user"]["login"] == "steward[bot]"
    assert made["performed_via_github_app"]["id"] == 7

    edited = acme.hands.ask("PATCH", f"{W}/issues/comments/{made['id']}", {"body": "Better"})
    assert edited.json()["body"] == "Better"
    assert [row["body"] for row in acme.hands.get(f"{W}/issues/1/comments")] == ["Mine", "Better"]
    assert acme.hands.ask("PATCH", f"{W}/issues/comments/{theirs.id}", {"body": "x"}).status_code == 403
    assert acme.hands.ask("DELETE", f"{W}/issues/comments/{made['id']}").status_code == 204
    assert acme.hands.ask("GET", f"{W}/issues/comments/{made['id']}").status_code == 404
    assert acme.github.deliveries[-1].action == "deleted"


@pytest.mark.parametrize("body", [{}, {"body": ""}, {"body": 5}, {"body": "x" * 65_537}])
def test_a_comment_that_github_would_refuse(acme: Acme, body: object) -> None:
    acme.pull()
    assert acme.hands.ask("POST", f"{W}/issues/1/comments", body).status_code == 422


def test_what_is_no_json_object_is_refused(acme: Acme) -> None:
    acme.pull()
    assert acme.hands.ask("POST", f"{W}/issues/1/comments", ["x"]).status_code == 400
    url = f"{acme.github.url}{W}/issues/1/comments"
    assert acme.hands.session.post(url, data="{", timeout=10).status_code == 400


def test_a_reaction_is_given_once(acme: Acme) -> None:
    comment = acme.pull().comment(acme.alice, "/steward check")
    path = f"{W}/issues/comments/{comment.id}/reactions"
    assert [acme.hands.ask("POST", path, {"content": "+1"}).status_code for _ in range(2)] == [201, 200]
    assert acme.hands.ask("POST", path, {"content": "applause"}).status_code == 422
    assert acme.hands.get(f"{W}/issues/comments/{comment.id}")["reactions"]["+1"] == 1


def test_an_issue_is_told_from_a_pull_request(acme: Acme) -> None:
    acme.pull()
    acme.widgets.open_issue(acme.alice)
    assert "pull_request" in acme.hands.get(f"{W}/issues/1")
    assert "pull_request" not in acme.hands.get(f"{W}/issues/2")
    assert acme.hands.ask("GET", f"{W}/pulls/2").status_code == 404
    assert acme.hands.ask("GET", f"{W}/issues/3").status_code == 404


# People


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
