# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The rule headers: which files it asks, what it says of them, and how it sums up."""

import re
from pathlib import Path
from typing import Any

import pytest

from rules.change import ChangedFile, Content, FileKind, FileStatus, Need
from rules.headers import RULE
from rules.licensing.licenses import notice_of
from rules.options import HeadersOptions
from rules.policy import parse
from rules.registry import built_rules, find_rule
from rules.rule import Signal
from rules.settings import RuleOptions
from tests.rules.headers_help import code, file, judge, options

TAG = "# SPDX-License-Identifier: Apache-2.0\n"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12\n"
APACHE = "".join(f"# {line}\n" for line in notice_of("Apache-2.0").notice.splitlines())  # type: ignore[union-attr]
GOLANG = (
    "// Copyright 2009 The Go Authors. All rights reserved.\n// Use of this source code is governed by a BSD-style\n"
)
MIT = "".join(f"# {line}\n" for line in notice_of("MIT").notice.splitlines())  # type: ignore[union-attr]


# -- which files are asked ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "settings", "note"),
    [
        (file("a.json", "{}"), {}, "1 file cannot carry comments"),
        (file("a.strange", "x"), {}, "1 file has no known comment style"),
        (file("uv.lock", "x"), {}, "1 file is of a kind that tools write"),
        (file(".gitignore", "x"), {}, "1 file only holds settings or a list"),
        (file("sub/requirements-dev.txt", "x"), {}, "1 file only holds settings or a list"),
        (file("LICENSES/MIT.txt", "x"), {}, "1 file is a license text"),
        (file("LICENSES/GPL-3.0-only", "x"), {}, "1 file is a license text"),
        (file("LICENSES/MIT", "x"), {}, "1 file is a license text"),
        (file("LICENSE-MIT.html", "x"), {}, "1 file is a license text"),
        (file("COPYING_lib", "x"), {}, "1 file is a license text"),
        (file("app.spdx", "x"), {}, "1 file is a license text"),
        (file("app.py.spdx", "x"), {}, "1 file has no known comment style"),
        (file("bin/run", "x"), {}, "1 file has no known comment style"),
        (file("bin/run", "#!/usr/bin/strange\n"), {}, "1 file has no known comment style"),
        (file("bin/run", "#!/bin/sh\nx"), {"exclude": ["bin/**"]}, "1 file is left out by the policy"),
        (
            file("bin/run", None, content=Content("", whole=False, binary=True)),
            {},
            "1 file has no known comment style",
        ),
        (file("bom/a.spdx.yaml", "x"), {}, "1 file is a license text"),
        (file("REUSE.toml", "x"), {}, "1 file tells the licenses of others"),
        (file("lib/REUSE.toml", "x"), {}, "1 file tells the licenses of others"),
        (file("a.json.license", "x"), {}, "1 file tells the licenses of others"),
        (file("vendor/a.py", "x"), {}, "1 file is left out by the policy"),
        (file("a.py", "x"), {"include": ["src/**"]}, "1 file is left out by the policy"),
        (
            file("docs/a.py", "x"),
            {"license": [{"paths": ["src/**"], "license": "MIT"}]},
            "1 file has no license in the policy for its path",
        ),
        (file("a.py", "x", status=FileStatus.MODIFIED), {"scope": "added"}, "1 file was changed, not added"),
        (file("a.py", "x", kind=FileKind.SYMLINK), {}, "1 file is a symbolic link or a submodule"),
        (file("a.py", None, kind=FileKind.SUBMODULE), {}, "1 file is a symbolic link or a submodule"),
        (file("LICENSE", "x"), {}, "1 file is a license text"),
        (file("docs/LICENCE-MIT.md", "x"), {}, "1 file is a license text"),
        (file("a/Copying.rst", "x"), {}, "1 file is a license text"),
        (file("NOTICE.html", "x"), {}, "1 file is a license text"),
        (file("a.py", None, size=0), {}, "1 file is empty"),
        (file("a.py", "\ufeff \r\n\t\n"), {}, "1 file is empty"),
        (file("a.py", None, content=Content("", whole=False, binary=True)), {}, "1 file is binary"),
        (file("a.py", POINTER), {}, "1 file is a Git LFS pointer"),
    ],
)
def test_what_needs_no_header_is_passed_over_and_counted(
    case: ChangedFile, settings: dict[str, Any], note: str
) -> None:
    answer = judge(case, **settings)
    assert (answer.findings, answer.summary) == ((), "No file here needs a license header")
    assert [told.partition(":")[0] for told in answer.notes] == [note]


