# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0


import pytest

from tests.bot.demo.acme import Acme

W = "/repos/acme/widgets"


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
    review.edit(acme.alice, "Very good")
    assert acme.github.deliveries[-1].payload["changes"] == {"body": {"from": "Good"}}
    review.dismiss(acme.alice)
    assert [(row["state"], row["body"]) for row in acme.hands.get(f"{W}/pulls/1/reviews")] == [
        ("DISMISSED", "Very good"),
        ("COMMENTED", "Hm"),
    ]


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
    (row,) = acme.hands.get(path)
    assert (row["content"], row["user"]["login"]) == ("+1", "steward[bot]")
    comment.delete(acme.alice)
    assert [acme.hands.ask(method, path, {"content": "eyes"}).status_code for method in ("GET", "POST")] == [404, 404]


def test_a_comment_on_a_line_is_answered_and_reacted_to(acme: Acme) -> None:
    asked = acme.pull().review_comment(acme.alice, "Why?", "a.py")
    path = f"{W}/pulls/comments/{asked.id}"
    answer = acme.hands.ask("POST", f"{W}/pulls/1/comments/{asked.id}/replies", {"body": "Because."}).json()
    assert (answer["in_reply_to_id"], answer["user"]["login"]) == (asked.id, "steward[bot]")
    assert [row["body"] for row in acme.hands.get(f"{W}/pulls/1/comments")] == ["Why?", "Because."]

    assert [acme.hands.ask("POST", f"{path}/reactions", {"content": "+1"}).status_code for _ in range(2)] == [201, 200]
    assert [row["content"] for row in acme.hands.get(f"{path}/reactions")] == ["+1"]
    assert acme.hands.get(path)["reactions"]["+1"] == 1

    asked.edit(acme.alice, "Why not?")
    assert acme.github.deliveries[-1].payload["changes"] == {"body": {"from": "Why?"}}
    asked.delete(acme.alice)
    assert acme.github.deliveries[-1].action == "deleted"
    assert acme.hands.ask("GET", path).status_code == 404
    assert acme.hands.ask("POST", f"{W}/pulls/2/comments/{answer['id']}/replies", {"body": "x"}).status_code == 404


def test_a_review_is_reacted_to_by_graphql_alone(acme: Acme) -> None:
    review = acme.pull().review(acme.alice, "COMMENTED", "/steward check")
    query = """mutation React($id: ID!, $content: ReactionContent!) {
        addReaction(input: {subjectId: $id, content: $content, clientMutationId: "7"}) {
          clientMutationId reaction { id databaseId content createdAt user { login } } } }"""

    acme.github.forget_requests()
    given = [acme.hands.graphql(query, id=review.node_id, content="THUMBS_UP")["data"]["addReaction"] for _ in (1, 2)]
    assert given[0] == given[1]
    assert (given[0]["clientMutationId"], given[0]["reaction"]["content"]) == ("7", "THUMBS_UP")
    assert given[0]["reaction"]["user"]["login"] == "steward[bot]"
    assert review.reaction_counts == {"+1": 1}
    assert [request.line for request in acme.github.writes] == ["POST /graphql React"] * 2

    missing = acme.hands.graphql(query, id="PRR_0", content="CONFUSED")
    assert (missing["data"], missing["errors"][0]["type"]) == ({"addReaction": None}, "NOT_FOUND")
    acme.hands.with_token(acme.new_token(permissions={"pull_requests": "read"}))
    assert acme.hands.graphql(query, id=review.node_id, content="EYES")["errors"][0]["type"] == "FORBIDDEN"


@pytest.mark.parametrize("kind", ["comment", "line"])
def test_every_kind_of_comment_is_reacted_to_by_graphql(acme: Acme, kind: str) -> None:
    pull = acme.pull()
    remark = pull.comment(acme.alice, "x") if kind == "comment" else pull.review_comment(acme.alice, "x", "a.py")
    subject = f'subjectId: "{remark.node_id}", content: CONFUSED'
    acme.hands.graphql(f"mutation {{ addReaction(input: {{{subject}}}) {{ clientMutationId }} }}")
    assert remark.reaction_counts == {"confused": 1}


def test_to_react_on_a_pull_request_takes_the_right_to_write_to_it(acme: Acme) -> None:
    on_pull = acme.pull().comment(acme.alice, "x")
    on_issue = acme.widgets.open_issue(acme.alice).comment(acme.alice, "x")
    acme.hands.with_token(acme.new_token(permissions={"issues": "write"}))
    for comment, status in ((on_pull, 403), (on_issue, 201)):
        path = f"{W}/issues/comments/{comment.id}/reactions"
        assert acme.hands.ask("POST", path, {"content": "eyes"}).status_code == status


def test_an_issue_is_told_from_a_pull_request(acme: Acme) -> None:
    acme.pull()
    acme.widgets.open_issue(acme.alice)
    assert "pull_request" in acme.hands.get(f"{W}/issues/1")
    assert "pull_request" not in acme.hands.get(f"{W}/issues/2")
    assert acme.hands.ask("GET", f"{W}/pulls/2").status_code == 404
    assert acme.hands.ask("GET", f"{W}/issues/3").status_code == 404
