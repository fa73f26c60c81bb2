# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What all tables have in common."""

from sqlalchemy import MetaData

# Constraints get names, so that a migration can name them; these are the ones that PostgreSQL would give.
metadata = MetaData(
    naming_convention={"pk": "%(table_name)s_pkey", "uq": "%(table_name)s_%(column_0_N_name)s_key"},
)
