# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Licenses compared as expressions and told by their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.data import table
from rules.licensing.licenses import canonical, hinted, in_full, may_speak_of_any, normalized, notice_of, offers
from rules.licensing.spdx import expression


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Apache-2.0", "Apache-2.0"),
        ("apache-2.0", "Apache-2.0"),
        ("GPL-3.0+", "GPL-3.0-or-later"),
        ("mit or (isc and 0BSD)", "MIT OR (ISC AND 0BSD)"),
        ("Apache-2.0 WITH LLVM-exception", "Apache-2.0 WITH LLVM-exception"),
        ("LicenseRef-Ours.1", "LicenseRef-Ours.1"),
        ("", None),
        ("Apache 2.0", None),
        ("Apache-2.0 OR", None),
        ("MIT WITH ISC", None),
        ("MIT/ISC", None),
        ("(MIT", None),
        ("Apache-2.0+", "Apache-2.0+"),
        ("MIT And ISC", None),
        ("MIT\nISC", None),
        ("LicenseRef-a_b", None),
        ("MIT OR " * 200 + "MIT", None),
    ],
)
def test_what_a_file_names_is_an_expression_or_not(text: str, read: str | None) -> None:
    assert canonical(text) == read


MANY = " OR ".join(f"LicenseRef-{number}" for number in range(13))


@pytest.mark.parametrize(
    ("found", "wanted", "enough"),
    [
        ("MIT", "MIT", True),
        ("MIT", "ISC", False),
        ("MIT OR Apache-2.0", "MIT", True),
        ("MIT", "MIT OR Apache-2.0", False),
        ("Apache-2.0 OR MIT", "MIT OR Apache-2.0", True),
        ("MIT OR Apache-2.0 OR ISC", "MIT OR Apache-2.0", True),
        ("MIT AND ISC", "MIT", False),
        ("MIT", "MIT AND ISC", False),
        ("ISC AND MIT", "MIT AND ISC", True),
        ("(MIT OR ISC) AND 0BSD", "MIT AND 0BSD", True),
        ("(MIT OR ISC) AND 0BSD", "(MIT AND 0BSD) OR (ISC AND 0BSD)", True),
        ("(MIT OR ISC) AND 0BSD", "MIT", False),
        ("MIT AND (MIT OR ISC)", "MIT", True),
        ("GPL-3.0-or-later", "GPL-3.0-only", False),
        ("GPL-3.0-only", "GPL-3.0-or-later", False),
        ("Apache-2.0+", "Apache-2.0", False),
        ("MIT OR Apache-2.0+", "Apache-2.0+", True),
        ("Apache-2.0 WITH LLVM-exception", "Apache-2.0", False),
        ("Apache-2.0 WITH LLVM-exception OR MIT", "Apache-2.0 WITH LLVM-exception", True),
        (MANY, MANY, True),
        (MANY, "LicenseRef-1", False),
        ("LicenseRef-1", MANY, False),
    ],
)
def test_a_file_is_under_the_wanted_license_if_it_gives_every_choice_of_it(
    found: str, wanted: str, enough: bool
) -> None:
    assert offers(expression(found), expression(wanted)) is enough


def test_texts_are_compared_by_letters_and_digits() -> None:
    assert normalized('The "MIT"\n * License, v. 2\u00df!') == " the mit license v 2\u00df "
    assert normalized("...") == "  "


@pytest.mark.parametrize(
    ("text", "licenses"),
    [
        ("Use, modification and distribution are subject to the Boost Software License", ["BSL-1.0"]),
        ("This program is under the GNU Lesser General Public License", ["a GNU Lesser General Public License"]),
        ("Licensed under the Apache License, Version 2.0 or the MIT license at your option", []),
        (
            "This Source Code Form is \u201cIncompatible With Secondary Licenses\u201d",
            ["MPL-2.0-no-copyleft-exception"],
        ),
        ("We permit nothing", []),
    ],
)
def test_a_license_is_told_by_a_hint(text: str, licenses: list[str]) -> None:
    assert [found.license.license for found in hinted(normalized(text))] == licenses


@pytest.mark.parametrize(
    ("text", "licenses"),
    [
        (
            "Licensed under the Apache License, Version 2.0 <LICENSE-APACHE> or the MIT license, at your option",
            ["MIT OR Apache-2.0"],
        ),
        (
            "under the terms of the GNU General Public License; version 2, or (at your option) any later version",
            ["GPL-2.0-or-later"],
        ),
        ("under the terms of the GNU General Public License, version 2", ["GPL-2.0-only"]),
        ("GNU Affero General Public License, version 3 or any later version", ["AGPL-3.0-or-later"]),
        ("GNU Lesser General Public License, version 2.1 or any later version", ["LGPL-2.1-or-later"]),
        (
            """Redistributions of source code must retain the above copyright. Redistributions in binary form must
            reproduce the above copyright. It IS PROVIDED BY them""",
            ["BSD-2-Clause"],
        ),
        (
            """Licensed to the Apache Software Foundation (ASF). The ASF licenses this file to You under the Apache
            License, Version 2.0 (the License); you may not use this file except in compliance with the License. It is
            distributed WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND""",
            ["Apache-2.0"],
        ),
    ],
)
def test_a_license_is_told_by_its_whole_notice(text: str, licenses: list[str]) -> None:
    assert [found.license.license for found in in_full(normalized(text))] == licenses


@pytest.mark.parametrize(
    "license_", ["Apache-2.0", "MIT", "BSD-3-Clause", "MPL-2.0", "GPL-3.0-only", "GPL-3.0-or-later"]
)
def test_a_standard_notice_is_known_as_what_it_is(license_: str) -> None:
    known = notice_of(license_)
    assert known
    assert [found.license for found in in_full(normalized(known.notice))] == [known]
    assert expression(known.license) == license_


def test_most_licenses_have_no_notice_to_put_into_files() -> None:
    assert notice_of("ISC") is None
    assert notice_of("GPL-2.0-only") is None


def test_one_look_tells_whether_any_license_can_be_found() -> None:
    for row in table("licenses")["licenses"]:
        for phrase in (*row.get("whole", ())[:1], *row.get("hints", ())):
            words = phrase.upper().split()
            assert may_speak_of_any(" ".join(words))
            assert may_speak_of_any("before_" + "\r\n * ".join(words).replace("LICENSE", "LICENCE") + "\u00e9")
    assert not may_speak_of_any("def submit(self): return compute(1)")


PHRASES = st.sampled_from(
    [word for row in table("licenses")["licenses"] for phrase in row.get("hints", ()) for word in phrase.split()]
)


@given(st.lists(PHRASES | st.text(max_size=3), max_size=12).map(" ".join) | st.text())
def test_the_one_look_overlooks_nothing(text: str) -> None:
    found = [*in_full(normalized(text)), *hinted(normalized(text))]
    assert may_speak_of_any(text) or not found
