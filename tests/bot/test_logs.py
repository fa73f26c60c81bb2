# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import json
import logging
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot import logs
from bot.settings import Settings

TOKEN = "ghs_" + "a1" * 18
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----"
JWT = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiI5OSJ9.c2lnbmF0dXJl"


pytestmark = pytest.mark.usefixtures("logs_as_before")


def configure(form: str = "json", level: str = "info") -> None:
    secrets = ("the webhook secret",)
    logs.configure(
        Settings(Path(), "", webhook_secrets=secrets, client_secret="tiny", log_format=form, log_level=level)
    )


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_carries_what_is_bound_around_it(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    with structlog.contextvars.bound_contextvars(delivery="guid", key="7#12"):
        structlog.get_logger().info("kept", pull=12)

    (line,) = lines(capsys)
    assert {name: line[name] for name in ("event", "level", "delivery", "key", "pull")} == {
        "event": "kept",
        "level": "info",
        "delivery": "guid",
        "key": "7#12",
        "pull": 12,
    }
    assert line["timestamp"].endswith("Z")


def test_the_lines_of_libraries_come_out_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    with structlog.contextvars.bound_contextvars(delivery="guid"):
        logging.getLogger("some.library").warning("token %s refused", TOKEN)

    (line,) = lines(capsys)
    assert (line["event"], line["delivery"]) == ("token [hidden] refused", "guid")


def test_text_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    configure("text")
    structlog.get_logger().info("kept", key="7#12")

    assert "kept" in (line := capsys.readouterr().err)
    assert "key=7#12" in line
    assert "\x1b" not in line


def test_what_is_below_the_level_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    configure(level="warning")
    structlog.get_logger().info("kept")
    logging.getLogger("some.library").info("kept")

    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "secret",
    [
        "the webhook secret",
        TOKEN,
        "ghp_" + "x" * 36,
        "github_pat_" + "x" * 40,
        PEM,
        PEM[:45],
        JWT,
        "postgresql://steward:hunter22@db/steward",
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_is_ever_printed(secret: str, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure(form)
    log = structlog.get_logger()
    log.info(f"with {secret} in it", value=secret, deep={"list": [secret], secret: 1}, other=ValueError(secret))
    try:
        int(secret)
    except ValueError:
        log.exception("failed")
        logging.getLogger("some.library").exception("failed too")

    printed = capsys.readouterr().err
    assert "failed too" in printed
    assert "Traceback" in printed
    for part in (secret, "hunter22", "MIIEow"):
        assert part not in printed
        assert json.dumps(part)[1:-1] not in printed


def test_ordinary_words_stay(capsys: pytest.CaptureFixture[str]) -> None:
    configure()
    structlog.get_logger().info("a tiny thing", number=5, none=None, yes=True)

    (line,) = lines(capsys)
    assert (line["event"], line["number"], line["none"], line["yes"]) == ("a tiny thing", 5, None, True)
