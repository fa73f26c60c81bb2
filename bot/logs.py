# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One log for everything, on standard error: each line with what it is about, and no secret in any of them.

Whoever works on a delivery or a key binds it (structlog.contextvars), and every line from there on carries it. The
standard library's loggers, and so those of the libraries, come out the same way.
"""

import logging
import re
import sys
from dataclasses import dataclass
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from bot.settings import Settings

MASK = "[hidden]"

# GitHub's tokens, private keys, and the password in the address of a database.
_SECRETS = re.compile(
    r"\b(?:gh[oprsu]_[A-Za-z0-9_.-]{10,}|github_pat_[A-Za-z0-9_]{10,})"
    r"|\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)",
    re.DOTALL,
)
# Shorter ones would blot out ordinary words; GitHub's own are far longer.
_SHORTEST_SECRET = 6


@dataclass(frozen=True)
class _Mask:
    """Hides the given secrets, and whatever looks like one, in every value of a line."""

    known: tuple[str, ...]

    def __call__(self, _logger: Any, _method: str, event: EventDict) -> EventDict:
        return {name: self._masked(value) for name, value in event.items()}

    def _masked(self, value: Any) -> Any:
        if isinstance(value, str):
            for secret in self.known:
                value = value.replace(secret, MASK)
            return _SECRETS.sub(MASK, value)
        if isinstance(value, dict):
            return {self._masked(name): self._masked(one) for name, one in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._masked(one) for one in value]
        return value if value is None or isinstance(value, bool | int | float) else self._masked(repr(value))


def configure(settings: Settings) -> None:
    """Send every log line to standard error, at the level and in the format of the settings."""
    shared = _shared(settings)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
        # structlog's own factory looks through the stack for the calling module's name, which nobody reads here.
        logger_factory=lambda *_: logging.getLogger("steward"),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(settings, shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.upper())
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells of every look at the schema


def _shared(settings: Settings) -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _Mask(_known_secrets(settings)),
    ]


def _formatter(settings: Settings, shared: list[Processor]) -> logging.Formatter:
    if settings.log_format == "json":
        last: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        last = structlog.dev.ConsoleRenderer(colors=False)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
    )


def _known_secrets(settings: Settings) -> tuple[str, ...]:
    known = (*settings.webhook_secrets, settings.client_secret, settings.secret_key, settings.private_key)
    return tuple(secret for secret in known if secret and len(secret) >= _SHORTEST_SECRET)
