# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Keep what came over, some at a time, so that nobody who signs meanwhile waits long; but not what was revoked here."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import click
from sqlalchemy import Connection

from bot.commands.signatures.matching import Match, Source, signature
from bot.commands.signatures.options import trying
from bot.commands.signatures.times import day
from bot.context import Context
from bot.store import audit
from bot.store.database import reading
from bot.store.signatures import NewSignature, Signature, listing, sign_all
from bot.work.look_again import look_again_at

AT_ONCE = 2_000
"""Entries in one transaction."""


@dataclass
class Kept:
    """What became of the entries: the accounts whose signature is new, and the pull requests to look at again."""

    matches: list[Match] = field(default_factory=list)
    new: set[int] = field(default_factory=set)
    pulls: set[str] = field(default_factory=set)


class Revoked:
    """What was revoked of a document, by account, unless a signature of the version stands again."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._head: tuple[int, str] | None = None
        self._gone: dict[int, Signature] = {}

    def look(self, connection: Connection) -> None:
        """Read the record; it can have changed only if the log has grown."""
        head = audit.head(connection)
        if head != self._head:
            self._head, self._gone = head, _gone(connection, self._source)

    def signed_only(self, connection: Connection) -> None:
        """The log has grown since the last look, but nothing was revoked."""
        self._head = audit.head(connection)

    def without(self, one: Match) -> Match:
        """The entry, left out if it is no newer than what was revoked of its account; one without a date never is."""
        gone = self._gone.get(one.account.id) if one.account else None
        if gone is None or gone.revoked_at is None or gone.signed_at < (one.entry.signed_at or 0.0):
            return one
        return replace(one, account=None, problem=f"was revoked on {day(gone.revoked_at)}")


def _gone(connection: Connection, source: Source) -> dict[int, Signature]:
    document = source.document
    gone: dict[int, Signature] = {}
    stands: set[int] = set()
    where = {"owner_id": document.owner_id, "repository_id": document.repository_id}
    for one in listing(connection, **where, path=document.path):  # newest first
        if one.account_id is None:
            continue
        if one.revoked_at is not None:
            gone.setdefault(one.account_id, one)
        elif one.version == source.version:
            stands.add(one.account_id)
    return {account: one for account, one in gone.items() if account not in stands}


@dataclass(frozen=True)
class Keeper:
    """Keeps the signatures of one file. `revoked` is None where what was revoked is to count again."""

    context: Context
    source: Source
    now: float
    revoked: Revoked | None
    dry_run: bool

    def keep(self, matches: Sequence[Match]) -> Kept:
        """Keep what can be kept, and have the open pull requests that it concerns looked at again."""
        ready = [(one, signature(one, self.source, self.now)) for one in matches]
        if self.revoked:
            with reading(self.context.engine) as connection:
                self.revoked.look(connection)  # while nobody waits
        kept = Kept()
        for start in range(0, len(ready), AT_ONCE):
            with trying(self.context, dry_run=self.dry_run) as connection:
                self._keep(connection, ready[start : start + AT_ONCE], kept)
            if len(ready) > AT_ONCE:
                click.echo(f"{len(kept.matches)} of {len(ready)} entries are through.", err=True)
        return kept

    def _keep(self, connection: Connection, some: list[tuple[Match, NewSignature | None]], kept: Kept) -> None:
        if self.revoked:
            self.revoked.look(connection)
            some = [(self.revoked.without(one), new) for one, new in some]
        new = [signed for one, signed in some if one.account and signed]
        numbers = sign_all(connection, new, self.now)
        accounts = {one.account_id for one, number in zip(new, numbers, strict=True) if number is not None}
        kept.pulls |= look_again_at(connection, self.context.queue, [self.source.document.owner_id], accounts)
        kept.new |= accounts
        kept.matches += [one for one, _ in some]
        if self.revoked and not self.dry_run:
            self.revoked.signed_only(connection)
