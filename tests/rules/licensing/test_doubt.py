# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files that may be somebody else's or under another license: no header is ever added to one unasked."""

from typing import Any

import pytest

from rules.licensing.licenses import notice_of
from tests.rules.headers_help import code, finding, proposal, side

ACME: dict[str, Any] = {"holder": "The Acme Authors"}
RIGHT = "SPDX-License-Identifier: Apache-2.0"
APACHE = "".join(f"# {line}\n" for line in notice_of("Apache-2.0").notice.splitlines())  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "comment",
    [
        "Foo: SPDX-License-Identifier: GPL-2.0-only",
        "File licence - SPDX-License-Identifier: GPL-2.0-only",
        "Vendored from foo. SPDX-License-Identifier: GPL-3.0-only",
        "License: BSD",
        "License: GPL",
        "Licence: GPLv2",
        "License: LGPL 2.1+",
        "License: CC-BY-NC-4.0",
        "Licensed under CC BY-NC 4.0",
        "Licensed under the EUPL",
        "Licensed under the Artistic License",
        "Licensed under the PSF license",
        "under the terms of the CDDL",
        "WTFPL",
        "Licensed under Apache-2.0 and MIT",
        "Released under Unlicense",
        "This code is in the public domain.",
        "normalize.css v8.0.1 | MIT License | example.org",
        "You can redistribute it under the same terms as Perl itself.",
    ],
)
def test_a_comment_that_names_another_license_says_so(comment: str) -> None:
    found = finding("a.py", f"# {comment}\n", **ACME)
    assert found
    assert (found.code, found.line) == ("header-other-license", 1)
    assert proposal("a.py", f"# {comment}\n", **ACME) is None


@pytest.mark.parametrize(
    "comment",
    [
        "jQuery v3.7 | (c) OpenJS Foundation and other contributors | jquery.org/license",
        "foo.js - Copyright (c) 2019 Jane Roe",
        "All content Copyright Jane Roe",
        "By Jane, copyright 2019",
        "Foo Inc. (C) 2020",
        "Foo Inc. 2020 (c)",
        "Foo \u00a9 2020",
        "2020 \u00a9 Foo",
        "&copy; Foo",
        "Copr. 2020 Foo",
        "Copyright\u200b 2019 Jane",
        "From foo. SPDX-FileCopyrightText: 2019 Jane",
    ],
)
def test_a_comment_that_claims_a_copyright_for_somebody_is_for_a_person(comment: str) -> None:
    found = finding("a.py", f"#\n# {comment}\n", **ACME)
    assert found
    assert (found.code, found.line) == ("header-missing", 2)
    assert "Line 2 has a copyright notice" in found.message
    assert (found.fix or "").startswith("The copyright notice in line 2 does not name The Acme Authors. If it is third")
    assert proposal("a.py", f"# {comment}\n", **ACME) is None


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("foo | jquery.org/license", "license"),
        ("Licence: see COPYING.OTHER", "Licence: see COPYING.OTHER"),
        ("$License: proprietary$", "License: proprietary?"),
        ("Licensed to the PSF under a Contributor Agreement.", "Licensed to the PSF under a Contributor Agreement."),
        ("Released under whatever Jane likes", "Released under whatever Jane likes"),
        ("GPL", "GPL"),
        ("Adapted from https://example.org/x (MIT)", "(MIT)"),
        ("Dual-licensed.", "licensed."),
        ("NVIDIA Proprietary, do not distribute", "Proprietary? do not distribute"),
        ("Confidential. Property of Foo Corp.", "Confidential. Property of Foo Corp."),
        ("All rights reserved.", "All rights reserved."),
        ("See the file about copyright.", "copyright."),
        (f'Put "{RIGHT}" into files', "SPDX-License-Identifier: Apache-2.0? into files"),
    ],
)
def test_a_comment_that_speaks_of_licenses_or_owners_is_for_a_person(comment: str, said: str) -> None:
    settings: dict[str, Any] = {**ACME, "license": "0BSD"}
    found = finding("a.py", f"#\n# {comment}\n", **settings)
    assert found
    assert (found.code, found.line) == ("header-missing", 2)
    assert found.message.startswith(f'Line 2 says "{said}", which is no license header; wanted here: ')
    assert (found.fix or "").startswith(f'Line 2 says "{said}". If it is third-party code')
    assert proposal("a.py", f"# {comment}\n", **settings) is None


@pytest.mark.parametrize(
    "comment",
    [
        "Reads the license_key of --license, see license.py and license(key).",
        "The license-checker",
        "Copyright The Acme Authors. All rights reserved.",
        "Copyright (c) 2019 The Acme Authors",
        "SPDX-FileCopyrightText: 2019-2031 The Acme Authors",
        "Licensed under the Apache License, Version 2.0",
        "License: Apache-2.0",
        "See the License for the specific language governing permissions and",
        "Sorts (a), (b) and (c).",
        "copyright_line(text)",
    ],
)
def test_what_speaks_of_ours_or_of_something_else_stands_in_nobodys_way(comment: str) -> None:
    assert code("a.py", f"# {comment}\n", **ACME) == "header-missing"
    assert proposal("a.py", f"# {comment}\n", **ACME)


