# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What came in, what is worth a look, and what events told of repositories."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, String, Table, Text

from bot.store.tables.base import metadata

# One row a webhook delivery. `turn` is the value of work.wanted that it caused, so that a worker finds what is new; a
# delivery that dirties several keys stands under the first one. `signal` is a word of bot.work.signals.
inbox = Table(
    "inbox",
    metadata,
    Column("delivery", String(64), primary_key=True),
    Column("key", String(96)),
    Column("turn", BigInteger),
    Column("event", String(64), nullable=False),
    Column("action", String(64)),
    Column("signal", String(16)),
    Column("body", LargeBinary),
    Column("received", Float, nullable=False),
    Index("inbox_key_turn", "key", "turn"),
    Index("inbox_received", "received"),
)

# One row a pull request, merge group, repository or installation that was ever worth a look. There is work while
# done < wanted. `due` is when to look next; it is empty when there is nothing to do or the row is parked, so that
# the index finds only what may be claimed. `since` is when that work began to wait, empty when there is none; after a
# run that settled only a part, the time of its settling. `tries` counts the runs that
# have not settled, `attempts` those of them that were Steward's own failures. `head` is the newest head commit
# that an event named, `head_at` the pull request's updated_at then.
# `signals` and `claimed` are sets of bot.work.signals as bits, so that one statement can unite them: those that no
# run has seen, and those that a run has claimed and not settled yet.
work = Table(
    "work",
    metadata,
    Column("key", String(96), primary_key=True),
    Column("wanted", BigInteger, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("due", Float),
    Column("since", Float),
    Column("tries", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("parked", Boolean, nullable=False),
    Column("lease", String(64)),
    Column("lease_until", Float),
    Column("last_error", Text),
    Column("signals", Integer, nullable=False),
    Column("claimed", Integer, nullable=False),
    Column("head", String(64)),
    Column("head_at", String(40)),
    Index("work_due", "due"),
    Index("work_since", "since"),
)


repositories = Table(
    "repositories",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("owner_id", BigInteger, nullable=False),
    Column("owner", String(100), nullable=False),
    Column("name", String(200), nullable=False),
    Column("installation_id", BigInteger),
    Column("private", Boolean, nullable=False),
    Column("default_branch", String(255)),
    Column("seen_at", Float, nullable=False),
    Index("repositories_installation", "installation_id"),
)
