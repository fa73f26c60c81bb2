# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which license expressions fit lists of licenses that are allowed and denied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.licensing.allowed import CUT, Lists, Standing

ACCEPTED, DENIED, UNKNOWN = Standing.ACCEPTED, Standing.DENIED, Standing.UNKNOWN

AGPL, GPL2, GPL2_ON = "AGPL-3.0-only", "GPL-2.0-only", "GPL-2.0-or-later"
CLASSPATH = "GPL-2.0-only WITH Classpath-exception-2.0"

DENY = {
    # what is found: (what is denied, how that stands)
    "MIT": ([AGPL], ACCEPTED),
    AGPL: ([AGPL], DENIED),
    "agpl-3.0-ONLY": ([AGPL], DENIED),
    "AGPL-3.0": ([AGPL], DENIED),
    "AGPL-3.0-or-later": ([AGPL], DENIED),
    "AGPL-3.0+": ([AGPL], DENIED),
    "AGPL-1.0-or-later": ([AGPL], ACCEPTED),
    GPL2_ON: ([GPL2], ACCEPTED),
    "GPL-2.0+": ([GPL2, "GPL-3.0-only"], DENIED),
    "GPL-3.0-only": ([GPL2_ON], DENIED),
    "GPL-3.0-or-later": ([GPL2_ON], DENIED),
    GPL2: ([GPL2_ON], DENIED),
    "GPL-1.0-only": ([GPL2_ON], ACCEPTED),
    "GPL-1.0-or-later": ([GPL2_ON], ACCEPTED),
    "LGPL-2.1-only": ([GPL2_ON], ACCEPTED),
    CLASSPATH: ([GPL2], ACCEPTED),
    "GPL-2.0-with-classpath-exception": ([CLASSPATH], DENIED),
    "(gpl-2.0-with-classpath-exception)": ([CLASSPATH], DENIED),
    "eCos-2.0": (["GPL-2.0-or-later WITH eCos-exception-2.0"], DENIED),
    "GPL-3.0-only WITH Classpath-exception-2.0": (["GPL-2.0-or-later WITH Classpath-exception-2.0"], DENIED),
    "BSD-2-Clause-FreeBSD": (["BSD-2-Clause-Views"], DENIED),
    "MPL-1.1+": (["MPL-1.1"], ACCEPTED),
    "mpl-1.1+": (["MPL-1.1", "MPL-2.0"], DENIED),
    "Apache-2.0+": (["Apache-2.0"], DENIED),
    "MIT+": (["MIT"], DENIED),
    "BSD-2-Clause+": (["BSD-2-Clause"], DENIED),  # its number is no version
    "LPPL-1.3a+": (["LPPL-1.3a"], ACCEPTED),
    "LPPL-1.3c+": (["LPPL-1.3c"], DENIED),
    "GFDL-1.3-invariants-or-later": (["GFDL-1.3-invariants-only"], DENIED),
    f"MIT OR {AGPL}": ([AGPL], ACCEPTED),
    f"MIT AND {AGPL}": ([AGPL], DENIED),
    f"{AGPL} OR (MIT AND {GPL2})": ([AGPL, GPL2], DENIED),
    f"({AGPL} OR MIT) AND ISC": ([AGPL], ACCEPTED),
    "mit or agpl-3.0": ([AGPL], ACCEPTED),
    "LicenseRef-Acme": (["LicenseRef-Acme"], DENIED),
}


@pytest.mark.parametrize("found", DENY)
def test_what_is_denied(found: str) -> None:
    deny, standing = DENY[found]
    assert Lists((), deny).weigh(found).standing is standing


ALLOW = {
    "MIT": (["MIT"], ACCEPTED),
    "ISC": (["MIT"], DENIED),
    "MIT OR ISC": (["MIT"], ACCEPTED),
    "MIT AND ISC": (["MIT"], DENIED),
    "(MIT) AND ISC": (["MIT", "ISC"], ACCEPTED),
    CLASSPATH: ([GPL2], ACCEPTED),
    GPL2: ([CLASSPATH], DENIED),
    "GPL-2.0-only WITH GCC-exception-2.0": ([CLASSPATH], DENIED),
    "GPL-2.0-or-later WITH Classpath-exception-2.0": ([CLASSPATH], ACCEPTED),
    GPL2_ON: ([GPL2_ON], ACCEPTED),
    "GPL-2.0+": ([GPL2], ACCEPTED),
    "GPL-2.0-OR-later": (["GPL-3.0-only"], ACCEPTED),
    "gpl-2.0-or-later": (["GPL-3.0-or-later"], ACCEPTED),
    "GPL-2.0": ([GPL2_ON], ACCEPTED),
    "GPL-3.0-only": ([GPL2_ON], ACCEPTED),
    "GPL-3.0+": ([GPL2_ON], ACCEPTED),
    "Apache-2.0+": (["Apache-2.0"], ACCEPTED),
    "LicenseRef-Acme": (["LicenseRef-Acme"], ACCEPTED),
}


@pytest.mark.parametrize("found", ALLOW)
def test_what_is_allowed(found: str) -> None:
    allow, standing = ALLOW[found]
    assert Lists(allow, ()).weigh(found).standing is standing


@pytest.mark.parametrize(
    ("found", "standing"),
    [
        ("MIT", ACCEPTED),
        (GPL2, DENIED),
        (GPL2_ON, ACCEPTED),  # under GPL-3.0, since it is allowed with all that follow it
        ("GPL-3.0-only", ACCEPTED),
        (f"{GPL2} WITH GCC-exception-2.0", ACCEPTED),  # a license of its own, which is not denied
    ],
)
def test_what_is_both_allowed_and_denied(found: str, standing: Standing) -> None:
    assert Lists(["MIT", GPL2_ON], [GPL2]).weigh(found).standing is standing


