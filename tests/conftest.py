# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What all tests share."""

from functools import cache

import pytest
import structlog
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import HealthCheck, settings

from tests.bot.demo.fixtures import github

__all__ = ["github"]

# A busy machine fails no property: how long an example takes is a matter of benchmarks.
settings.register_profile("steward", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steward")


def pytest_configure() -> None:
    # Where the library rich is installed, tracebacks are painted with every variable: that takes seconds each.
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])
    # A story asks for a token or two, and to read and check the one key that all of them have takes longer than that.
    pytest.MonkeyPatch().setattr("jwt.algorithms.load_pem_private_key", cache(load_pem_private_key))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The simulated GitHub listens on this machine; nothing else may be reached.
    for item in items:
        if "github" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))
