# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Any text at all gives a policy or a PolicyError, and hostile texts end soon."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from docs.policy_page import EXAMPLES
from rules.policy import parse, schema
from rules.policy_problems import MAX_PROBLEMS, PolicyError, PolicyProblem

GOVERNANCE = (EXAMPLES / "governance.yml").read_text(encoding="utf-8")

KEYS = sorted(
    {key for node in [schema(), *schema()["$defs"].values()] for key in node.get("properties", {})}
    | {"<<", "licence", "", "a" * 70}
)
WORDS = ["off", "error", "MIT", "MIT OR ISC", "GPL-3.0", "(", "!", "**", "*", "[z-a]", "14d", "1.0", "CLA.md", "custom"]


def problems(text: str) -> tuple[PolicyProblem, ...]:
    try:
        parse(text, "governance.yml")
    except PolicyError as error:
        return error.problems or (PolicyProblem("an error without a problem", 0, 0),)
    return ()


def check(text: str) -> None:
    found = problems(text)
    assert len(found) <= MAX_PROBLEMS + 1
    assert all(problem.line >= 1 and problem.column >= 1 for problem in found)
    assert all(problem.message.isprintable() for problem in found)


def values(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    keys = st.sampled_from(KEYS)
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=5), max_leaves=25
    )


SCALARS = st.none() | st.booleans() | st.integers() | st.sampled_from(WORDS) | st.text(max_size=20)


@given(st.text())
def test_any_text(text: str) -> None:
    check(text)


@given(st.text(alphabet="ab:-?[]{}&*!|>'\"%@`#,\t\n <1~\\", max_size=200))
def test_any_text_of_yamls_own_marks(text: str) -> None:
    check("version: 1\n" + text)


@given(st.dictionaries(st.sampled_from(KEYS), values(SCALARS), max_size=6))
def test_any_values_under_any_keys(document: dict[str, Any]) -> None:
    check(yaml.safe_dump({"version": 1, **document}))


@given(st.dictionaries(st.sampled_from(sorted(schema()["$defs"]["Rules"]["properties"])), values(SCALARS), min_size=1))
def test_any_settings_of_any_rule(rules: dict[str, Any]) -> None:
    check(yaml.safe_dump({"version": 1, "rules": rules}))


@given(st.data())
@settings(max_examples=200)
def test_a_right_policy_with_something_put_in_or_taken_out(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(GOVERNANCE)))
    end = data.draw(st.integers(start, min(start + 30, len(GOVERNANCE))))
    check(GOVERNANCE[:start] + data.draw(st.text(max_size=5)) + GOVERNANCE[end:])


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(5000)),
        "[" * 250_000,
        "{a: " * 60_000,
        "? " * 120_000,
        "- " * 120_000,
        "version: " + "9" * 250_000,
        "a" * 250_000 + ": 1",
        "k: " + "!" * 250_000,
        "%TAG ! x\n" * 20_000,
        "\n" * 250_000,
        "version: 1\n" + "".join(f"k{n}: 1\n" for n in range(9000)),
        "version: 1\nbranches: [" + "'**a**b**c', " * 9000 + "]",
        "version: 1\nrules: {protected: {paths: [" + f"'{'*a' * 145}', " * 500 + "]}}",
        "version: 1\nrules: {headers: {license: '" + "(MIT OR ISC AND " * 17 + "MIT" + ")" * 17 + "'}}",
        "version: 1\nrules: {datasets: {licenses: {allow: [" + "Apache2, " * 500 + "]}}}",
        "version: 1\nrules: {cla: {document: '" + "a/" * 149 + "'}}",
    ],
    ids=lambda text: text[:40].replace("\n", " "),
)
def test_a_hostile_text_ends_soon(text: str) -> None:
    check(text)
