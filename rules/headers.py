# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Rule headers: every file with new content begins with a comment that names the project's license.

An SPDX tag and the license's standard notice say the same thing, so either is accepted, whichever the policy writes;
only a template of the policy's own has to be there itself. A `.license` file or a REUSE.toml may speak for a file. The
holder is never judged: whose work it is, a contributor knows best.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rules.change import Change, ChangedFile, FileKind, Need, Side
from rules.finding import Finding
from rules.licensing import attributes, reuse
from rules.licensing.attributes import Attributes
from rules.licensing.beside import examine_mute
from rules.licensing.exempt import (
    Asked,
    Passed,
    asked,
    marked,
    names_own_license,
    not_by_hand,
    speaks_for_others,
    without_text,
)
from rules.licensing.header import Wording
from rules.licensing.header_findings import NOTHING, examine
from rules.licensing.header_notes import Tally, on_passed, on_sources, summary
from rules.licensing.kinds import kind_by_interpreter
from rules.licensing.proposal import Examined, Proposal
from rules.licensing.reuse import Problem, Reuse
from rules.options import HeadersOptions
from rules.rule import Code, Facts, Judgement, Rule, Signal

CODES = {
    "header-missing": Code("A file does not begin with the license header that the project wants."),
    "header-other-license": Code("The header of a file names another license than the one wanted for its path."),
    "reuse-invalid": Code("A REUSE.toml cannot be read, so that nothing that it says of licenses counts."),
}

_SPECIFICATION = "https://reuse.software/spec-3.3/#reusetoml"

Answer = Examined | Passed | None
"""What there is to say of a file; None if it should have been read and was not."""


def wants(file: ChangedFile, options: HeadersOptions) -> bool:
    """Whether a file is looked into, as far as can be said before it is read."""
    speaks = speaks_for_others(file.path) and file.kind is FileKind.REGULAR
    return file.content_changed and (speaks or isinstance(asked(file, options), Asked))


def beside(file: ChangedFile, _options: HeadersOptions) -> Iterator[tuple[Side, str]]:
    """What may say of a file which license it is under, at the head, and where it comes from, on the base branch."""
    if speaks_for_others(file.path):
        yield Side.HEAD, file.path
        return
    yield from ((Side.HEAD, path) for path in reuse.side_paths(file.path))
    yield from ((Side.BASE, path) for path in attributes.side_paths(file.path))


def check(change: Change, options: HeadersOptions, facts: Facts) -> Judgement:
    """Judge every file with new content. One that should have been read and was not is neither passed nor failed."""
    return Look(change, options, facts).judgement()


def proposals(change: Change, options: HeadersOptions, facts: Facts) -> Iterator[tuple[ChangedFile, Proposal]]:
    """Every file whose header can be added without anybody's decision, with what to add.

    None where something was not read that may say whose file it is.
    """
    return Look(change, options, facts).proposals()


class Look:
    """One contribution as this rule looks at it: for who wants both the judgement and the proposals, each file once."""

    def __init__(self, change: Change, options: HeadersOptions, facts: Facts) -> None:
        """Look at every file with new content."""
        self._reuse, self._attributes = Reuse(change.beside), Attributes(change.beside)
        self._change, self._options, self._year = change, options, facts.year
        self._unread = {gap.path for gap in change.unseen if gap.need is Need.CONTENT}
        self._unread |= {problem.path for problem in self._reuse.problems if not problem.part}
        self._answers = [(file, self._answer(file)) for file in change.files if file.content_changed]
        self._examined = [(file, answer) for file, answer in self._answers if isinstance(answer, Examined)]

    def judgement(self) -> Judgement:
        """What `check` says."""
        findings = [
            replace(answer.finding, fixable=self._may_add(file, answer))
            for file, answer in self._examined
            if answer.finding
        ]
        broken = [_unusable(problem) for problem in self._reuse.problems]
        return Judgement(self._summary(findings, len(broken)), (*findings, *broken), tuple(self._notes()))

    def proposals(self) -> Iterator[tuple[ChangedFile, Proposal]]:
        """What `proposals` gives."""
        for file, answer in self._examined:
            if answer.proposal and self._may_add(file, answer):
                yield file, answer.proposal

    def _summary(self, findings: Sequence[Finding], broken: int) -> str:
        other = sum(finding.code == "header-other-license" for finding in findings)
        unread = sum(answer is None for _, answer in self._answers)
        return summary(Tally(len(self._examined), len(findings) - other, other, unread, broken))

    def _notes(self) -> Iterator[str]:
        yield from on_passed([answer for _, answer in self._answers if isinstance(answer, Passed)])
        sources = [answer.source for _, answer in self._examined if answer.source]
        yield from on_sources(sources, {file.path for file in self._change.files})

    def _may_add(self, file: ChangedFile, answer: Examined) -> bool:
        """Whether a header is proposed, and nothing is unread that may say whose the file is.

        That is which license it is under, or that nobody here wrote it. A gap without a path may be anywhere.
        """
        speaking = (None, *reuse.side_paths(file.path), *attributes.side_paths(file.path))
        return answer.proposal is not None and self._unread.isdisjoint(speaking)

    def _answer(self, file: ChangedFile) -> Answer:
        ask = asked(file, self._options)
        if isinstance(ask, str):
            return Passed(file.path, ask)
        if reason := not_by_hand(file.path, self._attributes):
            return Passed(file.path, reason)
        if file.content is None:
            return None
        kind = kind_by_interpreter(file.content.text) if ask.unless_script else ask.kind
        if ask.unless_script and not kind:
            return Passed(file.path, ask.unless_script)
        if reason := without_text(file.content, kind):
            return Passed(file.path, reason)
        if names_own_license(file.path, file.content):
            return Passed(file.path, "card")
        return self._looked_into(file.path, file.content.text, replace(ask, kind=kind))

    def _looked_into(self, path: str, text: str, ask: Asked) -> Answer:
        wording = Wording(self._options, ask.license, self._year)
        said = self._reuse.of(path) if self._change.beside else NOTHING
        if not ask.kind:
            return examine_mute(path, said, wording)
        examined = examine(path, text, ask.kind, wording, said)
        line = marked(path, text, self._attributes) if examined.finding else 0
        return Passed(path, "marker", line) if line else examined


def _unusable(problem: Problem) -> Finding:
    cannot = f"This file cannot be used: {problem.words}. Until it can, nothing that it says of licenses counts."
    part = f"In this file {problem.words}. Until that is right, the files that it covers have no valid license."
    message = part if problem.part else cannot
    fix = (
        "Write it as the REUSE specification has it: version = 1, and [[annotations]] tables, each with a path and "
        "what is said of it, such as SPDX-License-Identifier."
    )
    return Finding("reuse-invalid", message, problem.path, problem.line, fix=fix, link=_SPECIFICATION)


RULE = Rule(
    name="headers",
    needs=lambda _options: frozenset({Need.FILES, Need.CONTENT}),
    minds=frozenset({Signal.HEAD, Signal.BASE}),
    codes=CODES,
    check=check,
    wants=wants,
    beside=beside,
    by_content=True,
)
