# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is on record leaves it whole, and harms no spreadsheet on its way."""

import csv
import io
import json
from typing import Any

import pytest

from bot.store import agreements, audit, companies, personal, signatures
from bot.store.agreements import Corporate, Document, InForce
from bot.store.database import reading, writing
from bot.store.repositories import RepositoryFacts, remember
from tests.bot.commands.signatures.conftest import ANN, BOB, CLA, PLACE, Desk, one_database

OTHER = Document(2, 9, "CLA.md")


@pytest.fixture
def record(desk: Desk) -> Desk:
    """A signature that stands, one that was revoked, one that was erased, and one of another owner."""
    desk.sign(ANN, "ann", signed_at=1_577_934_245.0, address="203.0.113.9", answers={"name": "Ä"}, evidence={"n": 1})
    desk.sign(BOB, "bob", signed_at=2_000.0)
    desk.sign(8, "eve", signed_at=3_000.0)
    desk.sign(ANN, "ann", document=OTHER, signed_at=500.0)
    with writing(desk.engine) as connection:
        signatures.revoke(connection, signatures.of_account(connection, BOB), 5_000.0, "asked to")
        personal.erase(connection, 8, 6_000.0)
    return desk


def as_csv(desk: Desk, *arguments: str) -> list[dict[str, str]]:
    done = desk.run("export", *arguments)
    assert done.exit_code == 0, done.output
    return list(csv.DictReader(io.StringIO(done.stdout)))


def as_json(desk: Desk, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(desk.done("export", "--format", "json", *arguments))
    return found


def head(desk: Desk) -> tuple[int, str]:
    with reading(desk.engine) as connection:
        return audit.head(connection)


def test_csv_holds_every_signature_newest_first_with_its_state(record: Desk) -> None:
    rows = as_csv(record)
    assert [(row["login"], row["state"]) for row in rows] == [
        ("ann", "stands"),
        ("", "erased"),
        ("bob", "revoked"),
        ("ann", "stands"),
    ]
    assert rows[0] == {
        "id": "1",
        "document": "Acme/widgets:CLA.md",
        "owner_id": "1",
        "repository_id": "7",
        "version": "1.0",
        "account_id": str(ANN),
        "login": "ann",
        "signed_at": "2020-01-02T03:04:05+00:00",
        "how": "web",
        "sha256": "",
        "state": "stands",
        "revoked_at": "",
        "erased_at": "",
        "address": "203.0.113.9",
        "answers": '{"name": "\\u00c4"}',
        "evidence": '{"n": 1}',
    }
    assert rows[2]["revoked_at"] == "1970-01-01T01:23:20+00:00"
    assert rows[3]["document"] == "9:CLA.md"


def test_the_head_of_the_log_stands_beside_csv(record: Desk) -> None:
    number, last = head(record)
    assert record.run("export").stderr == f"The audit log has {number} rows; its head is {last}.\n"


def test_json_holds_the_same_and_the_head_of_the_log(record: Desk) -> None:
    found = as_json(record)
    assert (found["version"], found["audit_rows"], found["audit_head"]) == (1, *head(record))
    first = found["signatures"][0]
    assert (first["account_id"], first["answers"], first["evidence"]) == (ANN, {"name": "Ä"}, {"n": 1})
    assert (first["revoked_at"], first["sha256"]) == (None, None)
    assert [row["state"] for row in found["signatures"]] == ["stands", "erased", "revoked", "stands"]


def test_json_holds_the_texts_that_were_signed(desk: Desk) -> None:
    with writing(desk.engine) as connection:
        pinned = agreements.pin(connection, CLA, "1.0", "I agree.", "c", 1.0)
        signatures.sign(connection, signatures.NewSignature(CLA, "1.0", ANN, "ann", pinned.sha256, "web", 2.0))
    found = as_json(desk)
    assert found["texts"] == {pinned.sha256: "I agree."}
    assert found["signatures"][0]["sha256"] == pinned.sha256


@pytest.fixture
def employers(desk: Desk) -> Desk:
    """Companies of CLA.md itself, of its corporate document, of another document beside it, and of another owner."""
    corporate = Document(1, 8, "CCLA.md")
    asked = Corporate(corporate, "acme/legal:CCLA.md", "1.0", "0" * 64)
    terms = InForce(5, "main", CLA, "acme/widgets:CLA.md", "1.0", "0" * 64, ("web",), (), False, asked)
    documents = {"Own": CLA, "Corporate": corporate, "Beside": Document(1, 7, "OTHER.md"), "Foreign": OTHER}
    with writing(desk.engine) as connection:
        remember(connection, RepositoryFacts(8, 1, "Acme", "legal", 3, False, "main", 100.0))
        agreements.keep_in_force(connection, terms, 1.0)
        for name, document in documents.items():
            number = companies.add_company(connection, document, "1.0", name, 1.0)
            companies.add_person(connection, number, ANN, "ann", "manager", 60.0)
    return desk


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ((), ["Own", "Corporate", "Beside", "Foreign"]),
        (("--owner", "acme"), ["Own", "Corporate", "Beside"]),
        (("--owner-id", "2"), ["Foreign"]),
        (PLACE, ["Own", "Corporate"]),
        (("--document", "acme/legal:CCLA.md"), ["Corporate"]),
        (("--repository", "acme/widgets"), ["Own", "Corporate", "Beside"]),
        (("--repository-id", "7"), ["Own", "Corporate", "Beside"]),
        (("--repository", "acme/legal"), ["Corporate"]),
        (("--document", "acme/widgets:OTHER.md"), ["Beside"]),
    ],
)
def test_json_holds_the_companies_that_fit_and_their_people(
    employers: Desk, arguments: tuple[str, ...], names: list[str]
) -> None:
    found = as_json(employers, *arguments)["companies"]
    assert [one["name"] for one in found] == names
    assert found[0]["signed_at"] is None
    assert [(one["login"], one["added_at"]) for one in found[0]["people"]] == [("ann", "1970-01-01T00:01:00+00:00")]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_an_export_is_of_one_moment(desk: Desk, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    desk.sign(ANN, "ann")
    before, real = head(desk), signatures.listing

    def listing_while_bob_signs(*told: Any, **narrowed: Any) -> Any:
        found = list(real(*told, **narrowed))
        desk.sign(BOB, "bob")
        return found

    monkeypatch.setattr("bot.commands.signatures.export.listing", listing_while_bob_signs)
    assert str(before[1]) in desk.done("export", "--format", form)
    assert head(desk) != before


@one_database
@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (("--owner", "ACME"), ["1", "3", "2"]),
        (("--owner-id", "2"), ["4"]),
        (PLACE, ["1", "3", "2"]),
        (("--document", "acme/widgets:OTHER.md"), []),
        (("--document", "CLA.md", "--owner-id", "2", "--repository-id", "9"), ["4"]),
    ],
)
def test_an_export_may_be_that_of_an_owner_or_of_a_document(
    record: Desk, arguments: tuple[str, ...], ids: list[str]
) -> None:
    assert [row["id"] for row in as_csv(record, *arguments)] == ids


