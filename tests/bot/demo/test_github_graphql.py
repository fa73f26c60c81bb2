# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from typing import Any

import pytest

from bot.demo.github import SimulatedGitHub
from tests.bot.demo.acme import REPOSITORY, Acme, ask, pull_field


def test_a_repository_is_told(acme: Acme) -> None:
    found = ask(
        acme,
        """id databaseId name nameWithOwner isPrivate isFork isArchived isEmpty visibility url parent { id }
        owner { __typename id login url ... on Organization { databaseId name } }
        defaultBranchRef { id name prefix repository { name } target { __typename oid abbreviatedOid } }
        main: ref(qualifiedName: "refs/heads/main") { name } none: ref(qualifiedName: "no") { name }""",
    )
    assert found["owner"]["__typename"] == "Organization"
    assert found["owner"]["databaseId"] == acme.organization.id
    assert found["defaultBranchRef"]["target"]["oid"] == acme.widgets.branches["main"]
    assert (found["main"], found["none"]) == ({"name": "main"}, None)
    assert (found["isEmpty"], found["visibility"], found["parent"]) == (False, "PUBLIC", None)


def test_a_pull_request_is_told(acme: Acme) -> None:
    acme.widgets.commit("feature", {"a.py": "1\n2\n"}, author=acme.alice)
    pull = acme.widgets.open_pull("feature", by=acme.alice, title="T", body="B", draft=True)
    bob = acme.github.user("bob")
    pull.comment(bob, "Hello")
    acme.hands.ask("POST", "/repos/acme/widgets/issues/1/comments", {"body": "Ours"})
    pull.review(bob, body="Good")
    pull.review(bob, "COMMENTED")

    found = pull_field(
        acme,
        """id databaseId fullDatabaseId number url title body state isDraft locked closed merged mergedAt createdAt
        updatedAt changedFiles additions deletions headRefOid headRefName baseRefName baseRefOid isCrossRepository
        author { __typename login url ... on User { databaseId name email } } authorAssociation
        headRepository { databaseId } headRepositoryOwner { login } baseRepository { databaseId }
        headRef { name } baseRef { name }
        files(first: 10) { totalCount nodes { path additions deletions changeType } }
        comments(first: 10) { nodes {
          id databaseId fullDatabaseId body url viewerDidAuthor authorAssociation createdAt updatedAt
          author { __typename login ... on Bot { id databaseId url } } } }
        reviews(first: 10, states: [APPROVED]) { nodes {
          id databaseId fullDatabaseId state body url submittedAt authorAssociation author { login } commit { oid } } }
        commits(last: 1) { nodes { id commit { oid } } }""",
    )

    assert (found["title"], found["body"], found["state"], found["isDraft"]) == ("T", "B", "OPEN", True)
    assert (found["changedFiles"], found["additions"], found["deletions"]) == (1, 2, 0)
    assert found["files"]["nodes"] == [{"path": "a.py", "additions": 2, "deletions": 0, "changeType": "ADDED"}]
    assert [row["viewerDidAuthor"] for row in found["comments"]["nodes"]] == [False, True]
    assert found["comments"]["nodes"][1]["author"]["login"] == "steward"
    assert [row["state"] for row in found["reviews"]["nodes"]] == ["APPROVED"]
    assert found["commits"]["nodes"][0]["commit"]["oid"] == found["headRefOid"] == pull.head_sha
    assert found["fullDatabaseId"] == str(pull.id)

    pull.merge(acme.alice)
    merged = pull_field(acme, "state closed merged mergedAt changedFiles authorAssociation")
    assert (merged["state"], merged["merged"], merged["changedFiles"]) == ("MERGED", True, 1)
    assert merged["authorAssociation"] == "CONTRIBUTOR"


