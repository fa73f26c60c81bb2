# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a finding on one header says: what there is, what was wanted, and the text to paste."""

from typing import Any

import pytest

from rules.licensing.licenses import notice_of
from tests.rules.headers_help import code, finding, pasted, proposal

TOP = "Put this at line 1, and an empty line behind it:\n\n"
TAGGED = "SPDX-License-Identifier: Apache-2.0"
TAGGED_LATER = f"import os\n# {TAGGED}\n"
TAG = "# SPDX-License-Identifier: Apache-2.0\n"
APACHE = "".join(f"# {line}\n" for line in notice_of("Apache-2.0").notice.splitlines())  # type: ignore[union-attr]
MIT = "".join(f"# {line}\n" for line in notice_of("MIT").notice.splitlines())  # type: ignore[union-attr]
TEMPLATE = "Copyright (c) {year} {holder}\n\nLicensed under {license}; see LICENSE."


@pytest.mark.parametrize(
    ("text", "settings", "line", "said", "wanted"),
    [
        ("import os\n", {}, 1, "The file does not begin with a license header", TAGGED),
        ("#!/bin/python\nimport os\n", {}, 2, "The file does not begin with a license header", TAGGED),
        ("#!/bin/python", {}, 1, "The file does not begin with a license header", TAGGED),
        (
            "\n# Copyright 2020 Them\n",
            {},
            2,
            "Line 2 has a copyright notice, but the first comment names no license",
            TAGGED,
        ),
        (
            "#\n# Apache License, Version 2.0\n",
            {},
            2,
            "Line 2 speaks of Apache-2.0, but the header is not there or not whole",
            TAGGED,
        ),
        ("#\n# SPDX-License-Identifier: mit\n", {}, 2, "Line 2 says SPDX-License-Identifier: mit", "Apache-2.0"),
        (TAG + "# SPDX-License-Identifier: MIT\n", {}, 2, "Line 2 says SPDX-License-Identifier: MIT", "Apache-2.0"),
        (
            TAG + TAG,
            {"license": "MIT AND Apache-2.0"},
            1,
            "Line 1 says SPDX-License-Identifier: Apache-2.0",
            "MIT AND Apache-2.0",
        ),
        (
            "# SPDX-License-Identifier: @all [x](http://x)\n",
            {},
            1,
            'Line 1 names a license that is not an SPDX license expression: "?all ?x?(http:??x)"',
            "Apache-2.0",
        ),
        (
            "# SPDX-License-Identifier: " + "a" * 2000,
            {},
            1,
            f'Line 1 names a license that is not an SPDX license expression: "{"a" * 60}..."',
            "Apache-2.0",
        ),
        ("# (c) 1999\n" + MIT, {}, 2, "Line 2 has words of MIT", "Apache-2.0"),
        (
            TAG,
            {"style": "custom", "template": "Ours"},
            1,
            "Line 1 names the license, but the header of the policy is not there",
            "the header of the policy",
        ),
        (
            TAG,
            {"year": "required"},
            1,
            "The license is named, but no copyright notice",
            "a copyright notice with a year",
        ),
        (TAG + "# (c) Them\n", {"year": "required"}, 2, "The copyright notice in line 2 has no year", "a year"),
    ],
)
def test_a_finding_says_what_was_found_where_and_what_was_wanted(
    text: str, settings: dict[str, Any], line: int, said: str, wanted: str
) -> None:
    found = finding("a.py", text, **settings)
    assert found
    assert (found.path, found.line, found.message) == ("a.py", line, f"{said}; wanted here: {wanted}.")


