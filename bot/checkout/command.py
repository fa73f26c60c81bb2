# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward check`: the rules of the policy on a local git repository, without a network and without the App."""

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.checkout import policy as policies
from bot.checkout import read
from bot.checkout.beside import with_beside
from bot.checkout.formats import github, json, sarif, text
from bot.checkout.git import CheckoutError, Git, open_repository
from bot.checkout.lines import with_lines
from bot.checkout.policy import Found
from bot.checkout.read import Subject
from bot.checkout.terminal import Refusal, colour_wanted, write
from bot.checkout.wanted import wanted
from bot.decide.explained import explained
from bot.decide.judge import judge
from rules.change import Change
from rules.finding import Conclusion, Report
from rules.policy import Policy
from rules.policy_problems import PolicyError
from rules.rule import Facts

Settings = Mapping[str, Mapping[str, Any]]

_FORMATS: Mapping[str, Callable[[Report, Settings], str]] = {
    "text": lambda report, _: text.render(report, colour=colour_wanted()),
    "json": json.render,
    "sarif": lambda report, _: sarif.render(report),
    "github": lambda report, _: github.render(report),
}
_EXPLAINING = ("text", "json")
_FAILING = (Conclusion.FAILURE, Conclusion.ACTION_REQUIRED)


@click.command("check")
@click.argument("path", default=".", type=click.Path(path_type=Path))
@click.option("--base", metavar="REF", help="Judge what HEAD adds to this; otherwise to the default branch.")
@click.option("--head", metavar="REF", help="The commit to judge; otherwise what is checked out.")
@click.option("--staged", is_flag=True, help="Judge what is staged for the next commit, as a pre-commit hook does.")
@click.option("--all", "whole", is_flag=True, help="Judge every file of HEAD, as when adopting a policy.")
@click.option("--policy", metavar="FILE", type=click.Path(), help="Use the policy in this file.")
@click.option(
    "--format", "form", type=click.Choice(list(_FORMATS)), default="text", show_default=True, help="How to report."
)
@click.option("--explain", is_flag=True, help="Add why each rule stands as it does, its settings and their source.")
def check(  # noqa: PLR0913 - one argument an option
    *,
    path: Path,
    base: str | None,
    head: str | None,
    staged: bool,
    whole: bool,
    policy: str | None,
    form: str,
    explain: bool,
) -> None:
    """Check a local git repository by its policy.

    PATH is any folder of the repository, by default the current one; the whole repository is judged. The exit code is
    0 if it passes, 1 if it fails, 2 if it could not be checked.
    """
    _refuse_contradictions(base, head, staged=staged, whole=whole)
    if explain and form not in _EXPLAINING:
        raise click.UsageError(f"--explain goes with --format {' or '.join(_EXPLAINING)}.")
    try:
        git = open_repository(path)
        subject = _subject(git, base, head, staged=staged, whole=whole)
        found = policies.from_file(policy) if policy else _policy(git, subject, staged=staged)
        report = _judged(git, subject, found, explain=explain)
    except CheckoutError as error:
        raise Refusal([f"Error: {error}"]) from None
    except PolicyError as error:
        raise Refusal(map(str, error.problems)) from None
    write(_FORMATS[form](report, _settings(found.policy) if explain else {}))
    sys.exit(report.conclusion in _FAILING)


def _refuse_contradictions(base: str | None, head: str | None, *, staged: bool, whole: bool) -> None:
    if staged and (whole or base or head):
        raise click.UsageError("--staged goes without --all, --base and --head.")
    if whole and base:
        raise click.UsageError("--all goes without --base.")


def _subject(git: Git, base: str | None, head: str | None, *, staged: bool, whole: bool) -> Subject:
    if staged:
        return read.of_index(git)
    if whole:
        return read.of_tree(git, head or "HEAD")
    return read.of_range(git, base, head or "HEAD")


def _policy(git: Git, subject: Subject, *, staged: bool) -> Found:
    find = policies.from_index if staged else policies.from_commits
    return find(git, subject.policy_at)


def _judged(git: Git, subject: Subject, found: Found, *, explain: bool) -> Report:
    change = _filled(git, subject, found.policy)
    facts = Facts(datetime.now(UTC).year, offline=True)
    empty = not change.files and not change.commits
    nothing = ("There is nothing to judge: no file differs. Use --all to judge every file.",) if empty else ()
    report = judge(change, found.policy, found.source, facts, (*found.notes, *nothing))
    return explained(report, found.policy, change, {}) if explain else report


def _filled(git: Git, subject: Subject, policy: Policy) -> Change:
    """The change with all that the rules of the policy look into."""
    change = read.measured(git, subject.change)
    asked = wanted(policy, change.files)
    change = with_lines(git, read.with_content(git, change, asked.paths), asked.lines)
    return with_beside(git, change, subject.tip, asked.places)


def _settings(policy: Policy) -> Settings:
    """What holds for each rule that is on, defaults included."""
    return {name: options.model_dump(mode="json", by_alias=True) for name, options in policy.active()}
