# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What an operator may write into the environment, and what Steward answers to what it cannot use."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bot.settings import Settings, SettingsError


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode().strip()


RSA = pem(rsa.generate_private_key(65537, 2048))
ELLIPTIC = pem(ec.generate_private_key(ec.SECP256R1()))


def test_an_empty_environment_has_all_the_documented_defaults() -> None:
    settings = Settings.from_environment({})
    assert settings.database_url == f"sqlite:///{Path('data').absolute() / 'steward.db'}"
    assert (settings.port, settings.web_concurrency, settings.workers, settings.retain_deliveries) == (3000, 2, 4, 30)
    assert (settings.log_level, settings.log_format, settings.url) == ("info", "text", None)
    assert (settings.api_url, settings.server_url) == ("https://api.github.com", "https://github.com")
    assert not settings.configured
    assert settings.missing == ("APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET")


def test_a_registered_app_is_configured() -> None:
    settings = Settings.from_environment({"APP_ID": "7", "PRIVATE_KEY": RSA, "WEBHOOK_SECRET": "s3cret"})
    assert settings.configured
    assert settings.missing == ()


@pytest.mark.parametrize(
    "written",
    [RSA, f"\n{RSA}\n", RSA.replace("\n", "\\n"), base64.b64encode(RSA.encode()).decode()],
    ids=["PEM", "PEM with white space around it", "PEM with written-out line ends", "base64 of PEM"],
)
def test_the_key_is_taken_in_every_form_that_hosts_store_it_in(written: str) -> None:
    assert Settings.from_environment({"PRIVATE_KEY": written}).private_key == RSA


def test_the_key_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text(RSA + "\n")
    assert Settings.from_environment({"PRIVATE_KEY_PATH": str(tmp_path / "key.pem")}).private_key == RSA


def test_both_secrets_count_while_one_is_being_rotated() -> None:
    settings = Settings.from_environment({"WEBHOOK_SECRET": "new", "WEBHOOK_SECRET_PREVIOUS": "old"})
    assert settings.webhook_secrets == ("new", "old")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("APP_ID", "steward", "APP_ID takes a whole number"),
        ("APP_ID", "0", "APP_ID takes a whole number"),
        ("APP_ID", "9" * 5000, "APP_ID takes a whole number"),
        ("PORT", "70000", "PORT takes a whole number from 1 to 65535"),
        ("WEB_CONCURRENCY", "-1", "WEB_CONCURRENCY takes"),
        ("STEWARD_WORKERS", "four", "STEWARD_WORKERS takes"),
        ("STEWARD_RETAIN_DELIVERIES", "0", "STEWARD_RETAIN_DELIVERIES takes"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL takes one of debug, info, warning, error"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT takes one of text, json"),
        ("STEWARD_URL", "steward.example", "STEWARD_URL takes an address"),
        ("GITHUB_API_URL", "ftp://github.example", "GITHUB_API_URL takes an address"),
        ("PRIVATE_KEY", "not a key", "PRIVATE_KEY takes the App's private key"),
        ("PRIVATE_KEY", "-----BEGIN RSA PRIVATE KEY-----\nAAAA", "no private key that can be read"),
        ("PRIVATE_KEY", ELLIPTIC, "takes the RSA key"),
        ("PRIVATE_KEY_PATH", "/nowhere/key.pem", "PRIVATE_KEY_PATH cannot be read"),
    ],
)
def test_what_cannot_be_used_is_named(name: str, value: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        Settings.from_environment({name: value})


def test_signing_in_with_postgresql_needs_a_key_that_all_machines_know() -> None:
    environment = {"DATABASE_URL": "postgresql://db/steward", "GITHUB_CLIENT_ID": "Iv1.1"}
    with pytest.raises(SettingsError, match="SECRET_KEY is needed"):
        Settings.from_environment(environment)
    assert Settings.from_environment({**environment, "SECRET_KEY": "the same"}).secret_key == "the same"


@pytest.mark.parametrize("setting", [{"DATABASE_URL": "postgresql://db/steward"}, {"GITHUB_CLIENT_ID": "Iv1.1"}])
def test_elsewhere_a_key_can_be_made(setting: dict[str, str]) -> None:
    assert Settings.from_environment(setting).secret_key is None


def test_no_secret_is_ever_printed() -> None:
    environment = {
        "PRIVATE_KEY": RSA,
        "WEBHOOK_SECRET": "hook-secret",
        "GITHUB_CLIENT_SECRET": "client-secret",
        "SECRET_KEY": "session-secret",
        "DATABASE_URL": "postgresql://steward:database-secret@db/steward",
    }
    printed = repr(Settings.from_environment(environment))
    assert "secret" not in printed.replace("webhook_secrets", "")
    assert "PRIVATE" not in printed
