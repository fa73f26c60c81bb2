# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Put together what a file says and what accounts there are: who has signed, and what cannot be taken, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.commands.signatures.files import Entry
from bot.commands.signatures.known import Accounts, Known, NoAccount
from bot.commands.signatures.times import day
from bot.store.agreements import Document
from bot.store.signatures import NewSignature

_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Source:
    """What all signatures of one file share: under which document they are kept, and where they come from."""

    document: Document
    version: str
    kind: str
    file: str


@dataclass(frozen=True, slots=True)
class Match:
    """One entry of the file and the account behind it, or why it is left out."""

    entry: Entry
    account: Known | None = None
    problem: str | None = None


def match(entries: Iterable[Entry], accounts: Accounts, now: float) -> list[Match]:
    """Find the account behind each entry. Of several entries of one account the latest counts."""
    matches = [_match(entry, accounts, now) for entry in entries]
    latest: dict[int, Match] = {}
    for one in matches:
        if one.account and _when(one) >= _when(latest.get(one.account.id, one)):
            latest[one.account.id] = one
    return [_or_earlier(one, latest) for one in matches]


def signature(one: Match, source: Source, now: float) -> NewSignature | None:
    """The signature to keep, if one is. One without a date counts from now on."""
    entry, account = one.entry, one.account
    if account is None:
        return None
    told = {"source": source.kind, "file": source.file, "where": entry.where, "login": entry.login, **entry.evidence}
    if entry.signed_at is None:
        told["date"] = "unknown"
    return NewSignature(
        source.document,
        source.version,
        account.id,
        account.login,
        None,
        "import",
        entry.signed_at or now,
        answers=entry.answers,
        evidence=told,
    )


def _match(entry: Entry, accounts: Accounts, now: float) -> Match:
    if entry.problem:
        return Match(entry, problem=entry.problem)
    if entry.signed_at is not None and not 0 < entry.signed_at <= now:
        return Match(entry, problem="its date is none between 1970 and now")
    try:
        account = _account(entry, accounts)
    except NoAccount as error:
        return Match(entry, problem=str(error))
    if entry.signed_at is not None and account.made_at is not None and account.made_at > entry.signed_at + _DAY:
        made = f"account {account.id} has this name now, but was made on {day(account.made_at)}"
        return Match(entry, problem=f"{made}, after the signature: the name has passed to somebody else")
    return Match(entry, account)


def _account(entry: Entry, accounts: Accounts) -> Known:
    if not entry.login or len(entry.login) > 100 or not entry.login.isprintable():
        raise NoAccount("there is no login")
    return accounts.named(entry.login) if entry.account_id is None else Known(entry.account_id, entry.login)


def _or_earlier(one: Match, latest: dict[int, Match]) -> Match:
    if one.account is None or latest[one.account.id] is one:
        return one
    return replace(one, account=None, problem=f"{latest[one.account.id].entry.where} tells of the same account")


def _when(one: Match) -> float:
    return one.entry.signed_at or 0.0
