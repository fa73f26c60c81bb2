# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whose work a contribution is, for nobody decides on their own; and what it consists of, for that is decided on."""

import hashlib
import json
from dataclasses import dataclass

from bot.decide.standing import accounts_behind
from rules.change import Change, Need


@dataclass(frozen=True, slots=True)
class Authors:
    """The accounts behind a contribution: its opener, and the authors, co-authors and committers of its commits.

    `whole` is false where GitHub did not show all of them.
    """

    accounts: frozenset[int]
    whole: bool


def authors_of(change: Change, noreply: str) -> Authors:
    """Who is behind a contribution."""
    return Authors(accounts_behind(change, noreply), not _hidden(change, Need.COMMITS))


def content_of(change: Change) -> str | None:
    """A digest of all files at the head and of what of them the contribution changes; None if not all was shown.

    The same files upon another commit of the base branch are another contribution: they may take back what was merged
    since. So the files alone do not tell what somebody looked at.
    """
    tree = next((commit.tree for commit in change.commits if commit.sha == change.head), None)
    if tree is None or _hidden(change, Need.FILES):
        return None
    changed = sorted([one.path, one.status, one.previous_path or "", one.blob or ""] for one in change.files)
    return hashlib.sha256(json.dumps([tree, changed]).encode("utf-8", "surrogatepass")).hexdigest()


def _hidden(change: Change, need: Need) -> bool:
    return any(gap.need is need for gap in change.unseen)
