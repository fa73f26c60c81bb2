# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who stands in a commit: its git author, its committer, and the co-authors that its message names."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.demo.github.accounts import Account
from bot.demo.github.git.content import Stamp
from bot.demo.github.git.objects import CommitObject
from bot.demo.github.repository import Repository

_TRAILER = re.compile(r"^co-authored-by:\s*(?P<name>.*?)\s*<(?P<email>[^<>\s]+)>\s*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody named in a commit; `user` is whose e-mail address it is, if anybody's."""

    name: str
    email: str
    date: datetime
    user: Account | None


def actor(repository: Repository, stamp: Stamp) -> Actor:
    """The name and address of a commit, with the account that they belong to."""
    return Actor(stamp.name, stamp.email, stamp.at, repository.world.account_by_email(stamp.email))


def actors(repository: Repository, commit: CommitObject) -> list[Actor]:
    """The git author first, then the co-authors of the trailers; each address once."""
    trailers = _TRAILER.finditer(commit.message)
    stamps = [commit.author, *(Stamp(found["name"], found["email"], commit.author.at) for found in trailers)]
    by_address: dict[str, Stamp] = {}
    for stamp in stamps:
        by_address.setdefault(stamp.email.lower(), stamp)
    return [actor(repository, stamp) for stamp in by_address.values()]
