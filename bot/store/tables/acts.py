# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What people did: the log, the commands that were carried out, and who is signed in."""

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
