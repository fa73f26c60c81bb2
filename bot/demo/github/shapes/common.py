# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Addresses and times as GitHub writes them."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from bot.demo.github.world import World

Json = dict[str, Any]


def api(world: World, path: str) -> str:
    """The address of an API resource."""
    return f"{world.url}/{quote(path)}"


def html(world: World, path: str) -> str:
    """The address of a page."""
    return f"{world.url}/{quote(path)}"


def when(moment: datetime | None) -> str | None:
    """A time as GitHub writes it: UTC, to the second."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
