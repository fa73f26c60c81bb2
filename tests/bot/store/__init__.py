# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The store, on SQLite and on a real PostgreSQL."""
