# SPDX-FileCopyrightText: The Steward Authors
.md"/s//&/
# SPDX-License-Identifier: Apache-2.0
.md"/s//&/

.md"/s//&/
import base64
.md"/s//&/

.md"/s//&/
import pytest
.md"/s//&/

.md"/s//&/
from bot.demo.github import Executable, SimulatedGitHub, Submodule, Symlink
.md"/s//&/
from bot.demo.github.git.content import Stamp, Written
.md"/s//&/
from bot.demo.github.repository import Repository
.md"/s//&/
from tests.bot.demo.acme import Acme, Hands, app_token
.md"/s//&/

.md"/s//&/
W = "/repos/acme/widgets"
.md"/s//&/

.md"/s//&/

.md"/s//&/
# Who asks
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_only_a_good_app_token_opens_the_app(acme: Acme) -> None:
.md"/s//&/
    other_key = acme.github.app(9, slug="nine")
.md"/s//&/
    bad = {
.md"/s//&/
        "": 401,
.md"/s//&/
        "Basic abc": 401,
.md"/s//&/
        "Bearer a.b.c": 401,
.md"/s//&/
        f"Bearer {app_token(acme.app, expires_in=-10)}": 401,
.md"/s//&/
        f"Bearer {app_token(acme.app, expires_in=3600)}": 401,
.md"/s//&/
        f"Bearer {app_token(acme.app, issuer='no number')}": 401,
.md"/s//&/
        f"Bearer {app_token(acme.app, issuer=404)}": 404,
.md"/s//&/
        f"Bearer {acme.new_token()}": 401,
.md"/s//&/
        f"Bearer {app_token(other_key)}": 200,
.md"/s//&/
        f"Bearer {app_token(acme.app)[:-8]}AAAAAAAA": 401,
.md"/s//&/
    }
.md"/s//&/
    hands = Hands(acme.github)
.md"/s//&/
    for header, status in bad.items():
.md"/s//&/
        hands.session.headers["Authorization"] = header
.md"/s//&/
        assert hands.ask("GET", "/app").status_code == status, header
.md"/s//&/
    hands.session.close()
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_a_token_lives_an_hour(acme: Acme) -> None:
.md"/s//&/
    acme.hands.get(W)
.md"/s//&/
    acme.github.advance(3601)
.md"/s//&/
    answer = acme.hands.ask("GET", W)
.md"/s//&/
    assert (answer.status_code, answer.json()["message"]) == (401, "Bad credentials")
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_a_token_of_a_suspended_or_removed_installation_is_refused(acme: Acme) -> None:
.md"/s//&/
    acme.installation.suspend()
.md"/s//&/
    assert acme.hands.ask("GET", W).status_code == 403
.md"/s//&/
    path = f"/app/installations/{acme.installation.id}/access_tokens"
.md"/s//&/
    assert acme.as_app.ask("POST", path).status_code == 403
.md"/s//&/
    acme.installation.unsuspend()
.md"/s//&/
    acme.hands.get(W)
.md"/s//&/
    acme.installation.uninstall()
.md"/s//&/
    assert acme.hands.ask("GET", W).status_code == 401
.md"/s//&/
    assert acme.as_app.ask("POST", path).status_code == 404
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_a_revoked_token_is_refused(acme: Acme) -> None:
.md"/s//&/
    assert acme.hands.ask("DELETE", "/installation/token").status_code == 204
.md"/s//&/
    assert acme.hands.ask("GET", W).status_code == 401
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_a_token_may_be_for_fewer_repositories_and_rights(acme: Acme) -> None:
.md"/s//&/
    secret = acme.organization.repository("secret", private=True, files={"a": "1"})
.md"/s//&/
    acme.hands.with_token(acme.new_token(repository_ids=[acme.widgets.id], permissions={"checks": "read"}))
.md"/s//&/

.md"/s//&/
    assert [row["id"] for row in acme.hands.get("/installation/repositories")["repositories"]] == [acme.widgets.id]
.md"/s//&/
    assert acme.hands.ask("GET", f"/repos/{secret.full_name}").status_code == 404
.md"/s//&/
    acme.hands.get(f"{W}/commits/main/check-runs")
