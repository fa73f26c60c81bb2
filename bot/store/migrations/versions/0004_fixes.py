# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What came of each press of the button that adds headers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fixes",
        sa.Column("delivery", sa.String(length=64), nullable=False),
        sa.Column("repository_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("made", sa.String(length=64), nullable=True),
        sa.Column("done_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("delivery", name=op.f("fixes_pkey")),
    )
    op.create_index("fixes_of", "fixes", ["repository_id", "number", "head"], unique=False)
