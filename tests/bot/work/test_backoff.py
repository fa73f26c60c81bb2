# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from random import Random

import pytest

from bot.work.backoff import LONGEST, pause


@pytest.mark.parametrize(
    ("tries", "limit"), [(1, 2), (2, 4), (3, 8), (7, 128), (8, 256), (9, LONGEST), (1000, LONGEST)]
)
def test_pauses_double_up_to_a_limit_and_are_drawn_by_lot(tries: int, limit: float) -> None:
    pauses = [pause(tries, Random(seed)) for seed in range(200)]
    assert all(0 <= seconds <= limit for seconds in pauses)
    assert min(pauses) < limit * 0.1
    assert max(pauses) > limit * 0.9
