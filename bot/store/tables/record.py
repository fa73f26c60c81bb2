# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Agreements: their texts, who signed them, and for whom companies did."""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, String, Table, Text, text

from bot.store.tables.base import metadata

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
