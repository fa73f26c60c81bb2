# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Agreements: texts, signatures, companies; the audit log; commands; who is signed in; who is behind a pull request."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_pkey")),
    )
    op.create_table(
        "audit_details",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("audit_details_pkey")),
    )
    op.create_index("audit_details_account", "audit_details", ["account_id"], unique=False)
    op.create_table(
        "commands",
        sa.Column("comment", sa.String(length=40), nullable=False),
        sa.Column("command", sa.String(length=64), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("comment", "command", "occurrence", name=op.f("commands_pkey")),
    )
    op.create_table(
        "companies",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("document_repository_id", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.String(length=600), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organization", sa.String(length=100), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("how", sa.String(length=20), nullable=True),
        sa.Column("signed_by", sa.BigInteger(), nullable=True),
        sa.Column("signed_at", sa.Float(), nullable=True),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("companies_pkey")),
    )
    op.create_index("companies_of", "companies", ["owner_id", "document_repository_id", "path"], unique=False)
    op.create_table(
        "company_people",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("login", sa.String(length=100), nullable=True),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("added_at", sa.Float(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_at", sa.Float(), nullable=True),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("company_people_pkey")),
    )
    op.create_index("company_people_account", "company_people", ["account_id"], unique=False)
    op.create_index("company_people_company", "company_people", ["company_id"], unique=False)
    op.create_table(
        "contributors",
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("repository_id", "number", "account_id", name=op.f("contributors_pkey")),
    )
    op.create_index("contributors_account", "contributors", ["account_id"], unique=False)
    op.create_table(
        "in_force",
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("branch", sa.String(length=255), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("repository_id", "branch", name=op.f("in_force_pkey")),
    )
    op.create_table(
        "pinned",
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("document_repository_id", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.String(length=600), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("commit", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.Float(), nullable=False),
        sa.Column("drifted", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("owner_id", "document_repository_id", "path", "version", name=op.f("pinned_pkey")),
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("login", sa.String(length=100), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("began_at", sa.Float(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("sessions_pkey")),
    )
    op.create_index("sessions_account", "sessions", ["account_id"], unique=False)
    op.create_table(
        "signatures",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("document_repository_id", sa.BigInteger(), nullable=False),
        sa.Column("path", sa.String(length=600), nullable=False),
        sa.Column("major", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("login", sa.String(length=100), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("signed_at", sa.Float(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=True),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.Float(), nullable=True),
        sa.Column("erased_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("signatures_pkey")),
    )
    op.create_index("signatures_account", "signatures", ["account_id"], unique=False)
    op.create_index(
        "signatures_of", "signatures", ["owner_id", "document_repository_id", "path", "account_id"], unique=False
    )
    op.create_index(
        "signatures_standing",
        "signatures",
        ["owner_id", "document_repository_id", "path", "version", "account_id"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )
    op.create_table(
        "texts",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("texts_pkey")),
    )
    op.add_column("snapshots", sa.Column("head_seen_at", sa.Float(), server_default="0", nullable=False))
    op.add_column("reports", sa.Column("lapses_at", sa.Float(), nullable=True))
    op.create_index("reports_lapses", "reports", ["lapses_at"], unique=False)
