# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward fix`: the license headers that a policy asks for, added to the files of a local git work tree."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.checkout import policy as policies
from bot.checkout import refs, worktree
from bot.checkout.content import looked_into
from bot.checkout.fix import carried_out, planned
from bot.checkout.fix_words import told
from bot.checkout.git import CheckoutError
from bot.checkout.policy import Found
from bot.checkout.read import Subject
from bot.checkout.terminal import Refusal, printable, write
from bot.checkout.worktree import WorkTree, open_work_tree
from rules.finding import Level
from rules.policy_problems import PolicyError
from rules.rule import Facts


@click.command("fix")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing, and list what would be done.")
@click.option("--base", metavar="REF", help="Look at what differs from this; otherwise from the default branch.")
@click.option("--all", "whole", is_flag=True, help="Look at every file, as when adopting a policy.")
@click.option("--policy", metavar="FILE", type=click.Path(), help="Use the policy in this file.")
def fix(*, path: Path | None, only_check: bool, base: str | None, whole: bool, policy: str | None) -> None:
    """Add the license headers that files of a work tree lack.

    PATH is a file or folder of the repository, by default the whole of the repository that one stands in. The exit
    code is 0 if no header is missing any more, 1 if something is left to do, 2 if nothing could be looked at.
    """
    if whole and base:
        raise click.UsageError("--all goes without --base.")
    try:
        left = _fix(path, base, policy, whole=whole, only_check=only_check)
    except CheckoutError as error:
        raise Refusal([f"Error: {error}"]) from None
    except PolicyError as error:
        raise Refusal(map(str, error.problems)) from None
    sys.exit(left)


def _fix(path: Path | None, base: str | None, policy: str | None, *, whole: bool, only_check: bool) -> bool:
    """Do it and tell it; whether something is left to do."""
    tree = open_work_tree(path)
    words, subject = _subject(tree, base, whole=whole)
    found = policies.from_file(policy) if policy else policies.from_work_tree(tree.git, subject.policy_at, tree.folder)
    if reason := _idle(found, subject.change.base_ref):
        write(f"{printable(reason)}\n")
        return False
    options, facts = found.policy.rules.headers, Facts(datetime.now(UTC).year, offline=True)
    plan = planned(tree.folder, looked_into(tree, subject, options), options, facts)
    done = None if only_check else carried_out(tree.folder, plan)
    write("".join(f"{printable(line)}\n" for line in told(words, found.notes, plan, done)))
    return bool(plan.left or plan.unseen or (done.failed if done else plan.additions))


def _subject(tree: WorkTree, base: str | None, *, whole: bool) -> tuple[str, Subject]:
    """The files to look at, and words for them."""
    inside = f" in {tree.within}" if tree.within else ""
    if whole or refs.head(tree.git) is None:
        return f"Every file{inside}", worktree.every(tree)
    against = base or refs.default_branch(tree.git)
    if against is None:
        raise CheckoutError("there is no default branch here to compare with: name one with --base, or use --all")
    name, subject = refs.short_name(against) or against, worktree.differing(tree, against)
    if subject.change.files or base:
        return f"What differs from {name}{inside}", subject
    return f"Nothing differs from {name}, so every file{inside}", worktree.every(tree)


def _idle(found: Found, branch: str) -> str:
    """Why the policy asks for no header at all, if it does not."""
    options = found.policy.rules.headers
    if options.level is Level.OFF:
        return f"The rule headers is off in {found.source}: there is nothing to add."
    if branch and not (found.policy.governs(branch) and options.applies_to(branch)):
        return f"The rule headers in {found.source} does not apply to the branch {branch}: there is nothing to add."
    return ""
