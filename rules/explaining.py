# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""An explanation in words, the same for a comment and for a terminal; each only sets them in its own way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.decision import Approval, Override, spelled
from rules.explanation import Explanation, FoundCode
from rules.finding import RuleResult, Table

MOST_MESSAGES = 10
_ALL_DEFAULTS = "None is given there; all are left at their defaults."


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an explanation: its heading and its lines, all as plain text.

    `literal` lines are settings, to be shown letter by letter; others are sentences. A table stands below them.
    `source` is the file and commit that they come from, which belongs to the heading.
    """

    heading: str
    lines: tuple[str, ...]
    literal: bool = False
    table: Table | None = None
    source: str = ""


def sections(result: RuleResult) -> tuple[Section, ...]:
    """All that is to be told of a rule beside its conclusion and its findings, what matters most first."""
    about = result.explanation
    seen = (*((about.looked_at,) if about else ()), *result.notes)
    return tuple(
        section
        for section in (
            Section("why it stands so", tuple(_reasons(result))),
            Section("who may decide", about.deciding if about else ()),
            Section("what was looked at", seen, table=result.table),
            *(_settings(about) if about else ()),
        )
        if section.lines or section.table
    )


def in_short(result: RuleResult) -> tuple[str, ...]:
    """The same in a few sentences, but for where its settings come from."""
    about = result.explanation
    return (*_reasons(result), *((f"Looked at: {about.looked_at}",) if about else ()))


def given(result: RuleResult) -> str:
    """The names of the settings that the policy gives, or that it gives none."""
    settings = result.explanation.settings if result.explanation else ()
    return ", ".join(one.key for one in settings if one.given) or "nothing"


def _settings(about: Explanation) -> Iterator[Section]:
    """Where they come from is told also where the policy only names the rule."""
    told = _values(about, given=True)
    yield Section("settings", told or (_ALL_DEFAULTS,), literal=bool(told), source=about.source)
    yield Section("settings left at their defaults", _values(about, given=False), literal=True)


def _values(about: Explanation, *, given: bool) -> tuple[str, ...]:
    return tuple(f"{one.key}: {one.value}" for one in about.settings if one.given is given)


def _reasons(result: RuleResult) -> Iterator[str]:
    yield from (_meant(found) for found in result.explanation.codes) if result.explanation else _messages(result)
    if result.override:
        yield _overridden(result.override)
    yield from map(_approved, result.approvals)
    yield from result.ended


def _meant(found: FoundCode) -> str:
    return f"{found.code}, {found.count} {'finding' if found.count == 1 else 'findings'}: {found.meaning}"


def _messages(result: RuleResult) -> Iterable[str]:
    """What is told of what is no rule of the policy, such as the policy itself."""
    return list(dict.fromkeys(finding.message for finding in result.findings))[:MOST_MESSAGES]


def _overridden(override: Override) -> str:
    until = f", until {spelled(override.expires)}" if override.expires else ""
    return f"Overridden by {override.by} on {spelled(override.at)} for {override.head[:10]}{until}: {override.reason}"


def _approved(approval: Approval) -> str:
    how = "in a review" if approval.how == "review" else "in a comment"
    return f"Approved by {approval.by} on {spelled(approval.at)} for {approval.head[:10]}, {how}."
