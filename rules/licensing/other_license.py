# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Headers of another license than the wanted one: told by a tag, by words, or by a file beside.

Such a file most likely comes from somewhere else. Nothing here says to overwrite what it holds.
"""

from dataclasses import replace

from rules.finding import Finding
from rules.licensing.comments import Line
from rules.licensing.header import Header, Wording
from rules.licensing.licenses import Recognized, canonical, offers
from rules.licensing.named import nearly, shown_license, wrong_license
from rules.licensing.reuse import Declared
from rules.licensing.tags import TAG
from rules.shown import shown_path

CODE = "header-other-license"
FOREIGN = (
    "If it is third-party code, keep the license that it came under and ask a maintainer to exclude its path "
    "(headers.exclude) or to give it a license of its own (headers.license)."
)


def other_tag(path: str, header: Header, wording: Wording) -> Finding | None:
    """What there is to say of the SPDX tags of a header that does not offer the wanted license."""
    found = header.expression()
    if not header.tags or (found and offers(found, wording.license)):
        return None
    tag = next((tag for tag in header.tags if canonical(tag.text) is None), None)
    if tag:
        return _invalid_tag(path, tag, wording)
    tag = next((tag for tag in header.tags if not offered(tag.text, wording)), header.tags[0])
    return _other(path, f"Line {tag.number} says {TAG} {shown_license(tag.text)}", tag.number, wording)


def _invalid_tag(path: str, tag: Line, wording: Wording) -> Finding:
    """What there is to say of a tag that names nothing valid; one that nearly names the wanted license means that."""
    finding = _other(path, f"Line {tag.number} {wrong_license(tag.text)}", tag.number, wording)
    if not nearly(tag.text, wording.license):
        return finding
    right = f"{TAG} {wording.license}"
    return replace(finding, fix=f"Did you mean {wording.license}? Then correct line {tag.number}: {right}")


def other_notice(path: str, header: Header, wording: Wording) -> Finding | None:
    """What there is to say of the words of a header without tags that are those of another license."""
    found = foreign_words(header, wording.license)
    if header.tags or not found:
        return None
    line = header.line_of(found[0].phrase)
    return _other(path, f"Line {line} has words of {found[0].license.license}", line, wording)


def misspelled_tag(path: str, header: Header, wording: Wording) -> Finding | None:
    """What there is to say of a line that is meant to be an SPDX tag and is none, in a header without any other."""
    if header.tags or not header.misspelled:
        return None
    line, right = header.misspelled[0], f"{TAG} {wording.license}"
    named = line.text.partition(":")[2].strip()
    said = f'Line {line.number} says "{shown_license(line.text)}", which is not an SPDX tag; wanted here: {right}.'
    correct = f"Correct line {line.number}, so that it reads {right}."
    fix = (
        correct
        if not named or offered(named, wording)
        else f"{FOREIGN} If it is all your own work: {correct[0].lower()}{correct[1:]}"
    )
    return Finding("header-missing", said, path, line.number, fix=fix)


def foreign_words(header: Header, wanted: str) -> list[Recognized]:
    """What the words tell of other licenses; nothing where they may as well mean the wanted one."""
    if whole := header.notices:
        return [] if any(offers(one.license.license, wanted) for one in whole) else whole
    return [] if any(one.license.may_be(wanted) for one in header.hints) else header.hints


def other_beside(path: str, declared: Declared, wording: Wording) -> Finding:
    """What there is to say of a file beside that names another license for a file."""
    place = f"{shown_path(declared.source)}{f', line {declared.line},' if declared.line else ''}"
    invalid = next((license_ for license_ in declared.licenses if canonical(license_) is None), None)
    if invalid is None:
        said = f"{place} says {TAG} {shown_license(' AND '.join(declared.licenses))}"
    else:
        said = f"{place} {wrong_license(invalid)}"
    wanted, source = wording.license, shown_path(declared.source)
    fix = f"{FOREIGN} If it is all your own work and meant to be under {wanted}, let {source} say so."
    return Finding(CODE, f"{said}; wanted here: {wanted}.", path, 1, fix=fix)


def offered(text: str, wording: Wording) -> bool:
    """Whether what a file names as its license is valid and offers the wanted one."""
    expression = canonical(text)
    return expression is not None and offers(expression, wording.license)


def _other(path: str, said: str, line: int, wording: Wording) -> Finding:
    """No header is proposed: what is pasted over somebody else's license does more harm than what is not."""
    wanted = wording.license
    fix = f"{FOREIGN} If it is all your own work and meant to be under {wanted}, correct what line {line} says."
    return Finding(CODE, f"{said}; wanted here: {wanted}.", path, line, fix=fix)
