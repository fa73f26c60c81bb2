# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from typing import Any

import pytest

from bot.demo.github import Executable, SimulatedGitHub, Submodule
from bot.demo.github.git.content import Written
from tests.bot.demo.acme import Acme

REPOSITORY = 'repository(owner: "acme", name: "widgets")'


def ask(acme: Acme, selection: str) -> Any:
    """What stands in widgets under this selection."""
    answer = acme.hands.graphql(f"{{ {REPOSITORY} {{ {selection} }} }}")
    assert "errors" not in answer, answer
    return answer["data"]["repository"]


def pull_field(acme: Acme, selection: str, number: int = 1) -> Any:
    return ask(acme, f"pullRequest(number: {number}) {{ {selection} }}")["pullRequest"]


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


COMMIT = """oid message messageHeadline committedDate authoredDate url tree { oid entries { path } }
    parents(first: 5) { totalCount nodes { oid } }
    author { name email date user { login } } committer { name user { login databaseId } }
    authors(first: 5) { totalCount nodes { name email user { databaseId login } } }
    signature { isValid wasSignedByGitHub state email signer { login } __typename }"""


def test_a_commit_names_its_author_first_and_then_its_co_authors(acme: Acme) -> None:
    bob = acme.github.user("bob", emails=["bob@example.com"])
    message = (
        "Change\n\nCo-authored-by: Bob <BOB@example.com>\nco-authored-by: Nobody <n@nowhere.example>\n"
        f"Co-authored-by: Alice <alice@example.com>\nCo-authored-by: B <{bob.id}+bob@users.noreply.github.com>"
    )
    sha = acme.widgets.commit("feature", {"a": "1"}, author=acme.alice, message=message)

    found = ask(acme, f'object(oid: "{sha}") {{ ... on Commit {{ {COMMIT} }} }}')["object"]

    logins = [row["user"] and row["user"]["login"] for row in found["authors"]["nodes"]]
    assert logins == ["alice", "bob", None, "bob"]
    assert found["messageHeadline"] == "Change"
    assert found["parents"]["nodes"] == [{"oid": acme.widgets.branches["main"]}]
    assert found["signature"] is None


def test_what_github_commits_itself_is_signed(acme: Acme) -> None:
    sha = acme.widgets.commit("web", {"a": "1"}, author=acme.alice, signed_by_github=True)
    fake = acme.widgets.commit("fake", {"a": "2"}, author=acme.alice, committer=("GitHub", "noreply@github.com"))
    found = ask(acme, f'real: object(oid: "{sha}") {{ ... on Commit {{ {COMMIT} }} }}')["real"]
    assert found["committer"]["user"]["login"] == "web-flow"
    assert (found["signature"]["isValid"], found["signature"]["wasSignedByGitHub"]) == (True, True)
    assert ask(acme, f'object(oid: "{fake}") {{ ... on Commit {{ signature {{ isValid }} }} }}')["object"] == {
        "signature": None
    }
    assert acme.hands.get(f"/repos/acme/widgets/commits/{sha}")["commit"]["verification"]["verified"] is True


def test_a_noreply_address_names_an_account_by_its_id(acme: Acme) -> None:
    bot = acme.github.user("dependabot[bot]", kind="Bot", account_id=49699333)
    addresses = {
        f"{bot.id}+dependabot[bot]@users.noreply.github.com": "dependabot[bot]",
        f"{acme.alice.id}+former-name@users.noreply.github.com": "alice",
        "alice@users.noreply.github.com": "alice",
        "1+alice@users.noreply.github.com": None,
        "nobody@users.noreply.github.com": None,
    }
    for address, login in addresses.items():
        acme.widgets.commit("x", {"a": address}, author=("X", address))
        found = ask(acme, 'object(expression: "x") { ... on Commit { author { user { login } } } }')["object"]
        assert found["author"]["user"] == (login and {"login": login}), address


FILE = "mode type name path oid size object { __typename ... on Blob { oid byteSize isBinary isTruncated text } }"


def test_files_are_read_by_path_by_expression_and_by_id(acme: Acme) -> None:
    files: dict[str, Written] = {"d/t": "é\n", "run": Executable("x"), "bin": b"\0", "sub": Submodule("1" * 40)}
    acme.widgets.commit("main", files)
    paths = " ".join(
        f'p{n}: file(path: "{path}") {{ {FILE} }}' for n, path in enumerate(("d/t", "run", "bin", "sub", "d"))
    )
    commit = f"""object(expression: "main") {{ ... on Commit {{ {paths} none: file(path: "no") {{ oid }} }} }}
        inner: object(expression: "main:d") {{ ... on Tree {{ entries {{ path mode }} }} }}
        head: object(expression: "HEAD:run") {{ ... on Blob {{ text }} }}
        none: object(expression: "main:no") {{ oid }}"""
    found = ask(acme, commit)
    rows = [found["object"][f"p{n}"] for n in range(5)]
    assert [row["mode"] for row in rows] == [33188, 33261, 33188, 57344, 16384]
    assert [row["type"] for row in rows] == ["blob", "blob", "blob", "commit", "tree"]
    assert (rows[0]["object"]["text"], rows[0]["size"]) == ("é\n", 3)
    assert (rows[2]["object"]["isBinary"], rows[2]["object"]["text"]) == (True, None)
    assert (rows[3]["object"], rows[4]["object"]["__typename"]) == (None, "Tree")
    assert (found["object"]["none"], found["none"], found["head"]) == (None, None, {"text": "x"})
    assert found["inner"]["entries"] == [{"path": "t", "mode": 33188}]

    acme.github.limits.blob_text = 2
    blob = ask(acme, f'object(oid: "{rows[0]["oid"]}") {{ ... on Blob {{ byteSize isTruncated text }} }}')["object"]
    assert blob == {"byteSize": 3, "isTruncated": True, "text": "é"}


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
