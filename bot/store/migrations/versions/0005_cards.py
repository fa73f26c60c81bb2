# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which button was pressed; every press of before was on the one that adds headers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("fixes", sa.Column("kind", sa.String(length=20), nullable=False, server_default="headers"))