.md"/s//&/
    refused = acme.hands.ask("GET", f"{W}/pulls")
.md"/s//&/
    assert refused.status_code == 403
.md"/s//&/
    assert refused.headers["X-Accepted-GitHub-Permissions"] == "pull_requests=read"
.md"/s//&/

.md"/s//&/

.md"/s//&/
@pytest.mark.parametrize(
.md"/s//&/
    "wanted", [{"repository_ids": [1]}, {"repositories": ["no"]}, {"permissions": {"admin": "read"}}]
.md"/s//&/
)
.md"/s//&/
def test_a_token_for_what_is_not_granted_is_refused(acme: Acme, wanted: object) -> None:
.md"/s//&/
    answer = acme.as_app.ask("POST", f"/app/installations/{acme.installation.id}/access_tokens", wanted)
.md"/s//&/
    assert answer.status_code == 422
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_where_the_app_is_installed(acme: Acme) -> None:
.md"/s//&/
    bob = acme.github.user("bob")
.md"/s//&/
    mine = acme.github.install(acme.app, bob, [bob.repository("one", files={"a": "1"})])
.md"/s//&/
    bob.repository("two")
.md"/s//&/

.md"/s//&/
    assert [row["id"] for row in acme.as_app.get("/app/installations")] == [acme.installation.id, mine.id]
.md"/s//&/
    assert acme.as_app.get(f"/app/installations/{mine.id}")["repository_selection"] == "selected"
.md"/s//&/
    assert acme.as_app.get("/repos/bob/one/installation")["id"] == mine.id
.md"/s//&/
    assert acme.as_app.get("/users/bob/installation")["id"] == mine.id
.md"/s//&/
    assert acme.as_app.get("/orgs/acme/installation")["id"] == acme.installation.id
.md"/s//&/
    for path in ("/repos/bob/two/installation", "/repos/bob/no/installation", "/users/alice/installation"):
.md"/s//&/
        assert acme.as_app.ask("GET", path).status_code == 404
.md"/s//&/

.md"/s//&/

.md"/s//&/
# What is there, and what may be seen
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_a_private_repository_outside_the_installation_does_not_exist(acme: Acme) -> None:
.md"/s//&/
    bob = acme.github.user("bob")
.md"/s//&/
    bob.repository("hidden", private=True, files={"a": "1"})
.md"/s//&/
    shown = bob.repository("shown", files={"a": "1"})
.md"/s//&/
    assert acme.hands.ask("GET", "/repos/bob/hidden").status_code == 404
.md"/s//&/
    acme.hands.get("/repos/bob/shown/contents/a")
.md"/s//&/
    write = {"name": "Steward", "head_sha": shown.branches["main"]}
.md"/s//&/
    assert acme.hands.ask("POST", "/repos/bob/shown/check-runs", write).status_code == 403
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_a_former_name_leads_to_the_repository(acme: Acme) -> None:
.md"/s//&/
    acme.pull()
.md"/s//&/
    acme.widgets.rename("gadgets")
.md"/s//&/

.md"/s//&/
    read = acme.hands.ask("GET", f"{W}/pulls/1")
.md"/s//&/
    write = acme.hands.ask("POST", f"{W}/issues/1/comments", {"body": "x"})
.md"/s//&/

.md"/s//&/
    assert (read.status_code, write.status_code) == (301, 307)
.md"/s//&/
    assert acme.hands.get(read.headers["Location"])["base"]["repo"]["full_name"] == "acme/gadgets"
.md"/s//&/
    assert acme.hands.ask("GET", "/repositories/1").status_code == 404
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_lists_come_in_pages(acme: Acme) -> None:
.md"/s//&/
    for number in range(5):
.md"/s//&/
        acme.widgets.commit(f"b{number}", {"a": str(number)})
.md"/s//&/
    first = acme.hands.ask("GET", f"{W}/branches", per_page=2)
.md"/s//&/
    second = acme.hands.ask("GET", first.links["next"]["url"])
.md"/s//&/
    last = acme.hands.ask("GET", first.links["last"]["url"])
