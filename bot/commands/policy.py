# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward policy`: look at a policy by itself, before it governs anything."""

import json

import click

from bot.checkout import policy as policies
from bot.checkout.git import CheckoutError
from bot.checkout.terminal import Refusal, printable, write
from rules.policy import schema
from rules.policy_problems import PolicyError


@click.group("policy")
def policy() -> None:
    """Work on a policy file."""


@policy.command()
@click.argument("file", type=click.Path())
def validate(file: str) -> None:
    """Say whether a policy is valid, and every problem it has as FILE:LINE:COLUMN.

    The exit code is 0 if it is, 2 if it is not or cannot be read.
    """
    try:
        found = policies.from_file(file)
    except CheckoutError as error:
        raise Refusal([f"Error: {error}"]) from None
    except PolicyError as error:
        raise Refusal(map(str, error.problems)) from None
    write(f"{printable(found.source)} is valid.\n")
    if note := found.policy.idle_note():
        write(f"{note}\n")


@policy.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of a policy, for editors."""
    write(json.dumps(schema(), indent=2) + "\n")
