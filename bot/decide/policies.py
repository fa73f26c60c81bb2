# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which policy governs a pull request, and what to do when it is broken or out of sight.

The nearest file counts: base branch, default branch, organization. A file that is there but broken never falls
through to the next one, for a typo must not put a repository under other rules: the last good version stands in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.github.policy_files import POLICY_PATH, PolicyFile
from rules.change import Change
from rules.finding import Conclusion, Finding, Level, Report, RuleConclusion, RuleResult
from rules.policy import Policy, parse
from rules.policy_problems import PolicyError, PolicyProblem


class GoodPolicies(Protocol):
    """The last valid policy of each place."""

    def find(self, place: str) -> tuple[str, str] | None:
        """Commit and text of the last valid policy at a place."""

    def keep(self, place: str, commit: str, text: str) -> None:
        """Remember a valid policy."""

    def forget(self, place: str) -> None:
        """The policy was taken away by those who may."""


@dataclass(frozen=True)
class Governing:
    """The policy that governs, with its file and source; or the problems for which none can be had; or neither.

    `sources` names file and commit for the rules whose settings come from another file.
    """

    policy: Policy | None = None
    file: PolicyFile | None = None
    source: str | None = None
    notes: tuple[str, ...] = ()
    problems: tuple[PolicyProblem, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


def choose(candidates: Sequence[PolicyFile], good: GoodPolicies) -> Governing:
    """The policy that governs, of the files that may, the nearest first."""
    for file in candidates:
        if not file.readable:
            found = _remembered(file, good, _out_of_sight)
        elif file.text is None and file.problem is None:
            good.forget(file.key)
            continue
        else:
            found = _read(file, good)
        if found is not None:
            return found
    return Governing()


def _read(file: PolicyFile, good: GoodPolicies) -> Governing:
    try:
        policy = parse_file(file)
    except PolicyError as error:
        problems = error.problems
        stands = _remembered(file, good, lambda commit: _broken(file, commit, problems))
        return stands or Governing(source=file.source, problems=problems)
    good.keep(file.key, file.commit, file.text or "")
    return Governing(policy, file, file.source)


def parse_file(file: PolicyFile) -> Policy:
    """The policy in a file. Raises PolicyError, also where the file cannot be taken as text."""
    if file.text is None:
        raise PolicyError(unreadable(file))
    return parse(file.text, file.place)


def unreadable(file: PolicyFile) -> tuple[PolicyProblem, ...]:
    """What is wrong with a file that cannot be taken as text."""
    name = "The policy" if file.path == POLICY_PATH else file.path
    return (PolicyProblem(f"{name} cannot be read: {file.problem}.", 1, 1, source=file.place),)


def _remembered(file: PolicyFile, good: GoodPolicies, note: Callable[[str], str]) -> Governing | None:
    known = good.find(file.key)
    if known is None:
        return None
    commit, text = known
    try:
        policy = parse(text, file.place)
    except PolicyError:  # valid for an earlier Steward only
        return None
    return Governing(policy, file, f"{file.place}@{commit}", (note(commit),))


def _out_of_sight(commit: str) -> str:
    return (
        "The organization's policy cannot be read now; its last version that could be "
        f"({commit[:7]}) is used. Give Steward access to the organization's .github repository again."
    )


def _broken(file: PolicyFile, commit: str, problems: tuple[PolicyProblem, ...]) -> str:
    first = problems[0]
    return (
        f"The policy is broken since {file.commit[:7]} (line {first.line}: {first.message}); its last valid version "
        f"({commit[:7]}) is used. Mend {file.place} on the branch {file.branch}."
    )


_FOR_MAINTAINERS = "This is for a maintainer to mend, not for whoever opened this pull request."


# -- reports without rules ----------------------------------------------------------------------------------------


def no_policy(
    change: Change, note: str = "Add .github/governance.yml to the default branch to let Steward check contributions."
) -> Report:
    """The report where no policy governs: Steward is installed and has nothing to ask for."""
    return _bare(change, None, Conclusion.NEUTRAL, (), (note,))


def invalid_policy(change: Change, governing: Governing) -> Report:
    """The report where the policy is broken and none was ever good: nothing can be judged, so nothing passes."""
    findings = tuple(
        Finding("policy-invalid", f"{one.message} ({one.source})", line=one.line, fix=_FOR_MAINTAINERS)
        for one in governing.problems
    )
    summary = "The policy cannot be read, so nothing can be judged by it."
    result = RuleResult("policy", Level.ERROR, RuleConclusion.FAILURE, summary, findings)
    return _bare(change, governing.source, Conclusion.FAILURE, (result,), governing.notes)


def _bare(
    change: Change, source: str | None, conclusion: Conclusion, rules: tuple[RuleResult, ...], notes: tuple[str, ...]
) -> Report:
    return Report(
        repository=change.repository,
        number=change.number,
        base=change.base,
        head=change.head,
        policy_source=source,
        enforcement="enforce",
        conclusion=conclusion,
        rules=rules,
        notes=notes,
    )
