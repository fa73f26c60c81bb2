# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import json
import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from bot.store import signatures
from bot.store.agreements import Document
from bot.store.database import reading, writing
from bot.store.signatures import NewSignature, Signature, Signed
from bot.store.tables import audit, audit_details

CLA = Document(1, 7, "CLA.md")
ANN, BOB = 5, 6
NEW = NewSignature(CLA, "1.0", ANN, "ann", "a" * 64, "web", 100.0)


def sign(engine: Engine, *new: NewSignature) -> list[int | None]:
    with writing(engine) as connection:
        return [signatures.sign(connection, one) for one in new]


def standing(engine: Engine, *accounts: int, document: Document = CLA) -> dict[int, list[Signed]]:
    with reading(engine) as connection:
        return signatures.standing(connection, document, accounts)


def of(engine: Engine, account: int) -> list[Signature]:
    with reading(engine) as connection:
        return signatures.of_account(connection, account)


def revoke(engine: Engine, account: int, now: float = 200.0) -> list[Signature]:
    with writing(engine) as connection:
        return signatures.revoke(connection, signatures.of_account(connection, account), now, "asked to")


def logged(engine: Engine) -> list[tuple[str, dict[str, Any]]]:
    with reading(engine) as connection:
        rows = connection.execute(select(audit.c.kind, audit.c.body).order_by(audit.c.id))
        return [(row.kind, json.loads(row.body)) for row in rows]


def whose(engine: Engine) -> list[int | None]:
    """Whom each row of the log is about, as it stands beside the chain."""
    with reading(engine) as connection:
        rows = connection.execute(select(audit_details).order_by(audit_details.c.id)).all()
    assert [json.loads(row.body).get("account_id") for row in rows] == [row.account_id for row in rows]
    return [row.account_id for row in rows]


def test_a_signature_comes_back_with_all_that_was_said(engine: Engine) -> None:
    new = replace(NEW, address="203.0.113.9", answers={"full-name": "Ann\0 Ä"}, evidence={"comment": 12, "in": ["a"]})
    (number,) = sign(engine, new)
    assert number is not None
    with reading(engine) as connection:
        found = signatures.find(connection, number)
        assert signatures.find(connection, number + 1) is None
    assert found == Signature(
        number, CLA, "1.0", ANN, "ann", "a" * 64, "web", 100.0, "203.0.113.9", new.answers, new.evidence, None, None
    )


def test_a_version_is_signed_once(engine: Engine) -> None:
    first, again, newer = sign(engine, NEW, replace(NEW, signed_at=150.0, how="comment"), replace(NEW, version="1.1"))
    assert first is not None
    assert again is None
    assert newer not in (None, first)
    assert standing(engine, ANN) == {ANN: [Signed("1.0", 100.0), Signed("1.1", 100.0)]}
    assert [kind for kind, _ in logged(engine)] == ["signature", "signature"]


def test_of_many_that_sign_at_once_one_signature_stands(engine: Engine) -> None:
    together = threading.Barrier(4)
    found: list[int | None] = []

    def press() -> None:
        together.wait()
        found.extend(sign(engine, NEW))

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(number is None for number in found) == [False, True, True, True]
    assert len(of(engine, ANN)) == len(logged(engine)) == 1


def test_many_are_kept_at_once_each_once_and_logged_in_their_order(engine: Engine) -> None:
    sign(engine, NEW)
    bob, carl = replace(NEW, account_id=BOB, login="bob"), replace(NEW, account_id=8, login="carl")
    with writing(engine) as connection:
        assert signatures.sign_all(connection, [], 300.0) == []
        numbers = signatures.sign_all(connection, [carl, NEW, bob, carl], 300.0)
    assert [number is None for number in numbers] == [False, True, False, True]
    assert [one.login for one in of(engine, 8) + of(engine, BOB)] == ["carl", "bob"]
    assert whose(engine) == [ANN, 8, BOB]
    assert [body["signature"] for _, body in logged(engine)][1:] == [numbers[0], numbers[2]]


