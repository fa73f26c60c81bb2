# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Look again at open pull requests when something about the people behind them changes."""

from collections.abc import Collection

from sqlalchemy import Connection

from bot.store.contributors import open_pulls_of
from bot.work.keys import Key
from bot.work.queue import Queue
from bot.work.signals import Signal


def look_again(connection: Connection, queue: Queue, owner_id: int, account_ids: Collection[int] | None) -> int:
    """Have every open pull request that these accounts are behind looked at, in all repositories of one owner;
    None stands for whoever is behind one.

    In the caller's transaction, so that whoever signs, is added, leaves or is revoked is never forgotten. Returns how
    many there are.
    """
    return len(look_again_at(connection, queue, [owner_id], account_ids))


def look_again_at(
    connection: Connection,
    queue: Queue,
    owner_ids: Collection[int],
    account_ids: Collection[int] | None,
    others: Collection[tuple[int, int]] = (),
) -> set[str]:
    """The same in the repositories of several owners, and at other pull requests. Returns the keys of them all.

    They are asked for at once, since whoever locks rows of the queue in another order could wait in a circle.
    """
    pulls = {pull for owner in owner_ids for pull in open_pulls_of(connection, owner, account_ids)}
    keys = {str(Key.pull(*pull)) for pull in pulls.union(others)}
    queue.want(connection, keys, Signal.PEOPLE)
    return keys
