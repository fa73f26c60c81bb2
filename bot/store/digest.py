# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What texts are known by where they are not to be told, or where they must not change."""

import hashlib


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal, as it is kept and shown."""
    return hashlib.sha256(text.encode()).hexdigest()
