# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The commits of a range and the people behind them."""

from bot.checkout.git import Git
from rules.change import Commit, Person

_FIELDS = ("%H", "%T", "%P", "%an", "%ae", "%cn", "%ce", "%B", "%(trailers:key=Co-authored-by,valueonly,unfold)")
_FORMAT = "%x00".join(_FIELDS)  # no field can hold a NUL
# A repository may ask for signatures to be verified, by a program that it names.
_INERT = ("--no-show-signature", "--no-notes", "--no-color", "--encoding=UTF-8")


def between(git: Git, base: str, head: str) -> tuple[Commit, ...]:
    """The commits that HEAD has and BASE has not, the oldest first."""
    listing = git.output(
        "log", "-z", f"--format={_FORMAT}", *_INERT, "--reverse", "--topo-order", head, f"^{base}", "--"
    )
    fields = listing.decode("utf-8", "replace").split("\0")[:-1]
    step = len(_FIELDS)
    return tuple(_commit(*fields[start : start + step]) for start in range(0, len(fields), step))


def _commit(*fields: str) -> Commit:
    sha, tree, parents, author, author_email, committer, committer_email, message, trailers = fields
    authors = (Person(name=author, email=author_email), *map(_co_author, trailers.splitlines()))
    by = Person(name=committer, email=committer_email)
    return Commit(sha, message, authors, by, tuple(parents.split()), tree)


def _co_author(trailer: str) -> Person:
    """`Name <e-mail>`; whatever has another form is all name."""
    name, bracket, email = trailer.rpartition("<")
    return Person(name=name.strip(), email=email.rstrip("> ")) if bracket else Person(name=trailer.strip())
