# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What people did: the log, the commands and clicks that were carried out, and who is signed in."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, String, Table, Text

from bot.store.tables.base import metadata

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


# What people decided on a pull request, in the order in which Steward took it in; no row is ever changed but by the
# erasure of a person. `kind` is override, approval, revocation (of the decisions of the account `of`, or where that is
# empty of everybody's) or withdrawal (of an approving review that counted). `said_at` is by GitHub's clock, `remark`
# the kind and id of the comment or review, `content` a SHA-256 of what was decided on.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("repository_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("rule", String(40), nullable=False),
    Column("account_id", BigInteger),
    Column("login", String(100)),
    Column("head", String(64), nullable=False),
    Column("content", String(64)),
    Column("base_ref", String(255), nullable=False),
    Column("how", String(20), nullable=False),
    Column("remark", String(40), nullable=False),
    Column("address", String(500)),
    Column("reason", Text),
    Column("of", BigInteger),
    Column("said_at", Float, nullable=False),
    Column("decided_at", Float, nullable=False),
    Column("expires_at", Float),
    Index("decisions_of", "repository_id", "number"),
    Index("decisions_account", "account_id"),
)

# Commands that were carried out, so that none is twice. `answered` is false until GitHub has our answer. Who gave it,
# and where, is not known of the oldest.
commands = Table(
    "commands",
    metadata,
    Column("comment", String(40), primary_key=True),
    Column("command", String(64), primary_key=True),
    Column("occurrence", Integer, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("done_at", Float, nullable=False),
    Column("repository_id", BigInteger),
    Column("number", Integer),
    Column("account_id", BigInteger),
    Index("commands_account", "account_id"),
)

# What came of each press of a button that mends, by the delivery that told of it. `outcome` is committed, suggested,
# repeated or refused; `made` is the SHA of the commit, which nobody else can have made; `kind` is headers or card.
fixes = Table(
    "fixes",
    metadata,
    Column("delivery", String(64), primary_key=True),
    Column("repository_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("made", String(64)),
    Column("done_at", Float, nullable=False),
    Column("kind", String(20), nullable=False, server_default="headers"),
    Index("fixes_of", "repository_id", "number", "head"),
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
