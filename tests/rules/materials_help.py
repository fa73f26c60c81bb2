# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What tests of the rules datasets and models have in common: contributions that bring either, and who consents."""

from datetime import UTC, datetime
from typing import Any

from rules.change import Change, ChangedFile, Content, FileStatus, Lines, Side, SideFile, Unseen, content_of
from rules.consent import Consent
from rules.decision import Approval
from rules.finding import Finding
from rules.mandate import Mandate
from rules.rule import Facts, Judgement, Rule

MIA = Approval("mia", 7, "a" * 40, datetime(2026, 11, 1, tzinfo=UTC), "review")
LICENSE = SideFile("LICENSE", Side.BASE, "SPDX-License-Identifier: Apache-2.0\n\nApache License\nVersion 2.0\n")


def data(
    path: str = "data/widgets/train.parquet",
    size: int | None = 2_000_000,
    status: FileStatus = FileStatus.ADDED,
    start: bytes = b"",
) -> ChangedFile:
    """A binary file, of which nothing is known but its size, and its first bytes where they were read."""
    content = Content("", whole=False, binary=True, start=start) if start else None
    return ChangedFile(path, status, size=size, blob="1" * 40, content=content)


def code(*lines: str, path: str = "src/train.py") -> ChangedFile:
    """A file of code with new lines, the first of which is its third."""
    shown = (Lines(3, "\n".join(lines)),)
    return ChangedFile(path, FileStatus.MODIFIED, additions=len(lines), size=100, blob="2" * 40, lines=shown)


def text(path: str, written: str) -> tuple[ChangedFile, SideFile]:
    """A text that the contribution adds, as it stands among the files and beside them."""
    size = len(written.encode())
    file = ChangedFile(path, FileStatus.ADDED, additions=1, size=size, blob="3" * 40, content=content_of(written))
    return file, SideFile(path, Side.HEAD, written)


def change(*files: ChangedFile, beside: tuple[SideFile, ...] = (), unseen: tuple[Unseen, ...] = ()) -> Change:
    """A contribution to a project with an open-source license."""
    return Change("b" * 40, "a" * 40, files=files, base_ref="main", beside=(LICENSE, *beside), unseen=unseen)


def facts(count: int = 0, given: tuple[Approval, ...] = (), *, offline: bool = False) -> Facts:
    """What is known: so many approvals are asked for, and these were given."""
    return Facts(2026, offline=offline, consent=None if offline else Consent(count, Mandate("maintain"), given))


def judged(rule: Rule, judged_change: Change, options: Any, known: Facts | None = None) -> Judgement:
    """What the rule says, with nobody's consent asked for unless the facts say so."""
    return rule.check(judged_change, options, known or facts())


def codes(judgement: Judgement) -> list[str]:
    """The codes of what fails, in order."""
    return sorted(one.code for one in judgement.findings if not one.warning)


def warnings(judgement: Judgement) -> list[str]:
    """The codes of what only warns, in order."""
    return sorted(one.code for one in judgement.findings if one.warning)


def the(judgement: Judgement, code_: str) -> Finding:
    """The one finding with a code."""
    (finding,) = (one for one in judgement.findings if one.code == code_)
    return finding
