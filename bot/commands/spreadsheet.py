# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Cells of CSV files that people open in a spreadsheet."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """One cell, empty for None; a spreadsheet would run what begins like a formula, so that gets a `'` before it.

    Source: OWASP, "CSV Injection".
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
