# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Snapshots and reports survive the store as they were."""

import json
import zlib

from bot.decide.archive import Kept, pack_change, pack_report, unpack_change, unpack_report
from rules.change import (
    Change,
    ChangedFile,
    Commit,
    Content,
    FileKind,
    FileStatus,
    Lines,
    Need,
    Person,
    Side,
    SideFile,
    Unseen,
)
from rules.finding import Conclusion, Finding, Level, Report, RuleConclusion, RuleResult

ADA = Person(7, "ada", "Ada Lovelace", "ada@example.com")
CHANGE = Change(
    base="b" * 40,
    head="a" * 40,
    files=(
        ChangedFile("a.py", FileStatus.ADDED, None, 3, 0, FileKind.REGULAR, 12, "1" * 40, Content("x\n", whole=True)),
        ChangedFile("c.bin", FileStatus.ADDED, content=Content("", whole=False, binary=True, start=b"\0\xff\x80")),
        ChangedFile("d.py", FileStatus.MODIFIED, lines=(Lines(7, "x = 1\ny = 2"), Lines(40, ""))),
        ChangedFile("b\n☃.py", FileStatus.RENAMED, "old.py", kind=FileKind.SYMLINK),
    ),
    commits=(Commit("a" * 40, "Change", (ADA,), ADA, ("b" * 40,), "t" * 40, signed_by_github=True),),
    repository="acme/widgets",
    number=12,
    opener=ADA,
    unseen=(Unseen(Need.CONTENT, "too large", "a.py"),),
    beside=(SideFile("b\n☃.py.license", Side.HEAD, "SPDX-License-Identifier: MIT\n", "2" * 40),),
)


def test_a_snapshot_comes_back_as_it_was() -> None:
    kept = Kept(
        frozenset({Need.FILES, Need.COMMITS}), frozenset({(Side.HEAD, "REUSE.toml")}), CHANGE, frozenset({"d.py"})
    )
    assert unpack_change(pack_change(kept)) == kept


def test_a_snapshot_of_another_form_is_no_snapshot() -> None:
    assert unpack_change(zlib.compress(b'{"version": 0}')) is None


def test_a_snapshot_from_before_files_were_looked_for_beside_others_is_none() -> None:
    written = json.loads(zlib.decompress(pack_change(Kept(frozenset(Need), frozenset(), CHANGE))))
    del written["beside"]
    assert unpack_change(zlib.compress(json.dumps(written).encode())) is None


def test_a_report_comes_back_as_it_was() -> None:
    finding = Finding("header-missing", "No header.", "a.py", 1, "a" * 40, Person(7, "ada", "Ada"), "Add one.")
    result = RuleResult("headers", Level.ERROR, RuleConclusion.FAILURE, "1 of 1", (finding,), ("a note",))
    source = "acme/widgets:.github/governance.yml@" + "b" * 40
    report = Report("acme/widgets", 12, "b", "a", source, "enforce", Conclusion.FAILURE, (result,), ("a note",))
    assert unpack_report(pack_report(report)) == report


def test_a_persons_address_does_not_go_into_a_report() -> None:
    finding = Finding("cla-unsigned", "Not signed.", person=ADA)
    result = RuleResult("cla", Level.ERROR, RuleConclusion.ACTION_REQUIRED, "1 person", (finding,))
    report = Report(None, None, "b", "a", "policy", "enforce", Conclusion.ACTION_REQUIRED, (result,))
    assert b"example.com" not in pack_report(report)
