# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files from elsewhere, read with care: bounded, in UTF-8, and whatever is wrong told with its line."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.checkout.terminal import Refusal
from bot.commands.signatures.times import moment

MOST_BYTES = 20_000_000
MOST_ID = 2**63 - 1


class Unusable(Exception):
    """A file that is not what it should be; the message says where."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One signature as a file from elsewhere tells it.

    `where` is its line or position. `problem` says why it cannot be taken whoever it is. `evidence` is what else the
    file says of it, `answers` those to questions that were asked when it was signed.
    """

    where: str
    login: str | None = None
    account_id: int | None = None
    signed_at: float | None = None
    evidence: dict[str, object] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    problem: str | None = None


def read_text(path: Path) -> str:
    """The text of a file. Raises Refusal where it cannot be read, is too large or not in UTF-8."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refusal([f"Error: {path}: {error.strerror}"]) from None
    if len(content) > MOST_BYTES:
        raise Refusal([f"Error: {path}: larger than {MOST_BYTES // 1_000_000} MB"])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refusal([f"Error: {path}: line {line}: not in UTF-8"]) from None


def read_json(text: str) -> Any:
    """What a JSON text says. Raises Unusable."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Unusable(f"line {error.lineno}: not JSON: {error.msg}") from None
    except (ValueError, RecursionError):
        raise Unusable("not JSON that can be read: a number too long, or too deep") from None


def account_number(text: str) -> int | None:
    """The number that a text is, of an account or of anything else on GitHub; None where it is none, but a login."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    return number if 0 < number <= MOST_ID else None


def read_id(value: object, where: str) -> int:
    """The number of an account, also where it is written as text. Raises Unusable."""
    number = account_number(value if isinstance(value, str) else str(value) if type(value) is int else "")
    if number is None:
        raise Unusable(f"{where}: {str(value)[:40]!r} is no id")
    return number


def read_moment(text: str, where: str) -> float:
    """Seconds since 1970. Raises Unusable."""
    try:
        return moment(text)
    except ValueError as error:
        raise Unusable(f"{where}: {error}") from None
