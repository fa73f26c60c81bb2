# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What every command that works on the database says when it cannot be used."""

import click

from bot.store.database import StoreUnavailable


class OverDatabase(click.Group):
    """Says in one line that the database cannot be used, whichever command met it."""

    unusable: type[click.ClickException] = click.ClickException
    """What is raised then, which has the exit code."""

    def invoke(self, context: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(context)
        except StoreUnavailable as error:
            raise self.unusable(f"the database cannot be used: {error}") from None
        finally:
            if "engine" in getattr(context.obj, "__dict__", ()):  # it is made when it is first used
                context.obj.engine.dispose()
