# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The options that name a document, or narrow to some: each has its effect, or is refused."""

import functools
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import click
from sqlalchemy import Connection

from bot.checkout.terminal import Refusal
from bot.commands.signatures.files import MOST_ID
from bot.store.agreements import Document
from bot.store.places import document_at, owner_called

Command = Callable[..., None]
ID = click.IntRange(1, MOST_ID)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document is, as the options say it; each may be missing, and what is said by name and number agrees."""

    owner: str | None
    document: str | None
    repository: str | None
    owner_id: int | None
    repository_id: int | None

    def required(self, connection: Connection) -> Document:
        """The one document that is meant. Raises UsageError; Refusal where it is not known, or is another."""
        if self.document is None:
            raise click.UsageError("which document? Say --document OWNER/NAME:PATH.")
        repository, path = self._parts(self.document)
        if repository is not None:
            return self._named(connection, repository, path)
        owner = self._owner(connection)
        if owner is None or self.repository_id is None:
            raise click.UsageError(_WHICH)
        return Document(owner, self.repository_id, path)

    def filters(self, connection: Connection) -> dict[str, Any]:
        """What to look for, as bot.store.signatures.listing takes it. Raises as `required` does."""
        if self.document is not None:
            return asdict(self.required(connection))
        if self.repository is not None:
            return asdict(self._named(connection, self.repository, "")) | {"path": None}
        return {"owner_id": self._owner(connection), "repository_id": self.repository_id, "path": None}

    def _named(self, connection: Connection, repository: str, path: str) -> Document:
        """The document at a path of the repository with this name."""
        owner, _, name = repository.rpartition("/")
        if owner and self.owner is not None and owner.lower() != self.owner.lower():
            raise click.UsageError(f"{repository} does not belong to {self.owner}")
        owner = owner or self.owner or ""
        if not owner:
            raise click.UsageError(f"whose repository is {name}? Say OWNER/NAME, or --owner LOGIN.")
        found = document_at(connection, owner, name, path)
        if found is None:
            raise Refusal([f"Error: no repository {owner}/{name} is known here.", _BY_NUMBER])
        if self.owner_id not in (None, found.owner_id) or self.repository_id not in (None, found.repository_id):
            raise Refusal([f"Error: {owner}/{name} is repository {found.repository_id} of owner {found.owner_id}."])
        return found

    def _owner(self, connection: Connection) -> int | None:
        if self.owner is None:
            return self.owner_id
        found = owner_called(connection, self.owner)
        if found is None:
            raise Refusal([f"Error: no repository of {self.owner} is known here.", _BY_NUMBER])
        if self.owner_id not in (None, found):
            raise Refusal([f"Error: {self.owner} is number {found}."])
        return found

    def _parts(self, place: str) -> tuple[str | None, str]:
        """The repository's name, if it is said, in one of two places, and the path."""
        repository, colon, path = place.rpartition(":")
        told = [name for name in (repository or None, self.repository) if name is not None]
        path = path if colon else place
        if not path or len(path) > 500 or len(told) > 1:
            raise click.UsageError(_WHICH)
        return (told[0] if told else None), path


def fits(document: Document, wanted: dict[str, Any]) -> bool:
    """Whether a document is among those that `Place.filters` wants."""
    return all(value is None or getattr(document, name) == value for name, value in wanted.items())


_WHICH = "a document is named OWNER/NAME:PATH, or by PATH with --repository OWNER/NAME"
_BY_NUMBER = "Steward learns names from GitHub's events; --owner-id and --repository-id do without."


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
