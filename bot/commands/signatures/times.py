# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The times that people and other programs write, and those that are shown."""

from datetime import UTC, datetime


def moment(text: str) -> float:
    """Seconds since 1970 of a date, or a date and time, in ISO 8601; UTC where no zone is told.

    Raises ValueError for anything else: of 03/04/2020 nobody knows which is the month.
    """
    try:
        found = datetime.fromisoformat(text.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except ValueError:
        raise ValueError(f"{text.strip()[:40]!r} is no date such as 2024-05-31 or 2024-05-31T12:00:00Z") from None


def shown(at: float | None) -> str:
    """A time as the record shows it; empty where there is none."""
    return "" if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def exactly(at: float | None) -> str:
    """The same to the microsecond."""
    return "" if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="microseconds")


def day(at: float) -> str:
    """The day of a time, in UTC."""
    return shown(at)[:10]
