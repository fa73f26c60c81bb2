# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A press of a button that mends, on a pull request as it is at this moment: what both buttons have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.decide.commands.asked import Refused
from bot.decide.fixes.click import Click
from bot.decide.now import Now
from bot.store.fixes import Outcome
from bot.work.run import Retry, StillOurs
from rules.change import Change


class NothingToAdd(Refused):
    """Nothing is missing that can be added without anybody's decision."""


@dataclass(frozen=True)
class Done:
    """What came of a press; `made` is the SHA of the commit, if there is one, `reason` why nothing was done."""

    outcome: Outcome
    made: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class LeftOut:
    """A file that is left to people, and why, as the end of a sentence."""

    path: str
    why: str


@dataclass(frozen=True)
class Mended:
    """What to commit, by path, and what is left to people."""

    files: Mapping[str, bytes]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Clicked(Now):
    """Somebody pressed a button. In an early try (`patient`) what GitHub says may still be old."""

    click: Click
    still_ours: StillOurs
    patient: bool

    @cached_property
    def read(self) -> Change:
        """The contribution as it was judged. Raises Refused and GitHubError."""
        if self.change is None:
            raise NothingToAdd("nothing is known of this contribution yet")
        return self.change

    def hold(self) -> None:
        """Go on only while nobody else has this pull request. Raises Retry."""
        if not self.still_ours():
            raise Retry("the lease was lost before anything was added")


@dataclass(frozen=True)
class Button:
    """What one button does with a press of its own kind (`clicked`).

    `mend` says what to commit, under `headline` and with words on what so many files are for (`added`); `review` writes
    it down for people where nothing can be committed, and `tell_what_is_left` what nobody can simply add. All raise
    Refused, Retry and GitHubError.
    """

    clicked: type[Clicked]
    headline: str
    added: Callable[[int], str]
    mend: Callable[[Any], Mended]
    review: Callable[[Any], Done]
    tell_what_is_left: Callable[[Any], None]


def files(count: int) -> str:
    """So many files, in words."""
    return "1 file" if count == 1 else f"{count} files"
