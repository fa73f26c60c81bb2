# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward fix`: license headers, or cards of data and models, added to a local git work tree as a policy asks."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.checkout import cards
from bot.checkout import policy as policies
from bot.checkout.content import looked_into
from bot.checkout.fix import Plan, carried_out, planned
from bot.checkout.fix_words import told
from bot.checkout.git import CheckoutError
from bot.checkout.paths import WorkTree, open_work_tree
from bot.checkout.policy import Found
from bot.checkout.scope import NothingToDo, Scope, scope
from bot.checkout.terminal import Refusal, printable, write
from rules.finding import Level
from rules.headers import RULE
from rules.policy import Policy
from rules.policy_problems import PolicyError
from rules.rule import Facts


@click.command("fix")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--cards", "of_cards", is_flag=True, help="Write missing cards of data and models, not headers.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing, and list what would be done.")
@click.option("--base", metavar="REF", help="Look at what differs from this; otherwise from the default branch.")
@click.option("--staged", is_flag=True, help="Look at what is staged for the next commit, as a pre-commit hook does.")
@click.option("--all", "whole", is_flag=True, help="Look at every file, as when adopting a policy.")
@click.option("--policy", metavar="FILE", type=click.Path(), help="Use the policy in this file.")
def fix(
    *,
    paths: tuple[Path, ...],
    of_cards: bool,
    only_check: bool,
    base: str | None,
    staged: bool,
    whole: bool,
    policy: str | None,
) -> None:
    """Add the license headers or the cards that a work tree lacks.

    A PATH is a file or folder of the repository; without one it is the whole of the repository that one stands in. The
    exit code is 0 if it is done, 1 if something is left to do that fails the check, 2 if nothing could be looked at.
    """
    if whole and base:
        raise click.UsageError("--all goes without --base.")
    if staged and (whole or base):
        raise click.UsageError("--staged goes without --all and --base.")
    try:
        tree = open_work_tree(*paths)
        asked = scope(tree, base, whole=whole, staged=staged)
        found = policies.from_file(policy) if policy else _policy(tree, asked)
        left = (_cards if of_cards else _headers)(tree, asked, found, only_check=only_check)
    except NothingToDo as nothing:
        write(f"{printable(str(nothing))}\n")
        left = False
    except CheckoutError as error:
        raise Refusal([f"Error: {error}"]) from None
    except PolicyError as error:
        raise Refusal(map(str, error.problems)) from None
    sys.exit(left)


def _headers(tree: WorkTree, asked: Scope, found: Found, *, only_check: bool) -> bool:
    """Add headers and tell it; whether something is left to do."""
    if reason := _idle(found, asked.subject.change.base_ref):
        raise NothingToDo(reason)
    options, facts = found.policy.rules.headers, Facts(datetime.now(UTC).year, offline=True)
    plan = planned(tree.folder, looked_into(tree, asked.subject, [(RULE, options)]), options, facts)
    done = None if only_check else carried_out(tree.folder, plan)
    write("".join(f"{printable(line)}\n" for line in told(asked, found.notes, plan, done)))
    return bool(_blocks(plan, found.policy) or (done.failed if done else plan.additions))


def _cards(tree: WorkTree, asked: Scope, found: Found, *, only_check: bool) -> bool:
    """Write cards and tell it; whether something is left to do."""
    branch = asked.subject.change.base_ref
    rules = cards.asking(found.policy, branch)
    if not rules:
        where = f"apply to the branch {branch}" if branch else "are on"
        raise NothingToDo(f"Neither datasets nor models of {found.source} {where}: there is no card to write.")
    facts = Facts(datetime.now(UTC).year, offline=True)
    plan = cards.planned(looked_into(tree, asked.subject, rules), rules, facts)
    done = None if only_check else cards.carried_out(tree.folder, plan)
    write("".join(f"{printable(line)}\n" for line in cards.told(asked.words, found.notes, plan, done)))
    return bool(plan.unseen or (done.failed if done else plan.drafts))


def _blocks(plan: Plan, policy: Policy) -> bool:
    """Whether what is left for a person fails the check; what could not be read always does."""
    weighs = policy.enforcement == "enforce" and policy.rules.headers.level is Level.ERROR
    return bool(plan.unseen or (plan.left and weighs))


def _policy(tree: WorkTree, asked: Scope) -> Found:
    commits = asked.subject.policy_at
    if asked.staged:
        return policies.from_index(tree.git, commits)
    return policies.from_work_tree(tree.git, commits, tree.folder)


def _idle(found: Found, branch: str) -> str:
    """Why the policy asks for no header at all, if it does not."""
    options = found.policy.rules.headers
    if options.level is Level.OFF:
        return f"The rule headers is off in {found.source}: there is nothing to add."
    if branch and not (found.policy.governs(branch) and options.applies_to(branch)):
        return f"The rule headers in {found.source} does not apply to the branch {branch}: there is nothing to add."
    return ""
