# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Every table that Steward keeps, in the order in which an event travels.

Times are seconds since 1970 (UTC, floats); ids are GitHub's numeric ids. The schema itself is made and changed by
the migrations beside this file; a test holds the two together.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

# Constraints get names, so that a migration can name them; these are the ones that PostgreSQL would give.
metadata = MetaData(
    naming_convention={"pk": "%(table_name)s_pkey", "uq": "%(table_name)s_%(column_0_N_name)s_key"},
)

# -- receive and work ---------------------------------------------------------------------------------------------

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

# -- what events told of the world --------------------------------------------------------------------------------

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

# -- what was read ------------------------------------------------------------------------------------------------

# The newest snapshot of a pull request (zlib of JSON), so that one head is read from GitHub only once.
snapshots = Table(
    "snapshots",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("head", String(64), nullable=False),
    Column("base", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("read_at", Float, nullable=False),
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

# -- what was decided ---------------------------------------------------------------------------------------------

# The report that stands for each pull request and head; the newest `judged_at` of a pull request is the current one.
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
    Index("reports_head", "repository_id", "head"),
)

# -- what was published -------------------------------------------------------------------------------------------

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