@pytest.mark.parametrize(
    ("path", "text", "settings", "fix"),
    [
        (
            "a.py",
            "x",
            {"holder": "Them"},
            TOP + "# SPDX-FileCopyrightText: Them\n# SPDX-License-Identifier: Apache-2.0",
        ),
        (
            "a.py",
            "x",
            {"holder": "Them", "year": "required"},
            TOP + "# SPDX-FileCopyrightText: 2031 Them\n# SPDX-License-Identifier: Apache-2.0",
        ),
        (
            "a.py",
            "x",
            {"year": "required"},
            TOP + "# SPDX-FileCopyrightText: 2031 The contributors\n# SPDX-License-Identifier: Apache-2.0",
        ),
        ("a.py", TAG, {"year": "required"}, TOP + "# SPDX-FileCopyrightText: 2031 The contributors"),
        (
            "a.py",
            TAG + "# (c) Them\n",
            {"year": "required"},
            "Write the year in which this file was first published into line 2.",
        ),
        (
            "a.xml",
            "<?xml version='1.0'?><a/>",
            {},
            "Put this on lines of its own behind the first 21 characters of line 1:\n\n<!-- " + TAGGED + " -->",
        ),
        (
            "a.c",
            "x",
            {"holder": "*/ Them"},
            TOP + "/*\n * SPDX-FileCopyrightText: * / Them\n * SPDX-License-Identifier: Apache-2.0\n */",
        ),
        (
            "a.py",
            "x",
            {"style": "custom", "template": TEMPLATE, "holder": "Them"},
            TOP + "# Copyright (c) 2031 Them\n#\n# Licensed under Apache-2.0; see LICENSE.",
        ),
        (
            "a.py",
            "x",
            {"style": "custom", "template": TEMPLATE, "year": "none"},
            TOP + "# Copyright (c)\n#\n# Licensed under Apache-2.0; see LICENSE.",
        ),
        (
            "a.py",
            "# 19 Licensed under Apache-2.0",
            {"style": "custom", "template": "{year} Licensed under {license}", "year": "required"},
            TOP + "# 2031 Licensed under Apache-2.0",
        ),
        (
            "a.py",
            "x",
            {"style": "notice", "license": "ISC", "holder": "Them"},
            TOP + "# SPDX-FileCopyrightText: Them\n# SPDX-License-Identifier: ISC",
        ),
    ],
)
def test_a_fix_is_ready_to_paste(path: str, text: str, settings: dict[str, Any], fix: str) -> None:
    found = finding(path, text, **settings)
    assert found
    assert found.fix == fix


def test_the_standard_notice_is_proposed_whole_with_its_copyright_line() -> None:
    found = finding("a.go", "package a\n", license="MPL-2.0", style="notice", holder="Them", year="required")
    assert found
    assert found.fix
    assert found.fix.splitlines()[2:6] == [
        "// Copyright 2031 Them",
        "//",
        "// This Source Code Form is subject to the terms of the Mozilla Public",
        "// License, v. 2.0. If a copy of the MPL was not distributed with this",
    ]


def test_a_notice_without_a_copyright_line_gets_none_unless_a_year_is_required() -> None:
    found = finding("a.go", "package a\n", license="MPL-2.0", style="notice", holder="Them")
    assert found
    assert found.fix
    assert "Them" not in found.fix


def test_a_foreign_copyright_is_kept_and_only_the_license_proposed() -> None:
    text = "# Copyright 2020 Somebody Else\n"
    found = finding("a.py", text, holder="The Acme Authors")
    assert found
    assert found.fix
    advice, _, comment = found.fix.partition("\n\n")
    assert "The copyright notice in line 1 does not name The Acme Authors. If it is third-party code" in advice
    assert "ask a maintainer to exclude" in advice
    assert comment == TAG.rstrip()
    assert code("a.py", pasted(text, found.fix)) is None


def test_where_the_policy_names_no_holder_no_copyright_is_known_to_be_the_projects() -> None:
    found = finding("a.py", "# Copyright 2020 Somebody\n")
    assert found
    assert (found.fix or "").startswith(
        "Whose work it is, the policy cannot tell by the copyright notice in line 1. If"
    )


def test_a_foreign_copyright_without_the_required_year_is_told_in_the_same_breath() -> None:
    found = finding("a.py", "# Copyright Somebody Else\n", year="required")
    assert found
    assert found.fix
    assert "Write the year in which this file was first published into line 1. If it is all your own work:" in found.fix


def test_nobody_is_told_to_overwrite_the_license_of_another() -> None:
    found = finding("a.py", MIT)
    assert found
    assert found.fix == (
        "If it is third-party code, keep the license that it came under and ask a maintainer to exclude "
        "its path (headers.exclude) or to give it a license of its own (headers.license). If it is all your own work "
        "and meant to be under Apache-2.0, correct what line 1 says."
    )


