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
    pulls = open_pulls_of(connection, owner_id, account_ids)
    queue.want(connection, [str(Key.pull(*pull)) for pull in pulls], Signal.PEOPLE)
    return len(pulls)
