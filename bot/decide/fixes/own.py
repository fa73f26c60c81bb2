# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Steward's own commits, told from any that carry its name.

A GitHub server may sign nothing. Then nothing in a commit proves that it is ours: only its SHA does, which GitHub named
when it made the commit for us.
"""

from dataclasses import replace

from bot.decide.world import World
from bot.github.pull import Pull
from bot.store.database import reading
from bot.store.fixes import made_here
from rules.change import Change, Commit


def with_own_commits(world: World, pull: Pull, change: Change) -> Change:
    """The contribution, in which GitHub made what is on record as made by it for Steward, be it signed or not."""
    doubtful = [commit.sha for commit in change.commits if _is_doubtful(commit, pull.own_account)]
    if not doubtful:
        return change
    with reading(world.engine) as connection:
        made = made_here(connection, pull.repository.id, doubtful)
    commits = (replace(one, signed_by_github=True) if one.sha in made else one for one in change.commits)
    return replace(change, commits=tuple(commits))


def _is_doubtful(commit: Commit, own_account: int | None) -> bool:
    """Whether a commit says that it is by Steward's own account, and is not signed."""
    by = commit.authors[0].id if commit.authors else None
    return by is not None and by == own_account and not commit.signed_by_github
