# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The texts that people sign: each version's text as it was first seen, and what the policy of each branch asks."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from bot.store.database import insert_into
from bot.store.digest import digest
from bot.store.tables import in_force, pinned, texts


@dataclass(frozen=True, slots=True)
class Document:
    """An agreement, wherever it is asked for: whose it is, and the repository and path of its text."""

    owner_id: int
    repository_id: int
    path: str


@dataclass(frozen=True, slots=True)
class Pinned:
    """The text of one version: the first that was seen, and at which commit.

    `drifted` is the SHA-256 of another text that stands there now under the same version, if one does.
    """

    version: str
    sha256: str
    commit: str
    seen_at: float
    drifted: str | None


@dataclass(frozen=True, slots=True)
class SigningField:
    """Something that the signing page asks for besides consent."""

    name: str
    label: str
    required: bool


@dataclass(frozen=True, slots=True)
class Corporate:
    """The agreement for companies; `place` is `owner/name:path`, `sha256` the pinned text's."""

    document: Document
    place: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class InForce:
    """What a branch's policy asks of those who sign; `place` is `owner/name:path`, `sha256` the pinned text's."""

    repository_id: int
    branch: str
    document: Document
    place: str
    version: str
    sha256: str
    ways: tuple[str, ...]
    fields: tuple[SigningField, ...]
    record_ip: bool
    corporate: Corporate | None
    drifted: bool = False


def major(version: str) -> int:
    """The number before the dot: signatures count for all versions that share it."""
    return int(version.partition(".")[0])


def pin(connection: Connection, document: Document, version: str, text: str, commit: str, now: float) -> Pinned:
    """Keep a version's text as it stands now; the first one that was seen is the version's for good.

    Another text under the same version is kept beside it and told by `drifted`, until the first one is back. A state
    that is known already writes nothing.
    """
    found, sha256 = find_pinned(connection, document, version), digest(text)
    if found is None:
        found = _pin_first(connection, document, version, text, commit, now)
    drifted = None if found.sha256 == sha256 else sha256
    if drifted == found.drifted:
        return found
    _keep_text(connection, sha256, text)
    connection.execute(update(pinned).where(_version(document, version)).values(drifted=drifted))
    return Pinned(found.version, found.sha256, found.commit, found.seen_at, drifted)


def find_pinned(connection: Connection, document: Document, version: str) -> Pinned | None:
    """The text that was pinned for a version."""
    row = connection.execute(_PINNED.where(_version(document, version))).one_or_none()
    return Pinned(*row) if row else None


def major_since(connection: Connection, document: Document, major: int) -> float | None:
    """When the first version with this number before the dot was pinned."""
    versions = _document(document) & (pinned.c.major == major)
    since: float | None = connection.scalar(select(func.min(pinned.c.seen_at)).where(versions))
    return since


def major_before(connection: Connection, document: Document, major: int) -> int | None:
    """The number before the dot that was pinned before this one, if any was."""
    earlier = _document(document) & (pinned.c.major < major)
    before: int | None = connection.scalar(select(func.max(pinned.c.major)).where(earlier))
    return before


def text_of(connection: Connection, sha256: str) -> str | None:
    """A text that was once pinned."""
    text: str | None = connection.scalar(select(texts.c.text).where(texts.c.sha256 == sha256))
    return text


def keep_in_force(connection: Connection, asked: InForce, now: float) -> None:
    """Keep what a branch's policy asks; only a change is written."""
    body = json.dumps(asdict(asked), sort_keys=True)
    insert = insert_into(connection, in_force).values(
        repository_id=asked.repository_id, branch=asked.branch, body=body, seen_at=now
    )
    upsert = insert.on_conflict_do_update(
        index_elements=["repository_id", "branch"],
        set_={"body": insert.excluded.body, "seen_at": insert.excluded.seen_at},
        where=in_force.c.body != insert.excluded.body,
    )
    connection.execute(upsert)


def find_in_force(connection: Connection, repository_id: int, branch: str) -> InForce | None:
    """What a branch's policy asked when it was last looked at."""
    body = connection.scalar(select(in_force.c.body).where(_branch(repository_id, branch)))
    return _in_force(json.loads(body)) if body else None


def all_in_force(connection: Connection, repository_id: int) -> list[InForce]:
    """What the policies of a repository's branches asked when they were last looked at, by branch."""
    bodies = select(in_force.c.body).where(in_force.c.repository_id == repository_id).order_by(in_force.c.branch)
    return [_in_force(json.loads(body)) for body in connection.scalars(bodies)]


def forget_in_force(connection: Connection, repository_id: int, branch: str) -> None:
    """A branch's policy asks nobody to sign any more."""
    connection.execute(delete(in_force).where(_branch(repository_id, branch)))


def _pin_first(connection: Connection, document: Document, version: str, text: str, commit: str, now: float) -> Pinned:
    """Pin the first text; where another run was quicker, the text is the one that it pinned."""
    sha256 = digest(text)
    _keep_text(connection, sha256, text)
    values = {
        **_keys(document),
        "version": version,
        "major": major(version),
        "sha256": sha256,
        "commit": commit,
        "seen_at": now,
    }
    connection.execute(insert_into(connection, pinned).values(**values).on_conflict_do_nothing())
    return Pinned(*connection.execute(_PINNED.where(_version(document, version))).one())


_PINNED = select(*(pinned.c[name] for name in Pinned.__dataclass_fields__))


def _keep_text(connection: Connection, sha256: str, text: str) -> None:
    connection.execute(insert_into(connection, texts).values(sha256=sha256, text=text).on_conflict_do_nothing())


def _keys(document: Document) -> dict[str, object]:
    return {
        "owner_id": document.owner_id,
        "document_repository_id": document.repository_id,
        "path": document.path,
    }


def _document(document: Document) -> ColumnElement[bool]:
    same_repository = pinned.c.document_repository_id == document.repository_id
    return (pinned.c.owner_id == document.owner_id) & same_repository & (pinned.c.path == document.path)


def _version(document: Document, version: str) -> ColumnElement[bool]:
    return _document(document) & (pinned.c.version == version)


def _branch(repository_id: int, branch: str) -> ColumnElement[bool]:
    return (in_force.c.repository_id == repository_id) & (in_force.c.branch == branch)


def _in_force(body: dict[str, Any]) -> InForce:
    corporate = body["corporate"]
    if corporate is not None:
        corporate = Corporate(**{**corporate, "document": Document(**corporate["document"])})
    read = {
        "document": Document(**body["document"]),
        "ways": tuple(body["ways"]),
        "fields": tuple(SigningField(**field) for field in body["fields"]),
        "corporate": corporate,
    }
    return InForce(**{**body, **read})
