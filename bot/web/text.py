# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Text from strangers as it stands on a page: what cannot be seen is made visible, what is too long is cut.

Escaping is the templates' work. Without this a file name could still read otherwise than it is.
"""

import unicodedata
from datetime import UTC, datetime

LONGEST_LINE = 1_000
MOST_LINES = 100


def visible(text: object, kept: str = "") -> str:
    """One line, cut in the middle where it is too long. The characters in `kept` stay as they are."""
    line = str(text)
    if len(line) > LONGEST_LINE:
        half = LONGEST_LINE // 2
        line = f"{line[:half]}…{line[-half:]}"
    return "".join(letter if letter in kept else _shown(letter) for letter in line)


def visible_lines(text: object) -> str:
    """Lines to copy; their ends and tabs stay."""
    lines = str(text).split("\n")
    shown = [visible(line, kept="\t") for line in lines[:MOST_LINES]]
    return "\n".join([*shown, "…"] if len(lines) > MOST_LINES else shown)


def moment(seconds: float) -> str:
    """A time for people, from seconds since 1970."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"


def _shown(letter: str) -> str:
    # Controls, and the format characters by which text can be made to read otherwise than it is.
    if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return f"\\u{{{ord(letter):x}}}"
    return letter
