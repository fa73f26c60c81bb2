# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward signatures export`: everything on record, for keeping elsewhere or for checking."""

import csv
import io
import json
from dataclasses import asdict
from typing import Any

import click
from sqlalchemy import Connection

from bot.commands.signatures.place import Place, fits, placed
from bot.commands.signatures.times import shown
from bot.commands.spreadsheet import cell
from bot.context import Context
from bot.store import audit
from bot.store.agreements import text_of
from bot.store.companies import Company, CompanyPerson, companies_of, people_of
from bot.store.database import reading_one_moment
from bot.store.places import corporate_beside, names_of
from bot.store.signatures import Signature, listing

_COLUMNS = (
    "id",
    "document",
    "owner_id",
    "repository_id",
    "version",
    "account_id",
    "login",
    "signed_at",
    "how",
    "sha256",
    "state",
    "revoked_at",
    "erased_at",
    "address",
    "answers",
    "evidence",
)
Row = dict[str, Any]


@click.command("export")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@placed
@click.pass_obj
def export(context: Context, form: str, place: Place) -> None:
    """Write every signature to the standard output, revoked and erased ones too.

    JSON holds the signed texts and the companies as well. The hash at the head of the audit log is in it; with CSV it
    is written to the error output.
    """
    with reading_one_moment(context.engine) as connection:
        wanted = place.filters(connection)
        found = list(listing(connection, **wanted))
        names = names_of(connection, {one.document.repository_id for one in found})
        number, head = audit.head(connection)
        rows = [_row(one, names) for one in found]
        if form == "json":
            told = {"version": 1, "exported_at": shown(context.clock()), "audit_head": head, "audit_rows": number}
            click.echo(json.dumps({**told, **_whole(connection, rows, wanted)}, indent=2))
            return
    click.echo(_csv(rows), nl=False)
    click.echo(f"The audit log has {number} rows; its head is {head}.", err=True)


def _row(one: Signature, names: dict[int, str]) -> Row:
    document = one.document
    row: Row = {
        "id": one.id,
        "document": f"{names.get(document.repository_id, document.repository_id)}:{document.path}",
        "owner_id": document.owner_id,
        "repository_id": document.repository_id,
        "version": one.version,
        "account_id": one.account_id,
        "login": one.login,
        "signed_at": shown(one.signed_at),
        "how": one.how,
        "sha256": one.sha256,
        "state": state(one),
        "revoked_at": shown(one.revoked_at) or None,
        "erased_at": shown(one.erased_at) or None,
        "address": one.address,
        "answers": dict(one.answers),
        "evidence": dict(one.evidence),
    }
    return row


def state(one: Signature) -> str:
    """Whether a signature stands, in a word."""
    return "erased" if one.erased_at is not None else "revoked" if one.revoked_at is not None else "stands"


def _whole(connection: Connection, rows: list[Row], wanted: dict[str, Any]) -> Row:
    digests = sorted({row["sha256"] for row in rows if row["sha256"]})
    beside = corporate_beside(connection, lambda document: fits(document, wanted))
    companies = [
        {**_told(one), "people": [_told(person) for person in people_of(connection, one.id)]}
        for one in companies_of(connection)
        if fits(one.document, wanted) or one.document in beside
    ]
    return {"signatures": rows, "companies": companies, "texts": {one: text_of(connection, one) for one in digests}}


def _told(one: Company | CompanyPerson) -> Row:
    return {name: shown(value) if name.endswith("_at") and value else value for name, value in asdict(one).items()}


def _csv(rows: list[Row]) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_cell(row[name]) for name in _COLUMNS] for row in rows)
    return written.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, dict):
        return json.dumps(value) if value else ""
    return cell(value)
