# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the rule dependencies says of packages: findings with what to do, and the table of all.

A message never names the manifest, so that a package which stands in many of them is told once with all its places.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rules.change import Dependency, Vulnerability
from rules.finding import Finding, Table
from rules.licensing.allowed import Standing, Weighed
from rules.licensing.purl import Purl
from rules.options import DependenciesOptions, DependencyException
from rules.patterns import MAX_LENGTH
from rules.rule import Code

CODES = {
    "dependency-license-denied": Code("A package is added whose license the policy does not accept."),
    "dependency-license-unknown": Code("A package is added whose license nobody can tell."),
    "dependency-vulnerable": Code("A package is added that has a known vulnerability."),
}
MOST_ROWS = 100
MOST_FINDINGS = 1_000
"""Findings that are told; a lock file may bring thousands of packages with several advisories each."""

_COLUMNS = ("Package", "Version", "License", "Result")
_LONGEST_NAME = 100  # characters that are shown
_LONGEST_SUMMARY = 300
_MOST_REASONS = 5
_ADVISORY = re.compile(r"[A-Za-z0-9-]{1,50}")
_PAGE = re.compile(r"https://[A-Za-z0-9.:-]+/[A-Za-z0-9._/-]*")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One added package: how its license stands, and by which exception it is let through, if by any.

    `unknown` is what the policy does about licenses that are not known.
    """

    dependency: Dependency
    purl: Purl | None
    weighed: Weighed
    unknown: str
    exception: DependencyException | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """What is found."""
        if self.exception:
            return ()
        vulnerable = ("dependency-vulnerable",) if self.dependency.vulnerabilities else ()
        if self.weighed.standing is Standing.DENIED:
            return ("dependency-license-denied", *vulnerable)
        if self.weighed.standing is Standing.UNKNOWN and self.unknown != "allow":
            return ("dependency-license-unknown", *vulnerable)
        return vulnerable

    @property
    def passes_unknown(self) -> bool:
        """Whether its license is not known, and the policy takes no offence at that."""
        return not self.exception and self.weighed.standing is Standing.UNKNOWN and self.unknown == "allow"


def packages(found: Iterable[Verdict]) -> list[Verdict]:
    """Each version of a package once, however many manifests it stands in."""
    return list(
        {(one.dependency.ecosystem, one.dependency.name, one.dependency.version): one for one in found}.values()
    )


def named(dependency: Dependency) -> str:
    """A package as people know it."""
    name = _clipped(dependency.name) or "a package without a name"
    ecosystem = f"({_clipped(dependency.ecosystem)})" if dependency.ecosystem else ""
    return " ".join(filter(None, (name, _clipped(dependency.version), ecosystem)))


def findings(found: Iterable[Verdict], options: DependenciesOptions) -> tuple[Finding, ...]:
    """What there is to object to, what only warns last; nothing is said twice of one package in one manifest."""
    told = dict.fromkeys(finding for one in found for finding in _findings(one, options))
    return tuple(sorted(told, key=lambda finding: finding.warning))


def _findings(one: Verdict, options: DependenciesOptions) -> Iterator[Finding]:
    path = one.dependency.manifest or None
    for code in one.codes:
        if code == "dependency-vulnerable":
            for known in one.dependency.vulnerabilities:
                fix = _fix("Take a version that the advisory names as mended", one, options)
                link = known.url if _PAGE.fullmatch(known.url) else None
                yield Finding(code, _vulnerable(one.dependency, known), path, fix=fix, link=link)
        elif code == "dependency-license-denied":
            yield Finding(code, _denied(one), path, fix=_fix("Use another package", one, options))
        else:
            warning = options.unknown == "warn"
            yield Finding(code, _unknown(one), path, fix=_fix(_LOOK_IT_UP, one, options), warning=warning)


_OVERRIDE = "override this rule"
_EXCEPTION = "let the package through, with a reason, by this line under rules.dependencies.exceptions in the policy"
_LOOK_IT_UP = "Find out under which license it comes, and use another package if that does not fit"


def _denied(one: Verdict) -> str:
    license_ = _clipped(one.dependency.license or "", _LONGEST_SUMMARY)
    return f"{named(one.dependency)} comes under {license_}, which the policy does not accept: {_reasons(one)}."


def _unknown(one: Verdict) -> str:
    return f"The license of {named(one.dependency)} is not known: {_reasons(one)}."


def _reasons(one: Verdict) -> str:
    reasons = one.weighed.reasons
    more = f"; and {len(reasons) - _MOST_REASONS} more" if len(reasons) > _MOST_REASONS else ""
    return "; ".join(reasons[:_MOST_REASONS]) + more


def _vulnerable(dependency: Dependency, known: Vulnerability) -> str:
    advisory = known.advisory if _ADVISORY.fullmatch(known.advisory) else "an advisory without a name"
    severity = f" ({known.severity})" if _ADVISORY.fullmatch(known.severity) else ""
    summary = _clipped(known.summary, _LONGEST_SUMMARY) or "nothing more is told"
    return f"{named(dependency)} has a known vulnerability, {advisory}{severity}: {summary}"


def _fix(start: str, one: Verdict, options: DependenciesOptions) -> str:
    """What to do, and the very line by which a maintainer lets the package through."""
    purl = str(one.purl) if one.purl else ""
    by_policy = 0 < len(purl) <= MAX_LENGTH
    ways = [_OVERRIDE] * options.overridable + [_EXCEPTION] * by_policy
    asked = f" Or ask a maintainer to {' or to '.join(ways)}" if ways else ""
    return (
        f'{start}.{asked}:\n\n- {{purl: "{purl}", reason: "..."}}'
        if by_policy
        else f"{start}.{asked}{'.' * bool(ways)}"
    )


# -- the table ----------------------------------------------------------------------------------------------------


def table(found: Sequence[Verdict]) -> Table | None:
    """Every package with its license and how it stands; where there are too many, those with findings first."""
    shown = packages(found)
    if len(shown) > MOST_ROWS:
        shown = sorted(shown, key=lambda one: not one.codes)[:MOST_ROWS]
    return Table(_COLUMNS, tuple(_row(one) for one in shown)) if shown else None


def _row(one: Verdict) -> tuple[str, ...]:
    dependency = one.dependency
    ecosystem = f" ({_clipped(dependency.ecosystem)})" if dependency.ecosystem else ""
    license_ = _clipped(dependency.license or "none named")
    return (f"{_clipped(dependency.name)}{ecosystem}", _clipped(dependency.version), license_, _result(one))


def _result(one: Verdict) -> str:
    if one.exception:
        return "let through by the policy"
    words = {Standing.DENIED: "denied", Standing.UNKNOWN: "not known", Standing.ACCEPTED: "accepted"}
    count = len(one.dependency.vulnerabilities)
    weak = f", {count} known vulnerabilit{'y' if count == 1 else 'ies'}" if count else ""
    return f"{words[one.weighed.standing]}{weak}"


def _clipped(text: str, longest: int = _LONGEST_NAME) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3]}..."