def test_a_hostile_file_name_stands_in_no_message() -> None:
    path = "@everyone](http:x)\n.py"
    found = finding(path, "x")
    assert found
    assert found.path == path
    assert "everyone" not in found.message + (found.fix or "")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("Apache 2.0", 'that is not an SPDX license expression: "Apache 2.0"'),
        ("Apache-2.0 OR", 'that is not an SPDX license expression: "Apache-2.0 OR"'),
        ("Apache License, Version 2.0", 'that is not an SPDX license expression: "Apache License? Version 2.0"'),
        ("apache2", "that SPDX does not list: apache2 (did you mean Apache-2.0?)"),
        ("Apche-2.0", "that SPDX does not list: Apche-2.0 (did you mean Apache-2.0?)"),
    ],
)
def test_a_tag_that_nearly_names_the_wanted_license_is_no_third_party(named: str, said: str) -> None:
    found = finding("a.py", f"# SPDX-License-Identifier: {named}\n")
    assert found
    assert (found.code, found.message) == (
        "header-other-license",
        f"Line 1 names a license {said}; wanted here: Apache-2.0.",
    )
    assert found.fix == f"Did you mean Apache-2.0? Then correct line 1: {TAGGED}"


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        ("GPL 2.0", "GPL-3.0-only"),
        ("Apache 1.1", "Apache-2.0"),
        ("MIT/ISC", "MIT"),
        ("2.0", "Apache-2.0"),
        ("Foo-1.0", "Apache-2.0"),
        ("MIT And ISC", "MIT"),
        ("a" * 2000, "MIT"),
    ],
)
def test_a_tag_that_names_something_else_may_be_third_party(named: str, wanted: str) -> None:
    found = finding("a.py", f"# SPDX-License-Identifier: {named}\n", license=wanted)
    assert found
    assert (found.fix or "").startswith("If it is third-party code, keep the license")


# -- what stands further down -------------------------------------------------------------------------------------

COUNT = ", but only the comments that a file begins with count"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("import os\n" + TAG, 2, "says SPDX-License-Identifier: Apache-2.0"),
        (
            '"""What it does.\n\nSPDX-License-Identifier: Apache-2.0\n"""\n',
            3,
            "says SPDX-License-Identifier: Apache-2.0",
        ),
        ("import os\n\n" + APACHE, 3, "has the notice of Apache-2.0"),
        ('"""\n' + APACHE.replace("# ", "") + '"""\n', 2, "has the notice of Apache-2.0"),
    ],
)
def test_a_header_further_down_is_to_be_moved_up_or_written_anew(text: str, line: int, said: str) -> None:
    found = finding("a.py", text)
    assert found
    assert (found.code, found.line) == ("header-missing", line)
    assert found.message == f"Line {line} {said}{COUNT}; wanted here: {TAGGED}."
    assert found.fix == f"Move what begins at line {line} to the top, or p{TOP[1:]}{TAG.rstrip()}"
    assert proposal("a.py", text)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("import os\n# SPDX-License-Identifier: MIT\n", 2, "says SPDX-License-Identifier: MIT"),
        (TAGGED_LATER + "# SPDX-License-Identifier: MIT\n", 3, "says SPDX-License-Identifier: MIT"),
        ("import os\n# SPDX-License-Identifier: none of them\n", 2, "says SPDX-License-Identifier: none of them"),
        ("import os # SPDX-License-Identifier: MIT\n", 1, "says SPDX-License-Identifier: MIT"),
        ("import os\n# SPDX-Licence-Identifier: MIT\n", 2, 'says "SPDX-Licence-Identifier: MIT"'),
        ("__license__ = 'GPL-3.0'\n", 1, "speaks of a GNU General Public License"),
        ("__license__ = 'CECILL-2.1'\n", 1, "names the license CECILL-2.1"),
        ("import os\n# license: CECILL-2.1\n", 2, "names the license CECILL-2.1"),
        ("[project]\nlicense = {text = 'CECILL-2.1'}\n", 2, "names the license CECILL-2.1"),
        ("import os\n# Licensed under the terms of Jane\n", 2, 'is "licensed under" something'),
        ("__copyright__ = '2019 Somebody'\n", 1, "has a copyright notice"),
        ("import os # by Jane, copyright 2019\n", 1, "has a copyright notice"),
        ("import os\n\n" + MIT, 3, "speaks of MIT"),
        ('"""Released under the MIT license."""\n', 1, "speaks of MIT"),
        ('"""\nCopyright (c) Somebody\n"""\n', 2, "has a copyright notice"),
        ("import os\n# Copyright 2019 Somebody\n", 2, "has a copyright notice"),
        (TAGGED_LATER + "# SPDX-FileCopyrightText: Somebody\n", 3, "has a copyright notice"),
    ],
)
def test_what_speaks_of_others_further_down_is_told_and_nothing_is_added_unasked(
    text: str, line: int, said: str
) -> None:
    found = finding("a.py", text, holder="The Acme Authors")
    assert found
    assert (found.code, found.line) == ("header-missing", line)
    assert found.message == f"Line {line} {said}{COUNT}; wanted here: {TAGGED}."
    assert (found.fix or "").startswith(f"Line {line} {said}. If it is third-party code, keep the license")
    assert proposal("a.py", text, holder="The Acme Authors") is None


