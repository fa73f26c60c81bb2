# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Commands that mend commits without a valid sign-off, ready to paste.

They take names and addresses from git where they run: no address is printed here, and nothing that a stranger wrote
becomes part of a command. Commits without content are mended too, which git has to be told.
"""

from collections.abc import Sequence

from rules.change import Change, Commit

MOST_SENTENCES = 20
_AMEND = "git commit --amend --signoff --no-edit --allow-empty"
_REMEDY = 'git commit --allow-empty --signoff --message "DCO remediation"'
_WORDS = "hereby add my Signed-off-by to this commit"


def like_the_author(commit: Commit) -> list[str]:
    """Let git sign with the name and the address that a commit has."""
    return [f'git config user.{key} "$(git log -1 --format=%a{key[0]} {commit.sha})"' for key in ("name", "email")]


def signing_again(change: Change, commits: Sequence[Commit], *, several: bool) -> list[str]:
    """Rewrite commits with a sign-off. Where there are those of others among them, or after them, these get none.

    `several` authors lack one: then each who runs this signs their own.
    """
    first = commits[0]
    if [commit.sha for commit in commits] == [change.head]:
        again = _AMEND
    elif several:
        again = _signing_only("$(git config user.email)", _onto(change, first))
    elif _others(change, first):
        again = _signing_only(f"$(git log -1 --format=%ae {first.sha})", _onto(change, first))
    else:
        again = f"git rebase --signoff {_onto(change, first)}"
    return [again, "git push --force-with-lease"]


def remediation(commits: Sequence[Commit], *, on_behalf: bool) -> list[str]:
    """Add one commit that signs the others off, and rewrite nothing."""
    sentences = [_on_behalf(commit) if on_behalf else _own(commit) for commit in commits[:MOST_SENTENCES]]
    lines = [_REMEDY, *(f'  --message "{sentence}"' for sentence in sentences)]
    return [*(f"{line} \\" for line in lines[:-1]), lines[-1], "git push"]


def _signing_only(address: str, onto: str) -> str:
    return f"""git rebase {onto} --exec 'test "$(git log -1 --format=%ae)" != "{address}" || {_AMEND}'"""


def _others(change: Change, first: Commit) -> bool:
    """Whether somebody else wrote any of the commits from the first that lacks a sign-off on."""
    tail = change.commits[change.commits.index(first) :]
    return len({person.email for commit in tail if not commit.merges for person in commit.authors[:1]}) > 1


def _onto(change: Change, first: Commit) -> str:
    """What `git rebase` is told to begin behind.

    Where the base branch was merged into the contribution, it is the last commit that came from there: from any
    earlier one on, the commits of others would be signed too.
    """
    tail = change.commits[change.commits.index(first) :]
    parent = first.parents[0] if first.parents else "--root"
    if not any(commit.merges for commit in tail):
        return parent
    own = {commit.sha for commit in change.commits}
    outside = [sha for commit in tail if commit.merges for sha in commit.parents if sha not in own]
    return f"--rebase-merges {outside[-1] if outside else parent}"


def _own(commit: Commit) -> str:
    return f"I, {_author_of(commit)}, {_WORDS}: {commit.sha}"


def _on_behalf(commit: Commit) -> str:
    return (
        f"On behalf of {_author_of(commit)}, I, $(git config user.name) <$(git config user.email)>, "
        f"{_WORDS}: {commit.sha}"
    )


def _author_of(commit: Commit) -> str:
    return f"$(git log -1 --format='%an <%ae>' {commit.sha})"
