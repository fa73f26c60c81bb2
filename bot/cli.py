# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The command `steward`: every subcommand by name, each loaded only when it is called.

`steward check` runs in pre-commit hooks, so it must not pay for a web server or a database that it never uses.
"""

import importlib
from importlib import metadata

import click

from bot.settings import SettingsError

_COMMANDS = {
    "serve": "bot.commands.running:serve",
    "web": "bot.commands.running:web",
    "worker": "bot.commands.running:worker",
    "migrate": "bot.commands.running:migrate",
    "demo": "bot.commands.demo:demo",
    "check": "bot.checkout.command:check",
    "policy": "bot.commands.policy:policy",
    "queue": "bot.commands.queue:queue",
}


class _Lazy(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except SettingsError as error:
            raise click.UsageError(str(error)) from None


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(metadata.version("steward"), prog_name="steward")
def main() -> None:
    """Hold contributions to an open-source AI project to its governance."""
