# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who signed what: one row a signature, changed by nothing but its revocation and its erasure."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select, update

from bot.store import audit
from bot.store.agreements import Document, major
from bot.store.audit import Act, Beside
from bot.store.chunks import chunks
from bot.store.database import insert_into
from bot.store.tables import signatures

_BOUNDS = {"version": 20, "login": 100, "how": 20, "address": 64}


@dataclass(frozen=True, slots=True)
class NewSignature:
    """Somebody signs a version of a document. Raises ValueError where a value does not fit the store.

    `how` is web, comment or import; `evidence` is the comment's id, or what an import said of it.
    """

    document: Document
    version: str
    account_id: int
    login: str
    sha256: str | None
    how: str
    signed_at: float
    address: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, most in _BOUNDS.items():
            value = getattr(self, name)
            if value is not None and not (0 < len(value) <= most and value.isprintable()):
                raise ValueError(f"the signature's {name} is empty, longer than {most} characters or not printable")


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature on record. `account_id` and `login` are None once it is erased."""

    id: int
    document: Document
    version: str
    account_id: int | None
    login: str | None
    sha256: str | None
    how: str
    signed_at: float
    address: str | None
    answers: Mapping[str, str]
    evidence: Mapping[str, object]
    revoked_at: float | None
    erased_at: float | None


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that stands: which version, and when."""

    version: str
    at: float


def sign(connection: Connection, new: NewSignature) -> int | None:
    """Keep a signature and log it. Returns its id; None if this account's signature of this version stands already."""
    return sign_all(connection, [new], new.signed_at)[0]


def sign_all(connection: Connection, new: Sequence[NewSignature], now: float) -> list[int | None]:
    """Keep many signatures, each once, and log them as of `now`. Returns the id of each, as `sign` does."""
    if not new:
        return []
    rows, told = [_row(one) for one in new], [_told(one) for one in new]  # before anybody has to wait
    audit.serialize(connection)
    columns = [signatures.c.id, *(signatures.c[name] for name in _STANDING)]
    insert = insert_into(connection, signatures).on_conflict_do_nothing(
        index_elements=list(_STANDING), index_where=signatures.c.revoked_at.is_(None)
    )
    ids = {tuple(row)[1:]: row.id for row in connection.execute(insert.returning(*columns), rows)}
    numbers = [ids.pop(_standing_key(one), None) for one in new]  # of two equal ones the first is the one kept
    kept = [(one, beside, number) for one, beside, number in zip(new, told, numbers, strict=True) if number is not None]
    audit.append_all(connection, [_signed(*one) for one in kept], now)
    return numbers


def standing(connection: Connection, document: Document, account_ids: Collection[int]) -> dict[int, list[Signed]]:
    """The signatures of these accounts that were not revoked, of all versions, oldest first; each id has its list."""
    found: dict[int, list[Signed]] = {account: [] for account in account_ids}
    columns = (signatures.c.account_id, signatures.c.version, signatures.c.signed_at)
    stand = select(*columns).where(_of(document), signatures.c.revoked_at.is_(None))
    for some in chunks(account_ids):
        rows = connection.execute(stand.where(signatures.c.account_id.in_(some)).order_by(signatures.c.signed_at))
        for row in rows:
            found[row.account_id].append(Signed(row.version, row.signed_at))
    return found


def of_account(connection: Connection, account_id: int) -> list[Signature]:
    """Every signature of one account, of all documents, revoked ones too, newest first."""
    return list(listing(connection, account_id=account_id))


def find(connection: Connection, signature_id: int) -> Signature | None:
    """The signature with this id."""
    row = connection.execute(select(signatures).where(signatures.c.id == signature_id)).one_or_none()
    return _signature(row) if row else None


def listing(
    connection: Connection,
    *,
    account_id: int | None = None,
    owner_id: int | None = None,
    repository_id: int | None = None,
    path: str | None = None,
) -> Iterator[Signature]:
    """Every signature that fits all that is given, revoked and erased ones too, newest first."""
    wanted = {
        signatures.c.account_id: account_id,
        signatures.c.owner_id: owner_id,
        signatures.c.document_repository_id: repository_id,
        signatures.c.path: path,
    }
    fits = [column == value for column, value in wanted.items() if value is not None]
    rows = connection.execute(select(signatures).where(*fits).order_by(*_NEWEST_FIRST))
    return (_signature(row) for row in rows)


def revoke(connection: Connection, revoked: Sequence[Signature], now: float, reason: str) -> list[Signature]:
    """Take signatures back, from now on. Returns those that stood until then, as they are now."""
    audit.serialize(connection)
    ids = [one.id for one in revoked]
    taken: set[int] = set()
    for some in chunks(ids):
        stands = signatures.c.id.in_(some) & signatures.c.revoked_at.is_(None)
        returning = update(signatures).where(stands).values(revoked_at=now).returning(signatures.c.id)
        taken.update(connection.scalars(returning))
    gone = [replace(one, revoked_at=now) for one in revoked if one.id in taken]
    audit.append_all(connection, [_revoked(one, reason) for one in gone], now)
    return gone


_STANDING = ("owner_id", "document_repository_id", "path", "version", "account_id")
_NEWEST_FIRST = (signatures.c.signed_at.desc(), signatures.c.id.desc())


def _standing_key(new: NewSignature) -> tuple[object, ...]:
    document = new.document
    return document.owner_id, document.repository_id, document.path, new.version, new.account_id


def _row(new: NewSignature) -> dict[str, Any]:
    return {
        **dict(zip(_STANDING, _standing_key(new), strict=True)),
        "major": major(new.version),
        "login": new.login,
        "sha256": new.sha256,
        "how": new.how,
        "signed_at": new.signed_at,
        "address": new.address,
        "answers": json.dumps(dict(new.answers)) if new.answers else None,
        "evidence": json.dumps(dict(new.evidence)) if new.evidence else None,
    }


def _signed(new: NewSignature, beside: Beside | None, number: int) -> Act:
    body = {
        "signature": number,
        "owner_id": new.document.owner_id,
        "document_repository_id": new.document.repository_id,
        "path": new.document.path,
        "version": new.version,
        "sha256": new.sha256,
        "how": new.how,
        "signed_at": new.signed_at,
    }
    return Act("signature", body, beside)


def _told(new: NewSignature) -> Beside | None:
    told = {"login": new.login, "address": new.address, "answers": dict(new.answers), "evidence": dict(new.evidence)}
    return audit.sealed(new.account_id, {name: value for name, value in told.items() if value})


def _revoked(one: Signature, reason: str) -> Act:
    return Act("revocation", {"signature": one.id}, audit.sealed(one.account_id, {"reason": reason}))


def _of(document: Document) -> ColumnElement[bool]:
    return and_(
        signatures.c.owner_id == document.owner_id,
        signatures.c.document_repository_id == document.repository_id,
        signatures.c.path == document.path,
    )


def _signature(row: Row[Any]) -> Signature:
    return Signature(
        row.id,
        Document(row.owner_id, row.document_repository_id, row.path),
        row.version,
        row.account_id,
        row.login,
        row.sha256,
        row.how,
        row.signed_at,
        row.address,
        json.loads(row.answers) if row.answers else {},
        json.loads(row.evidence) if row.evidence else {},
        row.revoked_at,
        row.erased_at,
    )
