# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Rule protected: whoever changes certain files needs the consent of those whom the policy names.

Any change counts: to add, edit, remove, rename or copy over a listed file, and to change its mode. A renamed file
counts under its old path as well as under its new one.
"""

from collections.abc import Sequence

from rules.change import Change, ChangedFile, FileStatus, Need
from rules.consent import Consent, asked
from rules.finding import Finding, RuleConclusion
from rules.options import ProtectedOptions
from rules.rule import Code, Facts, Judgement, Rule, Signal

CODE = "protected-needs-approval"
CODES = {
    CODE: Code(
        "A file that the policy protects was changed, and not enough people who may have approved that.",
        RuleConclusion.ACTION_REQUIRED,
    )
}
_OFFLINE = "Who has approved is not known here: Steward judges it on GitHub"


def wants(_: ChangedFile, __: ProtectedOptions) -> bool:
    """No file has to be read."""
    return False


def check(change: Change, options: ProtectedOptions, facts: Facts) -> Judgement:
    """Find the protected files that were changed, and ask for what is missing of consent to that."""
    if facts.offline:
        return Judgement(_OFFLINE, skipped=True)
    touched = [file for file in change.files if _is_protected(file, options)]
    if not touched:
        return Judgement("No protected file is changed")
    consent = asked(options.approvals, facts.consent)
    if consent.missing:
        return Judgement(_asks(touched, consent), tuple(_finding(file, options, consent) for file in touched))
    if not consent.count:
        return Judgement(f"{_files(touched)} changed, which needs no approval")
    return Judgement(f"{_files(touched)} changed, with the approval of {', '.join(one.by for one in consent.given)}")


def _is_protected(file: ChangedFile, options: ProtectedOptions) -> bool:
    if file.status is FileStatus.UNCHANGED:
        return False
    # What is only copied stays as it was in its old place.
    moved = file.previous_path if file.status is not FileStatus.COPIED else None
    return any(options.paths.match(path) for path in (file.path, moved) if path is not None)


def _finding(file: ChangedFile, options: ProtectedOptions, consent: Consent) -> Finding:
    """One for each file; all say the same, so that they are told together."""
    message = f"A protected file was changed. {consent.standing}"
    return Finding(CODE, message, _place(file, options), fix=consent.remedy("protected"))


def _place(file: ChangedFile, options: ProtectedOptions) -> str:
    """The path by which the file is protected; a finding on one that is gone could stand nowhere else."""
    return file.path if options.paths.match(file.path) else file.previous_path or file.path


def _asks(touched: Sequence[ChangedFile], consent: Consent) -> str:
    return f"{_files(touched)} changed: {consent.missing} approval{'s' if consent.missing > 1 else ''} needed"


def _files(touched: Sequence[ChangedFile]) -> str:
    return "1 protected file is" if len(touched) == 1 else f"{len(touched)} protected files are"


RULE = Rule(
    name="protected",
    needs=lambda _options: frozenset({Need.FILES}),
    minds=frozenset({Signal.HEAD, Signal.BASE, Signal.DECISION, Signal.PEOPLE}),
    codes=CODES,
    check=check,
    wants=wants,
    by_content=True,
    consent=CODE,
)
