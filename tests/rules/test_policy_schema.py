# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The JSON Schema of the policy agrees with what reads the policy."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from docs.policy_page import EXAMPLES
from rules.policy import parse, schema
from rules.policy_problems import PolicyError
from rules.yaml_guard import load


def accepted_by_schema(text: str) -> bool:
    return bool(Draft202012Validator(schema()).is_valid(load(text).value))


def accepted_by_parser(text: str) -> bool:
    try:
        parse(text, "governance.yml")
    except PolicyError:
        return False
    return True


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(inner)


def test_it_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_every_setting_is_described_and_none_may_be_null() -> None:
    mappings = [node for node in nodes(schema()) if "properties" in node and node.get("type") == "object"]
    assert len(mappings) > 15
    for mapping in mappings:
        assert mapping["title"]
        assert mapping["description"]
        assert mapping["additionalProperties"] is False
        for name, setting in mapping["properties"].items():
            assert "description" in setting or "$ref" in setting, name
    assert not [node for node in nodes(schema()) if node.get("type") == "null"]


@pytest.mark.parametrize("example", ["starter.yml", "governance.yml"])
def test_the_examples_of_the_reference_are_right(example: str) -> None:
    text = (EXAMPLES / example).read_text(encoding="utf-8")
    assert accepted_by_parser(text)
    assert accepted_by_schema(text)
    assert Draft202012Validator(schema()).is_valid(yaml.safe_load(text)), "as an editor reads it"


RIGHT = [
    "rules: {cla: {}}",
    "rules: {cla: {grace: 12h, sign: [web], corporate: {document: 'acme/legal:CCLA.md'}}}",
    "rules: {dco: {match: account, exempt: {users: ['bot*']}}}",
    "rules: {headers: {level: off}}",
    "rules: {headers: {license: MIT}}",
    "rules: {headers: {license: [{paths: [a], license: MIT}]}}",
    "rules: {headers: {license: MIT, style: custom, template: x}}",
    "rules: {headers: {license: MIT, locked: [license]}}",
    "rules: {datasets: {approvals: {teams: [], permission: read}}}",
    "rules: {models: {unsafe_formats: allow}}",
    "rules: {dependencies: {unknown: deny, exceptions: [{purl: 'pkg:npm/%40a/b@1', reason: why}]}}",
    "rules: {ai-assistance: {require: disclosure}}",
    "rules: {protected: {paths: [LICENSE], approvals: {count: 2}}}",
    "commands: {override: {expires: 30d}, approve: {teams: [core]}}",
    "votes: {anything: 1}\nrepositories: {anything: {}}",
]

WRONG = [
    "bogus: 1",
    "enforcement: maybe",
    "branches: main",
    "branches: []",
    "rules: {unknown: {}}",
    "rules: {cla: []}",
    "rules: {cla: {grace: 2 weeks}}",
    "rules: {cla: {grace: 14d14d}}",
    "rules: {cla: {document: ../CLA.md}}",
    "rules: {cla: {document: docs/}}",
    "rules: {cla: {sign: []}}",
    "rules: {cla: {record_ip: 1}}",
    "rules: {cla: {exempt: {teams: ['@acme/core']}}}",
    "rules: {headers: {}}",
    "rules: {headers: {level: warning}}",
    "rules: {headers: {license: MIT, style: custom}}",
    "rules: {headers: {license: [{paths: [], license: MIT}]}}",
    "rules: {datasets: {approvals: {permission: owner}}}",
    "rules: {models: {approvals: {count: 11}}}",
    "rules: {dependencies: {exceptions: [{purl: x, reason: y}]}}",
    "rules: {ai-assistance: {require: praise}}",
    "rules: {dco: {locked: 1}}",
    "commands: {override: {allow_author: maybe}}",
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_parser_reads_an_editor_accepts(text: str) -> None:
    assert accepted_by_parser("version: 1\n" + text)
    assert accepted_by_schema("version: 1\n" + text)


@pytest.mark.parametrize("text", WRONG)
def test_what_the_parser_refuses_an_editor_marks(text: str) -> None:
    assert not accepted_by_parser("version: 1\n" + text)
    assert not accepted_by_schema("version: 1\n" + text)


@pytest.mark.parametrize("version", ["2", "true", "'1'", "1.5"])
def test_another_version_is_refused_by_both(version: str) -> None:
    assert not accepted_by_parser(f"version: {version}")
    assert not accepted_by_schema(f"version: {version}")
