# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Why nothing is added to a file that lacks a header, where the finding alone does not say it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules.change import Change, ChangedFile, Side
from rules.finding import Finding
from rules.headers import RULE
from rules.licensing.comments import takes_header, window
from rules.licensing.exempt import Asked, asked
from rules.licensing.reuse import SIDECAR
from rules.options import HeadersOptions


@dataclass(frozen=True, slots=True)
class Left:
    """A finding that is left for a person, and why, or "" where its own words say so."""

    finding: Finding
    reason: str


def left_alone(
    change: Change, findings: Iterable[Finding], silent: frozenset[str | None], options: HeadersOptions
) -> Iterator[Left]:
    """The findings with their reasons; `silent` are the files of which nobody knows what they say."""
    file_of = {file.path: file for file in change.files}
    for finding in findings:
        file = file_of.get(finding.path or "")
        yield Left(finding, _reason(file, silent, options) if file and finding.code == "header-missing" else "")


def _reason(file: ChangedFile, silent: frozenset[str | None], options: HeadersOptions) -> str:
    for side, path in RULE.beside(file, options):
        if path in silent:
            unknown = "its license" if side is Side.HEAD else "where it comes from"
            return f"{path} cannot be read, so nobody knows {unknown}"
    ask = asked(file, options)
    if file.content and isinstance(ask, Asked) and ask.kind and not takes_header(window(file.content.text), ask.kind):
        return f"no comment may stand before its first line; put a {file.path}{SIDECAR} beside it"
    return ""
