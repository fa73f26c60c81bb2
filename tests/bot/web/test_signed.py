# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What one has signed, read back and downloaded: exactly that, and by nobody else."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.store import signatures
from bot.store.database import writing
from bot.store.signatures import NewSignature
from bot.web.parts import WebParts
from tests.bot.web.people import ADA, GRACE, Visitor
from tests.bot.web.test_agreements import CLA, NAME, PAGE, TEXT, ask, sign_before, signed
from tests.bot.web.test_reports import EVIL


@pytest.fixture
def signer(visitor: Visitor, open_parts: WebParts) -> Visitor:
    """Ada, who signed a text that is not easy to keep exactly."""
    ask(open_parts, "# Été\r\n\r\nLast line without an end", fields=(NAME,), record_ip=True)
    visitor.signs_in().sends(PAGE, {"field-full-name": "Ada Lovelace", "agree": "yes"})
    return visitor


def test_what_was_signed_can_be_read_and_taken_along(signer: Visitor, open_parts: WebParts) -> None:
    (mine,) = signed(open_parts)
    page = signer.opens(f"/signatures/{mine.id}")
    for words in (
        "acme/widgets:CLA.md",
        "on this site",
        "Ada Lovelace",
        "127.0.0.1",
        "<h3>Été</h3>",
        mine.sha256 or "",
    ):
        assert words in page

    answer = signer.client.get(f"/signatures/{mine.id}/text")

    assert answer.data == "# Été\r\n\r\nLast line without an end".encode()
    assert hashlib.sha256(answer.data).hexdigest() == mine.sha256
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "attachment; filename=agreement-1.0.md"
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_stays_what_it_was_when_the_agreement_changes(signer: Visitor, open_parts: WebParts) -> None:
    (mine,) = signed(open_parts)
    ask(open_parts, "Something else.", version="2.0")
    assert "<h3>Été</h3>" in signer.opens(f"/signatures/{mine.id}")


def test_all_of_ones_signatures_are_listed_newest_first(signer: Visitor, open_parts: WebParts) -> None:
    sign_before(open_parts, "0.9")
    page = signer.opens("/signatures")
    assert page.index("acme/widgets:CLA.md, version 1.0") < page.index("acme/widgets:CLA.md, version 0.9")


def test_one_that_was_taken_back_says_so(signer: Visitor, open_parts: WebParts) -> None:
    mine = signed(open_parts)
    with writing(open_parts.engine) as connection:
        signatures.revoke(connection, mine, 1_800_000_100.0, "asked")
    assert "was taken back on" in signer.opens(f"/signatures/{mine[0].id}")
    assert "taken back on" in signer.opens("/signatures")


def test_who_signed_nothing_is_told_where_to_begin(visitor: Visitor) -> None:
    assert "You have signed nothing here yet" in visitor.signs_in().opens("/signatures")


@pytest.mark.parametrize("rest", ["", "/text"])
def test_others_find_nothing_there(
    signer: Visitor, new_visitor: Callable[[], Visitor], open_parts: WebParts, rest: str
) -> None:
    (mine,) = signed(open_parts)
    grace, nobody = new_visitor().signs_in(GRACE), new_visitor()
    theirs, none = (grace.client.get(f"/signatures/{number}{rest}") for number in (mine.id, 99))
    assert (theirs.status_code, theirs.data) == (none.status_code, none.data)
    assert theirs.status_code == 404
    assert nobody.client.get(f"/signatures/{mine.id}{rest}").status_code == 401
    assert nobody.client.get(f"/signatures/99{rest}").status_code == 401


@pytest.mark.parametrize("number", ["0", "x", "-1", "1e3", "9" * 30, "%D9%A1", "%00"])
def test_a_number_that_is_none_is_not_found(signer: Visitor, number: str) -> None:
    signer.opens(f"/signatures/{number}", 404)
    assert signer.client.get(f"/signatures/{number}/text").status_code == 404


def test_one_that_was_brought_here_without_its_text_says_so(visitor: Visitor, open_parts: WebParts) -> None:
    elsewhere = replace(CLA, repository_id=70)
    with writing(open_parts.engine) as connection:
        new = NewSignature(elsewhere, "1.0", ADA.id, "ada", None, "import", 1.0, answers={EVIL: EVIL})
        number = signatures.sign(connection, new)
    page = visitor.signs_in().opens(f"/signatures/{number}")
    assert "did not come along" in page
    assert "<code>CLA.md</code>" in page
    assert "\u202e" not in page
    assert visitor.client.get(f"/signatures/{number}/text").status_code == 404


def test_signatures_by_comment_are_there_as_well(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts)
    mine = sign_before(open_parts, "1.0")
    assert "by a comment" in visitor.signs_in().opens(f"/signatures/{mine.id}")
    assert visitor.client.get(f"/signatures/{mine.id}/text").text == TEXT
