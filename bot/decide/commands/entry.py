# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One command as the registry holds it."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.decide.commands.asked import Asked, Decide


@dataclass(frozen=True, slots=True)
class Entry:
    """A command. `usage`, `who` and `does` are for people, in Markdown; `may` says whether who asks may give it here.

    Where `on_issues` is false it works on pull requests alone. `may` raises GitHubError.
    """

    name: str
    usage: str
    who: str
    does: str
    decide: Decide
    may: Callable[[Asked], bool]
    on_issues: bool = False
