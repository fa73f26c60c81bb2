# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files whose license another file tells: what is accepted, what is said of the rest, and what is never asked."""

from dataclasses import replace
from typing import Any

import pytest

from rules.change import FileKind, FileStatus, Side, SideFile
from rules.headers import RULE
from rules.licensing.licenses import notice_of
from tests.rules.headers_help import file, finding, judge, options, proposal, side

TAG = "# SPDX-License-Identifier: Apache-2.0\n"
MIT_TAG = "# SPDX-License-Identifier: MIT\n"
MIT = "".join(f"# {line}\n" for line in notice_of("MIT").notice.splitlines())  # type: ignore[union-attr]
APACHE = "".join(f"# {line}\n" for line in notice_of("Apache-2.0").notice.splitlines())  # type: ignore[union-attr]
SIDECAR = side("src/a.py.license", "SPDX-FileCopyrightText: 2019 Them\nSPDX-License-Identifier: Apache-2.0\n")
MIT_SIDECAR = side("src/a.py.license", "SPDX-FileCopyrightText: Them\nSPDX-License-Identifier: MIT\n")
SILENT = side("src/a.py.license", "SPDX-FileCopyrightText: 2019 Them\n")
TEMPLATE = {"style": "custom", "template": "Ours"}


def toml(license_: str, precedence: str = "closest", path: str = "REUSE.toml", more: str = "") -> SideFile:
    """A REUSE.toml that says one thing of everything below it."""
    said = f'path = "**"\nprecedence = "{precedence}"\nSPDX-License-Identifier = "{license_}"\n{more}'
    return side(path, f"version = 1\n\n[[annotations]]\n{said}")


@pytest.mark.parametrize(
    ("text", "beside", "settings"),
    [
        ("x", (SIDECAR,), {}),
        (MIT_TAG, (SIDECAR,), {}),
        (MIT, (SIDECAR,), {}),
        ("x", (SIDECAR,), TEMPLATE),
        ("x", (SIDECAR,), {"style": "notice"}),
        ("x", (SIDECAR,), {"year": "required"}),
        ("x", (SILENT, toml("Apache-2.0")), {}),
        ("x", (toml("Apache-2.0"),), {}),
        ("x", (toml("Apache-2.0"),), TEMPLATE),
        ("x", (toml("MIT OR Apache-2.0"),), {}),
        ("x", (toml("Apache-2.0", more='SPDX-FileCopyrightText = "2019 Them"'),), {"year": "required"}),
        ("# Copyright 2019 Them\n", (toml("Apache-2.0"),), {"year": "required"}),
        ("# Apache License, Version 2.0\n", (toml("Apache-2.0"),), {}),
        (TAG, (toml("MIT"),), {}),
        (TAG, (toml("Apache-2.0", more='SPDX-FileCopyrightText = "2019 Them"'),), {"year": "required"}),
        (APACHE, (toml("MIT"),), {}),
        (TAG, (toml("Apache-2.0", "aggregate"),), {}),
        ("x", (toml("Apache-2.0", "aggregate"),), {}),
        (MIT_TAG, (toml("Apache-2.0", "override"),), {}),
        (MIT, (toml("Apache-2.0", "override"),), {}),
        ("x", (toml("MIT", path="REUSE.toml"), toml("Apache-2.0", path="src/REUSE.toml")), {}),
        ("x", (toml("MIT", "aggregate"), toml("Apache-2.0", path="src/REUSE.toml")), {"license": "Apache-2.0 AND MIT"}),
        (TAG, (toml("MIT", "aggregate"),), {"license": "Apache-2.0 AND MIT"}),
        (MIT, (toml("Apache-2.0", "aggregate"),), {"license": "Apache-2.0 AND MIT"}),
        (TAG, (toml("MIT", "aggregate"), toml("ISC", path="src/REUSE.toml")), {"license": "Apache-2.0 AND MIT"}),
        (
            TAG,
            (toml("MIT", "aggregate", more='SPDX-FileCopyrightText = "2019 Them"'),),
            {"license": "Apache-2.0 AND MIT", "year": "required"},
        ),
    ],
)
def test_a_file_beside_it_may_say_what_a_header_would(
    text: str, beside: tuple[SideFile, ...], settings: dict[str, Any]
) -> None:
    assert finding("src/a.py", text, beside, **settings) is None


