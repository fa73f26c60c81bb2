# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Databases of both kinds, for processes of their own."""

from tests.bot.conftest import database_url, engine, postgres_server, sqlite_files

__all__ = ["database_url", "engine", "postgres_server", "sqlite_files"]
