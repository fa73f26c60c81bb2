# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What maintainers decide on a contribution, as far as it counts now: overrides and approvals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Override:
    """A maintainer passes a failing rule for one head, with a reason. `expires` is None if it has no end."""

    by: str
    by_id: int
    reason: str
    head: str
    at: datetime
    expires: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """The override as interface version 1 spells it."""
        return {
            "by": self.by,
            "by_id": self.by_id,
            "reason": self.reason,
            "head": self.head,
            "at": spelled(self.at),
            "expires": self.expires and spelled(self.expires),
        }


@dataclass(frozen=True, slots=True)
class Approval:
    """Somebody consents to what needs consent, at one head, by a command in a comment or by an approving review."""

    by: str
    by_id: int
    head: str
    at: datetime
    how: Literal["comment", "review"]

    def as_json(self) -> dict[str, Any]:
        """The approval as interface version 1 spells it."""
        return {"by": self.by, "by_id": self.by_id, "head": self.head, "at": spelled(self.at), "how": self.how}


@dataclass(frozen=True, slots=True)
class Decided:
    """All that counts for a contribution, by the name of the rule.

    `ended` has a sentence on each decision that no longer counts, and why.
    """

    overrides: Mapping[str, Override] = field(default_factory=dict)
    approvals: Mapping[str, tuple[Approval, ...]] = field(default_factory=dict)
    ended: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.overrides or self.approvals or self.ended)


def spelled(time: datetime) -> str:
    """A time in ISO 8601, in UTC, to the second."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
