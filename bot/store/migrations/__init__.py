# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Bring a database to the schema of this version, and tell whether it is there.

Each change of bot.store.tables comes with one file under versions/, written by hand and numbered; the tests hold
both together. Migrations only go forward.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from bot.store.database import StoreUnavailable, reading, writing

# Any number will do, as long as it never changes: it names the lock that migrating processes wait for.
_LOCK = 7_783_927_301


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the database to the newest schema, or up to one, all or nothing; who does so at once waits for others.

    Raises StoreUnavailable if the database cannot be reached or was made by a newer version of Steward.
    """
    with writing(engine) as connection:
        # On SQLite the transaction itself is the lock.
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        try:
            command.upgrade(_config(connection), to)
        except CommandError as error:
            raise StoreUnavailable(f"the database is of another version: {error}") from error


def is_current(engine: Engine) -> bool:
    """Whether the database has the newest schema. Raises StoreUnavailable if it cannot be reached."""
    newest = ScriptDirectory.from_config(_config()).get_heads()
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_heads() == tuple(newest)


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
