# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The hour's budget of requests, counted per installation as GitHub does; nothing is refused by it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.demo.github.shapes.common import Json

LIMITS = {"core": 5_000, "graphql": 5_000, "search": 30}


@dataclass
class Rates:
    """What one caller used since `start`; the budget is full again an hour later."""

    start: datetime
    used: dict[str, int] = field(default_factory=dict)

    def count(self, resource: str) -> None:
        """One more request."""
        self.used[resource] = self.used.get(resource, 0) + 1

    @property
    def reset(self) -> datetime:
        """When the budget is full again."""
        return self.start + timedelta(hours=1)

    def of(self, resource: str) -> Json:
        """What `/rate_limit` says of one resource."""
        limit, used = LIMITS[resource], self.used.get(resource, 0)
        reset = int(self.reset.timestamp())
        return {"limit": limit, "remaining": max(0, limit - used), "reset": reset, "used": used}

    def headers(self, resource: str) -> dict[str, str]:
        """What every answer says of its own resource."""
        named = {f"X-RateLimit-{key.title()}": str(value) for key, value in self.of(resource).items()}
        return named | {"X-RateLimit-Resource": resource}

    def overview(self) -> Json:
        """Schema `rate-limit-overview`."""
        return {"resources": {name: self.of(name) for name in LIMITS}, "rate": self.of("core")}
