# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What maintainers decided, what the check spoke of and when, and who gave a command."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=True),
        sa.Column("login", sa.String(length=100), nullable=True),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=True),
        sa.Column("base_ref", sa.String(length=255), nullable=False),
        sa.Column("how", sa.String(length=20), nullable=False),
        sa.Column("remark", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("of", sa.BigInteger(), nullable=True),
        sa.Column("said_at", sa.Float(), nullable=False),
        sa.Column("decided_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("decisions_pkey")),
    )
    op.create_index("decisions_of", "decisions", ["repository_id", "number"], unique=False)
    op.create_index("decisions_account", "decisions", ["account_id"], unique=False)
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("base_ref", sa.String(length=255), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("publications_pkey")),
    )
    op.create_index("publications_of", "publications", ["repository_id", "number", "at"], unique=False)
    # What stands on GitHub by now has been seen, so that what is decided next has something to stand on.
    names = ("repository_id", "number", "head", "base_ref")
    reports = sa.table("reports", *map(sa.column, names), sa.column("judged_at"), sa.column("open", sa.Boolean()))
    publications = sa.table("publications", *map(sa.column, names), sa.column("at"))
    standing = sa.select(*(reports.c[name] for name in names), reports.c.judged_at).where(
        reports.c.open.is_(True), reports.c.base_ref != ""
    )
    op.execute(publications.insert().from_select([*names, "at"], standing))
    op.add_column("commands", sa.Column("repository_id", sa.BigInteger(), nullable=True))
    op.add_column("commands", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("commands", sa.Column("account_id", sa.BigInteger(), nullable=True))
    op.create_index("commands_account", "commands", ["account_id"], unique=False)
