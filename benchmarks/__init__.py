# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Measurements of the budgets that docs/performance.md states. `make bench` runs all of them.

Every module here with a function `run() -> list[Row]` is one; ARGS picks some by name: `make bench ARGS=webhooks`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, how good it has to be, how good it was."""

    what: str
    bound: str
    measured: str
    met: bool
