# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`/signatures`: what one has signed oneself, to read again and to take along, exactly as it was."""

from io import BytesIO

from flask import Blueprint, Response, abort, render_template, send_file
from sqlalchemy import Connection

from bot.store import signatures
from bot.store.agreements import Document, text_of
from bot.store.companies import managed_by
from bot.store.database import reading
from bot.store.places import names_of
from bot.store.signatures import Signature
from bot.web.forms import row_id
from bot.web.markdown import rendered
from bot.web.parts import Parts
from bot.web.session import Sessions


def signed(parts: Parts, visitors: Sessions) -> Blueprint:
    """The blueprint with a person's own signatures."""
    blueprint = Blueprint("signed", __name__)

    @blueprint.get("/signatures")
    def listing() -> str:
        account_id = visitors.signed_in().account_id
        with reading(parts.engine) as connection:
            mine = signatures.of_account(connection, account_id)
            managed = managed_by(connection, account_id)
            places = places_of(connection, [*(one.document for one in mine), *(one.document for one in managed)])
        return render_template("signatures.html", signatures=mine, managed=managed, places=places)

    @blueprint.get("/signatures/<number>")
    def page(number: str) -> str:
        account_id = visitors.signed_in().account_id
        with reading(parts.engine) as connection:
            signature, text = _mine(connection, number, account_id)
            place = places_of(connection, [signature.document])[signature.document]
        shown = None if text is None else rendered(text)
        return render_template("signature.html", signature=signature, text=shown, place=place)

    @blueprint.get("/signatures/<number>/text")
    def download(number: str) -> Response:
        account_id = visitors.signed_in().account_id
        with reading(parts.engine) as connection:
            signature, text = _mine(connection, number, account_id)
        if text is None:
            abort(404)
        name = f"agreement-{signature.version}.md"
        response = send_file(BytesIO(text.encode()), "text/markdown", as_attachment=True, download_name=name)
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint


def places_of(connection: Connection, documents: list[Document]) -> dict[Document, str]:
    """Where each document is, as people write it: `owner/name:path`, with the names of now as far as they are known."""
    names = names_of(connection, {document.repository_id for document in documents})
    return {one: f"{names.get(one.repository_id, '')}:{one.path}".removeprefix(":") for one in documents}


def _mine(connection: Connection, number: str, account_id: int) -> tuple[Signature, str | None]:
    """A signature of this account and the text that was signed, if that is known; 404 for anybody else's."""
    row = row_id(number)
    signature = signatures.find(connection, row) if row else None
    if signature is None or signature.account_id != account_id:
        abort(404)
    return signature, text_of(connection, signature.sha256) if signature.sha256 else None
