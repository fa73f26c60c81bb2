# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Rule headers: every file with new content begins with a comment that names the project's license.

An SPDX tag and the license's standard notice say the same thing, so either is accepted, whichever the policy writes;
only a template of the policy's own has to be there itself. The holder is never judged: whose work it is, a
contributor knows best.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rules.change import Change, ChangedFile, Content, FileKind, FileStatus, Need
from rules.finding import Finding
from rules.licensing.header import Wording
from rules.licensing.header_findings import CODES, Examined, examine
from rules.licensing.kinds import Kind, kind_of
from rules.licensing.proposal import Proposal
from rules.options import HeadersOptions
from rules.rule import Facts, Judgement, Rule, Signal

# LICENSE, LICENCE, COPYING, COPYRIGHT, NOTICE or UNLICENSE, alone or followed by a mark and more, if it is a document.
_LEGAL = r"(?:licen[cs]es?|copying|copyright|notice|unlicense)"
_LEGAL_TEXT = re.compile(
    rf"{_LEGAL}(?:[-_][^./]*)?|{_LEGAL}(?:[-_.][^/]*)?\.(?:txt|md|markdown|rst|adoc|html?)", re.IGNORECASE
)
_LFS_POINTER = re.compile(r"version https://git-lfs\.github\.com/spec/v\d+\n(?:ext-[^\n]*\n)*oid sha256:[0-9a-f]{64}\n")

_REASONS = {  # why a file was passed over, of one file and of several, in the order in which it is told
    "scope": ("was changed, not added", "were changed, not added"),
    "paths": ("is left out by the policy", "are left out by the policy"),
    "license": ("has no license in the policy for its path", "have no license in the policy for their paths"),
    "link": ("is a symbolic link or a submodule", "are symbolic links or submodules"),
    "legal": ("is a license text", "are license texts"),
    "kind": ("has no known comment style", "have no known comment style"),
    "empty": ("is empty", "are empty"),
    "binary": ("is binary", "are binary"),
    "lfs": ("is a Git LFS pointer", "are Git LFS pointers"),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of a file: comments of this kind that name this license."""

    kind: Kind
    license: str


def wants(file: ChangedFile, options: HeadersOptions) -> bool:
    """Whether a header is asked of a file, as far as can be said before it is read."""
    return file.content_changed and isinstance(_asked(file, options), _Asked)


def check(change: Change, options: HeadersOptions, facts: Facts) -> Judgement:
    """Judge every file with new content. One that should have been read and was not is neither passed nor failed."""
    passed_over, findings, judged, unread = Counter[str](), list[Finding](), 0, 0
    for _file, answer in _answers(change, options, facts):
        if isinstance(answer, str):
            passed_over[answer] += 1
        elif answer is None:
            unread += 1
        else:
            judged += 1
            findings += [answer.finding] if answer.finding else []
    return Judgement(_summary(judged, len(findings), unread), tuple(findings), _notes(passed_over))


def proposals(change: Change, options: HeadersOptions, facts: Facts) -> Iterator[tuple[ChangedFile, Proposal]]:
    """Every file whose header can be added without anybody's decision, with what to add."""
    for file, answer in _answers(change, options, facts):
        if isinstance(answer, Examined) and answer.proposal:
            yield file, answer.proposal


def _answers(
    change: Change, options: HeadersOptions, facts: Facts
) -> Iterator[tuple[ChangedFile, Examined | str | None]]:
    """Every file with new content, and what there is to say of it: why it is passed over, or None if it is unread."""
    for file in (file for file in change.files if file.content_changed):
        asked = _asked(file, options)
        if isinstance(asked, str):
            yield file, asked
        elif file.content is None:
            yield file, None
        else:
            yield file, _answer(file.path, file.content, asked, Wording(options, asked.license, facts.year))


def _answer(path: str, content: Content, asked: _Asked, wording: Wording) -> Examined | str:
    return _without_text(content) or examine(path, content.text, asked.kind, wording)


def _asked(file: ChangedFile, options: HeadersOptions) -> _Asked | str:
    """What is asked of a file, or why nothing is, as far as that can be said before it is read."""
    if reason := _out_of_question(file, options):
        return reason
    kind = kind_of(file.path)
    if not kind:
        return "kind"
    if not options.include.match(file.path) or options.exclude.match(file.path):
        return "paths"
    license_ = next((entry.license for entry in options.license if entry.paths.match(file.path)), None)
    return _Asked(kind, license_) if license_ else "license"


def _out_of_question(file: ChangedFile, options: HeadersOptions) -> str:
    if options.scope == "added" and file.status not in (FileStatus.ADDED, FileStatus.COPIED):
        return "scope"
    if file.kind is not FileKind.REGULAR:
        return "link"
    if file.size == 0:
        return "empty"
    return "legal" if _LEGAL_TEXT.fullmatch(file.path.rpartition("/")[2]) else ""


def _without_text(content: Content) -> str:
    if content.binary:
        return "binary"
    if content.whole and not content.text.removeprefix("\ufeff").strip():
        return "empty"
    return "lfs" if content.whole and _LFS_POINTER.match(content.text) else ""


def _summary(judged: int, lacking: int, unread: int) -> str:
    rest = f"; {_files(unread)} could not be read" if unread else ""
    if not judged:
        return f"No file here {'could be judged' if unread else 'needs a license header'}{rest}"
    if lacking:
        return f"{lacking} of {_files(judged)} {'lacks' if lacking == 1 else 'lack'} the license header{rest}"
    all_ = "All " if judged > 1 and not unread else ""
    return f"{all_}{_files(judged)} {'carries' if judged == 1 else 'carry'} the license header{rest}"


def _notes(passed_over: Counter[str]) -> tuple[str, ...]:
    counts = ((passed_over[reason], words) for reason, words in _REASONS.items() if passed_over[reason])
    return tuple(f"{_files(count)} {words[count > 1]}" for count, words in counts)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


RULE = Rule(
    name="headers",
    needs=lambda _options: frozenset({Need.FILES, Need.CONTENT}),
    minds=frozenset({Signal.HEAD, Signal.BASE}),
    codes=CODES,
    check=check,
    wants=wants,
    by_content=True,
)
