# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward signatures`: its commands, each in a file of its own."""

import os

import click

from bot import logs
from bot.commands.over_database import OverDatabase
from bot.commands.signatures.companies import company
from bot.commands.signatures.export import export
from bot.commands.signatures.importing import import_file
from bot.commands.signatures.listing import list_signatures
from bot.commands.signatures.taking_back import erase, revoke
from bot.context import Context
from bot.settings import Settings


@click.group("signatures", cls=OverDatabase)
@click.pass_context
def signatures(context: click.Context) -> None:
    """Look after the record of who signed what."""
    settings = Settings.from_environment(os.environ)
    logs.configure(settings)
    context.obj = Context(settings)


for _command in (list_signatures, export, import_file, revoke, erase, company):
    signatures.add_command(_command)
