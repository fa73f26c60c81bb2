# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is told of all files together."""

import pytest

from rules.change import FileStatus
from rules.licensing.exempt import Passed
from rules.licensing.header_notes import on_passed, on_sources
from tests.rules.headers_help import file, judge, side

EVERYTHING = 'version = 1\n[[annotations]]\npath = "**"\nSPDX-License-Identifier = "Apache-2.0"\n'
ONE = "SPDX-License-Identifier: Apache-2.0\n"


def test_files_that_say_of_themselves_that_tools_made_them_are_named_up_to_ten() -> None:
    passed = [Passed(f"{number:02}.go", "marker", number) for number in range(1, 13)]
    names = ", ".join(f"{number:02}.go (line {number})" for number in range(1, 11))
    assert list(on_passed(passed)) == [f"12 files say of themselves that a tool made them: {names} and 2 more"]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("legal", "1 file is a license text: bin/run"),
        ("by-tools", "1 file is of a kind that tools write: bin/run"),
        ("kind", "1 file has no known comment style: bin/run"),
        ("binary", "1 file is binary: bin/run"),
        ("lfs", "1 file is a Git LFS pointer: bin/run"),
        ("card", "1 file is a card that names a license itself: bin/run"),
        ("vendored", "1 file is kept where files from elsewhere belong: bin/run"),
        ("mute", "1 file cannot carry comments"),
        ("paths", "1 file is left out by the policy"),
    ],
)
def test_what_a_contributor_could_have_made_up_is_named(reason: str, words: str) -> None:
    assert list(on_passed([Passed("bin/run", reason)])) == [words]


def test_hostile_names_stay_on_one_line() -> None:
    assert list(on_passed([Passed("a\n@all.pb.go", "name")])) == ["1 file has a name that tools give: a\\n@all.pb.go"]


def test_who_speaks_for_how_many_is_told() -> None:
    sources = ["REUSE.toml", "a.json.license", "lib/REUSE.toml", "REUSE.toml", "b.json.license", "REUSE.toml"]
    assert list(on_sources(sources, {"src/a.py"})) == [
        "3 files are licensed by REUSE.toml",
        "2 files are licensed by .license files of their own",
        "1 file is licensed by lib/REUSE.toml",
    ]


def test_a_contribution_that_changes_what_speaks_for_its_files_is_told_so() -> None:
    answer = judge(
        file("src/a.py", "x"),
        file("src/b.py", "x"),
        file("src/c.py", "# SPDX-License-Identifier: Apache-2.0\n"),
        file("REUSE.toml", EVERYTHING, status=FileStatus.MODIFIED),
        file("src/b.py.license", ONE),
        beside=(side("REUSE.toml", EVERYTHING), side("src/b.py.license", ONE)),
    )
    assert answer.summary == "All 3 files carry the license header"
    assert answer.notes == (
        "2 files tell the licenses of others",
        "1 file is licensed by REUSE.toml",
        "1 file is licensed by a .license file of its own",
        "This contribution itself changes what licenses them: REUSE.toml, src/b.py.license",
    )
