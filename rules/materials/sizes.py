# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Sizes as people read them."""

_UNITS = ("kB", "MB", "GB", "TB", "PB")


def in_words(size: int) -> str:
    """A number of bytes as people read it: 999 bytes, 1.2 MB, 340 GB. A kB is 1,000 bytes."""
    if size < 1_000:
        return "1 byte" if size == 1 else f"{size} bytes"
    number = float(size)
    for unit in _UNITS[:-1]:
        number /= 1_000
        if number < 999.5:
            return f"{_rounded(number)} {unit}"
    return f"{_rounded(number / 1_000)} {_UNITS[-1]}"


def _rounded(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0") if number < 9.95 else f"{number:,.0f}"
