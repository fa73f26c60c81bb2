# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Open the database that an operator named."""

from sqlalchemy import Engine

from bot.settings import Settings, SettingsError
from bot.store.database import PATIENCE, connect


def open_database(settings: Settings, patience: float = PATIENCE) -> Engine:
    """An engine over the database of the settings, whose folder is made for Steward alone.

    `patience` is in seconds, as `connect` takes it. Raises SettingsError for a folder or an address that cannot be
    used.
    """
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        return connect(settings.database_url, patience=patience)
    except OSError as error:
        raise SettingsError(f"STEWARD_DATA: the folder cannot be made: {error.strerror}") from None
    except ValueError as error:
        raise SettingsError(f"DATABASE_URL: {error}") from None