@pytest.mark.parametrize(
    "text",
    [
        'TAG = "SPDX-License-Identifier: MIT"\n',
        "copyright = load()\nf(c) Foo\n",
        "license_key = license\nlicense: str = 'x'\nparser.add_argument('--license', help='which license')\n",
        "license = 'Apache-2.0'\n",
        "import os\n# Licensed under the Apache License 2.0\n",
        "import os\n# Copyright (c) 2019 The Acme Authors\n",
        "import os\n# REUSE-IgnoreStart\n# SPDX-License-Identifier: MIT\n# REUSE-IgnoreEnd\n",
        "import os\n" + "#\n" * 5000 + "# SPDX-License-Identifier: MIT\n",
    ],
)
def test_what_only_looks_like_it_further_down_stands_in_nobodys_way(text: str) -> None:
    found = finding("a.py", text, holder="The Acme Authors")
    assert found
    assert found.message == f"The file does not begin with a license header; wanted here: {TAGGED}."
    assert proposal("a.py", text, holder="The Acme Authors")


def test_what_a_comment_asks_reuse_to_ignore_is_ignored() -> None:
    quoted = "# REUSE-IgnoreStart\n# SPDX-License-Identifier: MIT\n# REUSE-IgnoreEnd\n"
    assert code("a.py", quoted + TAG) is None
    assert code("a.py", quoted) == "header-missing"


# -- words that are nearly right ----------------------------------------------------------------------------------


def test_a_notice_that_is_nearly_right_is_told_by_the_words_that_differ() -> None:
    found = finding("a.py", APACHE.replace("except in", "only in"), style="notice")
    assert found
    assert found.message == (
        "Line 1 speaks of Apache-2.0, but the header is not there or not whole; wanted here: "
        "the notice of Apache-2.0. What differs, as [-found-] {+wanted+}: "
        "use this file [-only-] {+except+} in compliance with"
    )


def test_a_template_that_is_nearly_right_is_told_by_the_words_that_differ() -> None:
    text = "# Copyright (c) 2019 Them\n#\n# Licensed under Apache-2.0; read LICENSE.\n"
    found = finding("a.py", text, style="custom", template=TEMPLATE, holder="Them")
    assert found
    assert found.message.endswith("Apache 2 0 [-read-] {+see+} LICENSE")


def test_what_is_far_from_right_is_not_compared() -> None:
    found = finding("a.py", "# Apache License, Version 2.0\n")
    assert found
    assert "What differs" not in found.message


# -- hostile and broken texts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "\ufffd" * 9000,
        "x" * 3_000_000,
        "#" * 3_000_000,
        "# " + "(" * 8000,
        "# SPDX-License-Identifier: " + "(" * 8000 + ")" * 900,
        "# Copyright" * 1000,
        "\x00\x1b[2J\u202e\n" * 500,
        "\r" * 9000,
        "# \ud800\n",
    ],
)
@pytest.mark.parametrize(
    "settings", [{}, {"style": "notice"}, {"style": "custom", "template": "{year}x{holder}" * 200}]
)
def test_any_text_gets_a_clear_finding(text: str, settings: dict[str, Any]) -> None:
    found = finding("a.py", text, **settings)
    assert found
    assert found.message.isprintable()
    assert len(found.message) < 600