def test_a_pull_request_outlives_its_fork_and_its_branch(acme: Acme) -> None:
    fork = acme.widgets.fork(acme.alice)
    fork.commit("feature", {"a": "1"}, author=acme.alice)
    acme.widgets.open_pull("feature", by=acme.alice, from_fork=fork)
    assert pull_field(acme, "headRef { name } isCrossRepository") == {
        "headRef": {"name": "feature"},
        "isCrossRepository": True,
    }
    fork.delete()
    wanted = "headRepository { id } headRepositoryOwner { login } headRef { name }"
    assert pull_field(acme, wanted) == {"headRepository": None, "headRepositoryOwner": None, "headRef": None}


def test_checks_are_found_by_app_and_name(acme: Acme) -> None:
    pull = acme.pull()
    body = {"name": "Steward", "head_sha": pull.head_sha, "conclusion": "failure", "external_id": "1"}
    made = [acme.hands.ask("POST", "/repos/acme/widgets/check-runs", body).json()["id"] for _ in range(2)]
    suites = """commits(last: 1) { nodes { commit { checkSuites(first: 5, filterBy: {%s}) { nodes {
        databaseId status conclusion app { id databaseId name slug }
        checkRuns(first: 5, filterBy: {%s}) { nodes {
          id databaseId name status conclusion externalId detailsUrl title summary text startedAt completedAt url
    } } } } } } }"""

    def ids(suite: str, run: str) -> list[list[int]]:
        found = pull_field(acme, suites % (suite, run))["commits"]["nodes"][0]["commit"]["checkSuites"]["nodes"]
        return [[row["databaseId"] for row in suite["checkRuns"]["nodes"]] for suite in found]

    assert ids("appId: 7", 'checkName: "Steward"') == [[made[1]]]
    assert ids("appId: 7", "checkType: ALL") == [made]
    assert ids("appId: 7", "status: QUEUED") == [[]]
    assert ids("appId: 7", "statuses: [COMPLETED], conclusions: [FAILURE]") == [[made[1]]]
    assert ids("appId: 7", "appId: 8") == [[]]
    assert ids('checkName: "Other"', "appId: 7") == []
    assert ids("appId: 8", "appId: 7") == []


def test_pull_requests_share_a_head(acme: Acme) -> None:
    pull = acme.pull()
    acme.widgets.commit("next", {"n": "1"})
    acme.widgets.open_pull("feature", "next", by=acme.alice)
    pull.close()
    wanted = """object(expression: "feature") { ... on Commit { associatedPullRequests(first: 5) {
        nodes { number state headRefOid baseRepository { databaseId } } } } }"""
    rows = ask(acme, wanted)["object"]["associatedPullRequests"]["nodes"]
    assert [(row["number"], row["state"]) for row in rows] == [(1, "CLOSED"), (2, "OPEN")]

    def numbers(arguments: str) -> list[int]:
        found = ask(acme, f"pullRequests(first: 5, {arguments}) {{ nodes {{ number }} }}")["pullRequests"]["nodes"]
        return [row["number"] for row in found]

    assert numbers("states: [OPEN]") == [2]
    assert numbers('baseRefName: "next", headRefName: "feature"') == [2]
    assert numbers("orderBy: {field: UPDATED_AT, direction: DESC}") == [2, 1]
    assert numbers("orderBy: {field: COMMENTS, direction: ASC}") == [1, 2]


def test_connections_are_read_page_by_page(acme: Acme) -> None:
    pull = acme.pull()
    for number in range(5):
        pull.comment(acme.alice, str(number))

    def page(arguments: str) -> tuple[list[str], Any]:
        info = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
        found = pull_field(acme, f"comments({arguments}) {{ nodes {{ body }} {info} }}")["comments"]
        return [row["body"] for row in found["nodes"]], found["pageInfo"]

    first, info = page("first: 2")
    assert (first, info["hasNextPage"], info["hasPreviousPage"]) == (["0", "1"], True, False)
    second, info = page(f'first: 3, after: "{info["endCursor"]}"')
    assert (second, info["hasNextPage"]) == (["2", "3", "4"], False)
    assert page(f'last: 1, before: "{info["startCursor"]}"')[0] == ["1"]
    assert page("last: 2")[0] == ["3", "4"]
    assert page("first: 0")[0] == []


