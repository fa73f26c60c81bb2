# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is added to the dependencies: which packages are objected to, what is said of them, and what is passed over."""

from dataclasses import replace
from typing import Any

import pytest

from rules.change import Change, ChangedFile, FileStatus, Need, Unseen
from rules.dependencies import LOOK_AGAIN, MOST_NOTES, RULE, WAITS
from rules.dependency_findings import MOST_FINDINGS, MOST_LINES, MOST_ROWS
from rules.finding import Table
from rules.options import DependenciesOptions
from rules.packages import Dependency, DependencyReview, Vulnerability
from rules.rule import Facts, Judgement

DENY: dict[str, Any] = {"licenses": {"deny": ["AGPL-3.0-only"]}}
LEAK = Vulnerability("GHSA-aaaa-bbbb-cccc", "It leaks", "high", "https://github.com/advisories/GHSA-aaaa-bbbb-cccc")
DENIED, UNKNOWN, VULNERABLE = "dependency-license-denied", "dependency-license-unknown", "dependency-vulnerable"


def package(name: str = "tangle", license_: str | None = "MIT", version: str = "1.0", **values: object) -> Dependency:
    known = {"ecosystem": "pip", "manifest": "requirements.txt", "purl": f"pkg:pypi/{name}@{version}", **values}
    return Dependency(name, version, license=license_, **known)  # type: ignore[arg-type]


def judged(*added: Dependency, warnings: str = "", **options: object) -> Judgement:
    change = Change("b" * 40, "a" * 40, dependencies=DependencyReview(added, warnings=warnings))
    return RULE.check(change, DependenciesOptions.model_validate(options), Facts(2026))


def codes(judgement: Judgement) -> list[tuple[str, str | None, bool]]:
    return [(one.code, one.path, one.warning) for one in judgement.findings]


# -- what is found ------------------------------------------------------------------------------------------------

