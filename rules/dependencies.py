# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Rule dependencies: what a contribution adds to the dependencies has a license that fits and no known vulnerability.

What is added is what GitHub's dependency comparison says. A license that nobody knows, and a comparison that could not
be made, are told as what they are, and never taken for good.
"""

from collections.abc import Iterator, Sequence

from rules.change import Change, ChangedFile, Need
from rules.dependency_findings import (
    CODES,
    MOST_FINDINGS,
    MOST_ROWS,
    Verdict,
    findings,
    known_weak,
    named,
    packages,
    remedy,
    rows,
    table,
)
from rules.finding import Finding
from rules.licensing.allowed import Lists
from rules.licensing.purl import Purl, parse_purl
from rules.options import DependenciesOptions, DependencyException
from rules.packages import DependencyReview
from rules.rule import Facts, Judgement, Rule, Signal

LOOK_AGAIN = 600.0
"""Seconds after which a comparison is asked for again that GitHub could not make, or not in full."""
WAITS = 3_600.0
"""Seconds from the first look at a head in which builds may still send what is missing from its comparison."""
MOST_NOTES = 20
_LONGEST_WARNING = 500  # characters of what GitHub says of its own comparison

_OFFLINE = "Which dependencies are added only GitHub can tell: Steward judges them there"
_UNCOMPARED = "Dependencies could not be compared"
_LACKING = "GitHub has not seen all dependencies yet"
_NOT_WHOLE = "Not everything that is added could be seen. GitHub says of its own comparison"
_WAITS_FOR_BUILD = (
    "You need do nothing: a build may still send GitHub what is missing, and Steward looks again by itself every ten "
    "minutes, for an hour after the push."
)
_ASK_FOR_BUILD = (
    "No build has sent GitHub what is missing within an hour. Whoever maintains the build runs it again and then "
    "comments /steward check."
)
_TOLD = {  # in this order
    "dependency-license-denied": "a denied license",
    "dependency-license-unknown": "an unknown license",
    "dependency-vulnerable": "a known vulnerability",
}


def wants(_: ChangedFile, __: DependenciesOptions) -> bool:
    """No file has to be read: GitHub has read the manifests."""
    return False


def check(change: Change, options: DependenciesOptions, facts: Facts) -> Judgement:
    """Judge every package that is added."""
    if facts.offline:
        return Judgement(_OFFLINE, skipped=True)
    review = change.dependencies
    if review is None:
        return _without_review(change, facts)
    if review.unavailable:
        return Judgement(_UNCOMPARED, notes=(f"{review.unavailable}.",), skipped=True)
    found = _verdicts(review, options)
    objections, until = findings(found, options), _until(review, facts)
    notes, told = (*_notes(found), *_left_out(objections)), (*_lacking(review, until), *objections[:MOST_FINDINGS])
    summary = _LACKING if review.warnings and not objections else _summary(found)
    return Judgement(summary, told, notes, table=table(found), until=until, remedy=remedy(found))


def _without_review(change: Change, facts: Facts) -> Judgement:
    """What is missing is told by whoever read the contribution; if it may come yet, it is worth another look."""
    gaps = [gap for gap in change.unseen if gap.need is Need.DEPENDENCIES]
    if gaps:
        until = None if all(gap.final for gap in gaps) else facts.now + LOOK_AGAIN
        return Judgement(_UNCOMPARED, until=until)
    nothing = Finding(
        "incomplete",
        "What is added to the dependencies was not asked for, so nobody can tell whether it fits.",
        fix="Look again with /steward check, or push once more.",
    )
    return Judgement("The dependencies were not compared", (nothing,))


def _until(review: DependencyReview, facts: Facts) -> float | None:
    """When a comparison that lacks something may be whole, if it still may."""
    waits = bool(review.warnings) and facts.now < facts.seen_at + WAITS
    return facts.now + LOOK_AGAIN if waits else None


def _lacking(review: DependencyReview, until: float | None) -> Iterator[Finding]:
    """That GitHub itself says of its comparison that it is not whole: what it lacks, nobody has judged."""
    if review.warnings:
        words = f"{_NOT_WHOLE}: {review.warnings[:_LONGEST_WARNING]}"
        yield Finding("incomplete", words, fix=_WAITS_FOR_BUILD if until else _ASK_FOR_BUILD)


# -- one package --------------------------------------------------------------------------------------------------


def _verdicts(review: DependencyReview, options: DependenciesOptions) -> list[Verdict]:
    lists, exceptions = Lists(options.licenses.allow, options.licenses.deny), _exceptions(options)
    found = []
    for dependency in review.added:
        purl = parse_purl(dependency.purl or "")
        exception = _exception(purl, exceptions)
        found.append(Verdict(dependency, purl, lists.weigh(dependency.license), options.unknown, exception))
    return found


def _exceptions(options: DependenciesOptions) -> dict[Purl, DependencyException]:
    entries = ((parse_purl(entry.purl), entry) for entry in options.exceptions)
    return {purl: entry for purl, entry in entries if purl is not None}


def _exception(purl: Purl | None, exceptions: dict[Purl, DependencyException]) -> DependencyException | None:
    """The entry for this very version, or else for all versions of the package."""
    return None if purl is None else exceptions.get(purl) or exceptions.get(purl.package)


# -- all of them --------------------------------------------------------------------------------------------------


def _summary(found: Sequence[Verdict]) -> str:
    if not found:
        return "No dependency is added"
    count = len(packages(found))
    counts = {what: len(packages(one for one in found if code in one.codes)) for code, what in _TOLD.items()}
    (what, first), *others = [one for one in counts.items() if one[1]] or [("", 0)]
    if first:
        start = f"{first} of {count} added package{'s' if count > 1 else ''} {'has' if first == 1 else 'have'} {what}"
        return ", ".join([start, *(f"{number} {other}" for other, number in others)])
    return f"Nothing speaks against the {'package that is' if count == 1 else f'{count} packages that are'} added"


def _notes(found: Sequence[Verdict]) -> Iterator[str]:
    excepted = [
        f"{named(one.dependency)} is let through by the policy{_in_spite(one)}: {one.exception.reason}"
        for one in packages(found)
        if one.exception
    ]
    yield from excepted[:MOST_NOTES]
    if len(excepted) > MOST_NOTES:
        yield f"{len(excepted) - MOST_NOTES} more packages are let through by the policy"
    if passed := packages(one for one in found if one.passes_unknown):
        has = "package has a license that is" if len(passed) == 1 else "packages have licenses that are"
        yield f"{len(passed)} {has} not known, which the policy lets pass"
    if (count := len(rows(found))) > MOST_ROWS:
        yield f"The table has {MOST_ROWS} of {count:,} rows"


def _in_spite(one: Verdict) -> str:
    weak = known_weak(one.dependency)
    return f" in spite of {weak}" if weak else ""


def _left_out(objections: Sequence[Finding]) -> tuple[str, ...]:
    if len(objections) <= MOST_FINDINGS:
        return ()
    return (f"{MOST_FINDINGS:,} of {len(objections):,} findings are told here, those that only warn last",)


RULE = Rule(
    name="dependencies",
    needs=lambda _options: frozenset({Need.DEPENDENCIES}),
    minds=frozenset({Signal.HEAD, Signal.BASE}),
    codes=CODES,
    check=check,
    wants=wants,
    by_content=True,
)
