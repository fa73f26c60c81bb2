# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""License files: where they are looked for, which license they are, and what kind of project it is."""

from pathlib import Path

import pytest

from rules.change import Side, SideFile
from rules.data import table
from rules.licensing.licenses import notice_of
from rules.materials.terms.license_files import LicenseFiles, Project, places, project, told

ROOT = Path(__file__).parents[4]
APACHE = (ROOT / "LICENSE").read_text("utf-8")
GNU = """                    GNU GENERAL PUBLIC LICENSE
                       Version 3, 29 June 2007

 Copyright (C) 2007 Free Software Foundation, Inc. <https://fsf.org/>

 13. Use with the GNU Affero General Public License, version 3. any later version
"""


def head(path: str, text: str = "x") -> SideFile:
    return SideFile(path, Side.HEAD, text)


def base(text: str, path: str = "LICENSE") -> SideFile:
    return SideFile(path, Side.BASE, text)


def test_license_files_are_looked_for_up_to_the_root_and_at_the_base() -> None:
    found = list(places("data/faces"))
    at_base = [path for side, path in found if side is Side.BASE]
    at_head = [path for side, path in found if side is Side.HEAD]
    assert at_base == ["LICENSE", "LICENSE.md", "LICENSE.txt", "COPYING"]
    assert at_head == [f"{folder}{name}" for folder in ("data/faces/", "data/", "") for name in at_base]
    assert [path for side, path in places("") if side is Side.HEAD] == at_base


@pytest.mark.parametrize(
    ("text", "licenses"),
    [
        (APACHE, {"Apache-2.0"}),
        (GNU, {"GPL-3.0-only", "GPL-3.0-or-later"}),
        ("Attribution-NonCommercial 4.0 International\n\n====\n\nCreative Commons Corporation", {"CC-BY-NC-4.0"}),
        ("Creative Commons Legal Code\n\nAttribution-ShareAlike 3.0 Unported\n", {"CC-BY-SA-3.0"}),
        ("# Creative Commons Attribution 4.0 International Public License\n", {"CC-BY-4.0"}),
        ("Creative Commons Legal Code\n\nCC0 1.0 Universal\n", {"CC0-1.0"}),
        ("## ODC Open Database License (ODbL)\n\n### Preamble", {"ODbL-1.0"}),
        ("Community Data License Agreement \u2013 Permissive \u2013 Version 2.0\n", {"CDLA-Permissive-2.0"}),
        ("META LLAMA 3 COMMUNITY LICENSE AGREEMENT\nMeta Llama 3 Version Release Date", {"LicenseRef-HF-llama3"}),
        ("The data in this folder are licensed under CC BY-SA 4.0.\n", {"CC-BY-SA-4.0"}),
        ("SPDX-License-Identifier: CC-BY-4.0\n", {"CC-BY-4.0"}),
        ("MIT License\n\nCopyright (c) 2024 Acme\n", {"MIT"}),
        ("MOZILLA PUBLIC LICENSE\nVersion 1.1\n", {"MPL-1.1"}),
        ("GNU LIBRARY GENERAL PUBLIC LICENSE\nVersion 2, June 1991\n", {"LGPL-2.0-only", "LGPL-2.0-or-later"}),
        ("GNU Free Documentation License\nVersion 9.9\n", set()),
        ("Do what you want.", set()),
        ("", set()),
    ],
)
def test_a_license_file_is_told_by_its_words(text: str, licenses: set[str]) -> None:
    assert told(text) == licenses


@pytest.mark.parametrize("license_", ["MIT", "BSD-3-Clause"])
def test_the_words_alone_are_enough(license_: str) -> None:
    known = notice_of(license_)
    assert known is not None
    assert told(f"Copyright (c) 2024 Acme\n\n{known.notice}") == {license_}


@pytest.mark.parametrize("row", table("terms")["texts"], ids=lambda row: row["titles"][0])
def test_each_title_in_the_table_tells_its_licenses(row: dict[str, list[str]]) -> None:
    assert [told(f"{title}\n\nSome words.") for title in row["titles"]] == [set(row["licenses"])] * len(row["titles"])


def test_the_nearest_license_file_comes_first() -> None:
    files = LicenseFiles(
        [head("data/LICENSE"), head("data/x/COPYING", "MIT License"), head("LICENSE"), base("MIT"), head("data/x/a.py")]
    )
    assert [one.path for one in files.above("data/x")] == ["data/x/COPYING", "data/LICENSE", "LICENSE"]
    assert [one.path for one in files.above("")] == ["LICENSE"]
    found = files.in_folder("data/x")
    assert found is not None
    assert found.licenses == {"MIT"}
    assert files.in_folder("data/x") is found
    assert files.in_folder("elsewhere") is None


def test_of_two_license_files_in_one_folder_the_plain_one_counts() -> None:
    found = LicenseFiles([head("data/COPYING"), head("data/LICENSE.md"), head("data/LICENSE")]).in_folder("data")
    assert found is not None
    assert found.path == "data/LICENSE"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([base(APACHE)], Project("LICENSE", "Apache-2.0", open=True)),
        ([base(GNU, "COPYING")], Project("COPYING", "GPL-3.0-only or GPL-3.0-or-later", open=True)),
        ([base("CC BY-NC 4.0")], Project("LICENSE", "CC-BY-NC-4.0", open=False)),
        ([base("META LLAMA 3 COMMUNITY LICENSE AGREEMENT")], Project("LICENSE", "LicenseRef-HF-llama3", open=False)),
        ([base("Acme. Proprietary and confidential.")], Project("LICENSE", "all rights reserved", open=False)),
        ([base("Business Source License 1.1")], Project("LICENSE")),
        ([base("Be kind.")], Project("LICENSE")),
        ([head("LICENSE", APACHE)], Project()),
        ([base(APACHE, "data/LICENSE")], Project()),
        ([], Project()),
    ],
)
def test_the_license_of_the_project_is_that_of_the_base_branch(files: list[SideFile], expected: Project) -> None:
    assert project(files) == expected


@pytest.mark.parametrize(
    ("of", "guarded", "words"),
    [
        (Project("LICENSE", "MIT", open=True), True, "with an open-source license (MIT, in LICENSE)"),
        (Project("LICENSE", "X", open=False), False, "with a license that is no open-source license (X, in LICENSE)"),
        (Project("COPYING"), True, "nobody can tell its own license (the words of COPYING are not known)"),
        (Project(), True, "nobody can tell its own license (it has no license file)"),
    ],
)
def test_a_project_that_nobody_can_tell_counts_as_open_source(of: Project, guarded: bool, words: str) -> None:
    assert (of.guarded, words in of.words) == (guarded, True)