AT = "requirements.txt"
CASES = {
    "a license that fits": (package(), DENY, []),
    "one that is denied": (package(license_="AGPL-3.0-only"), DENY, [(DENIED, AT, False)]),
    "one that is not allowed": (package(license_="ISC"), {"licenses": {"allow": ["MIT"]}}, [(DENIED, AT, False)]),
    "none named, by default": (package(license_=None), {}, [(UNKNOWN, AT, True)]),
    "none named, to warn": (package(license_=None), {"unknown": "warn"}, [(UNKNOWN, AT, True)]),
    "none named, to deny": (package(license_=None), {"unknown": "deny"}, [(UNKNOWN, AT, False)]),
    "none named, to allow": (package(license_=None), {"unknown": "allow"}, []),
    "no expression": (package(license_="Apache 2"), {"unknown": "deny"}, [(UNKNOWN, AT, False)]),
    "denied, whatever of the unknown": (
        package(license_="AGPL-3.0-only"),
        {**DENY, "unknown": "allow"},
        [(DENIED, AT, False)],
    ),
    "a vulnerability": (package(vulnerabilities=(LEAK,)), {}, [(VULNERABLE, AT, False)]),
    "denied and vulnerable": (
        package(license_="AGPL-3.0-only", vulnerabilities=(LEAK,)),
        DENY,
        [(DENIED, AT, False), (VULNERABLE, AT, False)],
    ),
    "unknown and vulnerable": (
        package(license_=None, vulnerabilities=(LEAK,)),
        {},
        [(VULNERABLE, AT, False), (UNKNOWN, AT, True)],
    ),
    "without a manifest": (package(license_=None, manifest=""), {}, [(UNKNOWN, None, True)]),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_found(case: str) -> None:
    added, options, found = CASES[case]
    assert codes(judged(added, **options)) == found


EXCEPTED: dict[str, bool] = {
    # the entry of the policy: whether it covers Foo_Bar 1.0 of PyPI
    "pkg:pypi/foo-bar": True,
    "pkg:pypi/Foo.Bar": True,
    "pkg:pypi/foo_bar@1.0": True,
    "pkg:pypi/foo-bar@1.0.0": False,
    "pkg:pypi/foo-bar@1": False,
    "pkg:pypi/foo": False,
    "pkg:pypi/foo-bar-baz": False,
    "pkg:npm/foo-bar": False,
    "pkg:pypi/acme/foo-bar": False,
}


@pytest.mark.parametrize("purl", EXCEPTED)
def test_an_exception_is_for_that_very_package(purl: str) -> None:
    options = {**DENY, "exceptions": [{"purl": purl, "reason": "Only in tests"}]}
    judgement = judged(package("Foo_Bar", "AGPL-3.0-only", vulnerabilities=(LEAK,)), **options)
    assert (judgement.findings == ()) is EXCEPTED[purl]
    notes = ("Foo_Bar 1.0 (pip) is let through by the policy in spite of 1 known vulnerability: Only in tests",)
    assert judgement.notes == (notes if EXCEPTED[purl] else ())


def test_of_two_exceptions_that_for_the_version_is_told() -> None:
    entries = [{"purl": "pkg:pypi/tangle@1.0", "reason": "One"}, {"purl": "pkg:pypi/tangle", "reason": "All"}]
    assert judged(package(), package(version="2.0"), exceptions=entries).notes == (
        "tangle 1.0 (pip) is let through by the policy: One",
        "tangle 2.0 (pip) is let through by the policy: All",
    )


@pytest.mark.parametrize("purl", [None, "", "no purl", "pkg:pypi/"])
def test_what_has_no_package_url_has_no_exception(purl: str | None) -> None:
    options = {**DENY, "exceptions": [{"purl": "pkg:pypi/tangle", "reason": "x"}]}
    (finding,) = judged(package(license_="AGPL-3.0-only", purl=purl), **options).findings
    assert finding.fix == "Use another package, or ask a maintainer to let it through."
    judgement = judged(package(license_="AGPL-3.0-only", purl=purl), overridable=False, **options)
    assert [one.fix for one in judgement.findings] == ["Use another package."]
    assert judgement.remedy is None


# -- what is said -------------------------------------------------------------------------------------------------


def test_what_is_said_of_a_license_that_is_denied() -> None:
    (finding,) = judged(package(license_="AGPL-3.0-only OR agpl-3.0+"), **DENY).findings
    assert finding.message == (
        "The policy does not accept the license AGPL-3.0-only OR agpl-3.0+: AGPL-3.0-only is denied; "
        "AGPL-3.0-or-later is denied by AGPL-3.0-only."
    )
    assert finding.fix == "Use another package, or ask a maintainer to let it through."
    assert (finding.subject, finding.path, finding.link) == ("tangle 1.0 (pip)", AT, None)


def test_what_is_said_of_a_license_that_nobody_knows() -> None:
    (finding,) = judged(package(license_=None)).findings
    assert finding.message == "The license is not known: GitHub names no license."
    assert finding.fix == (
        "Find out under which license it comes, use another package if that does not fit, or ask a maintainer to let "
        "it through."
    )


def test_every_advisory_is_told_with_its_page() -> None:
    other = Vulnerability("GHSA-dddd-eeee-ffff", "", "critical", "javascript:alert(1)")
    first, second = judged(package(vulnerabilities=(LEAK, other))).findings
    assert first.message == "A vulnerability is known, GHSA-aaaa-bbbb-cccc (high): It leaks"
    assert first.link == LEAK.url
    assert second.message.endswith("GHSA-dddd-eeee-ffff (critical): nothing more is told")
    assert second.link is None
    assert first.fix == second.fix


def test_many_packages_with_one_license_are_told_at_once() -> None:
    judgement = judged(*(package(f"p{number}", "AGPL-3.0-only") for number in range(50)), **DENY)
    assert len({(one.message, one.fix) for one in judgement.findings}) == 1
    assert len({one.subject for one in judgement.findings}) == 50


def test_maintainers_get_the_lines_that_let_packages_through_once_and_few() -> None:
    weak = package(license_="AGPL-3.0-only", vulnerabilities=(LEAK, replace(LEAK, advisory="GHSA-x")))
    assert (judged(weak, package("fine"), **DENY).remedy or "").partition("\n\n")[2] == (
        '- {purl: "pkg:pypi/tangle@1.0", reason: "..."}'
    )
    told = judged(*(package(f"p{number}", None) for number in range(1_500)), package("z", "AGPL-3.0-only"), **DENY)
    lines = (told.remedy or "").partition("\n\n")[2].splitlines()
    assert lines[0] == '- {purl: "pkg:pypi/z@1.0", reason: "..."}'
    assert (len(lines), lines[-1]) == (MOST_LINES + 1, "# and 1,491 more")
    assert judged(package()).remedy is None


def test_a_vulnerability_of_which_nothing_is_told_is_one_all_the_same() -> None:
    (finding,) = judged(package(vulnerabilities=(Vulnerability("", "x" * 900, "a b", ""),))).findings
    assert "an advisory without a name: xxx" in finding.message
    assert len(finding.message) < 400


def test_a_package_in_many_manifests_is_told_once_with_all_its_places() -> None:
    added = [package(license_=None, manifest=f"{number}/requirements.txt") for number in range(30)]
    judgement = judged(*added, added[0])
    assert len(judgement.findings) == 30
    assert len({(one.message, one.fix) for one in judgement.findings}) == 1
    assert judgement.summary == "1 of 1 added package has an unknown license"


def test_names_are_cut_and_a_line_to_paste_is_none_that_the_policy_would_refuse() -> None:
    judgement = judged(package("x" * 900, None), **DENY)
    assert "x" * 98 not in (judgement.findings[0].subject or "")
    assert judgement.remedy is None
    (finding,) = judged(package("", None, ecosystem="", purl=None)).findings
    assert finding.subject == "a package without a name 1.0"


def test_many_reasons_are_cut() -> None:
    licenses = ["MIT", "ISC", "Zlib", "0BSD", "X11", "curl"]
    (finding,) = judged(package(license_=" OR ".join(licenses)), licenses={"allow": ["Apache-2.0"]}).findings
    assert finding.message.endswith("X11 is not among the licenses allowed; and 1 more.")


def test_of_too_many_findings_those_that_only_warn_are_left_out_first() -> None:
    added = [package(f"p{number}", None) for number in range(MOST_FINDINGS)]
    judgement = judged(*added, package("z", "AGPL-3.0-only"), **DENY)
    assert len(judgement.findings) == MOST_FINDINGS
    assert [one.code for one in judgement.findings if not one.warning] == [DENIED]
    assert judgement.notes[-1] == "1,000 of 1,001 findings are told here, those that only warn last"


@pytest.mark.parametrize(
    ("added", "summary"),
    [
        ((), "No dependency is added"),
        ((package(),), "Nothing speaks against the package that is added"),
        ((package(), package("b")), "Nothing speaks against the 2 packages that are added"),
        ((package(license_="AGPL-3.0-only"),), "1 of 1 added package has a denied license"),
        (
            (package(license_="AGPL-3.0-only"), package("b", "AGPL-3.0-only"), package("c", None)),
            "2 of 3 added packages have a denied license, 1 an unknown license",
        ),
        (
            (package(vulnerabilities=(LEAK, LEAK)), package("b", vulnerabilities=(LEAK,)), package("c")),
            "2 of 3 added packages have a known vulnerability",
        ),
    ],
)
def test_the_verdict_in_one_line(added: tuple[Dependency, ...], summary: str) -> None:
    assert judged(*added, **DENY).summary == summary


# -- notes and the table ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "note"),
    [
        (1, "1 package has a license that is not known, which the policy lets pass"),
        (2, "2 packages have licenses that are not known, which the policy lets pass"),
    ],
)
def test_what_the_policy_lets_pass_is_counted(count: int, note: str) -> None:
    assert judged(*(package(f"p{number}", None) for number in range(count)), unknown="allow").notes == (note,)


