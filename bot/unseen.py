# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Characters that nobody sees, in texts that strangers wrote: in Markdown and on pages they are shown by number."""

import unicodedata

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # controls, and what can make a text read otherwise than it is
_BLANK = "\u115f\u1160\u3164\uffa0\U00013441\U00013442"
"""Letters to Unicode, and drawn as nothing: the fillers of Hangul, and blanks between hieroglyphs."""


def shown(letter: str) -> str:
    """One character as it may stand in a text for people."""
    unseen = unicodedata.category(letter) in _UNSEEN or letter in _BLANK
    return f"\\u{{{ord(letter):x}}}" if unseen else letter
