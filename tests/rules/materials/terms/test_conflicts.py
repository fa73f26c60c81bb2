# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Where two places contradict each other, and where a license promises too much."""

import pytest

from rules.materials.terms.classes import Class
from rules.materials.terms.conflicts import Claim, Origin, disagreeing, looser

USE, NC, SA = Class.BEHAVIOURAL, Class.NON_COMMERCIAL, Class.SHARE_ALIKE


def claim(*licenses: str, line: int | None = None) -> Claim:
    return Claim("x", line, frozenset(licenses))


@pytest.mark.parametrize(
    ("declared", "other"),
    [
        ("MIT", ("MIT",)),
        ("GPL-3.0-only", ("GPL-3.0-only", "GPL-3.0-or-later")),
        ("GPL-3.0-or-later", ("GPL-3.0-only",)),
        ("MIT OR Apache-2.0", ("MIT",)),
        ("CC-BY-4.0 AND MIT", ("CC-BY-4.0",)),
        ("CC-BY-4.0", ("MIT", "CC-BY-4.0")),
        ("LGPL-2.1-only", ("LGPL-2.0", "LGPL-2.1")),
        ("Apache-2.0 WITH LLVM-exception", ("Apache-2.0",)),
        ("MIT", ()),
        ("MIT", ("not an expression",)),
    ],
)
def test_these_agree(declared: str, other: tuple[str, ...]) -> None:
    assert list(disagreeing(claim(declared), [claim(*other)])) == []


@pytest.mark.parametrize(
    ("declared", "other"),
    [("MIT", "CC-BY-NC-4.0"), ("CC-BY-4.0", "CC-BY-3.0"), ("GPL-3.0-only", "LGPL-3.0-only"), ("MIT AND ISC", "0BSD")],
)
def test_these_disagree(declared: str, other: str) -> None:
    assert list(disagreeing(claim(declared), [claim(other)])) == [claim(other)]


@pytest.mark.parametrize(
    ("license_", "origin", "lacking"),
    [
        ("Apache-2.0", "LicenseRef-HF-llama3", {USE}),
        ("LicenseRef-HF-llama3", "LicenseRef-HF-llama3", None),
        ("LicenseRef-HF-gemma", "LicenseRef-HF-llama3", None),
        ("Apache-2.0 AND LicenseRef-HF-llama3", "LicenseRef-HF-llama3", None),
        ("Apache-2.0 OR LicenseRef-HF-llama3", "LicenseRef-HF-llama3", {USE}),
        ("CC-BY-4.0", "CC-BY-NC-SA-4.0", {NC, SA}),
        ("CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", {SA}),
        ("CC-BY-NC-4.0", "CC-BY-4.0", None),
        ("MIT", "CC-BY-NC-4.0 OR MIT", None),
        ("LicenseRef-Acme", "CC-BY-NC-4.0", None),
        ("MIT", "LicenseRef-Acme", None),
        ("MIT", "not an expression", None),
        ("not an expression", "CC-BY-NC-4.0", None),
    ],
)
def test_a_license_is_looser_if_it_lacks_a_restriction(license_: str, origin: str, lacking: set[Class] | None) -> None:
    made_from = Origin("org/name", origin, "")
    assert dict(looser(license_, [made_from])) == ({} if lacking is None else {made_from: lacking})


def test_a_claim_in_words() -> None:
    assert claim("MIT", "ISC").words == "ISC or MIT"
    assert claim(*"abcde").words == "a or b or c or d ..."
