# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The pages name every key of the JSON, where it stands, and no other."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from rules.change import Person
from rules.decision import Approval, Override
from rules.explanation import Explanation, FoundCode, Setting
from rules.finding import Conclusion, Finding, Level, Report, RuleConclusion, RuleResult, Table
from tests.pages import Page

AT = datetime(2026, 11, 1, tzinfo=UTC)
RESULT = RuleResult(
    "headers",
    Level.ERROR,
    RuleConclusion.OVERRIDDEN,
    "1 of 1",
    (Finding("header-missing", "There is none.", person=Person(7, "ada")),),
    table=Table(("File",), (("a.py",),)),
    override=Override("max", 8, "Generated", "a" * 40, AT),
    approvals=(Approval("mia", 9, "a" * 40, AT, "review"),),
    explanation=Explanation("policy@b", (Setting("year", '"any"', False),), "1 file.", (FoundCode("c", 1, "m"),)),
)
REPORT = Report("acme/widgets", 12, "b" * 40, "a" * 40, "policy@b", "enforce", Conclusion.SUCCESS, (RESULT,))


def mappings(name: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    """The keys of every mapping in a value, by the key that it stands under."""
    if isinstance(value, list):
        for one in value:
            yield from mappings(name, one)
    elif isinstance(value, dict):
        yield name, list(value)
        for key, inner in value.items():
            yield from mappings(key, inner)


def test_the_page_has_every_key_of_a_report() -> None:
    told = {
        re.sub("`|, each", "", row[0]): re.findall("`([a-z_]+)`", row[1])
        for row in Page("docs/check.md").rows("The JSON")
    }
    assert told == dict(mappings("the whole", REPORT.as_json()))
