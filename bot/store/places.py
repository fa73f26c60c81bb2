# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Where documents are, as people write it: `owner/name:path` stands for ids that outlive a renaming."""

from collections.abc import Callable, Collection

from sqlalchemy import Connection, func, select

from bot.store.agreements import Document, all_in_force
from bot.store.chunks import chunks
from bot.store.repositories import find_by_name
from bot.store.tables import in_force, repositories


def document_at(connection: Connection, owner: str, name: str, path: str) -> Document | None:
    """The document at a path of the repository that has this name now, if an event ever told of it."""
    found = find_by_name(connection, owner, name)
    return Document(found.owner_id, found.id, path) if found else None


def owner_called(connection: Connection, owner: str) -> int | None:
    """The id of the account that owns repositories under this name now, as far as events told."""
    theirs = select(repositories.c.owner_id).where(func.lower(repositories.c.owner) == owner.lower())
    return connection.scalars(theirs.order_by(repositories.c.seen_at.desc())).first()


def installation_for(connection: Connection, owner_id: int) -> int | None:
    """An installation that reaches an owner's repositories, else any: what is open to all, each may ask GitHub."""
    known = select(repositories.c.installation_id).where(repositories.c.installation_id.is_not(None))
    order = ((repositories.c.owner_id == owner_id).desc(), repositories.c.seen_at.desc())
    return connection.scalars(known.order_by(*order)).first()


def names_of(connection: Connection, repository_ids: Collection[int]) -> dict[int, str]:
    """The `owner/name` of each of these repositories that is known."""
    found: dict[int, str] = {}
    for some in chunks(repository_ids):
        rows = connection.execute(select(repositories).where(repositories.c.id.in_(some)))
        found.update({row.id: f"{row.owner}/{row.name}" for row in rows})
    return found


def corporate_beside(connection: Connection, fits: Callable[[Document], bool]) -> set[Document]:
    """The same owner's agreements for companies that policies ask for now beside the documents that fit."""
    asking = connection.scalars(select(in_force.c.repository_id).distinct()).all()
    asked = [one for repository in asking for one in all_in_force(connection, repository)]
    pairs = [(one.document, one.corporate.document) for one in asked if one.corporate]
    return {beside for document, beside in pairs if fits(document) and beside.owner_id == document.owner_id}