@pytest.mark.parametrize(
    ("found", "standing"),
    [
        ("GPL-3.0-only", ACCEPTED),
        ("GPL-3.0-or-later", ACCEPTED),
        (GPL2, ACCEPTED),
        ("GPL-3.0-only WITH GCC-exception-3.1", ACCEPTED),
        ("GPL-1.0-only", DENIED),
        ("GPL-1.0-or-later", ACCEPTED),  # a choice, of which one is allowed
        ("LGPL-3.0-only", DENIED),
    ],
)
def test_who_allows_a_version_and_later_ones_allows_each(found: str, standing: Standing) -> None:
    assert Lists([GPL2_ON], []).weigh(found).standing is standing


NOBODY_KNOWS = {
    None: "GitHub names no license",
    "": "GitHub names no license",
    " ": "GitHub names no license",
    "NOASSERTION": "GitHub names no license",
    "noassertion": "GitHub names no license",
    "NONE": "GitHub finds no license",
    "OTHER": "GitHub finds a license and does not know which",
    "MIT AND OTHER": "GitHub finds a license and does not know which",
    "LicenseRef-clearlydefined-OTHER": "LicenseRef-clearlydefined-OTHER is no license that SPDX lists, and the policy "
    "does not name it",
    "DocumentRef-x:LicenseRef-y": "DocumentRef-x:LicenseRef-y is no license that SPDX lists, and the policy does not "
    "name it",
    "Apache 2": '"Apache 2" is not an SPDX license expression: SPDX lists no "Apache 2"',
    "MIT OR Foo": '"MIT OR Foo" is not an SPDX license expression: SPDX lists no "Foo"',
    "GPL-2.0-only+": '"GPL-2.0-only+" is not an SPDX license expression: SPDX lists no "GPL-2.0-only+"',
    "MIT+x": '"MIT+x" is not an SPDX license expression: SPDX lists no "MIT+x"',
    "Classpath-exception-2.0+": '"Classpath-exception-2.0+" is not an SPDX license expression: SPDX lists no '
    '"Classpath-exception-2.0+"',
    "Classpath-exception-2.0": '"Classpath-exception-2.0" is not an SPDX license expression',
    "MIT, ISC": '"MIT, ISC" is not an SPDX license expression',
    "MIT\nOR ISC": '"MIT\nOR ISC" is not an SPDX license expression',
    "(MIT": '"(MIT" is not an SPDX license expression',
    "()": '"()" is not an SPDX license expression',
    "MIT WITH MIT": '"MIT WITH MIT" is not an SPDX license expression',
    "é": '"é" is not an SPDX license expression',
    "(" * (CUT - 1): f'"{"(" * 100}..." is not an SPDX license expression',
    "MIT OR " * 36 + "MIT": "GitHub cuts off what it knows of the license, so nobody can tell what it is",
}


@pytest.mark.parametrize("found", NOBODY_KNOWS)
def test_what_nobody_knows_is_told_apart(found: str | None) -> None:
    weighed = Lists((), [AGPL]).weigh(found)
    assert (weighed.standing, weighed.reasons) == (UNKNOWN, (NOBODY_KNOWS[found],))


@pytest.mark.parametrize(
    ("found", "standing"),
    [
        ("MIT OR OTHER", ACCEPTED),
        (f"{AGPL} OR OTHER", UNKNOWN),
        (f"{AGPL} AND OTHER", DENIED),
        (f"(MIT AND OTHER) OR {AGPL}", UNKNOWN),
    ],
)
def test_what_is_unknown_is_better_than_what_is_denied(found: str, standing: Standing) -> None:
    assert Lists((), [AGPL]).weigh(found).standing is standing


@pytest.mark.parametrize(
    ("found", "reasons"),
    [
        (AGPL, (f"{AGPL} is denied",)),
        ("AGPL-3.0-or-later", (f"AGPL-3.0-or-later is denied by {AGPL}",)),
        (f"{AGPL} AND {AGPL}", (f"{AGPL} is denied",)),
        (f"{AGPL} OR ISC", (f"{AGPL} is denied", "ISC is not among the licenses allowed")),
        (f"{AGPL} AND MIT", (f"{AGPL} is denied",)),
        ("OTHER OR ISC", ("GitHub finds a license and does not know which",)),
        ("MIT", ()),
    ],
)
def test_the_reasons_are_those_that_decide(found: str, reasons: tuple[str, ...]) -> None:
    assert Lists(["MIT"], [AGPL]).weigh(found).reasons == reasons


def test_two_entries_can_deny_a_choice_together() -> None:
    weighed = Lists((), [GPL2, "GPL-3.0-only"]).weigh(GPL2_ON)
    assert weighed.reasons == ("GPL-2.0-or-later is denied by GPL-2.0-only and GPL-3.0-only",)


PIECES = [
    "(",
    ")",
    "MIT",
    AGPL,
    "GPL-2.0+",
    "MPL-1.1+",
    "LicenseRef-x",
    "OTHER",
    "Foo",
    "AND",
    "OR",
    "WITH",
    "and",
    "+",
]


@given(st.lists(st.sampled_from([*PIECES, "LLVM-exception", "GPL-2.0-with-classpath-exception"]), max_size=9))
def test_whatever_stands_there_is_answered(pieces: list[str]) -> None:
    weighed = Lists(["MIT"], [AGPL]).weigh(" ".join(pieces))
    assert bool(weighed.reasons) is (weighed.standing is not ACCEPTED)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert Lists((), [AGPL]).weigh(text).standing in Standing
