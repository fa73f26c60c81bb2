# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot.checkout import wanted as wanting
from bot.checkout.wanted import Wanted, wanted
from rules import headers
from rules.change import ChangedFile, FileStatus, Side
from rules.policy import parse
from rules.rule import Rule, no_file

FILES = [ChangedFile(path, FileStatus.ADDED) for path in ("a.py", "docs/b.md", "c.bin")]


def beside(file: ChangedFile, _options: object) -> Iterable[tuple[Side, str]]:
    return ((Side.HEAD, "REUSE.toml"), (Side.HEAD, f"{file.path}.license"))


@pytest.fixture(autouse=True)
def rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one rule that is built, which looks into Python files alone."""
    one: Rule = replace(headers.RULE, wants=lambda file, options: file.path.endswith(".py"), beside=beside)
    monkeypatch.setattr(wanting, "find_rule", {"headers": one}.get)


def test_beside_a_file_that_no_rule_wants_nothing_is_wanted() -> None:
    policy = parse("{version: 1, rules: {headers: {license: MIT}, dco: {level: error}}}", "here")

    assert wanted(policy, FILES) == Wanted(
        frozenset({"a.py"}), frozenset({(Side.HEAD, "REUSE.toml"), (Side.HEAD, "a.py.license")})
    )


def test_a_rule_that_is_off_wants_nothing() -> None:
    policy = parse("{version: 1, rules: {headers: {level: off, license: MIT}}}", "here")

    assert wanted(policy, FILES) == Wanted(frozenset(), frozenset())


def test_new_lines_are_wanted_of_files_that_need_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    one = replace(headers.RULE, wants=no_file, reads_lines=lambda file, _: file.path.endswith(".md"), beside=beside)
    monkeypatch.setattr(wanting, "find_rule", {"headers": one}.get)
    policy = parse("{version: 1, rules: {headers: {license: MIT}}}", "here")

    assert wanted(policy, FILES) == Wanted(
        frozenset(), frozenset({(Side.HEAD, "REUSE.toml"), (Side.HEAD, "docs/b.md.license")}), frozenset({"docs/b.md"})
    )


def test_what_need_not_be_read_once_it_is_measured_has_something_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    one = replace(headers.RULE, wants=lambda file, _: file.size is None or file.size < 10, beside=beside)
    monkeypatch.setattr(wanting, "find_rule", {"headers": one}.get)
    policy = parse("{version: 1, rules: {headers: {license: MIT}}}", "here")
    large = ChangedFile("a.parquet", FileStatus.ADDED, size=10)

    assert wanted(policy, [large]) == Wanted(
        frozenset(), frozenset({(Side.HEAD, "REUSE.toml"), (Side.HEAD, "a.parquet.license")})
    )
