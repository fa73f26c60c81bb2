# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What events told of repositories: whose they are, what they are called, whether everybody may see them."""

from dataclasses import asdict, dataclass, fields
from functools import cache

from sqlalchemy import Connection, Executable, and_, func, or_, select, update

from bot.store.database import insert_for
from bot.store.tables import repositories

_BOUNDS = {"owner": 100, "name": 200, "default_branch": 255}


@dataclass(frozen=True, slots=True)
class RepositoryFacts:
    """One repository at one moment. Raises ValueError where a name does not fit the store.

    `private` is true where it is not known. `installation_id` and `default_branch` are None where an event does not
    tell them. `seen_at` is when this was true, in seconds since 1970.
    """

    id: int
    owner_id: int
    owner: str
    name: str
    installation_id: int | None
    private: bool
    default_branch: str | None
    seen_at: float

    def __post_init__(self) -> None:
        for field, most in _BOUNDS.items():
            value = getattr(self, field)
            if value is not None and not (0 < len(value) <= most and value.isprintable()):
                raise ValueError(f"the repository's {field} is empty, longer than {most} characters or not printable")


_TOLD = ("owner_id", "owner", "name", "installation_id", "private", "default_branch")


def remember(connection: Connection, *facts: RepositoryFacts) -> None:
    """Keep what was told of one or more repositories; of each the newest counts, and only a change is written.

    What an event does not tell (None) leaves what was known.
    """
    newest = {one.id: one for one in sorted(facts, key=lambda one: one.seen_at)}
    if not newest:
        return
    # In the order of their ids, so that two batches never wait for each other in a circle.
    connection.execute(_upsert(connection.dialect.name), [asdict(newest[number]) for number in sorted(newest)])


@cache  # to make it takes as long as to run it
def _upsert(dialect: str) -> Executable:
    insert = insert_for(dialect, repositories)
    known = repositories.c
    told = {name: func.coalesce(insert.excluded[name], known[name]) for name in _TOLD}
    differs = or_(*(known[name].is_distinct_from(value) for name, value in told.items()))
    return insert.on_conflict_do_update(
        index_elements=["id"],
        set_={**told, "seen_at": insert.excluded.seen_at},
        where=and_(insert.excluded.seen_at >= known.seen_at, differs),
    )


def find(connection: Connection, repository_id: int) -> RepositoryFacts | None:
    """The repository with this id, if an event ever told of it."""
    row = connection.execute(select(*_COLUMNS).where(repositories.c.id == repository_id)).one_or_none()
    return RepositoryFacts(*row) if row else None


def find_by_name(connection: Connection, owner: str, name: str) -> RepositoryFacts | None:
    """The repository that has this name now, whatever its case.

    A name may have passed from one repository to another unseen: the one that took it last has it.
    """
    known = repositories.c
    same = and_(func.lower(known.owner) == owner.lower(), func.lower(known.name) == name.lower())
    row = connection.execute(select(*_COLUMNS).where(same).order_by(known.seen_at.desc()).limit(1)).one_or_none()
    return RepositoryFacts(*row) if row else None


def of_installation(connection: Connection, installation_id: int) -> list[RepositoryFacts]:
    """The repositories that an installation is known to reach, by name."""
    known = repositories.c
    statement = select(*_COLUMNS).where(known.installation_id == installation_id).order_by(known.owner, known.name)
    return [RepositoryFacts(*row) for row in connection.execute(statement)]


def installation_of_owner(connection: Connection, owner: str) -> int | None:
    """The installation that reaches an owner's repositories, if any is known."""
    known = repositories.c
    theirs = (func.lower(known.owner) == owner.lower()) & known.installation_id.is_not(None)
    return connection.scalars(select(known.installation_id).where(theirs).order_by(known.seen_at.desc())).first()


def forget_installation(connection: Connection, installation_id: int) -> None:
    """An installation is gone: nothing more will be heard of its repositories, so they count as private."""
    connection.execute(_FORGET.where(repositories.c.installation_id == installation_id))


def forget(connection: Connection, repository_id: int) -> None:
    """A repository is out of reach: nothing more will be heard of it, so it counts as private."""
    connection.execute(_FORGET.where(repositories.c.id == repository_id))


_FORGET = update(repositories).values(installation_id=None, private=True)


_COLUMNS = [repositories.c[field.name] for field in fields(RepositoryFacts)]
