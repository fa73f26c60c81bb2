# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One pull request as a frozen Change, read for one head and no further than the rules need."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.github.client import Client
from bot.github.content import Known, fill
from bot.github.files import read_files
from bot.github.history import read_commits
from bot.github.pull import Pull
from rules.change import Change, ChangedFile, Commit, Need, Side, Unseen


@dataclass(frozen=True)
class Wanted:
    """How much of a pull request to read: which parts, the content of which files, and what beside each of them."""

    needs: frozenset[Need]
    content: Callable[[ChangedFile], bool]
    beside: Callable[[ChangedFile], Iterable[tuple[Side, str]]] = lambda _file: ()


def read_change(client: Client, pull: Pull, wanted: Wanted, known: Known) -> Change:
    """Read what is wanted of a pull request.

    Raises GitHubError; Unavailable also if the head moved meanwhile, so that nothing is mixed.
    """
    files, gaps = _files(client, pull, wanted, known)
    commits, missing = _commits(client, pull, wanted)
    return Change(
        base=pull.base,
        head=pull.head,
        files=files,
        commits=commits,
        repository=pull.repository.full,
        number=pull.number,
        base_ref=pull.base_ref,
        title=pull.title,
        body=pull.body,
        opener=pull.opener,
        draft=pull.draft,
        unseen=(*gaps, *missing),
    )


def _files(
    client: Client, pull: Pull, wanted: Wanted, known: Known
) -> tuple[tuple[ChangedFile, ...], tuple[Unseen, ...]]:
    if not wanted.needs & {Need.FILES, Need.CONTENT}:
        return (), ()
    listed, unlisted = read_files(client, pull)
    files, unread = fill(client, pull, listed, wanted.content, known)
    return files, (*unlisted, *unread)


def _commits(client: Client, pull: Pull, wanted: Wanted) -> tuple[tuple[Commit, ...], tuple[Unseen, ...]]:
    if Need.COMMITS not in wanted.needs:
        return (), ()
    return read_commits(client, pull)
