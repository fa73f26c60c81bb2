# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The policy that a checkout is judged by: a file that was named, or the one in the repository."""

from dataclasses import dataclass
from pathlib import Path

from bot.checkout.folder import Folder, NotAFile
from bot.checkout.git import CheckoutError, Git
from rules.policy import Policy, parse
from rules.yaml_guard import MAX_BYTES

PATH = ".github/governance.yml"

_NONE = (
    f"there is no policy: commit {PATH}, or name a file with --policy FILE. It can be as short as "
    "{version: 1, rules: {headers: {level: error, license: Apache-2.0}}}"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A policy, what the report calls its source, and what is to be said about the way it was found."""

    policy: Policy
    source: str
    notes: tuple[str, ...] = ()


def from_file(name: str) -> Found:
    """The policy in a file, whose name is its source as it was given.

    Raises `CheckoutError` if it cannot be read, `PolicyError` if it is not valid.
    """
    try:
        with Path(name).open("rb") as file:
            return Found(parse(_text(file.read(MAX_BYTES + 1), name), name), name)
    except OSError as error:
        raise CheckoutError(f"{name} cannot be read: {error.strerror}") from None


def from_commits(git: Git, commits: tuple[str, ...]) -> Found:
    """The policy of the first commit that has one.

    Raises `CheckoutError` if none has, `PolicyError` if the one that counts is not valid: a later commit's never
    stands in for a broken one.
    """
    if found := _in_commits(git, commits):
        return found
    raise CheckoutError(_NONE)


def from_index(git: Git, commits: tuple[str, ...]) -> Found:
    """The same; where no commit has one, the policy that is staged, so that the commit which brings it can pass."""
    if found := _in_commits(git, commits):
        return found
    text = _staged(git)
    if text is None:
        raise CheckoutError(_NONE)
    return Found(parse(text, PATH), PATH, (f"No commit has a {PATH} yet: the policy is read from what is staged.",))


def from_work_tree(git: Git, commits: tuple[str, ...], folder: Folder) -> Found:
    """The same; where no commit has one, the policy as it lies in the folder."""
    if found := _in_commits(git, commits):
        return found
    try:
        content = folder.beginning(PATH, MAX_BYTES + 1).data
    except FileNotFoundError:
        raise CheckoutError(_NONE) from None
    except NotAFile:
        raise CheckoutError(f"{PATH} is not a regular file") from None
    except OSError as error:
        raise CheckoutError(f"{PATH} cannot be read: {error.strerror}") from None
    notes = (f"No commit has a {PATH} yet: the policy is read from the work tree.",)
    return Found(parse(_text(content, PATH), PATH), PATH, notes)


def _in_commits(git: Git, commits: tuple[str, ...]) -> Found | None:
    for commit in commits:
        text = _at(git, commit)
        if text is not None:
            source = f"{PATH}@{commit}"
            notes = () if commit == commits[0] else (f"BASE has no {PATH}: the policy is read at HEAD.",)
            return Found(parse(text, source), source, notes)
    return None


def _at(git: Git, commit: str) -> str | None:
    """The text of the policy in a commit, or None if it has none."""
    entry = git.output("ls-tree", "-z", "--full-tree", commit, PATH).decode("utf-8", "replace")
    if not entry:
        return None
    mode, _, blob = entry.split("\t")[0].split(" ")
    return _read(git, mode, blob, f"{PATH} at {commit}")


def _staged(git: Git) -> str | None:
    """The text of the policy in the index, or None if it has none."""
    entry = git.output("ls-files", "-z", "--stage", "--", f":(top){PATH}").decode("utf-8", "replace")
    if not entry:
        return None
    mode, blob, _ = entry.split("\t")[0].split(" ")
    return _read(git, mode, blob, f"{PATH}, as it is staged,")


def _read(git: Git, mode: str, blob: str, source: str) -> str:
    """The text of a policy that git holds. Only a regular file counts."""
    if not mode.startswith("100"):
        raise CheckoutError(f"{source} is not a regular file")
    with git.stream("cat-file", "blob", blob) as content:
        return _text(content.read(MAX_BYTES + 1), source)


def _text(content: bytes, source: str) -> str:
    if len(content) > MAX_BYTES:
        raise CheckoutError(f"{source} is longer than the {MAX_BYTES:,} bytes that a policy may have")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CheckoutError(f"{source} is not UTF-8 text (byte {error.start + 1})") from None