@pytest.mark.parametrize(
    ("comment", "advice"),
    [
        ("SPDX-License-Identifier : Apache-2.0", f"Correct line 2, so that it reads {RIGHT}."),
        ("SPDX-Licence-Identifier: apache-2.0", f"Correct line 2, so that it reads {RIGHT}."),
        ("SPDX License Identifier: Apache-2.0", f"Correct line 2, so that it reads {RIGHT}."),
        ("SPDX-License: Apache-2.0", f"Correct line 2, so that it reads {RIGHT}."),
        ("SPDX-License-Identifer: Apache-2.0", f"Correct line 2, so that it reads {RIGHT}."),
        ("SPDX-License-Identifier:", f"Correct line 2, so that it reads {RIGHT}."),
        (
            "SPDX-Licence-Identifier: GPL-3.0-only",
            f"it is all your own work: correct line 2, so that it reads {RIGHT}.",
        ),
    ],
)
def test_a_tag_that_is_misspelled_or_empty_is_told_with_its_right_spelling(comment: str, advice: str) -> None:
    text = f"#\n# {comment}\n"
    found = finding("a.py", text, **ACME)
    assert found
    assert (found.code, found.line) == ("header-missing", 2)
    assert found.message == f'Line 2 says "{comment}", which is not an SPDX tag; wanted here: {RIGHT}.'
    assert (found.fix or "").endswith(advice)
    assert proposal("a.py", text, **ACME) is None


@pytest.mark.parametrize(
    ("license_", "added"), [("Apache-2.0", False), ("Apache-2.0 OR MIT", True), ("MIT OR Apache-2.0", True)]
)
def test_no_choice_that_a_comment_gives_is_taken_away_unasked(license_: str, added: bool) -> None:
    text = "# Licensed under MIT or Apache-2.0\n"
    assert code("a.py", text, license=license_) == "header-missing"
    assert (proposal("a.py", text, license=license_) is not None) is added


TOML = 'version = 1\n[[annotations]]\npath = "**"\nSPDX-FileCopyrightText = "{}"\n'
YEAR = {**ACME, "year": "required"}


@pytest.mark.parametrize(
    ("path", "text", "settings"),
    [
        ("a.py", "x", ACME),
        ("a.json", "{}", {**ACME, "uncommentable": "sidecar"}),
        ("a.py", f"# {RIGHT}\n", YEAR),
    ],
)
def test_a_copyright_that_is_told_beside_a_file_is_looked_at_like_one_in_it(
    path: str, text: str, settings: dict[str, Any]
) -> None:
    theirs, ours = (side("REUSE.toml", TOML.format(who)) for who in ("Jane Roe", "The Acme Authors"))
    found = finding(path, text, (theirs,), **settings)
    assert found
    assert (found.fix or "").startswith("The copyright notice for it in REUSE.toml does not name The Acme Authors. If")
    assert "If it is all your own work: put this" in (found.fix or "")
    assert proposal(path, text, (theirs,), **settings) is None
    assert proposal(path, text, (ours,), **settings)


def test_where_the_policy_names_no_holder_nobody_knows_whose_a_file_with_a_copyright_beside_it_is() -> None:
    found = finding("a.py", "x", (side("REUSE.toml", TOML.format("Jane")),))
    assert found
    assert (found.fix or "").startswith(
        "Whose work it is, the policy cannot tell by the copyright notice for it in REUSE"
    )


def test_no_year_is_added_to_a_file_that_claims_somebodys_copyright_further_down() -> None:
    assert proposal("a.py", f'# {RIGHT}\n"""(c) 2019 Jane"""\n', style="custom", template="{year} " + RIGHT) is None
    assert proposal("a.py", f'# {RIGHT}\n"""Copyright Jane"""\n', **YEAR) is None


def test_a_right_tag_beside_a_misspelled_one_is_enough() -> None:
    assert code("a.py", f"# SPDX-Licence-Identifier: MIT\n# {RIGHT}\n") is None


@pytest.mark.parametrize(
    "text",
    [
        f"# {RIGHT}\n",
        f"# A tool. {RIGHT}\n",
        f"# Foo: {RIGHT}\n",
    ],
)
def test_a_tag_counts_wherever_it_stands_in_a_comment(text: str) -> None:
    assert code("a.py", text) is None


@pytest.mark.parametrize(
    ("before", "after"), [("WITHOUT WARRANTIES", "WITH WARRANTIES"), ("except in", "except under"), ("may not", "may")]
)
@pytest.mark.parametrize("style", ["spdx", "notice"])
def test_a_notice_that_is_nearly_right_is_corrected_before_anything_else(before: str, after: str, style: str) -> None:
    text = APACHE.replace(before, after)
    found = finding("a.py", text, style=style)
    assert found
    assert "What differs, as [-found-] {+wanted+}: " in found.message
    correct = "Correct the words that differ: then no other header is needed. Or take that notice out. Put this at"
    assert (found.fix or "").startswith(correct)
    assert proposal("a.py", text, style=style) is None


@pytest.mark.parametrize(
    "notice",
    [
        "Copyright The Acme Authors and Jane Roe",
        "(c) 2019 Jane Roe, The Acme Authors",
        "Copyright The Acme Authors Ltd",
    ],
)
def test_whoever_stands_beside_our_holder_is_somebody_else(notice: str) -> None:
    assert proposal("a.py", f"# {notice}\n", **ACME) is None
