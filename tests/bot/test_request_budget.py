# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a look at a pull request may cost in requests, as docs/performance.md promises it."""

from collections.abc import Callable

import pytest

from benchmarks import Row
from benchmarks.requests import LARGE, SMALL

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.mark.parametrize("measure", SMALL, ids=lambda measure: measure.__name__)
def test_a_look_stays_within_its_budget(measure: Callable[[], Row]) -> None:
    found = measure()
    assert found.met, found


@pytest.mark.long
@pytest.mark.parametrize("measure", LARGE, ids=lambda measure: measure.__name__)
def test_the_largest_pull_request_stays_within_its_budget(measure: Callable[[], Row]) -> None:
    found = measure()
    assert found.met, found
