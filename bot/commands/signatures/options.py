# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the commands share: how an account and a version are named, and how a change is made or only tried."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click
from sqlalchemy import Connection

from bot.checkout.terminal import Refusal
from bot.commands.signatures.files import account_number
from bot.commands.signatures.place import Command
from bot.context import Context
from bot.store import audit
from bot.store.database import writing
from bot.store.personal import accounts_called

dry_run = click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
accounts_file = click.option(
    "--accounts",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A CSV file with the columns login and id, to be asked instead of GitHub.",
)
save_accounts = click.option(
    "--save-accounts",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file for what GitHub answers, which --accounts takes; what stands in it is not asked again.",
)


def _version(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    parts = ("0.0" if value is None else value).split(".")
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
    number = account_number(who)
    return number if number is not None else the_only(accounts_called(connection, who.removeprefix("@")), who)


def the_only(accounts: set[int], who: str) -> int:
    """The account of a login that is on record. Raises Refusal where it was nobody's, or that of several."""
    login, known = who.removeprefix("@"), sorted(accounts)
    if not known:
        raise Refusal([f"Error: nobody on record is called {login}; an account may be named by its number too."])
    if len(known) > 1:
        numbers = " or ".join(map(str, known))
        raise Refusal([f"Error: {login} has been several accounts: name one by its number, {numbers}."])
    return known[0]


class _Undone(Exception):
    """Ends a transaction that was only tried."""


@contextmanager
def trying(context: Context, *, dry_run: bool) -> Iterator[Connection]:
    """A transaction that writes; where it is a dry run, all of it is taken back.

    It waits for its turn to write to the audit log before anything else is locked.
    """
    with suppress(_Undone), writing(context.engine) as connection:
        audit.serialize(connection)
        yield connection
        if dry_run:
            raise _Undone


@contextmanager
def changing(context: Context, *, dry_run: bool) -> Iterator[Connection]:
    """The same for a change that is one transaction; a dry run is said to be one."""
    with trying(context, dry_run=dry_run) as connection:
        yield connection
    say_if_dry(dry_run=dry_run)


def say_if_dry(*, dry_run: bool) -> None:
    """What a dry run ends with."""
    if dry_run:
        click.echo("Dry run: nothing was written.")