def test_a_comparison_that_lacks_something_does_not_pass() -> None:
    judgement = judged(package(), warnings="No snapshots for the head")
    (finding,) = judgement.findings
    assert (finding.code, finding.path, finding.warning) == ("incomplete", None, False)
    assert finding.message == (
        "Not everything that is added could be seen. GitHub says of its own comparison: No snapshots for the head"
    )
    assert judgement.summary == "GitHub has not seen all dependencies yet"
    assert len(judged(warnings="x" * 9_000).findings[0].message) < 700
    found = judged(package(license_="AGPL-3.0-only"), warnings="No snapshots", **DENY)
    assert [one.code for one in found.findings] == ["incomplete", DENIED]


@pytest.mark.parametrize(
    ("warnings", "now", "until", "fix"),
    [
        ("", 1_000.0, None, None),
        ("No snapshots", 1_000.0, 1_000.0 + LOOK_AGAIN, "You need do nothing"),
        ("No snapshots", 999.0 + WAITS, 999.0 + WAITS + LOOK_AGAIN, "You need do nothing"),
        ("No snapshots", 1_000.0 + WAITS, None, "/steward check"),
    ],
)
def test_what_builds_may_still_send_is_waited_for_a_while(
    warnings: str, now: float, until: float | None, fix: str | None
) -> None:
    change = Change("b" * 40, "a" * 40, dependencies=DependencyReview(warnings=warnings))
    judgement = RULE.check(change, DependenciesOptions(), Facts(2026, now=now, seen_at=1_000.0))
    assert judgement.until == until
    assert [(fix or "") in (one.fix or "") for one in judgement.findings] == ([True] if warnings else [])


