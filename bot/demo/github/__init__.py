# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A GitHub that runs on this machine: stateful, over HTTP and real git repositories, for tests and the demo.

It answers as GitHub's documentation says GitHub does, knows nothing of the program that talks to it, and goes
wrong on request. `SimulatedGitHub` is the way in.
"""

from bot.demo.github.git.content import Executable, Submodule, Symlink
from bot.demo.github.simulated import SimulatedGitHub

__all__ = ["Executable", "SimulatedGitHub", "Submodule", "Symlink"]
