# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The key that signs what a browser keeps while somebody signs in: the operator's, or one made once and kept."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.settings import Settings, SettingsError

FILE = "secret-key"


def session_key(settings: Settings) -> str:
    """The key, the same in all web processes. Raises SettingsError where none is set and none can be kept."""
    if settings.secret_key:
        return settings.secret_key
    try:
        return _kept(settings.data / FILE)
    except OSError as error:
        raise SettingsError(f"STEWARD_DATA: no key can be kept there: {error.strerror}") from None


def _kept(file: Path) -> str:
    if not file.exists():
        _make(file)
    key = file.read_text("ascii").strip()
    if len(key) < 32:
        raise SettingsError(f"{file.name} in STEWARD_DATA holds no key: remove it, and a new one is made")
    return key


def _make(file: Path) -> None:
    """Put a whole key in place, once: of several processes that start together the first one's stays."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{FILE}-")  # for its owner alone, mode 600
    try:
        with os.fdopen(handle, "w") as written:
            written.write(secrets.token_hex(32))
            written.flush()
            os.fsync(written.fileno())
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()
