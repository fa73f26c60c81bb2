# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from collections.abc import Iterator

import pytest
from github import Auth, Github, GithubException, GithubIntegration, UnknownObjectException

from tests.bot.demo.acme import Acme


@pytest.fixture
def integration(acme: Acme, monkeypatch: pytest.MonkeyPatch) -> Iterator[GithubIntegration]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    opened = GithubIntegration(
        auth=Auth.AppAuth(7, acme.app.private_key),
        base_url=acme.github.url,
        seconds_between_requests=None,
        seconds_between_writes=None,
    )
    yield opened
    opened.close()


@pytest.fixture
def client(acme: Acme, integration: GithubIntegration) -> Iterator[Github]:
    opened = integration.get_github_for_installation(acme.installation.id)
    yield opened
    opened.close()


def test_the_app_finds_its_installations(acme: Acme, integration: GithubIntegration) -> None:
    assert integration.get_app().slug == "steward"
    assert [found.id for found in integration.get_installations()] == [acme.installation.id]
    assert integration.get_repo_installation("acme", "widgets").id == acme.installation.id
    assert integration.get_access_token(acme.installation.id).token.startswith("ghs_")


def test_a_pull_request_is_read(acme: Acme, client: Github) -> None:
    pull = acme.pull(**{f"{number}.py": "1\n" for number in range(40)})
    repository = client.get_repo("acme/widgets")
    read = repository.get_pull(1)
    assert (read.head.sha, read.changed_files, read.user.login) == (pull.head_sha, 40, "alice")
    assert len(list(read.get_files())) == 40
    assert [commit.sha for commit in read.get_commits()] == [pull.head_sha]
    assert repository.get_contents("0.py", ref="feature").decoded_content == b"1\n"  # type: ignore[union-attr]
    assert len(repository.get_git_tree("feature", recursive=True).tree) == 41
    assert repository.compare("main", "feature").ahead_by == 1


def test_a_check_and_a_comment_are_written(acme: Acme, client: Github) -> None:
    pull = acme.pull()
    repository = client.get_repo("acme/widgets")
    run = repository.create_check_run("Steward", pull.head_sha, status="in_progress")
    run.edit(status="completed", conclusion="success", output={"title": "t", "summary": "s"})
    comment = repository.get_pull(1).create_issue_comment("Hello")
    comment.edit("Hello again")
    comment.create_reaction("+1")

    (stored,) = acme.github.check_runs(acme.widgets, pull.head_sha)
    assert (stored.conclusion, stored.title) == ("success", "t")
    assert [(said.body, said.reaction_counts["+1"]) for said in pull.comments] == [("Hello again", 1)]
    assert [found.id for found in repository.get_commit(pull.head_sha).get_check_runs()] == [run.id]


def test_refusals_become_its_exceptions(acme: Acme, client: Github) -> None:
    repository = client.get_repo("acme/widgets")
    with pytest.raises(UnknownObjectException):
        repository.get_pull(9)
    with pytest.raises(GithubException, match="No commit found"):
        repository.create_check_run("Steward", "0" * 40)


def test_a_renamed_repository_is_followed(acme: Acme, client: Github) -> None:
    acme.widgets.rename("gadgets")
    assert client.get_repo("acme/widgets").full_name == "acme/gadgets"


def test_people_are_asked_about(acme: Acme, client: Github) -> None:
    acme.organization.team("core", [acme.alice])
    acme.widgets.grant(acme.alice, "maintain")
    organization = client.get_organization("acme")
    alice = client.get_user("alice")
    assert organization.get_team_by_slug("core").get_team_membership(alice).state == "active"
    assert client.get_repo("acme/widgets").get_collaborator_permission("alice") == "write"
    assert not organization.has_in_members(alice)


def test_graphql_answers_and_refuses(acme: Acme, client: Github) -> None:
    _, answer = client.requester.graphql_query("{ viewer { login } }", {})
    assert answer["data"]["viewer"]["login"] == "steward[bot]"
    with pytest.raises(UnknownObjectException):
        client.requester.graphql_query('{ repository(owner: "no", name: "no") { id } }', {})
