# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward serve`, `web`, `worker` and `migrate`: the program as it runs for good."""

import os
import sys

import click

from bot import logs
from bot import serve as processes
from bot.context import Context
from bot.settings import Settings
from bot.store.database import StoreUnavailable
from bot.store.migrations import migrate as bring_up_to_date


@click.command("serve")
def serve() -> None:
    """Run the web server and the workers together."""
    context = _context()
    sys.exit(processes.serve(context.settings, context.engine))


@click.command("web")
def web() -> None:
    """Run the web server alone (`steward worker` runs beside it)."""
    _context().engine.dispose()  # an address that cannot be used is told here, once, and not by each web process
    processes.web(os.environ)


@click.command("worker")
def worker() -> None:
    """Run the workers alone."""
    context = _context()
    processes.worker(context.workers(), context.chores())


@click.command("migrate")
def migrate() -> None:
    """Bring the database up to date; several may do so at once."""
    try:
        bring_up_to_date(_context().engine)
    except StoreUnavailable as error:
        raise click.ClickException(f"the database cannot be used: {error}") from None
    click.echo("The database is up to date.")


def _context() -> Context:
    settings = Settings.from_environment(os.environ)
    logs.configure(settings)
    return Context(settings)
