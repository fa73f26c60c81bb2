# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What Steward keeps: tables and their migrations, on SQLite or PostgreSQL."""
