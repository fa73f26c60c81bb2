# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward demo`: the whole of Steward, tried out without an account, a key or a server."""

import os
import time

import click

from bot.demo.github.simulated import SimulatedGitHub
from bot.demo.play import free_port, occupied, play
from bot.demo.stage import StoryError
from bot.settings import Settings


@click.command("demo")
@click.option("--once", is_flag=True, help="Play the story and exit: 0 if it came out as told, 1 if not.")
def demo(once: bool) -> None:
    """Play a story in a simulated GitHub organization.

    Steward runs as it would for real and receives real signed webhooks over HTTP; only GitHub is simulated.
    """
    port = free_port() if once else _port()
    try:
        play(port, click.echo, _leave if once else _stay)
    except StoryError as error:
        raise click.ClickException(f"the story did not come out as told: {error}") from None


def _port() -> int:
    port = Settings.from_environment({"PORT": os.environ.get("PORT", "")}).port
    if occupied(port):
        raise click.UsageError(f"port {port} is in use; choose another one: PORT=3001 make demo")
    return port


def _leave(_github: SimulatedGitHub, _address: str) -> None:
    click.echo("\nThe story came out as told.")


def _stay(github: SimulatedGitHub, address: str) -> None:
    click.echo("\nThe story came out as told. Everything stays up until you press Ctrl-C:")
    click.echo(f"  Steward           {address}")
    for repository in github.world.repositories.values():
        for pull in repository.pulls:
            click.echo(f"  pull request      {github.url}/{pull.path}")
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        click.echo("\nGood bye.")
