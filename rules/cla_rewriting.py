# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The git commands that give commits another author, or their messages another trailer.

Nothing that a stranger wrote stands in a command: only SHAs, and the id and login of whoever opened the pull request.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.change import Change, Commit, Person

PLACEHOLDER = "ID+LOGIN"
AMEND = "git commit --amend"  # with --allow-empty: git takes a commit without content for a mistake
_LOGIN = re.compile(r"[A-Za-z0-9_-]{1,100}")
_LISTED = 20  # commits that are named one by one
_PUSH = "git push --force-with-lease"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to do: commands to paste, and before them words for what an editor will ask, if one opens."""

    words: str
    commands: str


class History:
    """The commits of a contribution as git will see them where it is checked out."""

    def __init__(self, change: Change) -> None:
        self._commits = {commit.sha: commit for commit in change.commits}
        self._line: dict[str, int] = {}  # from the head down as far as nothing is merged: each commit and its depth
        commit = self._commits.get(change.head)
        while commit and not commit.merges and commit.sha not in self._line:
            self._line[commit.sha] = len(self._line)
            commit = self._commits.get(commit.parents[0]) if commit.parents else None

    def __getitem__(self, sha: str) -> Commit:
        return self._commits[sha]

    def authored(self, commits: Sequence[str], person: Person) -> list[str]:
        """Those of some commits whose git author goes by a person's address."""
        return [sha for sha in commits if _address_of_author(self[sha]) == person.email.lower()]

    def new_author(self, commits: Sequence[str], address: str) -> Recipe:
        """How to make these commits one's own; only their author may."""
        return self._anew(commits, address, f"{AMEND} --no-edit --reset-author --allow-empty")

    def new_committer(self, commits: Sequence[str], address: str) -> Recipe:
        """How to commit these once more, as oneself, and leave their authors."""
        return self._anew(commits, address, f"{AMEND} --no-edit --allow-empty")

    def new_trailer(self, commits: Sequence[str], address: str) -> Recipe:
        """How to write another co-author into the messages of these commits."""
        return self._reworded(commits, f"# In the message, let the trailer read:\n# Co-authored-by: NAME <{address}>")

    def no_trailer(self, commits: Sequence[str]) -> Recipe:
        """How to leave a co-author out of the messages of these commits."""
        return self._reworded(commits, "# In the message, remove the trailer.")

    def _reworded(self, commits: Sequence[str], how: str) -> Recipe:
        if self._is_head(commits):
            return Recipe("An editor opens with the message.", f"{how}\n{AMEND} --allow-empty\n{_PUSH}")
        words = f"In the editor that opens, write reword instead of pick before {self._listed(commits)}."
        return Recipe(words, f"{how}\n{self._interactive(commits)}\n{_PUSH}")

    def _anew(self, commits: Sequence[str], address: str, amend: str) -> Recipe:
        words, first = "", f'git config user.email "{address}"'
        if self._is_head(commits):
            steps = [amend]
        elif self._are_the_newest(commits):
            steps = [f"git rebase {self._below(commits)} --exec '{amend}'"]
        else:
            words = (
                f"In the editor that opens, write edit instead of pick before {self._listed(commits)}. Git stops "
                f"{'there' if len(commits) == 1 else 'at each of them'} for the line with amend."
            )
            steps = [self._interactive(commits), f"{amend} && git rebase --continue"]
        return Recipe(words, "\n".join((first, *steps, _PUSH)))

    def _is_head(self, commits: Sequence[str]) -> bool:
        return [self._line.get(sha) for sha in commits] == [0]

    def _is_straight(self, commits: Sequence[str]) -> bool:
        """Whether nothing is merged between these commits and the head."""
        return all(sha in self._line for sha in commits)

    def _are_the_newest(self, commits: Sequence[str]) -> bool:
        return self._is_straight(commits) and max(self._line[sha] for sha in commits) == len(commits) - 1

    def _interactive(self, commits: Sequence[str]) -> str:
        """A rebase for an editor. Git cannot reword a commit without content unless it is told to make it anew."""
        how = "--no-ff" if self._is_straight(commits) else "--rebase-merges"
        return f"git rebase --interactive {how} {self._below(commits)}"

    def _oldest_first(self, commits: Sequence[str]) -> Sequence[str]:
        return sorted(commits, key=self._line.__getitem__, reverse=True) if self._is_straight(commits) else commits

    def _below(self, commits: Sequence[str]) -> str:
        """What the oldest of these commits stands on."""
        oldest = self[self._oldest_first(commits)[0]]
        return oldest.parents[0] if oldest.parents else "--root"

    def _listed(self, commits: Sequence[str]) -> str:
        named = ", ".join(short(sha) for sha in self._oldest_first(commits)[:_LISTED])
        more = len(commits) - _LISTED
        return f"{named} and {more} more of theirs" if more > 0 else named


def has_own_address(person: Person | None) -> bool:
    """Whether it is known, and safe to write into a command, which address GitHub hands out to somebody."""
    return person is not None and person.id is not None and not person.bot and _is_plain(person.login)


def own_address(person: Person | None, noreply: str) -> str:
    """The address that GitHub hands out to somebody; a placeholder in its form where that cannot be told."""
    own = f"{person.id}+{person.login}" if person is not None and has_own_address(person) else PLACEHOLDER
    return f"{own}@{noreply}"


def short(sha: str) -> str:
    """A SHA as people and git write it in lists."""
    return sha[:7]


def _address_of_author(commit: Commit) -> str:
    return commit.authors[0].email.lower() if commit.authors else ""


def _is_plain(login: str | None) -> bool:
    return login is not None and _LOGIN.fullmatch(login) is not None
