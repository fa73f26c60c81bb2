# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Text from strangers as it stands on a page: what cannot be seen is made visible, what is too long is cut.

Escaping is the templates' work. Without this a file name could still read otherwise than it is.
"""

import re
from datetime import UTC, datetime

from bot.unseen import shown

LONGEST_LINE = 1_000
MOST_LINES = 100

# The same address, masked alike, as in reports, whose rules the web may not know; a test holds the two together.
_PART = r'[^\s<>@"/,:;()\[\]\\]'
_ADDRESS = re.compile(rf"(?<!{_PART})({_PART}){_PART}*@({_PART}+\.[^\W\d_][\w-]+)")
_LONGEST_HOST = 100


def visible(text: object, kept: str = "") -> str:
    """One line, cut in the middle where it is too long. The characters in `kept` stay as they are."""
    line = str(text)
    if len(line) > LONGEST_LINE:
        half = LONGEST_LINE // 2
        line = f"{line[:half]}…{line[-half:]}"
    return "".join(letter if letter in kept else shown(letter) for letter in line)


def visible_lines(text: object) -> str:
    """Lines to copy; their ends and tabs stay."""
    lines = str(text).split("\n")
    first = [visible(line, kept="\t") for line in lines[:MOST_LINES]]
    return "\n".join([*first, "…"] if len(lines) > MOST_LINES else first)


def masked_in(text: str) -> str:
    """A text with every e-mail address in it as everybody may see it: `j***@example.com`."""
    return _ADDRESS.sub(lambda found: f"{found[1]}***@{found[2][:_LONGEST_HOST]}", text)


def moment(seconds: float) -> str:
    """A time for people, from seconds since 1970."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"


def stamp(seconds: float) -> str:
    """The same in ISO 8601, as the JSON of reports spells times."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"


FILTERS = {"visible": visible, "visible_lines": visible_lines, "moment": moment}
"""How templates call these."""
