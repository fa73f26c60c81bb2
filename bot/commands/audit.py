# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward audit`: prove the audit log whole, and write it out for others to do so."""

import csv
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click
from sqlalchemy import Connection

from bot import logs
from bot.checkout.terminal import output, printable, write
from bot.commands.over_database import OverDatabase
from bot.commands.signatures.times import exactly, moment
from bot.commands.spreadsheet import cell
from bot.context import Context
from bot.settings import Settings
from bot.store.audit import FIRST, head
from bot.store.audit_reading import Row, is_moment, rows, spelled
from bot.store.audit_verifying import Broken, Whole
from bot.store.audit_verifying import verify as go_over
from bot.store.database import StoreUnavailable, reading_one_moment
from bot.store.migrations import is_current

_COLUMNS = ("id", "at", "at_seconds", "kind", "body", "details", "previous", "hash")


def _write_json(out: TextIO, found: Iterable[Row]) -> None:
    for row in found:
        told = {**_exported(row), "body": _parsed(row.body), "details": row.beside and _parsed(row.beside)}
        out.write(json.dumps(told, separators=(",", ":"), default=str) + "\n")


def _write_csv(out: TextIO, found: Iterable[Row]) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(map(cell, _exported(row).values()) for row in found)


def _exported(row: Row) -> dict[str, object]:
    """A row by the names of the columns; without a time where it has none that can be told."""
    at = row.at if is_moment(row.at) else None
    values = (row.number, exactly(at) or None, at, row.kind, row.body, row.beside, row.previous, row.hash)
    return dict(zip(_COLUMNS, values, strict=True))


def _parsed(text: str) -> object:
    """The object in its canonical JSON; what is none, in a log that was tampered with, as the text that it is."""
    found = spelled(text)
    return text if found is None else found


_FORMS = {"jsonl": _write_json, "csv": _write_csv}


def _write(form: str, found: Iterable[Row]) -> None:
    """Write all rows to the standard output. Raises ClickException where it takes no more, such as on a full disk."""
    out = output()
    try:
        _FORMS[form](out, found)
        out.flush()
    except BrokenPipeError:  # whoever reads has seen enough, as click knows
        raise
    except OSError as error:
        raise click.ClickException(f"the export cannot be written: {error.strerror}") from None


class _Unusable(click.ClickException):
    """A database that cannot be used: exit code 1 is kept for a log that is not whole."""

    exit_code = click.UsageError.exit_code


class _OverLog(OverDatabase):
    unusable = _Unusable


@click.group("audit", cls=_OverLog)
@click.pass_context
def audit(context: click.Context) -> None:
    """Verify and export the audit log."""
    settings = Settings.from_environment(os.environ)
    logs.configure(settings)
    context.obj = Context(settings)


def _hash(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not re.fullmatch("[0-9a-fA-F]{64}", value):
        raise click.BadParameter("a hash is 64 hexadecimal digits")
    return value.lower()


def _moment(_context: click.Context, _option: click.Parameter, value: str | None) -> float | None:
    try:
        return None if value is None else moment(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@audit.command("verify")
@click.option("--head", "known", metavar="HASH", default=FIRST, callback=_hash, help="A head of the log noted earlier.")
@click.pass_obj
def verify(context: Context, known: str) -> None:
    """Prove the audit log whole, or name the first row that was changed, moved or taken out.

    Only with --head is it found that the log was cut short, or written anew from some row on.
    """
    try:
        with _log(context) as connection:
            whole = go_over(connection, known)
    except Broken as error:
        write(f"The audit log is not whole: {printable(str(error))}\n")
        raise click.exceptions.Exit(1) from None
    write(f"The audit log is whole: {_told(whole)}.\nHead: {whole.head}\n")


@audit.command("export")
@click.option("--format", "form", type=click.Choice(list(_FORMS)), default="jsonl", show_default=True)
@click.option("--since", metavar="DATE", callback=_moment, help="Leave out what is older; UTC where no zone is told.")
@click.pass_obj
def export(context: Context, form: str, since: float | None) -> None:
    """Write the audit log to the standard output, a row a line, and its head to the error output."""
    with _log(context) as connection:
        with rows(connection, since) as found:
            _write(form, found)
        number, newest = head(connection)
    click.echo(f"The audit log has {number} rows; its head is {newest}.", err=True)


@contextmanager
def _log(context: Context) -> Iterator[Connection]:
    """The log as it is at one moment, however long it is read. Raises StoreUnavailable."""
    address = context.engine.url
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").exists():
        raise StoreUnavailable(f"there is none at {address.database}; what do STEWARD_DATA and DATABASE_URL say?")
    if not is_current(context.engine):
        raise StoreUnavailable("its schema is of another version; to bring it up to date: steward migrate")
    with reading_one_moment(context.engine) as connection:
        yield connection


def _told(whole: Whole) -> str:
    if not whole.count:
        return "it has no rows"
    return f"{whole.count} rows from {exactly(whole.first)} to {exactly(whole.last)}"
