# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a terminal may be shown, and how a command says that it cannot do what it was asked."""

import io
import os
import sys
from collections.abc import Iterable
from typing import TextIO

import click


def printable(text: str) -> str:
    """The text with every character that could steer a terminal, or mislead a reader, spelled out."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode("ascii") for mark in text)


def colour_wanted() -> bool:
    """Whether to write in colour: on a terminal that can, unless NO_COLOR is set (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def output() -> TextIO:
    """The standard output, which spells out what its encoding does not know."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    return sys.stdout


def write(text: str) -> None:
    """Write to the standard output at once."""
    click.echo(text, file=output(), nl=False)


class Refusal(click.ClickException):
    """Why a command could not be carried out, a line each on the error output. It ends with exit code 2."""

    exit_code = 2

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(map(printable, lines))
        super().__init__("\n".join(self.lines))

    def show(self, file: object = None) -> None:  # noqa: ARG002 - the signature is click's
        """Write the lines to the error output."""
        for line in self.lines:
            click.echo(line, err=True)
