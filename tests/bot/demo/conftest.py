# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The fixtures that only the simulator's own tests need."""

from tests.bot.demo.fixtures import acme, receiver

__all__ = ["acme", "receiver"]
