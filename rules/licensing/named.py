# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What somebody else's file names as its license, told in words: harmless, short, and with what is wrong with it."""

import re

from rules.licensing.licenses import MOST_CHARACTERS, unlisted

_UNSPELLED = re.compile(r"[^A-Za-z0-9.:+() -]")  # what no license expression is made of
_LETTERS, _DIGITS = re.compile("[a-z]+"), re.compile("[0-9]+")
_FILLERS = frozenset({"the", "license", "licence", "version", "v", "or", "and"})
_SHOWN = 60  # characters of what a file names as its license


def shown_license(text: str) -> str:
    """What a file names as its license, harmless and short."""
    text = _UNSPELLED.sub("?", text[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def wrong_license(text: str) -> str:
    """What is wrong with what names a license and is not valid, as a clause that goes on behind who names it."""
    name, meant = unlisted(text)
    if name:
        likely = f" (did you mean {meant}?)" if meant else ""
        return f"names a license that SPDX does not list: {shown_license(name)}{likely}"
    if not text.strip():
        return "names an empty license"
    return f'names a license that is not an SPDX license expression: "{shown_license(text)}"'


def nearly(text: str, wanted: str) -> bool:
    """Whether what is not valid was most likely to name the wanted license, as `Apache 2.0` names `Apache-2.0`."""
    if len(text) > MOST_CHARACTERS:
        return False
    words, numbers = set(_LETTERS.findall(text.lower())), _DIGITS.findall(text)
    of_wanted = set(_LETTERS.findall(wanted.lower()))
    meant = bool(words & of_wanted) and words <= of_wanted | _FILLERS
    return unlisted(text)[1] == wanted or (meant and _DIGITS.findall(wanted)[: len(numbers)] == numbers)
