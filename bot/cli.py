# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The command `steward`: every subcommand by name, each loaded only when it is called.

`steward check` runs in pre-commit hooks, so it must not pay for a web server or a database that it never uses.
"""

import gc
import importlib

import click

# Where each command is, and the first line of its help, so that a list of them loads none.
COMMANDS = {
    "serve": ("bot.commands.running:serve", "Run the web server and the workers together."),
    "web": ("bot.commands.running:web", "Run the web server alone (`steward worker` runs beside it)."),
    "worker": ("bot.commands.running:worker", "Run the workers alone."),
    "migrate": ("bot.commands.running:migrate", "Bring the database up to date; several may do so at once."),
    "demo": ("bot.commands.demo:demo", "Play a story in a simulated GitHub organization."),
    "check": ("bot.checkout.command:check", "Check a local git repository by its policy."),
    "fix": ("bot.checkout.fix_command:fix", "Add the license headers or the cards that a work tree lacks."),
    "policy": ("bot.commands.policy:policy", "Work on a policy file."),
    "signatures": ("bot.commands.signatures.group:signatures", "Look after the record of who signed what."),
    "audit": ("bot.commands.audit:audit", "Verify and export the audit log."),
    "queue": ("bot.commands.queue:queue", "Look after the queue of work."),
}


class _Lazy(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        return _load(COMMANDS[name][0]) if name in COMMANDS else None

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


def _load(place: str) -> click.Command:
    """The command at `module:attribute`. What modules make while they load is no garbage: none is looked for there."""
    module, _, attribute = place.partition(":")
    gc.disable()
    try:
        command: click.Command = getattr(importlib.import_module(module), attribute)
    finally:
        gc.freeze()
        gc.enable()
    return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="steward", prog_name="steward")
def main() -> None:
    """Hold contributions to an open-source AI project to its governance."""
