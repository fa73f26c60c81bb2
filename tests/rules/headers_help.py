# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the tests of the rule headers share: options, files, and a contributor who does what a fix says."""

import re
from typing import Any

from rules.change import Change, ChangedFile, FileStatus, Side, SideFile, content_of
from rules.finding import Finding
from rules.headers import RULE, proposals
from rules.licensing.proposal import Proposal
from rules.options import HeadersOptions
from rules.rule import Facts, Judgement

FACTS = Facts(year=2031)

_AT = re.compile(r"[Pp]ut this at line (\d+), and an empty line behind it:\n\n(.*)", re.DOTALL)
_BEHIND = re.compile(
    r"[Pp]ut this on lines of its own behind the first (\d+) characters of line (\d+):\n\n(.*)", re.DOTALL
)


def options(**settings: Any) -> HeadersOptions:
    """The rule's settings, as a policy would give them."""
    return HeadersOptions.model_validate({"license": "Apache-2.0", **settings})


def file(path: str, text: str | None = "", **more: Any) -> ChangedFile:
    """A file that a contribution adds, with its content unless `text` is None."""
    content = None if text is None else content_of(text)
    return ChangedFile(path, **{"status": FileStatus.ADDED, "content": content, **more})


def side(path: str, text: str) -> SideFile:
    """A file beside changed ones, where the rule looks for it: attributes on the base branch, others at the head."""
    return SideFile(path, Side.BASE if path.endswith(".gitattributes") else Side.HEAD, text)


def judge(*files: ChangedFile, beside: tuple[SideFile, ...] = (), **settings: Any) -> Judgement:
    """What the rule says of some files, and of those beside them."""
    return RULE.check(Change("base", "head", files, beside=beside), options(**settings), FACTS)


def proposal(path: str, text: str | None, beside: tuple[SideFile, ...] = (), **settings: Any) -> Proposal | None:
    """What can be added to one file without anybody's decision."""
    change = Change("base", "head", (file(path, text),), beside=beside)
    return next((proposed for _, proposed in proposals(change, options(**settings), FACTS)), None)


def finding(path: str, text: str, beside: tuple[SideFile, ...] = (), **settings: Any) -> Finding | None:
    """What the rule says of one file."""
    found = judge(file(path, text), beside=beside, **settings).findings
    return found[0] if found else None


def code(path: str, text: str, **settings: Any) -> str | None:
    """The code of what the rule finds in one file, or None if its header is right."""
    found = finding(path, text, **settings)
    return found.code if found else None


def pasted(text: str, fix: str) -> str:
    """The text of a file after a contributor has followed a fix to the letter."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if at := _AT.search(fix):
        line = int(at[1])
        return "\n".join([*lines[: line - 1], at[2], "", *lines[line - 1 :]])
    behind = _BEHIND.search(fix)
    assert behind, fix
    column, line = int(behind[1]), int(behind[2])
    cut = lines[line - 1]
    return "\n".join([*lines[: line - 1], cut[:column], behind[3], cut[column:], *lines[line:]])
