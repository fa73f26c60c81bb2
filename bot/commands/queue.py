# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward queue`: what waits, what is parked and why; bring it back to work, or give it up."""

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime

import click

from bot.commands.over_database import OverDatabase
from bot.context import Context
from bot.settings import Settings
from bot.work.upkeep import Entry


@click.group("queue", cls=OverDatabase)
@click.pass_context
def queue(context: click.Context) -> None:
    """Look after the queue of work."""
    context.obj = Context(Settings.from_environment(os.environ))


@queue.command("list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def list_work(context: Context, form: str) -> None:
    """List everything that waits, is in work or is parked."""
    entries = context.queue.listing()
    if form == "json":
        click.echo(json.dumps([asdict(entry) for entry in entries], indent=2))
        return
    for entry in entries:
        click.echo(_line(entry))
    if not entries:
        click.echo("Nothing waits.")


@queue.command("retry")
@click.argument("key")
@click.pass_obj
def retry(context: Context, key: str) -> None:
    """Look at KEY again now, parked or not."""
    _say(context.queue.retry(key), f"{key} is looked at again.", key)


@queue.command("drop")
@click.argument("key")
@click.pass_obj
def drop(context: Context, key: str) -> None:
    """Give KEY up until another event asks for it."""
    _say(context.queue.drop(key), f"{key} is dropped.", key)


def _say(found: bool, done: str, key: str) -> None:
    if not found:
        raise click.UsageError(f"nothing waits under {key!r}; see: steward queue list")
    click.echo(done)


def _line(entry: Entry) -> str:
    state = "parked" if entry.parked else "in work" if entry.in_work else "waits"
    due = "" if entry.due is None else f"  due {datetime.fromtimestamp(entry.due, UTC).isoformat(timespec='seconds')}"
    error = f"  {entry.last_error}" if entry.last_error else ""
    return f"{entry.key}  {state}{due}  attempts {entry.attempts}{error}"
