# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward signatures import`: take over who signed elsewhere, with where each signature comes from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bot.checkout.terminal import Refusal, printable
from bot.commands.signatures import cla_assistant, clabot, lite
from bot.commands.signatures.accounts import accounts_for
from bot.commands.signatures.files import Entry, Unusable, read_text
from bot.commands.signatures.keeping import Keeper, Kept, Revoked
from bot.commands.signatures.matching import Match, Source, match
from bot.commands.signatures.options import accounts_file, dry_run, save_accounts, say_if_dry, version
from bot.commands.signatures.place import Place, placed
from bot.context import Context
from bot.store.database import reading

_FORMATS: dict[str, Callable[[str], list[Entry]]] = {
    "cla-assistant": cla_assistant.parse,
    "cla-assistant-lite": lite.parse,
    "clabot": clabot.parse,
}


@dataclass(frozen=True, slots=True)
class How:
    """How to go about it, as the options say."""

    accounts: Path | None
    save_accounts: Path | None
    even_if_revoked: bool
    dry_run: bool

    def __post_init__(self) -> None:
        if self.accounts and self.save_accounts:
            raise click.UsageError("with --accounts GitHub is not asked, and there is nothing for --save-accounts")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "kind", type=click.Choice(list(_FORMATS)), required=True, help="Where the file comes from.")
@placed
@version("1.0")
@accounts_file
@save_accounts
@click.option("--even-if-revoked", is_flag=True, help="Keep signatures too that were revoked here.")
@dry_run
@click.pass_obj
def import_file(context: Context, /, file: Path, kind: str, place: Place, version: str, **told: Any) -> None:
    """Keep the signatures of FILE as signatures of a document. A file that is wrong anywhere is not taken at all.

    Nothing is kept of a login that stands for no account, nor of what was revoked here; each is told with its line.
    """
    how = How(**told)
    entries = _entries(file, kind)
    with reading(context.engine) as connection:
        entries = lite.located(entries, connection, context.settings.server_url)
        source = Source(place.required(connection), version, kind, file.name[:200])
    accounts = accounts_for(context, how.accounts, source.document.owner_id, how.save_accounts)
    matches = match(entries, accounts, context.clock())
    revoked = None if how.even_if_revoked else Revoked(source)
    kept = Keeper(context, source, context.clock(), revoked, how.dry_run).keep(matches)
    _tell(kept, every_line=how.dry_run)
    say_if_dry(dry_run=how.dry_run)


def _entries(file: Path, kind: str) -> list[Entry]:
    try:
        return _FORMATS[kind](read_text(file))
    except Unusable as error:
        raise Refusal([f"Error: {file}: {error}"]) from None


def _tell(kept: Kept, *, every_line: bool) -> None:
    left_out = [one for one in kept.matches if one.account is None]
    for one in kept.matches if every_line else left_out:
        click.echo(_line(one, kept.new))
    there = len(kept.matches) - len(left_out) - len(kept.new)
    click.echo(f"{len(kept.matches)} entries: {len(kept.new)} new, {there} already there, {len(left_out)} left out.")
    if kept.pulls:
        click.echo(f"Open pull requests to look at again: {len(kept.pulls)}.")


def _line(one: Match, new: set[int]) -> str:
    start = f"{one.entry.where}  {printable(one.entry.login or '-')[:80]}"
    if one.account is None:
        return f"{start}  left out: {one.problem}"
    return f"{start}  account {one.account.id}  {'new' if one.account.id in new else 'already there'}"