@pytest.mark.parametrize(
    "case",
    [
        file("a.py", "x", status=FileStatus.REMOVED),
        file("a.py", "x", status=FileStatus.CHANGED),
        file("a.py", "x", status=FileStatus.RENAMED, previous_path="b.py"),
    ],
)
def test_what_has_no_new_content_is_not_even_counted(case: ChangedFile) -> None:
    assert not RULE.wants(case, options())
    assert (judge(case).summary, judge(case).notes) == ("No file here needs a license header", ())


@pytest.mark.parametrize(
    ("case", "settings"),
    [
        (file("a.py", "x"), {}),
        (file("a.py", "x", status=FileStatus.MODIFIED), {}),
        (file("a.py", "x", status=FileStatus.RENAMED, additions=1), {}),
        (file("a.py", "x", status=FileStatus.COPIED), {"scope": "added"}),
        (file("license.py", "x"), {}),
        (file("LICENSE_check.py", "x"), {}),
        (file("notice.test.js", "x"), {}),
        (file("a.py", POINTER + "import os\n" * 1000), {}),
        (file("a.py", POINTER.replace("0", "g")), {}),
        (file("evil.php", POINTER + "<?php system($_GET['c']); ?>\n"), {}),
        (file("a.py", POINTER.replace("oid", "ext-0-x " + "x" * 1024 + "\noid")), {}),
        (file("LICENSES/evil.py", "x"), {}),
        (file("web/license.controller.html", "x"), {}),
        (file("LICENSE", "#!/bin/sh\nx"), {}),
        (file("LICENSES/evil", "#!/bin/sh\nx"), {}),
        (file("notice_server", "#!/usr/bin/env python3\nx"), {}),
        (file("copyright-tool", "#!/bin/sh\nx"), {}),
        (file("bin/run", "\ufeff#! /usr/bin/env -S A=b node --x\r\nx"), {}),
        (file("a.py", "\n" * 9000), {}),  # who knows what comes after the first 8 KiB of nothing
    ],
)
def test_what_needs_a_header_is_asked_for_it(case: ChangedFile, settings: dict[str, Any]) -> None:
    assert RULE.wants(case, options(**settings))
    assert [found.code for found in judge(case, **settings).findings] == ["header-missing"]


def test_the_license_is_the_first_whose_paths_cover_a_file() -> None:
    licenses = [{"paths": ["lib/**"], "license": "MIT"}, {"paths": ["**"], "license": "Apache-2.0"}]
    answer = judge(file("lib/a.py", TAG), file("src/a.py", TAG), license=licenses)
    assert [found.path for found in answer.findings] == ["lib/a.py"]


# -- the verdict in one line --------------------------------------------------------------------------------------


OTHER = "# SPDX-License-Identifier: MIT\n"


@pytest.mark.parametrize(
    ("texts", "summary"),
    [
        ([TAG], "1 file carries the license header"),
        ([TAG, TAG], "All 2 files carry the license header"),
        ([TAG, "x"], "1 of 2 files lacks the license header"),
        (["x"], "1 of 1 file lacks the license header"),
        ([TAG, OTHER], "1 of 2 files names another license"),
        (["x", OTHER, OTHER], "1 of 3 files lacks the license header, 2 name another license"),
        (["x", "x", TAG], "2 of 3 files lack the license header"),
        ([None], "No file here could be judged; 1 file could not be read"),
        ([TAG, TAG, None, None], "2 files carry the license header; 2 files could not be read"),
        (["x", None], "1 of 1 file lacks the license header; 1 file could not be read"),
    ],
)
def test_a_summary_claims_no_more_than_was_seen(texts: list[str | None], summary: str) -> None:
    assert judge(*(file(f"{number}.py", text) for number, text in enumerate(texts))).summary == summary


def test_notes_count_each_reason_once() -> None:
    notes = judge(file("a.json"), file("LICENSE"), file("b.csv"), file("c.json"), file("a.py")).notes
    counts = [note.partition(":")[0] for note in notes]
    assert counts == ["1 file is a license text", "3 files cannot carry comments", "1 file is empty"]


