# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Trailers, as they stand in commit messages: lines of their own that begin with a key and a colon.

A message may be long and hostile: it is read once, from left to right, and only whole lines count, so that what is
quoted or indented does not.
"""

import re
from functools import cache


def values(message: str, key: str) -> tuple[str, ...]:
    """What stands behind a key in a message, without white space around it; the same twice is told once."""
    return tuple(dict.fromkeys(match[1].strip() for match in _line(key).finditer(message)))


@cache
def _line(key: str) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(key)}:(.*)", re.IGNORECASE | re.MULTILINE | re.ASCII)
