# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What rules say of a contribution: findings, the result of one rule, the report of all, and their severity."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from rules.change import Person
from rules.decision import Approval, Override
from rules.explanation import Explanation
from rules.people import shown_name


class Level(StrEnum):
    """How much a rule weighs, as the policy sets it."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


class RuleConclusion(StrEnum):
    """How one rule came out."""

    FAILURE = "failure"
    ACTION_REQUIRED = "action_required"
    WARNING = "warning"
    OVERRIDDEN = "overridden"
    SKIPPED = "skipped"
    SUCCESS = "success"


class Conclusion(StrEnum):
    """How a whole report came out, in the words of a GitHub check run, the most severe first."""

    FAILURE = "failure"
    ACTION_REQUIRED = "action_required"
    SUCCESS = "success"
    NEUTRAL = "neutral"

    @staticmethod
    def worst(conclusions: Iterable["Conclusion"]) -> "Conclusion":
        """The most severe of at least one conclusion: failure, action_required, success, neutral."""
        return min(conclusions, key=list(Conclusion).index)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody should know or mend.

    `message` says what was found and what was expected, `fix` what to do, both as plain text. `path`, `line`
    (from 1), `commit` (full SHA) and `person` say where, as far as that applies; a person's name is kept as everybody
    may see it. `subject` is what it is about where that is nothing of these, such as a package. `link` is an address
    where it can be done, or read.
    """

    code: str
    message: str
    path: str | None = None
    line: int | None = None
    commit: str | None = None
    person: Person | None = None
    fix: str | None = None
    link: str | None = None
    warning: bool = False
    fixable: bool = False
    subject: str | None = None

    def __post_init__(self) -> None:
        if self.person is not None:
            shown = replace(self.person, name=shown_name(self.person.name))
            object.__setattr__(self, "person", shown)  # frozen, but not yet seen by anybody

    @property
    def order(self) -> tuple[str, int, str]:
        """The place of a finding among others: by path, line, code."""
        return (self.path or "", self.line or 0, self.code)

    def as_json(self) -> dict[str, Any]:
        """The finding as interface version 1 spells it; a person's e-mail stays out."""
        person = self.person
        return {
            "code": self.code,
            "message": self.message,
            "path": self.path,
            "line": self.line,
            "commit": self.commit,
            "person": person and {"id": person.id, "login": person.login, "name": person.name},
            "fix": self.fix,
            "link": self.link,
            "warning": self.warning,
            "fixable": self.fixable,
            "subject": self.subject,
        }


@dataclass(frozen=True, slots=True)
class Table:
    """What a rule looked at, as plain text: the names of the columns, and as many cells in every row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def as_json(self) -> dict[str, Any]:
        """The table as interface version 1 spells it."""
        return {"columns": list(self.columns), "rows": [list(row) for row in self.rows]}


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule says: its conclusion, one line of summary, its findings in order.

    `notes` are facts worth telling that are no findings, such as files that were passed over and why. `table` is what
    the rule looked at, one row each. `until` is when it may come out otherwise although nothing happens, in seconds
    since 1970. `remedy` is what a maintainer can do about all findings together: a sentence, and behind an empty line
    text to paste. `ended` has a sentence on each decision that no longer counts. `explanation` is there where somebody
    may ask for it.
    """

    rule: str
    level: Level
    conclusion: RuleConclusion
    summary: str
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    table: Table | None = None
    until: float | None = None
    override: Override | None = None
    approvals: tuple[Approval, ...] = ()
    ended: tuple[str, ...] = ()
    explanation: Explanation | None = None
    remedy: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The result as interface version 1 spells it."""
        return {
            "rule": self.rule,
            "level": self.level.value,
            "conclusion": self.conclusion.value,
            "summary": self.summary,
            "findings": [finding.as_json() for finding in self.findings],
            "notes": list(self.notes),
            "table": self.table and self.table.as_json(),
            "remedy": self.remedy,
            "override": self.override and self.override.as_json(),
            "approvals": [approval.as_json() for approval in self.approvals],
            "ended": list(self.ended),
            **({"explanation": self.explanation.as_json()} if self.explanation else {}),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The verdict on one contribution at one head, with everything that it rests on.

    `policy_source` names the file and commit that the policy came from (None: there is no policy), `notes` are
    remarks on the policy itself, such as keys that have no effect yet.
    """

    repository: str | None
    number: int | None
    base: str
    head: str
    policy_source: str | None
    enforcement: str
    conclusion: Conclusion
    rules: tuple[RuleResult, ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The report as interface version 1 spells it."""
        return {
            "version": 1,
            "subject": {"repository": self.repository, "pull": self.number, "base": self.base, "head": self.head},
            "policy": {"source": self.policy_source, "enforcement": self.enforcement},
            "conclusion": self.conclusion.value,
            "rules": [result.as_json() for result in self.rules],
            "notes": list(self.notes),
        }
