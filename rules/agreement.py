# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is on record of agreements and of people: facts that rules weigh and that no contribution can tell of itself.

Who looks them up, and where, does not matter to a rule. Times are seconds since 1970.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """The contributor agreement that a contribution is held to.

    `place` is for people, `owner/name:path`. `since` is when the first version with this major number was first seen,
    `previous` the major number before it (None: unknown). `page` is where to sign on the web, `text` where GitHub shows
    the text that was pinned for this version, or None. `drifted` is true where the text at `place` is another one by
    now. `missing` says why there is no text that anybody could sign.
    """

    place: str
    version: str
    since: float = 0.0
    page: str | None = None
    drifted: bool = False
    missing: str | None = None
    previous: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that stands: which version, and when."""

    version: str
    at: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """Somebody stands on a company's list; it counts once they have acknowledged it, and `until` they left."""

    company: str
    acknowledged: bool
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What is on record of one account under the agreement, and in the organization as far as that was asked.

    `signed` holds the signatures of every major version of the document that were not revoked; `teams` the teams among
    the policy's exemptions that the account is an active member of.
    """

    signed: tuple[Signed, ...] = ()
    companies: tuple[Coverage, ...] = ()
    member: bool = False
    teams: frozenset[str] = frozenset()


def major(version: str) -> int:
    """The number before the dot: a new one asks everyone to sign again."""
    return int(version.partition(".")[0])
