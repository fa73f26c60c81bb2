# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward signatures import`: take over who signed elsewhere, with where each signature comes from."""

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from bot.checkout.terminal import Refusal, printable
from bot.commands.signatures import cla_assistant, clabot, lite
from bot.commands.signatures.accounts import accounts_for
from bot.commands.signatures.files import Entry, Unusable, read_text
from bot.commands.signatures.matching import Match, Source, match, signatures
from bot.commands.signatures.options import accounts_file, changing, dry_run, version
from bot.commands.signatures.place import Place, placed
from bot.context import Context
from bot.store.database import reading
from bot.store.signatures import sign_all
from bot.work.look_again import look_again

_FORMATS: dict[str, Callable[[str], list[Entry]]] = {
    "cla-assistant": cla_assistant.parse,
    "cla-assistant-lite": lite.parse,
    "clabot": clabot.parse,
}


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "kind", type=click.Choice(list(_FORMATS)), required=True, help="Where the file comes from.")
@placed
@version("1.0")
@accounts_file
@dry_run
@click.pass_obj
def import_file(
    context: Context, file: Path, kind: str, place: Place, version: str, accounts: Path | None, *, dry_run: bool
) -> None:
    """Keep the signatures of FILE as signatures of a document. All of them are kept, or none.

    Nothing is kept of a login that stands for no account, and each is told with its line.
    """
    entries = _entries(file, kind)
    with reading(context.engine) as connection:
        entries = lite.located(entries, connection, context.settings.server_url)
        source = Source(place.required(connection), version, kind, file.name[:200])
    now = context.clock()
    matches = match(entries, accounts_for(context, accounts, source.document.owner_id), now)
    new = list(signatures(matches, source, now))
    with changing(context, dry_run=dry_run) as connection:
        kept = sign_all(connection, new, now)
        accounts_kept = {one.account_id for one, number in zip(new, kept, strict=True) if number is not None}
        pulls = look_again(connection, context.queue, source.document.owner_id, accounts_kept)
        _tell(matches, accounts_kept, pulls, every_line=dry_run)


def _entries(file: Path, kind: str) -> list[Entry]:
    try:
        return _FORMATS[kind](read_text(file))
    except Unusable as error:
        raise Refusal([f"Error: {file}: {error}"]) from None


def _tell(matches: Sequence[Match], kept: set[int], pulls: int, *, every_line: bool) -> None:
    left_out = [one for one in matches if one.account is None]
    for one in matches if every_line else left_out:
        click.echo(_line(one, kept))
    there = len(matches) - len(left_out) - len(kept)
    click.echo(f"{len(matches)} entries: {len(kept)} new, {there} already there, {len(left_out)} left out.")
    if pulls:
        click.echo(f"Open pull requests to look at again: {pulls}.")


def _line(one: Match, kept: set[int]) -> str:
    start = f"{one.entry.where}  {printable(one.entry.login or '-')[:80]}"
    if one.account is None:
        return f"{start}  left out: {one.problem}"
    return f"{start}  account {one.account.id}  {'new' if one.account.id in kept else 'already there'}"
