# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A process that dies at a step of one's choice, and comes back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.house import House

LEASE = 180


class Death(BaseException):
    """What no program can catch in time."""


@contextmanager
def death(house: House, module: Any, step: str, *, before: bool = False) -> Iterator[None]:
    """Work until this step, and die right after it, or right before it; then come back when all leases are out."""
    real: Callable[..., Any] = getattr(module, step)

    def last(*arguments: Any) -> None:
        if not before:
            real(*arguments)
        raise Death

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, step, last)
        yield
        with pytest.raises(Death):
            house.work()
    house.restart()
    house.clock.now += LEASE
