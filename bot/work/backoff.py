# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How long to wait before a run that failed is tried again."""

from random import Random

FIRST = 2.0
LONGEST = 300.0


def pause(tries: int, random: Random) -> float:
    """Seconds to wait after the run number `tries` (from 1) failed: up to twice as long each time, to a limit.

    The whole of the pause is drawn by lot ("full jitter"), so that keys that failed together come back apart.
    """
    limit = LONGEST if tries > 10 else min(LONGEST, FIRST * 2 ** (tries - 1))
    return random.uniform(0, limit)
