# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from datetime import UTC, datetime

import pytest

from rules.change import Change, ChangedFile, FileKind, FileStatus
from rules.consent import Consent
from rules.decision import Approval
from rules.mandate import Mandate
from rules.options import ProtectedOptions
from rules.protected import CODE, RULE
from rules.rule import Facts, Judgement

MIA = Approval("mia", 7, "a" * 40, datetime(2026, 11, 1, tzinfo=UTC), "review")
MAX = Approval("max", 8, "a" * 40, datetime(2026, 11, 2, tzinfo=UTC), "comment")
ADMINS = Mandate("admin")


def judged(*files: ChangedFile, given: tuple[Approval, ...] = (), count: int = 1, **options: object) -> Judgement:
    change = Change("b" * 40, "a" * 40, files=files, base_ref="main")
    facts = Facts(2026, consent=Consent(count, ADMINS, given))
    return RULE.check(change, ProtectedOptions.model_validate(options), facts)


def file(path: str, status: FileStatus = FileStatus.MODIFIED, before: str | None = None) -> ChangedFile:
    return ChangedFile(path, status, previous_path=before)


FILES = {
    "the license is edited": (file("LICENSE"), "LICENSE"),
    "the policy itself": (file(".github/governance.yml"), ".github/governance.yml"),
    "a file is added": (file("LICENSE", FileStatus.ADDED), "LICENSE"),
    "a file is removed": (file("LICENSE", FileStatus.REMOVED), "LICENSE"),
    "only its mode is changed": (file("LICENSE", FileStatus.CHANGED), "LICENSE"),
    "renamed away": (file("old/LICENSE.txt", FileStatus.RENAMED, "LICENSE"), "LICENSE"),
    "renamed to": (file("LICENSE", FileStatus.RENAMED, "license.txt"), "LICENSE"),
    "copied to": (file("LICENSE", FileStatus.COPIED, "a.txt"), "LICENSE"),
    "copied from": (file("a.txt", FileStatus.COPIED, ".github/governance.yml"), None),
    "made a link": (ChangedFile("LICENSE", FileStatus.MODIFIED, kind=FileKind.SYMLINK), "LICENSE"),
    "in any folder, as .gitignore has it": (file("sub/LICENSE"), "sub/LICENSE"),
    "another name": (file("LICENSES"), None),
    "another case": (file("license"), None),
    "not changed at all": (file("LICENSE", FileStatus.UNCHANGED), None),
    "a name with a line break": (file("LICENSE\n"), None),
}


@pytest.mark.parametrize("case", FILES)
def test_which_changes_need_consent(case: str) -> None:
    changed, path = FILES[case]
    findings = judged(changed, file("src/a.py")).findings
    assert [(one.code, one.path) for one in findings] == ([(CODE, path)] if path else [])


def test_globs_may_take_back() -> None:
    judgement = judged(file("ci/run.sh"), file("ci/docs/a.md"), paths=["ci/**", "!ci/docs/"])
    assert [one.path for one in judgement.findings] == ["ci/run.sh"]


def test_it_says_who_could_approve_and_how() -> None:
    (finding,) = judged(file("LICENSE")).findings
    assert finding.message == "A protected file was changed. It takes an approval by somebody with the role admin."
    assert finding.fix is not None
    assert finding.fix.endswith("\n\n/steward approve protected")


@pytest.mark.parametrize(
    ("count", "given", "summary"),
    [
        (1, (), "1 protected file is changed: 1 approval needed"),
        (2, (), "1 protected file is changed: 2 approvals needed"),
        (2, (MIA,), "1 protected file is changed: 1 approval needed"),
        (2, (MIA, MAX), "1 protected file is changed, with the approval of mia, max"),
        (1, (MIA, MAX), "1 protected file is changed, with the approval of mia, max"),
        (0, (), "1 protected file is changed, which needs no approval"),
    ],
)
def test_the_verdict_in_one_line(count: int, given: tuple[Approval, ...], summary: str) -> None:
    judgement = judged(file("LICENSE"), count=count, given=given)
    assert judgement.summary == summary
    assert bool(judgement.findings) == ("needed" in summary and "no approval" not in summary)


def test_several_files_are_told_together() -> None:
    judgement = judged(file("LICENSE"), file(".github/governance.yml"), count=2, given=(MIA,))
    assert judgement.summary == "2 protected files are changed: 1 approval needed"
    assert len({(one.message, one.fix) for one in judgement.findings}) == 1
    assert judgement.findings[0].message.endswith(
        "It takes 2 approvals, each by somebody with the role admin. Given: 1 (mia)."
    )


def test_nothing_protected_passes() -> None:
    assert judged(file("src/a.py")) == Judgement("No protected file is changed")


def test_without_word_on_consent_nothing_passes() -> None:
    change = Change("b" * 40, "a" * 40, files=(file("LICENSE"),))
    assert [one.code for one in RULE.check(change, ProtectedOptions(), Facts(2026)).findings] == [CODE]


def test_in_a_local_checkout_it_is_skipped() -> None:
    change = Change("b" * 40, "a" * 40, files=(file("LICENSE"),))
    assert RULE.check(change, ProtectedOptions(), Facts(2026, offline=True)).skipped


def test_no_content_is_read() -> None:
    assert not RULE.wants(file("LICENSE"), ProtectedOptions())