.md"/s//&/
    assert [row["name"] for answer in (first, second, last) for row in answer.json()] == [
.md"/s//&/
        *("b0", "b1", "b2", "b3"),
.md"/s//&/
        *("b4", "main"),
.md"/s//&/
    ]
.md"/s//&/
    assert set(first.links) == {"next", "last"}
.md"/s//&/
    assert set(second.links) == {"prev", "next", "last", "first"}
.md"/s//&/
    assert set(last.links) == {"prev", "first"}
.md"/s//&/
    assert len(acme.hands.get(f"{W}/branches", per_page="x", page="-1")) == 6
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_contents_are_files_folders_links_and_submodules(acme: Acme) -> None:
.md"/s//&/
    files = {
.md"/s//&/
        "docs/a.md": "hello",
.md"/s//&/
        "link": Symlink("docs/a.md"),
.md"/s//&/
        "dangling": Symlink("../nowhere"),
.md"/s//&/
        "sub": Submodule("1" * 40),
.md"/s//&/
        "run": Executable("x"),
.md"/s//&/
    }
.md"/s//&/
    acme.widgets.commit("main", files)
.md"/s//&/

.md"/s//&/
    file = acme.hands.get(f"{W}/contents/docs/a.md")
.md"/s//&/
    assert (file["type"], base64.b64decode(file["content"])) == ("file", b"hello")
.md"/s//&/
    assert acme.hands.get(f"{W}/contents/link")["path"] == "docs/a.md"
.md"/s//&/
    assert acme.hands.get(f"{W}/contents/dangling")["target"] == "../nowhere"
.md"/s//&/
    assert acme.hands.get(f"{W}/contents/sub")["type"] == "submodule"
.md"/s//&/
    assert [row["path"] for row in acme.hands.get(f"{W}/contents/docs")] == ["docs/a.md"]
.md"/s//&/
    listed = {row["path"]: row["type"] for row in acme.hands.get(f"{W}/contents/", ref="main")}
.md"/s//&/
    assert listed["docs"] == "dir"
.md"/s//&/
    assert listed["link"] == "symlink"
.md"/s//&/
    assert acme.hands.ask("GET", f"{W}/contents/no").status_code == 404
.md"/s//&/
    assert acme.hands.ask("GET", f"{W}/contents/docs/a.md", ref="no").status_code == 404
.md"/s//&/
    acme.github.limits.contents_size = 3
.md"/s//&/
    assert acme.hands.get(f"{W}/contents/docs/a.md")["encoding"] == "none"
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_an_empty_repository_has_no_tree(acme: Acme) -> None:
.md"/s//&/
    acme.organization.repository("empty")
.md"/s//&/
    assert acme.hands.ask("GET", "/repos/acme/empty/git/trees/main").status_code == 409
.md"/s//&/
    assert acme.hands.ask("GET", "/repos/acme/empty/commits/main").status_code == 409
.md"/s//&/
    assert acme.hands.ask("GET", "/repos/acme/empty/contents/a").status_code == 404
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_trees_and_blobs(acme: Acme) -> None:
.md"/s//&/
    sha = acme.widgets.commit("feature/x", {"d/e": "1", "sub": Submodule("1" * 40)})
.md"/s//&/
    tree = acme.hands.get(f"{W}/git/trees/feature/x", recursive=1)
.md"/s//&/
    assert [row["path"] for row in tree["tree"]] == ["README.md", "d", "d/e", "sub"]
.md"/s//&/
    assert not tree["truncated"]
.md"/s//&/
    assert acme.hands.get(f"{W}/git/trees/{sha}")["sha"] == tree["sha"]
.md"/s//&/
    blob = acme.hands.get(f"{W}/git/blobs/{tree['tree'][2]['sha']}")
.md"/s//&/
    assert base64.b64decode(blob["content"]) == b"1"
.md"/s//&/
    acme.github.limits.tree_entries = 2
.md"/s//&/
    cut = acme.hands.get(f"{W}/git/trees/{sha}", recursive=1)
.md"/s//&/
    assert (len(cut["tree"]), cut["truncated"]) == (2, True)
.md"/s//&/
    for path, status in {"git/trees/no": 404, "git/blobs/abc": 422, f"git/blobs/{sha}": 404}.items():
