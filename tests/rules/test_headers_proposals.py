# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Headers that can be added without anybody's decision, and those that a person has to decide on."""

from dataclasses import replace
from typing import Any

import pytest

from rules.change import Change, FileStatus, Need, SideFile, Unseen
from rules.headers import proposals
from rules.licensing.comments import Place
from rules.licensing.licenses import notice_of
from tests.rules.headers_help import FACTS, code, file, finding, options, pasted, proposal, side

TAG = "# SPDX-License-Identifier: Apache-2.0\n"
APACHE = "".join(f"# {line}\n" for line in notice_of("Apache-2.0").notice.splitlines())  # type: ignore[union-attr]
MIT = "".join(f"# {line}\n" for line in notice_of("MIT").notice.splitlines())  # type: ignore[union-attr]
ACME = {"holder": "The Acme Authors"}
NOTICE = {**ACME, "style": "notice"}
TEMPLATE = {**ACME, "style": "custom", "template": "Copyright {holder}\nLicensed under {license}; see LICENSE."}


@pytest.mark.parametrize(
    ("text", "settings", "added"),
    [
        ("x", {}, ["SPDX-License-Identifier: Apache-2.0"]),
        ("x", ACME, ["SPDX-FileCopyrightText: The Acme Authors", "SPDX-License-Identifier: Apache-2.0"]),
        ("# Copyright 2019 The Acme Authors\n", ACME, ["SPDX-License-Identifier: Apache-2.0"]),
        ("# (c) the acme authors.\n# Copyright The Acme Authors\n", ACME, ["SPDX-License-Identifier: Apache-2.0"]),
        (
            "# Apache License, Version 2.0\n# Copyright The Acme Authors\n",
            ACME,
            ["SPDX-License-Identifier: Apache-2.0"],
        ),
        (TAG, {**ACME, "year": "required"}, ["SPDX-FileCopyrightText: 2031 The Acme Authors"]),
        (TAG, TEMPLATE, ["Copyright The Acme Authors", "Licensed under Apache-2.0; see LICENSE."]),
        (
            "# Copyright The Acme Authors\n",
            {**TEMPLATE, "template": "{year} {license}", "year": "required"},
            ["2031 Apache-2.0"],
        ),
    ],
)
def test_what_leaves_no_doubt_can_be_added(text: str, settings: dict[str, Any], added: list[str]) -> None:
    proposed = proposal("a.py", text, **settings)
    assert proposed
    assert (proposed.path, proposed.place, list(proposed.lines)) == ("a.py", Place(1), added)
    found = finding("a.py", text, **settings)
    assert found
    assert (found.fix or "").endswith(f"{proposed.words}\n\n{proposed.text}")
    assert code("a.py", pasted(text, found.fix or ""), **settings) is None


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        (TAG, {}),
        (MIT, ACME),
        ("# SPDX-License-Identifier: MIT\n", ACME),
        ("# SPDX-License-Identifier: none of them\n", ACME),
        ("# Copyright 2019 Somebody\n", ACME),
        ("# Copyright The Acme Authors\n# Copyright Somebody\n", ACME),
        ("# Copyright The Acmes\n", ACME),
        ("# Copyright The Acme Authors\n", {}),
        ("# Copyright The Acme Authors\n", {**ACME, "year": "required"}),
        (TAG + "# Copyright The Acme Authors\n", {**ACME, "year": "required"}),
        ("# GNU General Public License\n", {**ACME, "license": "GPL-3.0-only"}),
        (APACHE.replace("except in", "in"), NOTICE),
        (APACHE.replace("except in", "in"), {}),
        (APACHE.replace("WITHOUT", "WITH"), {}),
        ("# Copyright The Acme Authors\n# Licensed under Apache-2.0; read LICENSE.\n", TEMPLATE),
        (APACHE + "# Copyright Somebody\n", TEMPLATE),
    ],
)
def test_what_somebody_has_to_decide_is_not_added(text: str, settings: dict[str, Any]) -> None:
    assert proposal("a.py", text, **settings) is None


def test_a_place_where_no_comment_may_stand_gets_the_text_for_a_file_beside_it_and_nothing_is_added() -> None:
    found = finding("a.php", "<html><?php\n")
    assert found
    assert (found.fix or "").startswith("Put this into a file beside it")
    assert proposal("a.php", "<html><?php\n") is None


def test_that_file_is_added_where_the_policy_asks_for_such_files() -> None:
    proposed = proposal("a.php", "<html><?php\n", uncommentable="sidecar")
    assert proposed
    assert (proposed.path, proposed.lines[0][:5]) == ("a.php.license", "SPDX-")


@pytest.mark.parametrize(
    ("path", "beside", "unseen"),
    [
        ("lib/a.py", (side("REUSE.toml", "version = 2"),), ()),
        ("lib/a.py", (), (Unseen(Need.CONTENT, "it is binary", "lib/REUSE.toml"),)),
        ("lib/a.py", (), (Unseen(Need.CONTENT, "it is binary", "lib/a.py.license"),)),
        ("lib/a.py", (), (Unseen(Need.CONTENT, "it is too large", ".gitattributes"),)),
        ("lib/a.py", (), (Unseen(Need.CONTENT, "it is too much"),)),
        ("lib/a.json", (side("REUSE.toml", "version = 2"),), ()),
    ],
)
def test_nothing_is_added_where_something_that_may_speak_of_the_file_cannot_be_read(
    path: str, beside: tuple[SideFile, ...], unseen: tuple[Unseen, ...]
) -> None:
    change = Change("base", "head", (file(path, "x"), file("src.py", None)), beside=beside, unseen=unseen)
    assert list(proposals(change, options(uncommentable="sidecar"), FACTS)) == []
    elsewhere = replace(change, beside=(), unseen=(Unseen(Need.CONTENT, "it is binary", "other/REUSE.toml"),))
    assert [found.path for found, _ in proposals(elsewhere, options(uncommentable="sidecar"), FACTS)] == [path]


@pytest.mark.parametrize(
    "settings",
    [
        {**ACME, "style": "custom", "template": "{year} {holder}"},
        {**ACME, "style": "custom", "template": "-----"},
        {**ACME, "style": "custom", "template": "Ours.\nSPDX-License-Identifier: MIT"},
        {"holder": "SPDX-License-Identifier: MIT"},
    ],
)
def test_a_header_that_would_not_be_accepted_is_not_added(settings: dict[str, Any]) -> None:
    assert code("a.py", "x", **settings) == "header-missing"
    assert proposal("a.py", "x", **settings) is None


def test_each_file_is_told_with_its_proposal_and_all_others_are_left_out() -> None:
    files = (
        file("a.py", "x"),
        file("b.py", TAG),
        file("c.go", "package c\n", status=FileStatus.MODIFIED),
        file("d.json", "{}"),
        file("e.py", None),
        file("f.py", "x", status=FileStatus.REMOVED),
        file("g.py", MIT),
    )
    found = list(proposals(Change("base", "head", files), options(), FACTS))
    assert [(changed.path, proposed.text) for changed, proposed in found] == [
        ("a.py", "# SPDX-License-Identifier: Apache-2.0"),
        ("c.go", "// SPDX-License-Identifier: Apache-2.0"),
    ]
