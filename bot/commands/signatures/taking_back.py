# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward signatures revoke` and `erase`: what was signed counts no longer, or tells no longer who it was."""

import click
from sqlalchemy import Connection

from bot.checkout.terminal import Refusal, write
from bot.commands.signatures.listing import line
from bot.commands.signatures.options import account_on_record, changing, dry_run, version
from bot.commands.signatures.place import Place, placed
from bot.context import Context
from bot.store import personal, signatures
from bot.store.database import reading
from bot.store.places import names_of
from bot.store.signatures import Signature, of_account
from bot.work.look_again import look_again_at


@click.command("revoke")
@click.argument("account")
@placed
@version(None)
@click.option("--reason", required=True, help="Why, for the audit log.")
@dry_run
@click.pass_obj
def revoke(context: Context, account: str, place: Place, version: str | None, reason: str, *, dry_run: bool) -> None:
    """Take back the signatures of ACCOUNT (a login or a number) from now on: all, or those of a document or version."""
    if not 0 < len(reason.strip()) <= 500:
        raise click.UsageError("a reason has 1 to 500 characters")
    with changing(context, dry_run=dry_run) as connection:
        number = account_on_record(connection, account)
        fits = signatures.listing(connection, account_id=number, **place.filters(connection))
        standing = [one for one in fits if one.revoked_at is None and version in (None, one.version)]
        if not standing:
            raise Refusal([f"Error: no signature of account {number} stands that fits."])
        gone = signatures.revoke(connection, standing, context.clock(), reason.strip())
        _show(connection, gone)
        owners = {one.document.owner_id for one in gone}
        pulls = look_again_at(connection, context.queue, owners, [number])
        click.echo(f"{len(gone)} revoked. Open pull requests to look at again: {len(pulls)}.")


@click.command("erase")
@click.argument("account")
@dry_run
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.pass_obj
def erase(context: Context, account: str, *, dry_run: bool, yes: bool) -> None:
    """Take away what tells that signatures are those of ACCOUNT (a login or a number). It cannot be undone."""
    with reading(context.engine) as connection:
        number = account_on_record(connection, account)
        _show(connection, of_account(connection, number))
    if not (dry_run or yes):
        click.confirm(f"Erase account {number} for good?", abort=True)
    with changing(context, dry_run=dry_run) as connection:
        owners, decided = personal.owners_concerned(connection, number), personal.pulls_decided_on(connection, number)
        pulls = look_again_at(connection, context.queue, owners, [number], decided)
        erased = personal.erase(connection, number, context.clock())
        click.echo(_erased(erased, number, len(pulls)))


def _erased(erased: personal.Erased, number: int, pulls: int) -> str:
    if not erased:
        return f"Nothing of account {number} is kept."
    reached = f"{len(erased.signatures)} signatures, {len(erased.entries)} entries on lists of companies"
    done = f"Account {number} is erased from {reached} and {erased.others} other rows."
    return f"{done} Open pull requests to look at again: {pulls}."


def _show(connection: Connection, found: list[Signature]) -> None:
    names = names_of(connection, {one.document.repository_id for one in found})
    for one in found:
        write(f"{line(one, names)}\n")
