# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from typing import Any

import pytest

from bot.work.delivery import Delivery


def test_a_delivery_takes_all_that_the_store_can_hold() -> None:
    delivery = Delivery("d" * 64, "e" * 64, "a" * 64, ("7#1",), "head", b"\0", "f" * 64, "2026-01-01T00:00:00Z")
    assert delivery.keys == ("7#1",)


@pytest.mark.parametrize(
    "field",
    [
        {"id": ""},
        {"id": "d" * 65},
        {"id": "d\0"},
        {"event": ""},
        {"event": "\ud800"},
        {"action": "a" * 65},
        {"head": "f" * 65},
        {"head_at": "2" * 41},
        {"signal": "hed"},
        {"keys": ("7#1", "nonsense")},
    ],
)
def test_what_the_store_could_not_hold_is_refused_before_it_gets_there(field: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"delivery|Signal|key"):
        Delivery(**({"id": "d", "event": "push"} | field))
