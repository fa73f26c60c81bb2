# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Characters that nobody sees, in texts that strangers wrote: in Markdown and on pages they are shown by number."""

import unicodedata

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # controls, and what can make a text read otherwise than it is


def shown(letter: str) -> str:
    """One character as it may stand in a text for people."""
    return f"\\u{{{ord(letter):x}}}" if unicodedata.category(letter) in _UNSEEN else letter