.md"/s//&/
        assert acme.hands.ask("GET", f"{W}/{path}").status_code == status
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_commits_and_branches(acme: Acme) -> None:
.md"/s//&/
    first = acme.widgets.branches["main"]
.md"/s//&/
    sha = acme.widgets.commit("feature/x", {"README.md": "Other\n"}, author=("Nobody", "nobody@nowhere.example"))
.md"/s//&/
    found = acme.hands.get(f"{W}/commits/feature/x")
.md"/s//&/
    assert (found["sha"], found["author"], found["stats"]["total"]) == (sha, None, 2)
.md"/s//&/
    assert acme.hands.get(f"{W}/commits/{first[:7]}")["files"] == []
.md"/s//&/
    assert acme.hands.get(f"{W}/branches/feature/x")["commit"]["sha"] == sha
.md"/s//&/
    assert acme.hands.ask("GET", f"{W}/branches/no").status_code == 404
.md"/s//&/
    assert acme.hands.ask("GET", f"{W}/commits/{'0' * 40}").status_code == 422
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_comparisons(acme: Acme) -> None:
.md"/s//&/
    base = acme.widgets.branches["main"]
.md"/s//&/
    shas = [acme.widgets.commit("feature", {f"{number}": "x"}) for number in range(3)]
.md"/s//&/
    acme.widgets.commit("main", {"m": "1"})
.md"/s//&/
    fork = acme.widgets.fork(acme.alice)
.md"/s//&/
    fork.commit("feature", {"f": "1"}, author=acme.alice)
.md"/s//&/

.md"/s//&/
    whole = acme.hands.get(f"{W}/compare/main...feature")
.md"/s//&/
    assert (whole["status"], whole["ahead_by"], whole["behind_by"]) == ("diverged", 3, 1)
.md"/s//&/
    assert whole["merge_base_commit"]["sha"] == base
.md"/s//&/
    assert [row["filename"] for row in whole["files"]] == ["0", "1", "2"]
.md"/s//&/
    second = acme.hands.get(f"{W}/compare/main...feature", page=2, per_page=2)
.md"/s//&/
    assert [row["sha"] for row in second["commits"]] == shas[2:]
.md"/s//&/
    assert "files" not in second
.md"/s//&/
    assert acme.hands.get(f"{W}/compare/feature...alice:feature")["status"] == "ahead"
.md"/s//&/
    assert acme.hands.get(f"{W}/compare/main...main")["status"] == "identical"
.md"/s//&/
    for end in ("no", "alice:no", "nobody:main"):
.md"/s//&/
        assert acme.hands.ask("GET", f"{W}/compare/main...{end}").status_code == 404
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_histories_without_a_common_commit_cannot_be_compared(acme: Acme) -> None:
.md"/s//&/
    elsewhere = acme.organization.repository("elsewhere", files={"x": "1"})
.md"/s//&/
    alien = acme.widgets.store.commit("refs/heads/x", [], {"x": "1"}, "m", *stamps(elsewhere))
.md"/s//&/
    assert acme.hands.ask("GET", f"{W}/compare/main...{alien}").status_code == 404
.md"/s//&/

.md"/s//&/

.md"/s//&/
def stamps(repository: Repository) -> tuple[Stamp, Stamp]:
.md"/s//&/
    commit = repository.store.commit_object(repository.branches["main"])
.md"/s//&/
    return commit.author, commit.committer
.md"/s//&/

.md"/s//&/

.md"/s//&/
# Pull requests
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_a_pull_request_shows_what_it_is(acme: Acme) -> None:
.md"/s//&/
    fork = acme.widgets.fork(acme.alice)
.md"/s//&/
    head = fork.commit("feature", {"a.py": "print(1)\n"}, author=acme.alice, parent=acme.widgets.branches["main"])
.md"/s//&/
    acme.widgets.commit("main", {"later": "1"})
.md"/s//&/
    acme.widgets.open_pull("feature", by=acme.alice, from_fork=fork, draft=True)
.md"/s//&/

.md"/s//&/
    found = acme.hands.get(f"{W}/pulls/1")
