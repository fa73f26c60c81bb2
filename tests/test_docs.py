# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The pages as such: links lead somewhere, policies in examples are valid, the README says what is so."""

import re
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from rules.policy import RULE_ORDER, parse
from rules.registry import built_rules
from tests.pages import PAGES, ROOT, Example, Page

README = Page("README.md")
RECORDS = sorted(path.name for path in (ROOT / "docs/decisions").glob("0*.md"))
POLICIES = [
    pytest.param(example, id=f"{page}: {example.heading}")
    for page in PAGES
    for example in page.examples
    # The page on policies also shows one that is wrong, to tell how mistakes are told.
    if re.match(r"version: 1\n|rules:\n", example.text) and example.heading != "When something is wrong"
]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_within_the_project_leads_somewhere(page: Page) -> None:
    assert [link for link in page.links if not _leads_somewhere(page, link)] == []


def _leads_somewhere(page: Page, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme:
        return parts.scheme == "https"
    target = ((ROOT / page.path).parent / unquote(parts.path)).resolve() if parts.path else ROOT / page.path
    if not (target.is_relative_to(ROOT) and target.exists()):
        return False
    return not parts.fragment or parts.fragment in Page(str(target.relative_to(ROOT))).anchors


def test_a_link_that_leads_nowhere_is_found() -> None:
    assert not _leads_somewhere(README, "docs/nothing.md")
    assert not _leads_somewhere(README, "docs/check.md#nothing")
    assert not _leads_somewhere(README, "../outside")
    assert _leads_somewhere(README, "docs/verdict.md#policy-invalid")


@pytest.mark.parametrize("example", POLICIES)
def test_every_policy_in_an_example_is_valid(example: Example) -> None:
    text = example.text if example.text.startswith("version:") else f"version: 1\n{example.text}"
    parse(text, "example")


def test_the_first_policy_has_ten_lines() -> None:
    (policy,) = (example.text for example in README.examples if example.language == "yaml")
    assert len(policy.splitlines()) == 10


def test_the_readme_tells_which_rules_work() -> None:
    told = README.named("What works today")
    assert set(told) == set(RULE_ORDER)
    assert {name for name, row in told.items() if row[2] == "works"} == {rule.name for rule in built_rules()}


def test_the_readme_registers_the_app_as_its_manifest_says() -> None:
    manifest: dict[str, Any] = yaml.safe_load((ROOT / "app.yml").read_text("utf-8"))
    fields = dict(row[:2] for row in _indented_rows(README.text))
    asked = f"{fields['Repository permissions']}. {fields['Organization permissions']}".split(". ")
    assert sorted(asked) == sorted(_permission(*one) for one in manifest["default_permissions"].items())
    events = sorted(event.replace("_", " ").capitalize() for event in manifest["default_events"])
    assert fields["Subscribe to events"].split(", ") == events


def _permission(name: str, access: str) -> str:
    return f"{name.replace('_', ' ').capitalize()}: {'read and write' if access == 'write' else 'read-only'}"


def _indented_rows(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("   | ")]


def test_every_decision_is_in_the_index() -> None:
    index = Page("docs/decisions/README.md")
    assert [link for link in index.links if link.startswith("0")] == RECORDS
    numbers = [int(name[:4]) for name in RECORDS]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("name", RECORDS)
def test_a_decision_has_its_number_and_three_parts(name: str) -> None:
    page = Page(f"docs/decisions/{name}")
    assert page.headings[0].startswith(f"{name[:4]}: ")
    assert [part for part in ("Context", "Decision", "Consequences") if f"\n**{part}.** " not in page.text] == []
