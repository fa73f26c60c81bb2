# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward queue`: what waits, what is parked and why; bring it back to work, or give it up."""

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime

import click

from bot.context import Context
from bot.settings import Settings
from bot.store.database import reading, writing
from bot.work import upkeep
from bot.work.upkeep import Entry


@click.group("queue")
@click.pass_context
def queue(context: click.Context) -> None:
    """Look after the queue of work."""
    context.obj = Context(Settings.from_environment(os.environ))


@queue.command("list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def list_work(context: Context, form: str) -> None:
    """List everything that waits, is in work or is parked."""
    with reading(context.engine) as connection:
        entries = upkeep.listing(connection)
    if form == "json":
        click.echo(json.dumps([asdict(entry) for entry in entries], indent=2))
        return
    for entry in entries:
        click.echo(_line(entry, context.clock()))
    if not entries:
        click.echo("Nothing waits.")


@queue.command("retry")
@click.argument("key")
@click.pass_obj
def retry(context: Context, key: str) -> None:
    """Look at KEY again now, parked or not."""
    with writing(context.engine) as connection:
        found = upkeep.retry(connection, key, context.clock())
    _say(found, f"{key} is looked at again.", key)


@queue.command("drop")
@click.argument("key")
@click.pass_obj
def drop(context: Context, key: str) -> None:
    """Give KEY up until another event asks for it."""
    with writing(context.engine) as connection:
        found = upkeep.drop(connection, key)
    _say(found, f"{key} is dropped.", key)


def _say(found: bool, done: str, key: str) -> None:
    if not found:
        raise click.UsageError(f"nothing waits under {key!r}; see: steward queue list")
    click.echo(done)


def _line(entry: Entry, now: float) -> str:
    state = "parked" if entry.parked else "in work" if entry.in_work else "waits"
    when = datetime.fromtimestamp(entry.due or now, UTC).isoformat(timespec="seconds")
    error = f"  {entry.last_error}" if entry.last_error else ""
    return f"{entry.key}  {state}  due {when}  attempts {entry.attempts}{error}"