def problems(acme: Acme, query: str) -> list[tuple[str | None, list[str | int] | None]]:
    return [(error.get("type"), error.get("path")) for error in acme.hands.graphql(query)["errors"]]


def test_refusals_are_worded_as_github_words_them(acme: Acme) -> None:
    bob = acme.github.user("bob")
    bob.repository("hidden", private=True)
    assert problems(acme, '{ repository(owner: "bob", name: "hidden") { id } }') == [("NOT_FOUND", ["repository"])]
    assert problems(acme, f"{{ {REPOSITORY} {{ pullRequest(number: 9) {{ id }} }} }}") == [
        ("NOT_FOUND", ["repository", "pullRequest"])
    ]
    assert problems(acme, '{ organization(login: "bob") { id } }') == [("NOT_FOUND", ["organization"])]
    for arguments, kind in {
        "": "MISSING_PAGINATION_BOUNDARIES",
        "(first: 101)": "EXCESSIVE_PAGINATION",
        '(first: 1, after: "?")': "INVALID_CURSOR_ARGUMENTS",
    }.items():
        query = f"{{ {REPOSITORY} {{ pullRequests{arguments} {{ totalCount }} }} }}"
        assert problems(acme, query) == [(kind, ["repository", "pullRequests"])]
    assert problems(acme, "{ nonsense }") == [(None, None)]
    assert problems(acme, "{") == [(None, None)]
    assert acme.hands.ask("POST", "/graphql", {}).status_code == 400


def test_a_field_without_its_permission_is_forbidden(acme: Acme) -> None:
    acme.hands.with_token(acme.new_token(permissions={"metadata": "read"}))
    query = f"{{ {REPOSITORY} {{ name pullRequest(number: 1) {{ id }} }} }}"
    answer = acme.hands.graphql(query)
    assert answer["data"] == {"repository": {"name": "widgets", "pullRequest": None}}
    assert answer["errors"][0]["type"] == "FORBIDDEN"


def test_a_former_name_leads_to_the_repository(acme: Acme) -> None:
    acme.widgets.rename("gadgets")
    assert ask(acme, "nameWithOwner") == {"nameWithOwner": "acme/gadgets"}
    query = '{ repository(owner: "acme", name: "widgets", followRenames: false) { id } }'
    assert problems(acme, query) == [("NOT_FOUND", ["repository"])]


@pytest.mark.parametrize("kind", ["organization", "repositoryOwner"])
def test_an_owner_has_repositories(acme: Acme, kind: str) -> None:
    answer = acme.hands.graphql(f'{{ {kind}(login: "acme") {{ login repository(name: "widgets") {{ name }} }} }}')
    assert answer["data"] == {kind: {"login": "acme", "repository": {"name": "widgets"}}}
    assert acme.hands.graphql('{ repositoryOwner(login: "nobody") { id } }')["data"] == {"repositoryOwner": None}


def test_nodes_are_found_by_their_ids(github: SimulatedGitHub, acme: Acme) -> None:
    pull = acme.pull()
    hidden = github.user("bob").repository("hidden", private=True)
    ids = [pull.node_id, acme.alice.node_id, acme.app.node_id, hidden.node_id]
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } viewer { login } id rateLimit { cost used } }"
    answer = acme.hands.graphql(query, ids=ids)
    assert [row and row["__typename"] for row in answer["data"]["nodes"]] == ["PullRequest", "User", "App", None]
    assert [error["path"] for error in answer["errors"]] == [["nodes", 3]]
    assert answer["data"]["viewer"]["login"] == "steward[bot]"
    assert answer["data"]["rateLimit"] == {"cost": 1, "used": 1}