.md"/s//&/

.md"/s//&/
    assert (found["commits"], found["changed_files"], found["draft"]) == (1, 1, True)
.md"/s//&/
    assert found["head"]["repo"]["full_name"] == "alice/widgets"
.md"/s//&/
    assert found["head"]["label"] == "alice:feature"
.md"/s//&/
    (file,) = acme.hands.get(f"{W}/pulls/1/files")
.md"/s//&/
    assert file["contents_url"].endswith(f"?ref={head}")
.md"/s//&/
    assert [row["sha"] for row in acme.hands.get(f"{W}/pulls/1/commits")] == [head]
.md"/s//&/
    assert [row["number"] for row in acme.hands.get(f"{W}/commits/{head}/pulls")] == [1]
.md"/s//&/
    assert acme.hands.ask("GET", f"{W}/pulls/2").status_code == 404
.md"/s//&/

.md"/s//&/
    fork.delete()
.md"/s//&/
    assert acme.hands.get(f"{W}/pulls/1")["head"]["repo"] is None
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_pull_requests_are_found_by_state_branch_and_order(acme: Acme) -> None:
.md"/s//&/
    for name in ("one", "two", "three"):
.md"/s//&/
        acme.widgets.commit(name, {name: "1"}, author=acme.alice)
.md"/s//&/
        acme.widgets.open_pull(name, by=acme.alice)
.md"/s//&/
    first = acme.widgets.pull(1)
.md"/s//&/
    assert first
.md"/s//&/
    acme.github.advance(5)
.md"/s//&/
    first.close()
.md"/s//&/
    listed = {
.md"/s//&/
        (): [3, 2],
.md"/s//&/
        (("state", "all"),): [3, 2, 1],
.md"/s//&/
        (("state", "closed"),): [1],
.md"/s//&/
        (("state", "all"), ("sort", "created")): [1, 2, 3],
.md"/s//&/
        (("state", "all"), ("sort", "updated"), ("direction", "desc")): [1, 3, 2],
.md"/s//&/
        (("head", "acme:two"),): [2],
.md"/s//&/
        (("base", "no"),): [],
.md"/s//&/
    }
.md"/s//&/
    for query, numbers in listed.items():
.md"/s//&/
        assert [row["number"] for row in acme.hands.get(f"{W}/pulls", **dict(query))] == numbers, query
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_long_lists_and_long_patches_are_cut(acme: Acme) -> None:
.md"/s//&/
    pull = acme.pull(**{"a.py": "1\n" * 5, "b.py": "2\n", "c.py": "é" * 50})
.md"/s//&/
    limits = acme.github.limits
.md"/s//&/
    limits.patch_lines, limits.patch_size, limits.pull_files, limits.pull_commits = 5, 60, 2, 1
.md"/s//&/
    files = acme.hands.get(f"{W}/pulls/1/files")
.md"/s//&/
    assert [("patch" in row, row["filename"]) for row in files] == [(False, "a.py"), (True, "b.py")]
.md"/s//&/
    acme.widgets.commit("feature", {"d.py": "3\n"})
.md"/s//&/
    assert len(acme.hands.get(f"{W}/pulls/1/commits")) == 1
.md"/s//&/
    found = acme.hands.get(f"{W}/pulls/1")
.md"/s//&/
    assert (found["commits"], found["changed_files"]) == (2, 4)
.md"/s//&/
    limits.pull_files = 3_000
.md"/s//&/
    assert "patch" not in acme.hands.get(f"{W}/pulls/1/files")[2]
.md"/s//&/
    assert pull.from_fork is False
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_reviews_are_listed(acme: Acme) -> None:
.md"/s//&/
    pull, bob = acme.pull(), acme.github.user("bob")
.md"/s//&/
    review = pull.review(bob, body="Good")
.md"/s//&/
    pull.review(bob, "COMMENTED", "Hm", commit=acme.widgets.branches["main"])
.md"/s//&/
    review.dismiss(acme.alice)
.md"/s//&/
    assert [(row["state"], row["body"]) for row in acme.hands.get(f"{W}/pulls/1/reviews")] == [
.md"/s//&/
        ("DISMISSED", "Good"),
.md"/s//&/
        ("COMMENTED", "Hm"),
.md"/s//&/
    ]