@pytest.mark.parametrize(
    ("text", "beside", "said"),
    [
        ("x", (MIT_SIDECAR,), "src/a.py.license, line 2, says SPDX-License-Identifier: MIT"),
        (TAG, (MIT_SIDECAR,), "src/a.py.license, line 2, says SPDX-License-Identifier: MIT"),
        ("x", (toml("MIT"),), "REUSE.toml, line 3, says SPDX-License-Identifier: MIT"),
        (TAG, (toml("MIT", "override"),), "REUSE.toml, line 3, says SPDX-License-Identifier: MIT"),
        (TAG, (toml("MIT", "aggregate"),), "REUSE.toml, line 3, says SPDX-License-Identifier: MIT"),
        (APACHE, (toml("MIT", "aggregate"),), "REUSE.toml, line 3, says SPDX-License-Identifier: MIT"),
        (
            "x",
            (side("src/a.py.license", "SPDX-License-Identifier: @all of them\n"),),
            'src/a.py.license, line 1, names a license that is not an SPDX license expression: "?all of them"',
        ),
        (MIT_TAG, (toml("Apache-2.0"),), "Line 1 says SPDX-License-Identifier: MIT"),
        (MIT, (toml("Apache-2.0"),), "Line 1 has words of MIT"),
        ("# Released under the MIT license.\n", (toml("Apache-2.0"),), "Line 1 has words of MIT"),
    ],
)
def test_another_license_beside_a_file_is_third_party(text: str, beside: tuple[SideFile, ...], said: str) -> None:
    found = finding("src/a.py", text, beside)
    assert found
    assert (found.code, found.path, found.line) == ("header-other-license", "src/a.py", 1)
    assert found.message == f"{said}; wanted here: Apache-2.0."
    assert (found.fix or "").startswith("If it is third-party code, keep the license")
    assert proposal("src/a.py", text, beside) is None


def test_licenses_that_apply_together_are_compared_together() -> None:
    beside = (toml("MIT", "aggregate"), toml("MIT", path="src/REUSE.toml"))
    found = finding("src/a.py", "x", beside, license="Apache-2.0 AND MIT")
    assert found
    assert found.message == "REUSE.toml, line 3, says SPDX-License-Identifier: MIT; wanted here: Apache-2.0 AND MIT."


@pytest.mark.parametrize(
    ("text", "beside", "said"),
    [
        (TAG, (toml("MIT"),), "Line 1 says SPDX-License-Identifier: Apache-2.0"),
        (TAG, (toml("ISC", "aggregate"),), "Line 1 says SPDX-License-Identifier: Apache-2.0"),
        (APACHE, (toml("ISC", "aggregate"),), "Line 1 has words of Apache-2.0"),
        (
            "# SPDX-License-Identifier: All\n",
            (toml("Apache-2.0 AND MIT", "aggregate"),),
            "Line 1 names a license that SPDX does not list: All (did you mean AML?)",
        ),
    ],
)
def test_only_what_adds_up_to_the_wanted_license_is_right(text: str, beside: tuple[SideFile, ...], said: str) -> None:
    found = finding("src/a.py", text, beside, license="Apache-2.0 AND MIT")
    assert found
    assert found.message == f"{said}; wanted here: Apache-2.0 AND MIT."


def test_what_adds_up_needs_a_year_where_the_policy_asks_for_one() -> None:
    found = finding("src/a.py", TAG, (toml("MIT", "aggregate"),), license="Apache-2.0 AND MIT", year="required")
    assert found
    assert found.code == "header-missing"
    assert "no copyright notice with a year" in found.message


def test_a_license_file_that_names_no_license_hides_what_stands_in_the_file() -> None:
    found = finding("src/a.py", TAG, (SILENT,))
    assert found
    assert (found.code, found.line) == ("header-missing", 1)
    assert found.message == (
        "src/a.py.license speaks for this file, and names no license; wanted here: SPDX-License-Identifier: Apache-2.0."
    )
    assert "Let src/a.py.license name the license" in (found.fix or "")
    assert proposal("src/a.py", TAG, (SILENT,)) is None


def test_a_year_is_asked_of_whatever_names_the_copyright() -> None:
    found = finding("src/a.py", "# Copyright Them\n", (toml("Apache-2.0"),), year="required")
    assert found
    assert found.code == "header-missing"
    assert "no copyright notice with a year" in found.message
    assert proposal("src/a.py", "# Copyright Them\n", (toml("Apache-2.0"),), year="required") is None


def test_the_path_of_a_file_beside_is_harmless_in_words() -> None:
    found = finding("a\n/b.py", "x", (toml("MIT", path="a\n/REUSE.toml"),))
    assert found
    assert found.message.startswith("a\\n/REUSE.toml")


# -- files that cannot carry comments -----------------------------------------------------------------------------


def test_nothing_is_asked_of_what_cannot_carry_comments_unless_the_policy_insists() -> None:
    assert not RULE.wants(file("a.json", "{}"), options())
    assert RULE.wants(file("a.json", "{}"), options(uncommentable="sidecar"))


