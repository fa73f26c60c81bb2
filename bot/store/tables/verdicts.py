# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What was read of a pull request, what was decided, and what stands on GitHub."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.tables.base import metadata

# The newest snapshot of a pull request (zlib of JSON), so that one head is read from GitHub only once. `head_seen_at`
# is when this head was first read; to read it again for another base leaves it.
snapshots = Table(
    "snapshots",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("head", String(64), nullable=False),
    Column("base", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("read_at", Float, nullable=False),
    Column("head_seen_at", Float, nullable=False, server_default="0"),
)

# The last valid policy of a place ("owner/name:path@branch"), for the day on which the newest one is broken.
good_policies = Table(
    "good_policies",
    metadata,
    Column("place", String(500), primary_key=True),
    Column("commit", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("seen_at", Float, nullable=False),
)


# The report that stands for each pull request and head; the newest `judged_at` of a pull request is the current one.
# `lapses_at` is when it may come out otherwise although nothing happens; empty if never, or once a look is asked for.
reports = Table(
    "reports",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("head", String(64), primary_key=True),
    Column("base_ref", String(255), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("conclusion", String(20), nullable=False),
    Column("minds", String(200), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("judged_at", Float, nullable=False),
    Column("lapses_at", Float),
    Index("reports_lapses", "lapses_at"),
    Index("reports_head", "repository_id", "head"),
)

# What the check on a pull request spoke of, one row whenever that became another head or base branch: it tells what
# somebody who commented could have seen.
publications = Table(
    "publications",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("repository_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("base_ref", String(255), nullable=False),
    Column("at", Float, nullable=False),
    Index("publications_of", "repository_id", "number", "at"),
)

# The accounts behind each open pull request, to look at it again when something about one of them changes.
contributors = Table(
    "contributors",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("account_id", BigInteger, primary_key=True),
    Index("contributors_account", "account_id"),
)


# One row a head commit that carries our check run. `lease` serializes publishing on it; `fingerprint` is a SHA-256
# of what stands on GitHub; `annotations` are the SHA-256 of those already sent, since GitHub removes none.
checks = Table(
    "checks",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("head", String(64), primary_key=True),
    Column("check_run_id", BigInteger),
    Column("status", String(20)),
    Column("fingerprint", String(64)),
    Column("annotations", Text, nullable=False),
    Column("lease", String(64)),
    Column("lease_until", Float),
    Column("published_at", Float),
)

# Our comment on a pull request. `fingerprint` is a SHA-256 of its text, `substance` of the part that asks for
# something: a comment that a person deleted (no comment_id any more) comes back only when that changes.
comments = Table(
    "comments",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("comment_id", BigInteger),
    Column("fingerprint", String(64), nullable=False),
    Column("substance", String(64), nullable=False),
    Column("published_at", Float, nullable=False),
)

# A write to GitHub that was begun and whose answer is not yet known: the next run looks before it writes again.
intents = Table(
    "intents",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("repository_id", BigInteger, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("target", String(80), nullable=False),
    Column("begun_at", Float, nullable=False),
    UniqueConstraint("repository_id", "kind", "target"),
)
