# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Every route, driven once, and each answer held against GitHub's published OpenAPI document.

Its schemas are open, so this finds what is missing or of the wrong type, not what is there too much.
"""

import json
import re
from functools import cache
from typing import Any

import pytest
from flask import Flask
from openapi_schema_validator import OAS30Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from bot.demo.github import SimulatedGitHub, Submodule, Symlink
from bot.demo.github.authorization import new_code, redeem
from bot.demo.github.dependencies import Advisory, Package
from bot.demo.github.rest.application import application
from bot.demo.github.shapes.common import Json
from tests.bot.demo.acme import Acme, Hands
from tests.bot.demo.published import published

W = "/repos/acme/widgets"
NOT_REST = {"/graphql", "/login/oauth/access_token"}


@cache
def document() -> Json:
    text = published("@octokit/openapi@23", "generated/api.github.com.json").read_text("utf-8")
    mended: Json = _mended(json.loads(text))
    return mended


def _mended(part: Any) -> Any:
    """The document without three slips: null missing from enums that allow it, `oneOf` of schemas that overlap (a
    discriminator then rules the right one out), and installations listed for a user who is an enterprise as well."""
    if isinstance(part, list):
        return [_mended(item) for item in part]
    if not isinstance(part, dict):
        return part
    mended = {("anyOf" if key == "oneOf" else key): _mended(value) for key, value in part.items()}
    if part.get("nullable") is True and isinstance(part.get("enum"), list):
        mended["enum"] = [*part["enum"], None]
    if [choice.get("title") for choice in part.get("allOf", [])] == ["Simple User", "Enterprise"]:
        mended["anyOf"] = mended.pop("allOf")
    mended.pop("discriminator", None)
    return mended


@cache
def registry() -> Registry[Any]:
    whole: Registry[Any] = Registry().with_resource("urn:github", DRAFT4.create_resource(document()))
    return whole


def described(template: str, method: str) -> Json | None:
    """The operation of this shape of path, whatever GitHub calls its parameters."""
    for path, operations in document()["paths"].items():
        if re.sub(r"{[^}]+}", "{}", path) == template and method in operations:
            operation: Json = operations[method]
            return operation
    return None


def problems(template: str, method: str, status: int, body: object) -> list[str]:
    operation = described(template, method)
    assert operation is not None, f"{method} {template} is not in GitHub's document"
    response = operation["responses"].get(str(status))
    assert response is not None, f"{method} {template} does not answer {status}"
    pointer = response.get("$ref", "").removeprefix("#/components/responses/")
    response = document()["components"]["responses"][pointer] if pointer else response
    if "content" not in response:
        return [] if body is None or status == 404 else ["a body where GitHub sends none"]
    schema = response["content"]["application/json"]["schema"]
    validator = OAS30Validator(_rooted(schema), registry=registry())
    return [f"{'/'.join(map(str, error.path))}: {error.message[:200]}" for error in validator.iter_errors(body)]


def _rooted(schema: Any) -> Any:
    """The schema with references that lead into the whole document."""
    if isinstance(schema, dict):
        return {
            key: f"urn:github{value}" if key == "$ref" else _rooted(value)
            for key, value in schema.items()
            if key not in ("example", "examples")
        }
    return [_rooted(item) for item in schema] if isinstance(schema, list) else schema


def templates(flask: Flask) -> set[tuple[str, str]]:
    """Every route of the simulator, its parameters blanked."""
    found = set()
    for rule in flask.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        found |= {(re.sub(r"<[^>]+>", "{}", rule.rule).rstrip("/"), method.lower()) for method in methods}
    return {(path, method) for path, method in found if path not in NOT_REST}


def requests(acme: Acme) -> list[tuple[str, str, object, int]]:
    """Route by route: method, path, body, status."""
    files = {"d/a.py": "1\n", "link": Symlink("nowhere"), "sub": Submodule("1" * 40), "README.md": "Renamed\n"}
    acme.widgets.commit("feature", files, author=acme.alice, signed_by_github=True)  # type: ignore[arg-type]
    fork = acme.widgets.fork(acme.github.user("bob"))
    fork.commit("forked", {"x": "1"}, author=("Nobody", "nobody@nowhere.example"))
    pull = acme.widgets.open_pull("feature", by=acme.alice)
    acme.widgets.open_pull("forked", by=acme.alice, from_fork=fork, body="From afar", draft=True)
    pull.review(acme.alice, body="Good")
    acme.widgets.open_issue(acme.alice)
    acme.widgets.dependencies.changes.append(Package("leftpad", advisories=(Advisory("GHSA-aaaa-bbbb-cccc"),)))
    acme.organization.add_member(acme.alice)
    acme.organization.publicize(acme.alice)
    acme.organization.team("core", [acme.alice], parent=acme.organization.team("all"))
    remark = pull.review_comment(acme.alice, "Why?", "d/a.py").id
    comment = pull.comment(acme.alice, "Hello").id
    for delivery in acme.github.deliveries:
        delivery.settled.wait(5)
    delivery_id, installation, head = acme.github.deliveries[0].id, acme.installation.id, pull.head_sha
    tree = acme.widgets.store.commit_object(head).tree
    blob = acme.widgets.store.tree(tree)[0].oid
    run: Json = {"name": "Steward", "head_sha": head, "conclusion": "success"}
    note = {"path": "a", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "m"}
    run["output"] = {"title": "t", "summary": "s", "annotations": [note]}
    on_line = {"path": "d/a.py", "line": 1, "side": "RIGHT", "body": "Better"}
    review: Json = {"event": "COMMENT", "body": "Words", "commit_id": head, "comments": [on_line]}
    made = acme.hands.ask("POST", f"{W}/check-runs", run).json()["id"]
    ours = acme.hands.ask("POST", f"{W}/issues/1/comments", {"body": "Ours"}).json()["id"]
    gone = acme.hands.ask("POST", f"{W}/issues/1/comments", {"body": "Ours"}).json()["id"]
    return [
        ("GET", "/app", None, 200),
        ("GET", "/app/installations", None, 200),
        ("GET", f"/app/installations/{installation}", None, 200),
        ("POST", f"/app/installations/{installation}/access_tokens", {"repositories": ["widgets"]}, 201),
        ("GET", f"{W}/installation", None, 200),
        ("GET", "/orgs/acme/installation", None, 200),
        ("GET", "/users/acme/installation", None, 200),
        ("GET", "/app/hook/deliveries", None, 200),
        ("GET", f"/app/hook/deliveries/{delivery_id}", None, 200),
        ("POST", f"/app/hook/deliveries/{delivery_id}/attempts", None, 202),
        ("GET", "/installation/repositories", None, 200),
        ("GET", "/rate_limit", None, 200),
        ("GET", "/user", None, 200),
        ("GET", "/users/alice", None, 200),
        ("GET", "/users/steward[bot]", None, 200),
        ("GET", f"/user/{acme.alice.id}", None, 200),
        ("GET", "/user/1", None, 404),
        ("GET", f"{W}/collaborators/alice/permission", None, 200),
        ("GET", "/orgs/acme", None, 200),
        ("GET", "/orgs/acme/members", None, 200),
        ("GET", "/orgs/acme/members/alice", None, 204),
        ("GET", "/orgs/acme/members/bob", None, 404),
        ("GET", "/orgs/acme/public_members/alice", None, 204),
        ("GET", "/orgs/acme/public_members/bob", None, 404),
        ("GET", "/orgs/acme/teams/core", None, 200),
        ("GET", "/orgs/acme/teams/core/members", None, 200),
        ("GET", "/orgs/acme/teams/core/memberships/alice", None, 200),
        ("GET", "/orgs/acme/teams/core/memberships/bob", None, 404),
        ("GET", W, None, 200),
        ("GET", f"/repos/{fork.full_name}", None, 200),
        ("GET", "/repos/acme/no", None, 404),
        ("GET", f"{W}/branches", None, 200),
        ("GET", f"{W}/branches/feature", None, 200),
        ("GET", f"{W}/contents/README.md", None, 200),
        ("GET", f"{W}/contents", None, 200),
        ("GET", f"{W}/contents/?ref=feature", None, 200),
        ("GET", f"{W}/contents/link?ref=feature", None, 200),
        ("GET", f"{W}/contents/sub?ref=feature", None, 200),
        ("GET", f"{W}/contents/no", None, 404),
        ("GET", f"{W}/git/trees/feature?recursive=1", None, 200),
        ("GET", f"{W}/git/trees/no", None, 404),
        ("GET", f"{W}/git/blobs/{blob}", None, 200),
        ("GET", f"{W}/git/blobs/{tree}", None, 404),
        ("GET", f"{W}/commits/{head}", None, 200),
        ("GET", f"{W}/commits/no", None, 422),
        ("GET", f"{W}/commits/{head}/pulls", None, 200),
        ("GET", f"{W}/commits/{head}/check-runs", None, 200),
        ("GET", f"{W}/commits/{head}/check-suites", None, 200),
        ("GET", f"{W}/compare/main...feature", None, 200),
        ("GET", f"{W}/dependency-graph/compare/main...feature", None, 200),
        ("GET", f"{W}/dependency-graph/compare/main...no", None, 404),
        ("GET", f"{W}/pulls", None, 200),
        ("GET", f"{W}/pulls/1", None, 200),
        ("GET", f"{W}/pulls/2", None, 200),
        ("GET", f"{W}/pulls/9", None, 404),
        ("GET", f"{W}/pulls/1/files", None, 200),
        ("GET", f"{W}/pulls/1/commits", None, 200),
        ("GET", f"{W}/pulls/1/reviews", None, 200),
        ("POST", f"{W}/pulls/1/reviews", review, 200),
        ("POST", f"{W}/pulls/1/reviews", {"event": "COMMENT"}, 422),
        ("GET", f"{W}/pulls/1/comments", None, 200),
        ("GET", f"{W}/pulls/comments/{remark}", None, 200),
        ("POST", f"{W}/pulls/1/comments/{remark}/replies", {"body": "Because."}, 201),
        ("POST", f"{W}/pulls/comments/{remark}/reactions", {"content": "eyes"}, 201),
        ("GET", f"{W}/pulls/comments/{remark}/reactions", None, 200),
        ("POST", f"{W}/check-runs", run, 201),
        ("GET", f"{W}/check-runs/{made}", None, 200),
        ("PATCH", f"{W}/check-runs/{made}", run, 200),
        ("GET", f"{W}/check-runs/{made}/annotations", None, 200),
        ("GET", f"{W}/issues/1", None, 200),
        ("GET", f"{W}/issues/3", None, 200),
        ("GET", f"{W}/issues/1/comments", None, 200),
        ("POST", f"{W}/issues/1/comments", {"body": "x"}, 201),
        ("POST", f"{W}/issues/1/comments", {}, 422),
        ("GET", f"{W}/issues/comments/{comment}", None, 200),
        ("PATCH", f"{W}/issues/comments/{ours}", {"body": "y"}, 200),
        ("DELETE", f"{W}/issues/comments/{gone}", None, 204),
        ("POST", f"{W}/issues/comments/{comment}/reactions", {"content": "+1"}, 201),
        ("POST", f"{W}/issues/comments/{comment}/reactions", {"content": "+1"}, 200),
        ("GET", f"{W}/issues/comments/{comment}/reactions", None, 200),
        ("DELETE", "/installation/token", None, 204),
    ]


def template_of(flask: Flask, method: str, path: str) -> str:
    rule, _ = flask.url_map.bind("localhost").match(path.partition("?")[0], method, return_rule=True)
    return re.sub(r"<[^>]+>", "{}", rule.rule).rstrip("/")


@pytest.mark.long
def test_every_answer_has_the_shape_that_github_publishes(github: SimulatedGitHub, acme: Acme) -> None:
    flask = application()
    user_token = redeem(acme.app, new_code(acme.app, acme.alice, "", ""), "", "")
    as_user = Hands(github).with_token(user_token.value)
    wrong, driven = [], set()
    for method, path, body, status in requests(acme):
        template = template_of(flask, method, path)
        driven.add((template, method.lower()))
        by_app = template.startswith("/app") or template.endswith("/installation")
        asking = as_user if template == "/user" else acme.as_app if by_app else acme.hands
        answer = asking.ask(method, path, body)
        assert answer.status_code == status, (method, path, answer.text)
        given = answer.json() if answer.content else None
        shape = "/repos/{}/{}/contents/{}" if template.endswith("/contents") else template
        wrong += [f"{method} {path}: {problem}" for problem in problems(shape, method.lower(), status, given)]
    as_user.session.close()
    assert wrong == [], "\n".join(wrong)
    assert templates(flask) - driven == set()