def test_a_file_without_comments_gets_the_text_of_the_file_to_put_beside_it() -> None:
    settings: dict[str, Any] = {"uncommentable": "sidecar", "holder": "Them", "style": "notice"}
    found = finding("data/a.json", "{}", **settings)
    assert found
    assert (found.code, found.path, found.line) == ("header-missing", "data/a.json", 1)
    assert found.message == (
        "The file cannot carry comments, and no file beside it names its license; "
        "wanted here: SPDX-License-Identifier: Apache-2.0."
    )
    text = "SPDX-FileCopyrightText: Them\nSPDX-License-Identifier: Apache-2.0"
    assert found.fix == f"Put this into a file beside it that has the same name and .license behind it:\n\n{text}"
    proposed = proposal("data/a.json", "{}", **settings)
    assert proposed
    assert (proposed.path, proposed.text) == ("data/a.json.license", text)
    beside = (side(proposed.path, proposed.text),)
    assert finding("data/a.json", "{}", beside, **settings) is None


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ((side("a.json.license", "SPDX-License-Identifier: Apache-2.0"),), None),
        ((toml("Apache-2.0"),), None),
        ((side("a.json.license", "SPDX-License-Identifier: MIT"),), "header-other-license"),
        ((side("a.json.license", "Nothing."),), "header-missing"),
        ((), "header-missing"),
    ],
)
def test_only_files_beside_it_speak_for_a_file_without_comments(
    beside: tuple[SideFile, ...], expected: str | None
) -> None:
    found = finding("a.json", '{"a": "# SPDX-License-Identifier: Apache-2.0"}', beside, uncommentable="sidecar")
    assert (found.code if found else None) == expected


# -- REUSE.toml itself --------------------------------------------------------------------------------------------


def test_a_broken_toml_is_a_finding_and_says_nothing() -> None:
    broken = side("lib/REUSE.toml", "version = 1\n[[annotations]\n")
    answer = judge(file("lib/a.py", "x"), beside=(broken,))
    assert [(found.code, found.path) for found in answer.findings] == [
        ("header-missing", "lib/a.py"),
        ("reuse-invalid", "lib/REUSE.toml"),
    ]
    assert answer.findings[1].message.startswith("This file cannot be used: ")
    assert answer.findings[1].message.endswith(" Until it can, nothing that it says of licenses counts.")
    assert answer.summary == "1 of 1 file lacks the license header; 1 REUSE.toml is not valid"


def test_one_invalid_license_takes_nothing_from_what_else_a_toml_says() -> None:
    text = (
        'version = 1\n[[annotations]]\npath = "*.c"\nSPDX-License-Identifier = "Apache 2"\n'
        '[[annotations]]\npath = "*.py"\nSPDX-License-Identifier = "Apache-2.0"\n'
    )
    answer = judge(file("a.c", "x"), file("a.py", "x"), file("a.go", "x"), beside=(side("REUSE.toml", text),))
    assert [(found.code, found.path, found.fixable) for found in answer.findings] == [
        ("header-other-license", "a.c", False),
        ("header-missing", "a.go", True),
        ("reuse-invalid", "REUSE.toml", False),
    ]
    wrong = 'names a license that is not an SPDX license expression: "Apache 2"'
    assert answer.findings[0].message == f"REUSE.toml, line 2, {wrong}; wanted here: Apache-2.0."
    assert (answer.findings[2].line, answer.findings[2].message) == (
        2,
        f"In this file an annotation {wrong}. Until that is right, the files that it covers have no valid license.",
    )


@pytest.mark.parametrize("license_", ["Apache-2.0+", "CDDL-1.0+", "MIT OR Apache-2.0+", "DocumentRef-a:LicenseRef-b"])
def test_every_valid_expression_is_read(license_: str) -> None:
    answer = judge(file("a.py", "x"), beside=(toml(license_),), license=license_)
    assert answer.findings == ()


def test_a_toml_that_is_changed_alone_is_read() -> None:
    changed = file("REUSE.toml", "version = 2\n", status=FileStatus.MODIFIED)
    assert RULE.wants(changed, options())
    assert list(RULE.beside(changed, options())) == [(Side.HEAD, "REUSE.toml")]
    assert not RULE.wants(replace(changed, kind=FileKind.SYMLINK), options())
    answer = judge(changed, beside=(side("REUSE.toml", "version = 2\n"),))
    assert [found.code for found in answer.findings] == ["reuse-invalid"]
    assert answer.summary == "No file here needs a license header; 1 REUSE.toml is not valid"


def test_the_rule_asks_for_all_that_may_speak_of_a_file() -> None:
    assert set(RULE.beside(file("src/lib/a.py"), options())) == {
        (Side.HEAD, "src/lib/a.py.license"),
        (Side.HEAD, "src/lib/REUSE.toml"),
        (Side.HEAD, "src/REUSE.toml"),
        (Side.HEAD, "REUSE.toml"),
        (Side.BASE, "src/lib/.gitattributes"),
        (Side.BASE, "src/.gitattributes"),
        (Side.BASE, ".gitattributes"),
    }
