# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Findings as people read them: those with the same remedy together, the remedy told once, the places listed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.decide.judge import OPEN
from bot.decide.render.markdown import block, cell, code, prose
from bot.decide.render.words import RULE_NAMES, SIGNS, titled
from rules.finding import Finding, RuleResult


@dataclass(frozen=True)
class Group:
    """Findings that say the same and are mended alike.

    What to do is a sentence, and after an empty line there may be text to paste.
    """

    message: str
    fix: str | None
    link: str | None
    findings: tuple[Finding, ...]

    @property
    def warning(self) -> bool:
        """Whether all that only warns."""
        return all(finding.warning for finding in self.findings)

    @property
    def waits(self) -> bool:
        """Whether nothing can be mended, and somebody has to consent."""
        return self.findings[0].code.endswith("-needs-approval")

    @property
    def advice(self) -> str:
        """The sentence that says what to do."""
        return (self.fix or "").partition("\n\n")[0]

    @property
    def places(self) -> tuple[str, ...]:
        """Where it was found, each as Markdown: path and line, or person and commit."""
        return tuple(place for finding in self.findings if (place := _place(finding)))

    @property
    def snippet(self) -> str:
        """The text to paste, if there is any."""
        return (self.fix or "").partition("\n\n")[2]


def _place(finding: Finding) -> str:
    person = finding.person and (finding.person.login or finding.person.name)
    parts = (
        code(finding.subject) if finding.subject else "",
        code(finding.path) if finding.path else "",
        f"line {finding.line}" if finding.path and finding.line else "",
        code(person) if person else "",
        f"commit {code(finding.commit[:10])}" if finding.commit else "",
    )
    return ", ".join(filter(None, parts))


def grouped(findings: Sequence[Finding]) -> tuple[Group, ...]:
    """Findings by what they say and how to mend it, in the order of their first; those of a code stand together.

    What waits for somebody's consent comes behind what can be mended, and what only warns comes last.
    """
    codes = list(dict.fromkeys(one.code for one in findings))
    kinds: dict[tuple[bool, str, str, str | None, str | None], list[Finding]] = {}
    for one in findings:
        kinds.setdefault((one.warning, one.code, one.message, one.fix, one.link), []).append(one)
    groups = (Group(message, fix, link, tuple(found)) for (_, _, message, fix, link), found in kinds.items())
    return tuple(sorted(groups, key=lambda group: (group.warning, group.waits, codes.index(group.findings[0].code))))


def passages(results: Iterable[RuleResult], most_places: int) -> Iterator[tuple[str, int]]:
    """Each rule's findings as passages of Markdown that may be left out from the end, with what each one counts."""
    for result, groups in with_groups(results):
        for before, group in zip((None, *groups), groups, strict=False):
            yield _passage(result, before, group, most_places), len(group.findings)
        if result.remedy:
            yield environment().get_template("remedy.md").render(remedy=result.remedy.partition("\n\n")).strip(), 0


def _passage(result: RuleResult, before: Group | None, group: Group, most: int) -> str:
    values = {
        "heading": None if before else titled(result.rule),
        "warns": group.warning and result.conclusion in OPEN,  # elsewhere nothing blocks that it could be taken for
        "told": before is not None and before.fix == group.fix and not group.snippet,
    }
    return environment().get_template("group.md").render(group=group, most=most, **values).strip()


def with_groups(results: Iterable[RuleResult]) -> Iterator[tuple[RuleResult, tuple[Group, ...]]]:
    """The results that have findings, each with them in groups."""
    return ((result, grouped(result.findings)) for result in results if result.findings)


def table(result: RuleResult) -> str:
    """What a rule looked at, as a table in Markdown that can be folded away; empty where it has none."""
    return environment().get_template("table.md").render(result=result).strip() if result.table else ""


def fitted(start: str, passages: Iterable[tuple[str, int]], end: str, most_bytes: int, rest: str) -> str:
    """`start`, as many passages as fit into `most_bytes`, `end`; `rest` says how many findings were left out."""
    parts, left_out = [start], 0
    room = most_bytes - len((start + end + rest).encode()) - 64
    for text, count in passages:
        room -= len(text.encode()) + 2
        if room < 0:
            left_out += count
        else:
            parts.append(text)
    if left_out:
        parts.append(rest.format(count=left_out))
    return "\n\n".join(part for part in (*parts, end) if part) + "\n"


@cache
def environment() -> Environment:
    """The templates beside this file. They are Markdown: what strangers wrote goes through prose, code or block."""
    loader = PackageLoader("bot.decide.render", "templates")
    made = Environment(  # noqa: S701 - the result is Markdown, where HTML escapes would show
        loader=loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(prose=prose, cell=cell, code=code, block=block, short=_short, moment=_moment, titled=titled)
    made.globals.update(names=RULE_NAMES, signs=SIGNS)
    return made


def _moment(time: datetime) -> str:
    """A time to the minute, in UTC."""
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _short(source: str) -> str:
    """`place@SHA` with as much of the SHA as people need."""
    place, _, commit = source.rpartition("@")
    return f"{place}@{commit[:10]}"
