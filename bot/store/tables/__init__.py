# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Every table that Steward keeps, in the order in which an event travels.

Times are seconds since 1970 (UTC, floats); ids are GitHub's numeric ids. The schema itself is made and changed by
the migrations beside this package; a test holds the two together.
"""

from bot.store.tables.acts import audit, audit_details, commands, decisions, fixes, sessions
from bot.store.tables.base import metadata
from bot.store.tables.events import inbox, repositories, work
from bot.store.tables.record import companies, company_people, in_force, pinned, signatures, texts
from bot.store.tables.verdicts import (
    checks,
    comments,
    contributors,
    good_policies,
    intents,
    publications,
    reports,
    snapshots,
)

__all__ = [
    "audit",
    "audit_details",
    "checks",
    "commands",
    "comments",
    "companies",
    "company_people",
    "contributors",
    "decisions",
    "fixes",
    "good_policies",
    "in_force",
    "inbox",
    "intents",
    "metadata",
    "pinned",
    "publications",
    "reports",
    "repositories",
    "sessions",
    "signatures",
    "snapshots",
    "texts",
    "work",
]
