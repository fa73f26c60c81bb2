# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward signatures list`: who signed what, a line each."""

import click

from bot.checkout.terminal import printable, write
from bot.commands.signatures.export import state
from bot.commands.signatures.options import account_on_record
from bot.commands.signatures.place import Place, placed
from bot.commands.signatures.times import shown
from bot.context import Context
from bot.store.database import reading
from bot.store.places import names_of
from bot.store.signatures import Signature, listing


@click.command("list")
@click.argument("account", required=False)
@placed
@click.pass_obj
def list_signatures(context: Context, account: str | None, place: Place) -> None:
    """List signatures, newest first: all, or those of ACCOUNT (a login or a number)."""
    with reading(context.engine) as connection:
        number = account_on_record(connection, account) if account is not None else None
        found = list(listing(connection, account_id=number, **place.filters(connection)))
        names = names_of(connection, {one.document.repository_id for one in found})
    for one in found:
        write(f"{line(one, names)}\n")
    if not found:
        write("No signature is on record.\n")


def line(one: Signature, names: dict[int, str]) -> str:
    """A signature in one line."""
    where = f"{names.get(one.document.repository_id, one.document.repository_id)}:{one.document.path}"
    who = f"{printable(one.login or '-')}  account {one.account_id or '-'}"
    return f"{one.id}  {who}  {printable(where)} {one.version}  {shown(one.signed_at)}  {one.how}  {state(one)}"
