# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The policy that a checkout is judged by: a file that was named, or the one in the repository."""

from codecs import getincrementaldecoder
from dataclasses import dataclass
from pathlib import Path

from bot.checkout.git import CheckoutError, Git
from rules.policy import Policy, parse
from rules.yaml_guard import MAX_BYTES

PATH = ".github/governance.yml"
_READ = MAX_BYTES + 4  # enough to tell that it is too long, the last character split or not


@dataclass(frozen=True, slots=True)
class Found:
    """A policy, what the report calls its source, and what is to be said about the way it was found."""

    policy: Policy
    source: str
    notes: tuple[str, ...] = ()


def from_file(path: Path) -> Found:
    """The policy in a file. Raises `CheckoutError` if it cannot be read, `PolicyError` if it is not valid."""
    source = str(path)
    try:
        with path.open("rb") as file:
            return Found(parse(_text(file.read(_READ), source), source), source)
    except OSError as error:
        raise CheckoutError(f"{source} cannot be read: {error.strerror}") from None


def from_commits(git: Git, commits: tuple[str, ...]) -> Found:
    """The policy of the first commit that has one.

    Raises `CheckoutError` if none has, `PolicyError` if the one that counts is not valid: a later commit's never
    stands in for a broken one.
    """
    for commit in commits:
        text = _at(git, commit)
        if text is not None:
            source = f"{PATH}@{commit}"
            notes = () if commit == commits[0] else (f"BASE has no {PATH}: the policy is read at HEAD.",)
            return Found(parse(text, source), source, notes)
    raise CheckoutError(
        f"there is no policy to check against: commit a {PATH}, or name a file with --policy FILE (a start: "
        '"version: 1", then "rules: {headers: {level: error, license: Apache-2.0}}")'
    )


def _at(git: Git, commit: str) -> str | None:
    """The text of the policy in a commit, or None if it has none. Only a regular file counts."""
    entry = git.output("ls-tree", "-z", "--full-tree", commit, PATH).decode("utf-8", "replace")
    if not entry:
        return None
    mode, _, blob = entry.split("\t")[0].split(" ")
    if not mode.startswith("100"):
        raise CheckoutError(f"{PATH} at {commit} is not a regular file")
    with git.stream("cat-file", "blob", blob) as content:
        return _text(content.read(_READ), f"{PATH}@{commit}")


def _text(content: bytes, source: str) -> str:
    """UTF-8 text, save that of a text that is too long, which the schema refuses, the cut may split a character."""
    try:
        return getincrementaldecoder("utf-8")().decode(content, final=len(content) <= MAX_BYTES)
    except UnicodeDecodeError as error:
        raise CheckoutError(f"{source} is not UTF-8 text (byte {error.start + 1})") from None
