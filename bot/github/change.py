# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One pull request as a frozen Change, read for one head and no further than the rules need."""

from bot.github.client import Client
from bot.github.content import Filled, fill
from bot.github.dependencies import Compared, read_dependencies
from bot.github.files import read_files
from bot.github.history import read_commits
from bot.github.pull import Pull
from bot.github.wanted import Wanted
from rules.change import Change, Commit, Need, Unseen

_OF_FILES = frozenset({Need.FILES, Need.CONTENT, Need.BYTES, Need.LINES})


def read_change(client: Client, pull: Pull, wanted: Wanted, before: Change | None = None) -> Change:
    """Read what is wanted of a pull request; what it held when it was read `before` is not fetched again.

    Raises GitHubError; Unavailable also if the head moved meanwhile, so that nothing is mixed.
    """
    filled = _files(client, pull, wanted, before)
    commits, missing = _commits(client, pull, wanted)
    dependencies, uncompared = _dependencies(client, pull, wanted, before)
    return Change(
        base=pull.base,
        head=pull.head,
        files=filled.files,
        commits=commits,
        repository=pull.repository.full,
        number=pull.number,
        base_ref=pull.base_ref,
        title=pull.title,
        body=pull.body,
        opener=pull.opener,
        draft=pull.draft,
        unseen=(*filled.unseen, *missing, *uncompared),
        beside=filled.beside,
        dependencies=dependencies,
    )


def _files(client: Client, pull: Pull, wanted: Wanted, before: Change | None) -> Filled:
    if not wanted.needs & _OF_FILES:
        return Filled()
    listed, unlisted = read_files(client, pull, wanted.lacks_lines)
    filled = fill(client, pull, listed, wanted, before)
    return Filled(filled.files, filled.beside, (*unlisted, *filled.unseen))


def _commits(client: Client, pull: Pull, wanted: Wanted) -> tuple[tuple[Commit, ...], tuple[Unseen, ...]]:
    if Need.COMMITS not in wanted.needs:
        return (), ()
    return read_commits(client, pull)


def _dependencies(client: Client, pull: Pull, wanted: Wanted, before: Change | None) -> Compared:
    if Need.DEPENDENCIES not in wanted.needs:
        return None, ()
    if before and before.dependencies and (before.base, before.head) == (pull.base, pull.head):
        # With its gaps, or else what was cut short would pass for the whole.
        return before.dependencies, tuple(gap for gap in before.unseen if gap.need is Need.DEPENDENCIES)
    return read_dependencies(client, pull)
