# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Who is signed in on Steward's pages. Of the token that a browser holds only the SHA-256 is kept."""

import hashlib
from collections.abc import Collection
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, delete, insert, select

from bot.store.chunks import chunks
from bot.store.tables import sessions


@dataclass(frozen=True, slots=True)
class Session:
    """One person in one browser; `csrf` is what the forms of this session carry. Times are seconds since 1970."""

    account_id: int
    login: str
    csrf: str
    began_at: float
    ends_at: float


def begin(connection: Connection, token: str, session: Session) -> None:
    """Somebody signed in: keep the session, and forget those that have ended."""
    purge(connection, session.began_at)
    connection.execute(insert(sessions).values(token=_digest(token), **asdict(session)))


def purge(connection: Connection, now: float) -> int:
    """Forget the sessions that have ended. Returns how many there were."""
    return connection.execute(delete(sessions).where(sessions.c.ends_at <= now)).rowcount


def find(connection: Connection, token: str, now: float) -> Session | None:
    """The session that goes with a token, unless it has ended."""
    columns = [sessions.c[field.name] for field in fields(Session)]
    wanted = (sessions.c.token == _digest(token)) & (sessions.c.ends_at > now)
    row = connection.execute(select(*columns).where(wanted)).one_or_none()
    return Session(*row) if row else None


def end(connection: Connection, token: str) -> None:
    """Somebody signed out, or signs in anew."""
    connection.execute(delete(sessions).where(sessions.c.token == _digest(token)))


def end_all_of(connection: Connection, account_ids: Collection[int]) -> None:
    """These accounts took back on GitHub what they had let Steward know: they are signed out everywhere."""
    for some in chunks(account_ids):
        connection.execute(delete(sessions).where(sessions.c.account_id.in_(some)))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