def test_the_log_tells_a_signature_by_numbers_and_keeps_the_name_beside(engine: Engine) -> None:
    (number,) = sign(engine, replace(NEW, answers={"full-name": "Ann A"}))
    ((kind, body),) = logged(engine)
    seal = body.pop("details")
    assert len(seal) == 64
    assert kind == "signature"
    assert body == {
        "signature": number,
        "owner_id": 1,
        "document_repository_id": 7,
        "path": "CLA.md",
        "version": "1.0",
        "sha256": "a" * 64,
        "how": "web",
        "signed_at": 100.0,
    }
    with reading(engine) as connection:
        (beside,) = connection.execute(select(audit_details)).all()
    told = json.loads(beside.body)
    told.pop("salt")
    assert (beside.account_id, told) == (ANN, {"account_id": ANN, "login": "ann", "answers": {"full-name": "Ann A"}})


@pytest.mark.parametrize(
    "other", [replace(CLA, owner_id=2), replace(CLA, repository_id=8), replace(CLA, path="OTHER.md")]
)
def test_a_signature_counts_for_its_document_alone(engine: Engine, other: Document) -> None:
    sign(engine, NEW)
    assert standing(engine, ANN, document=other) == {ANN: []}


def test_whoever_is_asked_for_has_a_list(engine: Engine) -> None:
    sign(engine, NEW)
    assert standing(engine, BOB, ANN, BOB) == {BOB: [], ANN: [Signed("1.0", 100.0)]}
    assert standing(engine) == {}


def test_the_standing_of_five_hundred_is_one_query_by_an_index(engine: Engine) -> None:
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *told: statements.append(str(told[2])))
    standing(engine, *range(1, 501))
    assert len([one for one in statements if one.startswith("SELECT")]) == 1
    statements.clear()
    standing(engine, *range(1, 502))
    assert len([one for one in statements if one.startswith("SELECT")]) == 2


def test_a_revoked_signature_counts_no_longer_and_stays_on_record(engine: Engine) -> None:
    sign(engine, NEW, replace(NEW, version="2.0"), replace(NEW, account_id=BOB))
    gone = revoke(engine, ANN)
    assert [(one.version, one.revoked_at) for one in gone] == [("2.0", 200.0), ("1.0", 200.0)]
    assert standing(engine, ANN, BOB) == {ANN: [], BOB: [Signed("1.0", 100.0)]}
    assert of(engine, ANN) == gone


def test_a_revocation_is_logged_with_its_reason_beside_the_chain(engine: Engine) -> None:
    (number,) = sign(engine, NEW)
    revoke(engine, ANN)
    kind, body = logged(engine)[-1]
    body.pop("details")
    assert (kind, body) == ("revocation", {"signature": number})
    assert whose(engine) == [ANN, ANN]
    with reading(engine) as connection:
        beside = connection.scalar(select(audit_details.c.body).where(audit_details.c.id == 2))
    assert json.loads(beside or "")["reason"] == "asked to"


def test_what_is_revoked_is_not_revoked_again(engine: Engine) -> None:
    sign(engine, NEW)
    revoke(engine, ANN)
    assert revoke(engine, ANN, 300.0) == []
    assert of(engine, ANN)[0].revoked_at == 200.0
    assert len(logged(engine)) == 2


def test_after_a_revocation_the_same_version_can_be_signed_again(engine: Engine) -> None:
    sign(engine, NEW)
    revoke(engine, ANN)
    (again,) = sign(engine, replace(NEW, signed_at=300.0))
    assert again is not None
    assert standing(engine, ANN) == {ANN: [Signed("1.0", 300.0)]}
    assert [one.revoked_at for one in of(engine, ANN)] == [None, 200.0]


def test_the_list_holds_whatever_fits(engine: Engine) -> None:
    sign(engine, NEW, replace(NEW, account_id=BOB, signed_at=150.0), replace(NEW, document=Document(2, 9, "CLA.md")))
    with reading(engine) as connection:

        def found(**wanted: Any) -> list[tuple[int | None, int]]:
            return [(one.account_id, one.document.owner_id) for one in signatures.listing(connection, **wanted)]

        assert found() == [(BOB, 1), (ANN, 2), (ANN, 1)]
        assert found(account_id=ANN) == [(ANN, 2), (ANN, 1)]
        assert found(owner_id=1, repository_id=7, path="CLA.md") == [(BOB, 1), (ANN, 1)]
        assert found(owner_id=2, path="other") == []


@pytest.mark.parametrize(
    "field", [{"login": ""}, {"login": "a" * 101}, {"login": "a\nb"}, {"version": "1" * 21}, {"address": "x" * 65}]
)
def test_what_the_store_could_not_hold_is_refused_before_it_gets_there(field: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="the signature's"):
        replace(NEW, **field)
