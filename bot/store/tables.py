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
    text,
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

# -- what was decided ---------------------------------------------------------------------------------------------

# The report that stands for each pull request and head; the newest `judged_at` of a pull request is the current one.
# `lapses_at` is when it may come out otherwise although nothing happens; empty if never, or once that look is asked for.
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

# The accounts behind each open pull request, to look at it again when something about one of them changes.
contributors = Table(
    "contributors",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("account_id", BigInteger, primary_key=True),
    Index("contributors_account", "account_id"),
)

# -- agreements ---------------------------------------------------------------------------------------------------

# Every text that was ever pinned or signed, by its SHA-256, unchanged for good.
texts = Table(
    "texts",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)

# The text of each version of a document: the first that was seen. Where a branch has a text of its own under a version,
# its `path` is that of the file, an at sign, and the branch. `drifted` is the SHA-256 of another text that stands
# there now under the same version, if one does.
pinned = Table(
    "pinned",
    metadata,
    Column("owner_id", BigInteger, primary_key=True),
    Column("document_repository_id", BigInteger, primary_key=True),
    Column("path", String(600), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("major", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("commit", String(64), nullable=False),
    Column("seen_at", Float, nullable=False),
    Column("drifted", String(64)),
)

# What the policy of a branch asks of those who sign, as the last look found it (JSON), for the signing page.
in_force = Table(
    "in_force",
    metadata,
    Column("repository_id", BigInteger, primary_key=True),
    Column("branch", String(255), primary_key=True),
    Column("body", Text, nullable=False),
    Column("seen_at", Float, nullable=False),
)

# One row a signature; none is ever changed but by its revocation and its erasure. `account_id` and `login` go when it
# is erased; `login` is what it was then. `how` is web, comment or import, `evidence` a comment's id or what an import
# said of it (JSON), `answers` those to the policy's fields (JSON).
signatures = Table(
    "signatures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("owner_id", BigInteger, nullable=False),
    Column("document_repository_id", BigInteger, nullable=False),
    Column("path", String(600), nullable=False),
    Column("major", Integer, nullable=False),
    Column("version", String(20), nullable=False),
    Column("account_id", BigInteger),
    Column("login", String(100)),
    Column("sha256", String(64)),
    Column("how", String(20), nullable=False),
    Column("signed_at", Float, nullable=False),
    Column("address", String(64)),
    Column("answers", Text),
    Column("evidence", Text),
    Column("revoked_at", Float),
    Column("erased_at", Float),
    Index("signatures_of", "owner_id", "document_repository_id", "path", "account_id"),
    Index("signatures_account", "account_id"),
    # A person signs a version once; after a revocation, once more.
    Index(
        "signatures_standing",
        "owner_id",
        "document_repository_id",
        "path",
        "version",
        "account_id",
        unique=True,
        sqlite_where=text("revoked_at IS NULL"),
        postgresql_where=text("revoked_at IS NULL"),
    ),
)

# A company and its agreement. It counts from `signed_at` on: when a manager signed it, or the paper that an operator
# entered. `organization` is the GitHub organization whose members it covers as well, if any.
companies = Table(
    "companies",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("owner_id", BigInteger, nullable=False),
    Column("document_repository_id", BigInteger, nullable=False),
    Column("path", String(600), nullable=False),
    Column("major", Integer, nullable=False),
    Column("version", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("organization", String(100)),
    Column("sha256", String(64)),
    Column("how", String(20)),
    Column("signed_by", BigInteger),
    Column("signed_at", Float),
    Column("ended_at", Float),
    Index("companies_of", "owner_id", "document_repository_id", "path"),
)

# Who stands on a company's list: managers keep it, people are covered by it once they have acknowledged. Who leaves
# gets an `ended_at`; who comes back, a new row. By membership of the company's organization one has added oneself.
company_people = Table(
    "company_people",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("company_id", Integer, nullable=False),
    Column("account_id", BigInteger),
    Column("login", String(100)),
    Column("role", String(10), nullable=False),
    Column("added_at", Float, nullable=False),
    Column("added_by", BigInteger),
    Column("acknowledged_at", Float),
    Column("ended_at", Float),
    Index("company_people_account", "account_id"),
    Index("company_people_company", "company_id"),
)

# The log: one row an act, each with the SHA-256 of the row before it. Rows hold ids and digests only; what names
# somebody stands beside it in audit_details, which can be erased without breaking the chain.
audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Float, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_details = Table(
    "audit_details",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("account_id", BigInteger),
    Column("body", Text, nullable=False),
    Index("audit_details_account", "account_id"),
)

# -- commands and people on the web -------------------------------------------------------------------------------

# Commands that were carried out, so that none is twice. `answered` is false until GitHub has our answer.
commands = Table(
    "commands",
    metadata,
    Column("comment", String(40), primary_key=True),
    Column("command", String(64), primary_key=True),
    Column("occurrence", Integer, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("done_at", Float, nullable=False),
)

# Who is signed in on Steward's pages; `token` is the SHA-256 of what the browser holds.
sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("account_id", BigInteger, nullable=False),
    Column("login", String(100), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("began_at", Float, nullable=False),
    Column("ends_at", Float, nullable=False),
    Index("sessions_account", "account_id"),
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
