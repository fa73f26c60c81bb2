# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import base64

from bot.demo.github import Executable, Submodule, Symlink
from bot.demo.github.git.content import Stamp, Written
from bot.demo.github.repository import Repository
from tests.bot.demo.acme import Acme

W = "/repos/acme/widgets"


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
    raw = acme.hands.session.get(blob["url"], headers={"Accept": "application/vnd.github.raw+json"}, timeout=20)
    assert (raw.content, raw.headers["Content-Type"]) == (b"1", "application/vnd.github.raw+json; charset=utf-8")
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
