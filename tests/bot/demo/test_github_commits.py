# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What GitHub makes of a commit that an App writes to a branch."""

import base64
from typing import Any

import pytest

from bot.demo.github.git.content import Executable
from tests.bot.demo.acme import Acme

COMMIT = """mutation Commit($input: CreateCommitOnBranchInput!) {
    createCommitOnBranch(input: $input) { clientMutationId commit { oid } ref { name } } }"""


def commit(
    acme: Acme, files: dict[str, bytes], branch: str = "feature", repository: str = "acme/widgets", **changed: object
) -> Any:
    """GitHub's answer to a commit of these files."""
    additions = [{"path": path, "contents": base64.b64encode(data).decode()} for path, data in files.items()]
    given = {
        "branch": {"repositoryNameWithOwner": repository, "branchName": branch},
        "expectedHeadOid": acme.widgets.branches.get(branch, "1" * 40),
        "message": {"headline": "Add", "body": "Words"},
        "fileChanges": {"additions": additions},
        **changed,
    }
    return acme.hands.graphql(COMMIT, input=given)


def allow(acme: Acme, **permissions: str) -> None:
    acme.app.permissions |= {"contents": "write", **permissions}
    acme.hands.with_token(acme.new_token())


def refused(answer: Any) -> str:
    assert answer["data"]["createCommitOnBranch"] is None
    return str(answer["errors"][0]["type"])


def test_github_signs_what_an_app_commits_and_tells_of_the_push(acme: Acme) -> None:
    allow(acme)
    acme.widgets.commit("feature", {"run.sh": Executable("1\n"), "gone": "1\n"}, author=acme.alice)
    pull = acme.widgets.open_pull("feature", by=acme.alice)
    before = pull.head_sha
    changes = {"additions": [{"path": "run.sh", "contents": "Mgo="}], "deletions": [{"path": "gone"}]}
    answer = commit(acme, {}, fileChanges=changes)["data"]["createCommitOnBranch"]
    made = acme.widgets.store.commit_object(answer["commit"]["oid"])
    assert (answer["ref"]["name"], pull.head_sha, made.parents) == ("feature", made.sha, (before,))
    assert (made.author.email, made.committer.email) == (acme.app.bot.email, "noreply@github.com")
    assert (made.message, made.sha in acme.github.world.signed_by_github) == ("Add\n\nWords", True)
    assert [(one.event, one.action) for one in acme.github.deliveries[-3:]] == [
        ("push", None), ("check_suite", "requested"), ("pull_request", "synchronize")
    ]  # fmt: skip
    tree = {entry.path: entry.mode for entry in acme.widgets.store.tree(made.tree)}
    assert tree["run.sh"] == "100644"
    assert "gone" not in tree


def test_a_head_that_moved_is_left_alone(acme: Acme) -> None:
    allow(acme)
    acme.pull()
    stale = acme.widgets.branches["feature"]
    acme.widgets.commit("feature", {"b.py": "2\n"})
    assert refused(commit(acme, {"a.py": b"3\n"}, expectedHeadOid=stale)) == "STALE_DATA"


@pytest.mark.parametrize(
    ("path", "kind"),
    [(".github/workflows/a.yml", "FORBIDDEN"), ("a/../b", "UNPROCESSABLE"), (".git/x", "UNPROCESSABLE")],
)
def test_some_files_no_app_may_write(acme: Acme, path: str, kind: str) -> None:
    allow(acme)
    acme.pull()
    assert refused(commit(acme, {path: b"1\n"})) == kind


def test_workflows_take_a_right_of_their_own(acme: Acme) -> None:
    allow(acme, workflows="write")
    acme.pull()
    assert commit(acme, {".github/workflows/a.yml": b"1\n"})["data"]["createCommitOnBranch"]["commit"]


def test_a_protected_branch_takes_nothing(acme: Acme) -> None:
    allow(acme)
    acme.pull()
    acme.widgets.protected.add("feature")
    assert refused(commit(acme, {"a.py": b"1\n"})) == "UNPROCESSABLE"
    shown = [row["protected"] for row in acme.hands.get("/repos/acme/widgets/branches")]
    assert shown == [True, False]
    assert acme.hands.get("/repos/acme/widgets/branches/feature")["protected"] is True


def test_who_may_only_read_writes_nothing(acme: Acme) -> None:
    acme.pull()
    assert refused(commit(acme, {"a.py": b"1\n"})) == "FORBIDDEN"


def test_there_has_to_be_such_a_branch_and_what_is_sent_has_to_be_base64(acme: Acme) -> None:
    allow(acme)
    acme.pull()
    assert refused(commit(acme, {}, branch="nowhere")) == "NOT_FOUND"
    assert refused(commit(acme, {}, repository="acme/no")) == "NOT_FOUND"
    bad = {"additions": [{"path": "a", "contents": "%"}]}
    assert refused(commit(acme, {}, fileChanges=bad)) == "UNPROCESSABLE"