# -- what is accepted ---------------------------------------------------------------------------------------------

GPL_LATER = {"license": "GPL-3.0-or-later"}
BOTH = {"license": "MIT OR Apache-2.0"}


@pytest.mark.parametrize(
    ("text", "settings", "expected"),
    [
        (TAG, {}, None),
        ("# spdx-license-identifier:apache-2.0\n", {}, None),
        ("#!/bin/python\n# -*- coding: utf-8 -*-\n\n\n" + TAG, {}, None),
        ("\ufeff" + TAG.replace("\n", "\r\n"), {}, None),
        ("# A comment.\n\n# Another.\n" + TAG, {}, None),
        ("#####\n#\tSPDX-License-Identifier:\tApache-2.0   #\n#####\n", {}, None),
        ("# Copyright 2020 Them. SPDX-License-Identifier: Apache-2.0\n", {}, None),
        ("# @license SPDX-License-Identifier: Apache-2.0\n", {}, None),
        ("# SPDX-License-Identifier: (Apache-2.0)\n", {}, None),
        ("# SPDX-License-Identifier: Apache-2.0 *)\n", {}, None),
        ("# Please add SPDX-License-Identifier: Apache-2.0 to files.\n", {}, "header-missing"),
        ("# SPDX-License-Identifier:\n", {}, "header-missing"),
        ("import os\n" + TAG, {}, "header-missing"),
        ('"""\nSPDX-License-Identifier: Apache-2.0\n"""\n', {}, "header-missing"),
        ('TAG = "SPDX-License-Identifier: Apache-2.0"\n', {}, "header-missing"),
        ("#\n" * 5000 + TAG, {}, "header-missing"),
        ("# SPDX-License-Identifier: MIT\n", {}, "header-other-license"),
        ("# SPDX-License-Identifier: Apache 2.0\n", {}, "header-other-license"),
        ("# SPDX-License-Identifier: NONE-OF-THEM\n", {}, "header-other-license"),
        (TAG + "# SPDX-License-Identifier: MIT\n", {}, "header-other-license"),
        (TAG + "# SPDX-License-Identifier: Apache-2.0 OR MIT\n", {}, None),
        (TAG + "# SPDX-License-Identifier: MIT\n", {"license": "MIT AND Apache-2.0"}, None),
        (TAG + "# SPDX-License-Identifier: none at all\n", {}, "header-other-license"),
        ("# SPDX-License-Identifier: MIT OR Apache-2.0\n", {}, None),
        (TAG, BOTH, "header-other-license"),
        ("# SPDX-License-Identifier: Apache-2.0 or MIT\n", BOTH, None),
        ("# SPDX-License-Identifier: GPL-3.0+\n", GPL_LATER, None),
        ("# SPDX-License-Identifier: GPL-3.0\n", GPL_LATER, "header-other-license"),
        ("# SPDX-License-Identifier: LicenseRef-Ours\n", {"license": "LicenseRef-Ours"}, None),
        (APACHE, {}, None),
        (APACHE, {"style": "notice"}, None),
        (TAG, {"style": "notice"}, None),
        (APACHE.replace("http:", "https:").upper(), {}, None),
        (APACHE.replace('"License"', "'License'"), {}, None),
        (APACHE[:120], {}, "header-missing"),
        (APACHE[:120], BOTH, "header-missing"),
        (APACHE, BOTH, "header-other-license"),
        (APACHE, {"license": "MIT"}, "header-other-license"),
        ("# SPDX-License-Identifier: MIT\n" + APACHE, {}, "header-other-license"),
        (MIT + APACHE, {}, None),
        (MIT, {}, "header-other-license"),
        (MIT, {"license": "MIT"}, None),
        (
            MIT + "# Except as contained in this notice, the name of the X Consortium\n",
            {"license": "MIT"},
            "header-other-license",
        ),
        ("# Copyright 2020 Them\n", {}, "header-missing"),
        ("# Released under the GPLv3.\n", {}, "header-other-license"),
        ("# Released under the GPLv3.\n", {"license": "GPL-3.0-only"}, "header-missing"),
        ("# This is proprietary and confidential.\n", {}, "header-other-license"),
        (GOLANG.replace("//", "#"), {"license": "BSD-3-Clause"}, "header-missing"),
        (GOLANG.replace("//", "#"), {}, "header-other-license"),
    ],
)
def test_a_header_is_right_missing_or_of_another_license(
    text: str, settings: dict[str, Any], expected: str | None
) -> None:
    assert code("a.py", text, **settings) == expected


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        (TAG, "any", None),
        (TAG, "none", None),
        ("# Copyright 1999\n" + TAG, "none", None),
        (TAG, "required", "header-missing"),
        ("# Copyright Them\n" + TAG, "required", "header-missing"),
        ("# Copyright 123456 Them\n" + TAG, "required", "header-missing"),
        ("# The above copyright notice of 1999\n" + TAG, "required", "header-missing"),
        ("# In 1999\n" + TAG, "required", "header-missing"),
        ("# Copyright (c) 1999-2003, 2020 Them\n" + TAG, "required", None),
        ("# (C) Them 1999\n" + TAG, "required", None),
        ("# \u00a9 1999 Them\n" + TAG, "required", None),
        ("# SPDX-FileCopyrightText: 2019 Them\n" + TAG, "required", None),
        ("# Portions Copyright Them\n# Copyright 2019 Others\n" + TAG, "required", None),
    ],
)
def test_a_year_is_looked_for_only_where_it_is_required_and_never_grows_old(
    text: str, year: str, expected: str | None
) -> None:
    assert code("a.py", text, year=year) == expected


