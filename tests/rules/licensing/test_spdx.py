# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""SPDX license expressions as a policy spells them."""

import pytest

from rules.licensing.spdx import COMMON, expression, parsed_in_file, single_license
from rules.patterns import UnfitError


@pytest.mark.parametrize("license_", sorted(COMMON))
def test_a_common_license_is_one_license_that_the_list_spells_so(license_: str) -> None:
    parsed = parsed_in_file(license_)

    assert parsed is not None
    assert (str(parsed), parsed.isliteral) == (license_, True)
    assert expression(license_) == single_license(license_) == license_


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Apache-2.0", "Apache-2.0"),
        ("apache-2.0", "Apache-2.0"),
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("mit and (bsd-3-clause or isc)", "MIT AND (BSD-3-Clause OR ISC)"),
        ("GPL-3.0", "GPL-3.0-only"),
        ("GPL-3.0+", "GPL-3.0-or-later"),
        ("LGPL-2.1", "LGPL-2.1-only"),
        ("GPL-2.0-with-Classpath-exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("MIT OR wxWindows", "MIT OR LGPL-2.0-or-later WITH WxWindows-exception-3.1"),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0", "GPL-2.0-or-later WITH Classpath-exception-2.0"),
        ("LicenseRef-Acme-1.0", "LicenseRef-Acme-1.0"),
        ("MIT OR LicenseRef-Acme", "MIT OR LicenseRef-Acme"),
        ("apache-2.0+", "Apache-2.0+"),
        ("MIT or CDDL-1.0+", "MIT OR CDDL-1.0+"),
        ("Apache-2.0+ WITH LLVM-exception", "Apache-2.0+ WITH LLVM-exception"),
        ("DocumentRef-a:LicenseRef-b", "DocumentRef-a:LicenseRef-b"),
    ],
)
def test_an_expression_is_brought_into_one_form(written: str, read: str) -> None:
    assert expression(written) == read


@pytest.mark.parametrize(
    ("written", "words", "suggestion"),
    [
        ("", "such as Apache-2.0", ""),
        ("Apache2", "a license that SPDX does not list: Apache2", "Apache-2.0"),
        ("MIT OR apche-2.0", "a license that SPDX does not list: apche-2.0", "Apache-2.0"),
        ("Acme Public License", "a license that SPDX does not list", ""),
        ("LicenseRef-x_y", "as LicenseRef- and letters, digits, . and -", ""),
        ("DocumentRef-x_y:LicenseRef-a", "as LicenseRef- and letters, digits, . and -", ""),
        ("GPL-2.0-only+", "a license that SPDX does not list: GPL-2.0-only+", "GPL-2.0-only"),
        ("MIT+x", "a license that SPDX does not list: MIT+x", "MIT"),
        ("MIT And ISC", "should be an SPDX license expression (And should be spelled AND)", ""),
        ("Apache-2.0 With LLVM-exception", "(With should be spelled WITH)", ""),
        ("licenseref-acme", "a license that SPDX does not list: licenseref-acme", ""),
        ("x" * 200, "a license that SPDX does not list: " + "x" * 60, ""),
        ("MIT AND", "should be an SPDX license expression", ""),
        ("MIT Apache-2.0", "should be an SPDX license expression", ""),
        ("MIT/Apache-2.0", "should be an SPDX license expression", ""),
        ("(MIT", "should be an SPDX license expression", ""),
        ("()", "should be an SPDX license expression (brackets that hold no license)", ""),
        ("(AND MIT", "should be an SPDX license expression (brackets that hold no license)", ""),
        ("(" * 299, "should be an SPDX license expression", ""),
        ("MIT WITH Apache-2.0", "should be an SPDX license expression", ""),
        ("Classpath-exception-2.0", "should be an SPDX license expression", ""),
    ],
)
def test_what_is_no_expression_is_refused_with_a_suggestion(written: str, words: str, suggestion: str) -> None:
    with pytest.raises(UnfitError, match=r"should|names") as caught:
        expression(written)
    assert words in caught.value.words
    assert caught.value.suggestion == suggestion


def test_a_single_license_may_have_an_exception_and_no_alternative() -> None:
    assert single_license("gpl-3.0") == "GPL-3.0-only"
    assert single_license("Apache-2.0 WITH LLVM-exception") == "Apache-2.0 WITH LLVM-exception"
    with pytest.raises(UnfitError, match="should be one license"):
        single_license("MIT OR ISC")
