# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the rule dependencies says of packages: findings with what to do, and the table of all.

A message names neither the package nor the manifest, so that what holds for many of them is told once with all places.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rules.finding import Finding, Table
from rules.licensing.allowed import Standing, Weighed
from rules.licensing.purl import Purl
from rules.options import DependenciesOptions, DependencyException
from rules.packages import Dependency, Vulnerability
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

MOST_LINES = 10
"""Exceptions that are proposed to maintainers."""

_COLUMNS = ("Package", "Version", "License", "Manifest", "Result")
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
    path, subject = one.dependency.manifest or None, named(one.dependency)
    for code in one.codes:
        if code == "dependency-vulnerable":
            for known in one.dependency.vulnerabilities:
                link, fix = known.url if _PAGE.fullmatch(known.url) else None, _fix(_TAKE_ANOTHER, one, options)
                yield Finding(code, _vulnerable(known), path, fix=fix, link=link, subject=subject)
        elif code == "dependency-license-denied":
            yield Finding(code, _denied(one), path, fix=_fix(_USE_ANOTHER, one, options), subject=subject)
        else:
            fix, warning = _fix(_LOOK_IT_UP, one, options), options.unknown == "warn"
            yield Finding(code, _unknown(one), path, fix=fix, warning=warning, subject=subject)


_USE_ANOTHER = "Use another package"
_TAKE_ANOTHER = "Take a version that the advisory names as mended"
_LOOK_IT_UP = "Find out under which license it comes, use another package if that does not fit"


def _fix(start: str, one: Verdict, options: DependenciesOptions) -> str:
    """What to do; whom to ask only where somebody can let the package through."""
    return f"{start}, or ask a maintainer to let it through." if options.overridable or one.purl else f"{start}."


def _denied(one: Verdict) -> str:
    license_ = _clipped(one.dependency.license or "", _LONGEST_SUMMARY)
    return f"The policy does not accept the license {license_}: {_reasons(one)}."


def _unknown(one: Verdict) -> str:
    return f"The license is not known: {_reasons(one)}."


def _reasons(one: Verdict) -> str:
    reasons = one.weighed.reasons
    more = f"; and {len(reasons) - _MOST_REASONS} more" if len(reasons) > _MOST_REASONS else ""
    return "; ".join(reasons[:_MOST_REASONS]) + more


def _vulnerable(known: Vulnerability) -> str:
    advisory = known.advisory if _ADVISORY.fullmatch(known.advisory) else "an advisory without a name"
    severity = f" ({known.severity})" if _ADVISORY.fullmatch(known.severity) else ""
    summary = _clipped(known.summary, _LONGEST_SUMMARY) or "nothing more is told"
    return f"A vulnerability is known, {advisory}{severity}: {summary}"


# -- for maintainers ----------------------------------------------------------------------------------------------

_LET_THROUGH = (
    "Maintainers can let a package through by its line under rules.dependencies.exceptions in the policy, with their "
    "reason in place of the dots:"
)


def remedy(found: Iterable[Verdict]) -> str | None:
    """The very lines by which the policy lets pass what is objected to, for maintainers; what fails comes first."""
    objected = sorted((one for one in found if one.codes and one.purl), key=_only_warns)
    purls = [purl for purl in dict.fromkeys(str(one.purl) for one in objected) if len(purl) <= MAX_LENGTH]
    lines = [f'- {{purl: "{purl}", reason: "..."}}' for purl in purls[:MOST_LINES]]
    more = [f"# and {len(purls) - MOST_LINES:,} more"] if len(purls) > MOST_LINES else []
    return "\n".join([_LET_THROUGH, "", *lines, *more]) if lines else None


def _only_warns(one: Verdict) -> bool:
    return one.codes == ("dependency-license-unknown",) and one.unknown == "warn"


# -- the table ----------------------------------------------------------------------------------------------------


def rows(found: Iterable[Verdict]) -> list[tuple[str, ...]]:
    """Every package in every manifest with its license and how it stands; those with findings first."""
    return list(dict.fromkeys(map(_row, sorted(found, key=lambda one: not one.codes))))


def table(found: Sequence[Verdict]) -> Table | None:
    """The first of these rows."""
    return Table(_COLUMNS, tuple(rows(found)[:MOST_ROWS])) if found else None


def _row(one: Verdict) -> tuple[str, ...]:
    dependency = one.dependency
    ecosystem = f" ({_clipped(dependency.ecosystem)})" if dependency.ecosystem else ""
    license_, version = _clipped(dependency.license or "none named"), _clipped(dependency.version)
    return (f"{_clipped(dependency.name)}{ecosystem}", version, license_, _clipped(dependency.manifest), _result(one))


def _result(one: Verdict) -> str:
    words = {Standing.DENIED: "denied", Standing.UNKNOWN: "not known", Standing.ACCEPTED: "accepted"}
    stands = "let through by the policy" if one.exception else words[one.weighed.standing]
    return ", ".join(filter(None, (stands, known_weak(one.dependency))))


def known_weak(dependency: Dependency) -> str:
    """How many vulnerabilities are known, in words; empty if none is."""
    count = len(dependency.vulnerabilities)
    return f"{count} known vulnerabilit{'y' if count == 1 else 'ies'}" if count else ""


def _clipped(text: str, longest: int = _LONGEST_NAME) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3]}..."