TEMPLATE = "Copyright (c) {year} {holder}\n\nLicensed under {license}; see LICENSE."
OURS = "# Copyright (c) 2019, 2020 Them and\n# Others.\n#\n# Licensed under Apache-2.0;\n# see LICENSE.\n"


@pytest.mark.parametrize(
    ("text", "template", "year", "expected"),
    [
        (OURS, TEMPLATE, "any", None),
        (OURS, TEMPLATE, "required", None),
        (OURS.replace("20", "x"), TEMPLATE, "any", None),
        (OURS.replace("20", "x"), TEMPLATE, "required", "header-missing"),
        (OURS, "Licensed under {license}", "required", None),
        (OURS.replace("see", "read"), TEMPLATE, "any", "header-missing"),
        (OURS.replace("Apache-2.0", "MIT"), TEMPLATE, "any", "header-other-license"),
        ("# LICENSE see; Apache-2.0 under Licensed. Copyright (c)\n", TEMPLATE, "any", "header-missing"),
        (OURS + TAG, TEMPLATE, "any", None),
        (OURS + "# SPDX-License-Identifier: MIT\n", TEMPLATE, "any", "header-other-license"),
        (TAG, TEMPLATE, "any", "header-missing"),
        (APACHE, TEMPLATE, "any", "header-missing"),
        (MIT, TEMPLATE, "any", "header-other-license"),
        (OURS, "{holder}", "any", "header-missing"),
    ],
)
def test_a_template_of_the_policy_has_to_be_there_itself(
    text: str, template: str, year: str, expected: str | None
) -> None:
    assert code("a.py", text, style="custom", template=template, year=year) == expected


# -- its place among the rules ------------------------------------------------------------------------------------


def test_the_rule_says_what_it_needs_and_what_changes_its_mind() -> None:
    assert find_rule("headers") is RULE
    assert RULE in built_rules()
    assert RULE.needs(None) == {Need.FILES, Need.CONTENT}
    assert RULE.minds == {Signal.HEAD, Signal.BASE}
    assert set(RULE.codes) == {"header-missing", "header-other-license", "reuse-invalid"}


def test_there_is_no_rule_of_a_name_that_nobody_built() -> None:
    assert find_rule("weather") is None


# -- its page -----------------------------------------------------------------------------------------------------

PAGE = (Path(__file__).parents[2] / "docs" / "rules" / "headers.md").read_text("utf-8")


def test_the_page_has_a_heading_for_every_code() -> None:
    assert set(re.findall(r"^### (.+)$", PAGE, re.MULTILINE)) == set(RULE.codes)


@pytest.mark.parametrize("example", re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
def test_the_examples_of_the_page_are_valid_policies(example: str) -> None:
    assert parse("version: 1\n" + example, "headers.md").rules.headers.license


def test_the_page_tells_the_settings_of_the_schema() -> None:
    told = set(re.findall(r"`([a-z]+)`", "".join(re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE))))
    shared = set(RuleOptions.model_fields)
    assert set(HeadersOptions.model_fields) - shared <= told