.md"/s//&/

.md"/s//&/

.md"/s//&/
# Comments
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_comments_are_written_by_the_bot_and_only_its_own_are_changed(acme: Acme) -> None:
.md"/s//&/
    pull = acme.pull()
.md"/s//&/
    theirs = pull.comment(acme.alice, "Mine")
.md"/s//&/
    made = acme.hands.ask("POST", f"{W}/issues/1/comments", {"body": "Ours"}).json()
.md"/s//&/
    assert made["user"]["login"] == "steward[bot]"
.md"/s//&/
    assert made["performed_via_github_app"]["id"] == 7
.md"/s//&/

.md"/s//&/
    edited = acme.hands.ask("PATCH", f"{W}/issues/comments/{made['id']}", {"body": "Better"})
.md"/s//&/
    assert edited.json()["body"] == "Better"
.md"/s//&/
    assert [row["body"] for row in acme.hands.get(f"{W}/issues/1/comments")] == ["Mine", "Better"]
.md"/s//&/
    assert acme.hands.ask("PATCH", f"{W}/issues/comments/{theirs.id}", {"body": "x"}).status_code == 403
.md"/s//&/
    assert acme.hands.ask("DELETE", f"{W}/issues/comments/{made['id']}").status_code == 204
.md"/s//&/
    assert acme.hands.ask("GET", f"{W}/issues/comments/{made['id']}").status_code == 404
.md"/s//&/
    assert acme.github.deliveries[-1].action == "deleted"
.md"/s//&/

.md"/s//&/

.md"/s//&/
@pytest.mark.parametrize("body", [{}, {"body": ""}, {"body": 5}, {"body": "x" * 65_537}])
.md"/s//&/
def test_a_comment_that_github_would_refuse(acme: Acme, body: object) -> None:
.md"/s//&/
    acme.pull()
.md"/s//&/
    assert acme.hands.ask("POST", f"{W}/issues/1/comments", body).status_code == 422
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_what_is_no_json_object_is_refused(acme: Acme) -> None:
.md"/s//&/
    acme.pull()
.md"/s//&/
    assert acme.hands.ask("POST", f"{W}/issues/1/comments", ["x"]).status_code == 400
.md"/s//&/
    url = f"{acme.github.url}{W}/issues/1/comments"
.md"/s//&/
    assert acme.hands.session.post(url, data="{", timeout=10).status_code == 400
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_a_reaction_is_given_once(acme: Acme) -> None:
.md"/s//&/
    comment = acme.pull().comment(acme.alice, "/steward check")
.md"/s//&/
    path = f"{W}/issues/comments/{comment.id}/reactions"
.md"/s//&/
    assert [acme.hands.ask("POST", path, {"content": "+1"}).status_code for _ in range(2)] == [201, 200]
.md"/s//&/
    assert acme.hands.ask("POST", path, {"content": "applause"}).status_code == 422
.md"/s//&/
    assert acme.hands.get(f"{W}/issues/comments/{comment.id}")["reactions"]["+1"] == 1
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_an_issue_is_told_from_a_pull_request(acme: Acme) -> None:
.md"/s//&/
    acme.pull()
.md"/s//&/
    acme.widgets.open_issue(acme.alice)
.md"/s//&/
    assert "pull_request" in acme.hands.get(f"{W}/issues/1")
.md"/s//&/
    assert "pull_request" not in acme.hands.get(f"{W}/issues/2")
.md"/s//&/
    assert acme.hands.ask("GET", f"{W}/pulls/2").status_code == 404
.md"/s//&/
    assert acme.hands.ask("GET", f"{W}/issues/3").status_code == 404
.md"/s//&/

.md"/s//&/

.md"/s//&/
# People
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_rights_come_from_grants_teams_and_the_organization(github: SimulatedGitHub, acme: Acme) -> None:
.md"/s//&/
    widgets, acme_org = acme.widgets, acme.organization
.md"/s//&/
    names = ("reader", "member", "owner", "maintainer", "triager", "pending", "stranger")