def test_an_owner_who_is_not_known_is_a_mistake_in_use(record: Desk) -> None:
    assert "no repository of nobody is known here" in record.refused("export", "--owner", "nobody")


@one_database
@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(desk: Desk, start: str) -> None:
    desk.sign(ANN, f"{start}HYPERLINK()")
    assert as_csv(desk)[0]["login"] == f"'{start}HYPERLINK()"
    assert as_json(desk)["signatures"][0]["login"] == f"{start}HYPERLINK()"


def test_an_empty_record_is_a_header_alone(desk: Desk) -> None:
    assert desk.run("export").stdout.count("\n") == 1
    assert as_json(desk)["signatures"] == []


# -- a list for people --------------------------------------------------------------------------------------------


def test_the_list_has_a_line_for_each(record: Desk) -> None:
    assert record.done("list").splitlines() == [
        f"1  ann  account {ANN}  Acme/widgets:CLA.md 1.0  2020-01-02T03:04:05+00:00  web  stands",
        "3  -  account -  Acme/widgets:CLA.md 1.0  1970-01-01T00:50:00+00:00  web  erased",
        f"2  bob  account {BOB}  Acme/widgets:CLA.md 1.0  1970-01-01T00:33:20+00:00  web  revoked",
        f"4  ann  account {ANN}  9:CLA.md 1.0  1970-01-01T00:08:20+00:00  web  stands",
    ]


@pytest.mark.parametrize("who", ["ann", "ANN", "@ann", str(ANN)])
def test_the_list_may_be_that_of_one_account(record: Desk, who: str) -> None:
    assert [line.split()[0] for line in record.done("list", who).splitlines()] == ["1", "4"]
    assert [line.split()[0] for line in record.done("list", who, *PLACE).splitlines()] == ["1"]


def test_where_nothing_is_on_record_the_list_says_so(desk: Desk) -> None:
    assert desk.done("list") == "No signature is on record.\n"
    assert desk.done("list", "5") == "No signature is on record.\n"
    assert "nobody on record is called ann" in desk.refused("list", "ann")
