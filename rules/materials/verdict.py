# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a rule on data or on models answers, put together from what it found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from rules import consent
from rules.finding import Finding
from rules.materials import findings
from rules.materials.findings import MOST_FINDINGS
from rules.materials.look import Look, Options
from rules.materials.material import Sort
from rules.materials.summary import summary
from rules.materials.table import rows_left_out, table
from rules.people import masked_in
from rules.rule import Facts, Judgement

_NOT_ADVICE = "What is said of licenses is what the policy says, and no legal advice"
_ON_LICENSES = ("-no-license", "-license-denied", "-license-conflict", "-no-license-file")


@dataclass(frozen=True, slots=True)
class Aside:
    """What a rule has to say beside that: findings, notes, and the former in a few words for the summary."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    short: str = ""


_NOTHING = Aside()


def verdict(
    seen: Look,
    sort: Sort,
    own: Sequence[Sequence[Finding]],
    options: Options,
    facts: Facts,
    aside: Aside = _NOTHING,
) -> Judgement:
    """The answer. `own` are the findings on each dataset or model that is committed."""
    asked = consent.asked(options.approvals, facts.consent)
    everything = (
        *chain.from_iterable(own),
        *findings.on_consent(seen, sort, asked, offline=facts.offline),
        *findings.on_registry(seen, sort),
        *findings.on_loaded(seen, sort),
        *findings.on_unread(seen, sort),
        *aside.findings,
    )
    told = [_masked(one) for one in sorted(everything, key=lambda one: one.warning)[:MOST_FINDINGS]]
    line = summary(seen, sort, _troubles(own), asked, offline=facts.offline)
    return Judgement(
        "; ".join(filter(None, (line, aside.short))),
        tuple(told),
        (*aside.notes, *rows_left_out(seen), *_left_out(len(everything)), *_advice(told)),
        table=table(seen, sort),
        alone=seen.nothing,
    )


def _masked(finding: Finding) -> Finding:
    """The finding as everybody may see it: people put their addresses into cards."""
    return replace(finding, message=masked_in(finding.message))


def _troubles(own: Sequence[Sequence[Finding]]) -> list[set[str]]:
    """The codes of what is wrong with each; what only warns is worth a word where nothing fails."""
    failing = [{one.code for one in some if not one.warning} for some in own]
    return failing if any(failing) else [{one.code for one in some} for some in own]


def _left_out(count: int) -> Iterator[str]:
    if count > MOST_FINDINGS:
        yield f"{MOST_FINDINGS:,} of {count:,} findings are told here, those that only warn last"


def _advice(told: Iterable[Finding]) -> Iterator[str]:
    if any(one.code.endswith(_ON_LICENSES) for one in told):
        yield _NOT_ADVICE