def test_many_exceptions_are_counted() -> None:
    entries = [{"purl": f"pkg:pypi/p{number}", "reason": "x"} for number in range(MOST_NOTES + 3)]
    notes = judged(*(package(f"p{number}") for number in range(MOST_NOTES + 3)), exceptions=entries).notes
    assert (len(notes), notes[-1]) == (MOST_NOTES + 1, "3 more packages are let through by the policy")


def test_the_table_has_every_package_and_how_it_stands() -> None:
    added = [
        package("a"),
        package("a", manifest="other.txt"),
        package("b", "AGPL-3.0-only", vulnerabilities=(LEAK,)),
        package("c", None, ecosystem="", vulnerabilities=(LEAK, LEAK)),
        package("d", "AGPL-3.0-only", vulnerabilities=(LEAK,)),
    ]
    judgement = judged(*added, exceptions=[{"purl": "pkg:pypi/d", "reason": "x"}], **DENY)
    assert judgement.table == Table(
        ("Package", "Version", "License", "Manifest", "Result"),
        (
            ("b (pip)", "1.0", "AGPL-3.0-only", AT, "denied, 1 known vulnerability"),
            ("c", "1.0", "none named", AT, "not known, 2 known vulnerabilities"),
            ("a (pip)", "1.0", "MIT", AT, "accepted"),
            ("a (pip)", "1.0", "MIT", "other.txt", "accepted"),
            ("d (pip)", "1.0", "AGPL-3.0-only", AT, "let through by the policy, 1 known vulnerability"),
        ),
    )


def test_a_long_table_has_what_is_objected_to_first() -> None:
    added = [package(f"p{number}") for number in range(MOST_ROWS)]
    judgement = judged(*added, package("z", None))
    assert judgement.table is not None
    assert (len(judgement.table.rows), judgement.table.rows[0][0]) == (MOST_ROWS, "z (pip)")
    assert judgement.notes == (f"The table has {MOST_ROWS} of {MOST_ROWS + 1} rows",)


def test_one_version_with_two_licenses_is_shown_with_both_and_the_worse_first() -> None:
    judgement = judged(package("a", manifest="a.txt"), package("a", "AGPL-3.0-only", manifest="b.txt"), **DENY)
    assert judgement.table is not None
    assert [row[2:] for row in judgement.table.rows] == [
        ("AGPL-3.0-only", "b.txt", "denied"),
        ("MIT", "a.txt", "accepted"),
    ]


# -- where nothing can be said ------------------------------------------------------------------------------------


def unseen(*gaps: Unseen, offline: bool = False, review: DependencyReview | None = None) -> Judgement:
    change = Change("b" * 40, "a" * 40, unseen=gaps, dependencies=review)
    return RULE.check(change, DependenciesOptions(), Facts(2026, now=1_000.0, offline=offline))


def test_in_a_local_checkout_it_is_skipped() -> None:
    assert unseen(offline=True) == Judgement(
        "Which dependencies are added only GitHub can tell: Steward judges them there", skipped=True
    )


def test_where_github_compares_none_it_is_skipped() -> None:
    judgement = unseen(review=DependencyReview(unavailable="It may be off"))
    assert judgement == Judgement("Dependencies could not be compared", notes=("It may be off.",), skipped=True)


@pytest.mark.parametrize(("final", "until"), [(False, 1_000.0 + LOOK_AGAIN), (True, None)])
def test_what_github_may_tell_later_is_looked_at_again(final: bool, until: float | None) -> None:
    judgement = unseen(Unseen(Need.DEPENDENCIES, "x", final=final))
    assert (judgement.findings, judgement.skipped, judgement.until) == ((), False, until)


def test_what_nobody_asked_for_does_not_pass() -> None:
    assert [one.code for one in unseen().findings] == ["incomplete"]
    assert [one.code for one in unseen(Unseen(Need.FILES, "x")).findings] == ["incomplete"]


def test_no_content_is_read() -> None:
    assert not RULE.wants(ChangedFile("requirements.txt", FileStatus.ADDED), DependenciesOptions())
    assert RULE.needs(DependenciesOptions()) == {Need.DEPENDENCIES}
