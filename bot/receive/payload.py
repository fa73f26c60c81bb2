# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Read a webhook's payload without trusting it: every value is asked for by its dotted path, type and bounds."""

import re
from datetime import UTC, datetime
from typing import Any, TypeAlias

Payload: TypeAlias = dict[str, Any]

LARGEST_ID = 2**63 - 1
LARGEST_NUMBER = 2**31 - 1

_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_NAME = re.compile(r"(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}")


class Malformed(ValueError):
    """A payload lacks what its event always has, or has it in another shape; the message names the field."""


def find(payload: object, path: str) -> Any:
    """Whatever stands at `path`, such as `pull_request.head.sha`, or None."""
    here = payload
    for name in path.split("."):
        if not isinstance(here, dict):
            return None
        here = here.get(name)
    return here


def number(payload: object, path: str, most: int = LARGEST_ID) -> int:
    """A whole number from 1 to `most`. Raises Malformed."""
    value = find(payload, path)
    if type(value) is not int or not 0 < value <= most:
        raise Malformed(f"{path} is no whole number from 1 to {most}")
    return value


def sha(payload: object, path: str) -> str:
    """The full id of a commit, in lower case. Raises Malformed."""
    value = find(payload, path)
    if not isinstance(value, str) or not _SHA.fullmatch(value):
        raise Malformed(f"{path} is no commit id")
    return value


def name(payload: object, path: str) -> str:
    """The name of an account or a repository, safe in a path of an address. Raises Malformed."""
    value = find(payload, path)
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise Malformed(f"{path} is no name")
    return value


def text(payload: object, path: str) -> str:
    """A text of any length, as people write it; empty where there is none. Raises Malformed."""
    value = find(payload, path)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed(f"{path} is no text")
    return value


def items(payload: object, path: str) -> list[Any]:
    """A list. Raises Malformed."""
    value = find(payload, path)
    if not isinstance(value, list):
        raise Malformed(f"{path} is no list")
    return value


def moment(payload: object, path: str) -> datetime:
    """A time with its offset, in UTC. Raises Malformed."""
    value = find(payload, path)
    try:
        time = datetime.fromisoformat(value[:40])
        return time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise Malformed(f"{path} is no time") from None
