# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a pull request's timeline keeps of its base branches."""

from dataclasses import dataclass
from datetime import datetime

from bot.demo.github.accounts import Account


@dataclass(frozen=True)
class Retarget:
    """Somebody changed the base branch from `before` to `after`."""

    id: int
    actor: Account
    before: str
    after: str
    created_at: datetime


class AutomaticRetarget(Retarget):
    """GitHub changed it: the branch `before` had been merged into `after` itself, and was removed."""