.md"/s//&/
    people = {name: github.user(name) for name in names}
.md"/s//&/
    acme_org.add_member(people["member"])
.md"/s//&/
    acme_org.add_member(people["owner"], "admin")
.md"/s//&/
    widgets.grant(people["maintainer"], "maintain")
.md"/s//&/
    core = acme_org.team("core", [people["triager"]])
.md"/s//&/
    core.add(people["pending"], state="pending")
.md"/s//&/
    widgets.team_grants["core"] = "triage"
.md"/s//&/

.md"/s//&/
    def level(name: str) -> tuple[str, str]:
.md"/s//&/
        found = acme.hands.get(f"{W}/collaborators/{name}/permission")
.md"/s//&/
        return found["permission"], found["role_name"]
.md"/s//&/

.md"/s//&/
    assert {name: level(name) for name in names} == {
.md"/s//&/
        "reader": ("read", "read"),
.md"/s//&/
        "member": ("read", "read"),
.md"/s//&/
        "owner": ("admin", "admin"),
.md"/s//&/
        "maintainer": ("write", "maintain"),
.md"/s//&/
        "triager": ("read", "triage"),
.md"/s//&/
        "pending": ("read", "read"),
.md"/s//&/
        "stranger": ("read", "read"),
.md"/s//&/
    }
.md"/s//&/
    widgets.set_private()
.md"/s//&/
    assert level("stranger") == ("none", "none")
.md"/s//&/
    assert level("member") == ("read", "read")
.md"/s//&/
    rights = acme.hands.get(f"{W}/collaborators/maintainer/permission")["user"]["permissions"]
.md"/s//&/
    assert rights == {"pull": True, "triage": True, "push": True, "maintain": True, "admin": False}
.md"/s//&/
    assert acme.hands.ask("GET", f"{W}/collaborators/nobody/permission").status_code == 404
.md"/s//&/

.md"/s//&/
    membership = "/orgs/acme/teams/core/memberships"
.md"/s//&/
    assert acme.hands.get(f"{membership}/triager")["state"] == "active"
.md"/s//&/
    assert acme.hands.get(f"{membership}/pending")["state"] == "pending"
.md"/s//&/
    assert acme.hands.ask("GET", f"{membership}/member").status_code == 404
.md"/s//&/
    assert [row["login"] for row in acme.hands.get("/orgs/acme/teams/core/members")] == ["triager"]
.md"/s//&/
    assert acme.hands.ask("GET", "/orgs/acme/teams/no").status_code == 404
.md"/s//&/
    assert acme.hands.ask("GET", "/orgs/acme/members/member").status_code == 204
.md"/s//&/
    assert acme.hands.ask("GET", "/orgs/acme/members/stranger").status_code == 404
.md"/s//&/
    assert {row["login"] for row in acme.hands.get("/orgs/acme/members")} == {"member", "owner"}
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_an_organization_is_read_only_where_the_app_is_installed(acme: Acme) -> None:
.md"/s//&/
    acme.github.organization("umbrella")
.md"/s//&/
    assert acme.hands.ask("GET", "/orgs/umbrella/members").status_code == 403
.md"/s//&/
    assert acme.hands.ask("GET", "/orgs/alice/members").status_code == 404
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_the_budget_is_counted(acme: Acme) -> None:
.md"/s//&/
    acme.hands.get(W)
.md"/s//&/
    answer = acme.hands.ask("GET", "/rate_limit")
.md"/s//&/
    assert answer.json()["resources"]["core"]["used"] == 1
.md"/s//&/
    assert answer.headers["X-RateLimit-Remaining"] == "4999"
.md"/s//&/

.md"/s//&/

.md"/s//&/
def test_what_is_no_route_is_not_found(acme: Acme) -> None:
.md"/s//&/
    assert acme.hands.ask("GET", "/nothing/here").status_code == 404
.md"/s//&/
    assert acme.hands.ask("POST", "/rate_limit").status_code == 405
.md"/s//&/
    assert acme.as_app.ask("GET", W).status_code == 403
.md"/s//&/
    assert acme.hands.get("/users/steward[bot]")["type"] == "Bot"
.md"/s//&/
