# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the commands share: how a document and an account are named, and how a change is only tried."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection

from bot.checkout.terminal import Refusal
from bot.commands.signatures.files import MOST_ID
from bot.context import Context
from bot.store.agreements import Document
from bot.store.database import writing
from bot.store.personal import accounts_called
from bot.store.places import document_at, owner_called

Command = Callable[..., None]
ID = click.IntRange(1, MOST_ID)

dry_run = click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
accounts_file = click.option(
    "--accounts",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A CSV file with the columns login and id, to be asked instead of GitHub.",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document is, as the options say it; each may be missing."""

    owner: str | None
    document: str | None
    repository: str | None
    owner_id: int | None
    repository_id: int | None

    def required(self, connection: Connection) -> Document:
        """The one document that is meant. Raises Refusal where none is, or it is not known."""
        if self.document is None:
            raise click.UsageError("which document? Say --document OWNER/NAME:PATH.")
        repository, path = self._parts(self.document)
        if self.owner_id and self.repository_id:
            return Document(self.owner_id, self.repository_id, path)
        owner, _, name = repository.rpartition("/")
        owner = owner or self.owner or ""
        if not owner:
            raise click.UsageError(f"whose repository is {name}? Say OWNER/NAME, or --owner LOGIN.")
        found = document_at(connection, owner, name, path)
        if found is None:
            raise Refusal([f"Error: no repository {owner}/{name} is known here.", _BY_NUMBER])
        return found

    def filters(self, connection: Connection) -> dict[str, Any]:
        """What to look for, as bot.store.signatures.listing takes it."""
        if self.document is not None:
            document = self.required(connection)
            found = {"repository_id": document.repository_id, "path": document.path}
            return {"owner_id": document.owner_id, **found}
        return {"owner_id": self._owner(connection), "repository_id": self.repository_id}

    def _owner(self, connection: Connection) -> int | None:
        if self.owner is None or self.owner_id is not None:
            return self.owner_id
        found = owner_called(connection, self.owner)
        if found is None:
            raise Refusal([f"Error: no repository of {self.owner} is known here.", _BY_NUMBER])
        return found

    def _parts(self, place: str) -> tuple[str, str]:
        """The repository's name and the path; either may bring the repository, but they may not disagree."""
        repository, colon, path = place.rpartition(":")
        told = [name for name in (repository, self.repository) if name]
        path = path if colon else place
        numbers = self.owner_id and self.repository_id
        if not path or len(path) > 500 or len(told) > 1 or (not told and not numbers):
            raise click.UsageError("a document is named OWNER/NAME:PATH, or by PATH with --repository OWNER/NAME")
        name = told[0] if told else ""
        if self.owner and "/" in name and name.partition("/")[0].lower() != self.owner.lower():
            raise click.UsageError(f"{name} does not belong to {self.owner}")
        return name, path


_BY_NUMBER = "Steward learns names from GitHub's events; --owner-id and --repository-id name it without."


def placed(command: Command) -> Command:
    """Give a command the options that name a document; it gets them as one `place`."""

    @functools.wraps(command)
    def with_place(*args: Any, **options: Any) -> None:
        place = Place(*(options.pop(name) for name in Place.__dataclass_fields__))
        command(*args, place=place, **options)

    for decorate in reversed(_OPTIONS):
        with_place = decorate(with_place)
    return with_place


_OPTIONS = (
    click.option("--owner", metavar="LOGIN", help="The organization or person whose document it is."),
    click.option("--document", metavar="PLACE", help="OWNER/NAME:PATH, or PATH with --repository."),
    click.option("--repository", metavar="OWNER/NAME", help="The repository of the document."),
    click.option("--owner-id", type=ID, help="The owner by number, where the name is not known here."),
    click.option("--repository-id", type=ID, help="The repository by number, likewise."),
)


def _version(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    parts = (value or "0.0").split(".")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 7 for part in parts):
        raise click.BadParameter("a version is two numbers with a dot, such as 1.0")
    return value


def version(default: str | None) -> Callable[[Command], Command]:
    """The option for a document's version."""
    return click.option("--version", default=default, callback=_version, show_default=default is not None)


def account_on_record(connection: Connection, who: str) -> int:
    """The account that a number, or a login that is on record, stands for.

    Raises Refusal for a login that nobody on record has, or more than one has had; `@123` is a login of digits.
    """
    if who.isascii() and who.isdigit() and 0 < int(who[:20]) <= MOST_ID:
        return int(who)
    login = who.removeprefix("@")
    known = sorted(accounts_called(connection, login))
    if not known:
        raise Refusal([f"Error: nobody on record is called {login}; an account may be named by its number too."])
    if len(known) > 1:
        raise Refusal([f"Error: {login} has been several accounts: name one by its number, {_listed(known)}."])
    return known[0]


def _listed(numbers: list[int]) -> str:
    return " or ".join(map(str, numbers))


class _Undone(Exception):
    """Ends a transaction that was only tried."""


@contextmanager
def changing(context: Context, *, dry_run: bool) -> Iterator[Connection]:
    """A transaction that writes; where it is a dry run, all of it is taken back, and that is said."""
    with suppress(_Undone), writing(context.engine) as connection:
        yield connection
        if dry_run:
            raise _Undone
    if dry_run:
        click.echo("Dry run: nothing was written.")
