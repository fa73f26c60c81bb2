# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Everything that an operator sets, read once from the environment and checked before anything starts."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import click
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

NOREPLY = "users.noreply.github.com"
"""The host of the e-mail addresses that github.com hands out."""


class SettingsError(click.ClickException):
    """A setting that cannot be used; the message names the variable and says what it takes.

    A command that meets one prints it and ends with the code of a mistake in its use.
    """

    exit_code = click.UsageError.exit_code


@dataclass(frozen=True)
class Settings:
    """The environment of one Steward; docs/operations.md tells each variable's meaning and default.

    Secrets are kept out of `repr`, so that no log line and no traceback can print them.
    """

    data: Path
    database_url: str = field(repr=False)
    app_id: int | None = None
    private_key: str | None = field(default=None, repr=False)
    webhook_secrets: tuple[str, ...] = field(default=(), repr=False)
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    secret_key: str | None = field(default=None, repr=False)
    api_url: str = "https://api.github.com"
    server_url: str = "https://github.com"
    url: str | None = None
    port: int = 3000
    web_concurrency: int = 2
    workers: int = 4
    log_level: str = "info"
    log_format: str = "text"
    webhook_proxy_url: str | None = None
    retain_deliveries: int = 30

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read and check all settings.

        Raises SettingsError for the first that cannot be used.
        """
        read = _Reader(environment)
        data = Path(read.text("STEWARD_DATA") or "data").absolute()
        secrets = (read.text("WEBHOOK_SECRET"), read.text("WEBHOOK_SECRET_PREVIOUS"))
        return cls(
            data=data,
            database_url=read.text("DATABASE_URL") or f"sqlite:///{data / 'steward.db'}",
            app_id=read.number("APP_ID", 1) if read.text("APP_ID") else None,
            private_key=read.private_key(),
            webhook_secrets=tuple(secret for secret in secrets if secret),
            client_id=read.text("GITHUB_CLIENT_ID"),
            client_secret=read.text("GITHUB_CLIENT_SECRET"),
            secret_key=read.secret_key(),
            api_url=read.url("GITHUB_API_URL") or cls.api_url,
            server_url=read.url("GITHUB_SERVER_URL") or cls.server_url,
            url=read.url("STEWARD_URL"),
            port=read.number("PORT", 1, cls.port, most=65_535),
            web_concurrency=read.number("WEB_CONCURRENCY", 1, cls.web_concurrency, most=64),
            workers=read.number("STEWARD_WORKERS", 1, cls.workers, most=256),
            log_level=read.choice("LOG_LEVEL", ("debug", "info", "warning", "error"), cls.log_level),
            log_format=read.choice("LOG_FORMAT", ("text", "json"), cls.log_format),
            webhook_proxy_url=read.url("WEBHOOK_PROXY_URL"),
            retain_deliveries=read.number("STEWARD_RETAIN_DELIVERIES", 1, cls.retain_deliveries),
        )

    @property
    def configured(self) -> bool:
        """Whether a GitHub App is set up: its id, its key and a webhook secret are all there."""
        return bool(self.app_id and self.private_key and self.webhook_secrets)

    @property
    def noreply(self) -> str:
        """The host of the e-mail addresses that this GitHub hands out; a GitHub without a name of its own has none."""
        host = urlsplit(self.server_url).hostname or ""
        named = "." in host and not host.replace(".", "").isdigit()
        return f"users.noreply.{host}" if named else NOREPLY

    @property
    def missing(self) -> tuple[str, ...]:
        """The variables that the GitHub App still lacks, for the page and the log that say so."""
        has = {"APP_ID": self.app_id, "PRIVATE_KEY": self.private_key, "WEBHOOK_SECRET": self.webhook_secrets}
        return tuple(name for name, value in has.items() if not value)


@dataclass(frozen=True)
class _Reader:
    environment: Mapping[str, str]

    def text(self, name: str) -> str | None:
        return self.environment.get(name, "").strip() or None

    def number(self, name: str, least: int, default: int = 0, most: int = 2**53) -> int:
        text = self.text(name)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit() and least <= int(text[:20]) <= most):
            raise SettingsError(f"{name} takes a whole number from {least} to {most}")
        return int(text)

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        text = (self.text(name) or default).lower()
        if text not in choices:
            raise SettingsError(f"{name} takes one of {', '.join(choices)}")
        return text

    def url(self, name: str) -> str | None:
        text = self.text(name)
        if text is None:
            return None
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SettingsError(f"{name} takes an address that begins with https:// or http://")
        return text.rstrip("/")

    def secret_key(self) -> str | None:
        """On PostgreSQL there may be several machines, and a key that one made would not be known to the others."""
        text, database = self.text("SECRET_KEY"), self.text("DATABASE_URL") or "sqlite"
        if text is None and not database.startswith("sqlite") and self.text("GITHUB_CLIENT_ID"):
            raise SettingsError("SECRET_KEY is needed for signing in with PostgreSQL: any long random text")
        return text

    def private_key(self) -> str | None:
        text = self.text("PRIVATE_KEY")
        if text is None and (path := self.text("PRIVATE_KEY_PATH")):
            text = _read_key_file(Path(path))
        return _pem(text) if text else None


def _read_key_file(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"PRIVATE_KEY_PATH cannot be read: {type(error).__name__}") from None


def _pem(text: str) -> str:
    """The key as PEM, from PEM (also with `\\n` written out, as some hosts store it) or from base64 of PEM."""
    if not text.startswith("-----BEGIN"):
        try:
            text = base64.b64decode(text, validate=True).decode("ascii")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            raise SettingsError("PRIVATE_KEY takes the App's private key as PEM, or base64 of it") from None
    text = text.replace("\\n", "\n")
    try:
        key = load_pem_private_key(text.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SettingsError("PRIVATE_KEY is no private key that can be read (is it whole?)") from None
    if not isinstance(key, RSAPrivateKey):
        raise SettingsError("PRIVATE_KEY takes the RSA key that GitHub made for the App")
    return text
