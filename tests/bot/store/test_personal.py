# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Whatever is kept of a person goes, and what belongs to others or to nobody stays."""

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, insert, select

from bot.store import audit, companies, personal, signatures
from bot.store.agreements import Document
from bot.store.contributors import keep_contributors
from bot.store.database import reading, writing
from bot.store.decisions import Kind, NewDecision, decide, decisions_on
from bot.store.judged import StoredReport, close_reports, keep_report
from bot.store.personal import Erased
from bot.store.retelling import NOBODY
from bot.store.signatures import NewSignature
from bot.store.tables import metadata, sessions

CLA = Document(1, 7, "CLA.md")
ANN, BOB = 4_242_424_242, 6
NAME = "ann-of-record"


def sign(engine: Engine, account: int = ANN, login: str = NAME, **told: Any) -> int:
    new = NewSignature(
        CLA, "1.0", account, login, "a" * 64, "web", 100.0, "203.0.113.9", {"name": login}, {"by": login}, **told
    )
    with writing(engine) as connection:
        number = signatures.sign(connection, new)
    assert number is not None
    return number


def decided(engine: Engine, account: int, login: str, kind: Kind = Kind.OVERRIDE, **told: Any) -> None:
    """Somebody decides on pull request 12, on which there is a report."""
    new = NewDecision(
        kind=kind, rule="headers", account_id=account, login=login, head="a" * 40, content=None, base_ref="main",
        how="comment", remark="comment/5", said_at=100.0, address=f"https://{login}", reason=f"{login} wants it",
    )  # fmt: skip
    override = {"by": login, "by_id": account, "reason": f"{login} wants it"}
    body = json.dumps({"rules": [{"rule": "headers", "override": override, "approvals": []}]}).encode()
    report = StoredReport(7, 12, login[0] * 40, "main", True, "success", frozenset(), body, 1.0)
    with writing(engine) as connection:
        decide(connection, 7, 12, [replace(new, **told)], 110.0)
        keep_report(connection, report)


def live(engine: Engine, account: int, login: str) -> int:
    """Leave traces in every table that tells of people. Returns the number of a company that they signed for."""
    sign(engine, account, login)
    decided(engine, account, login)
    with writing(engine) as connection:
        signatures.revoke(connection, signatures.of_account(connection, account), 150.0, f"{login} asked")
        number = companies.add_company(connection, Document(2, 9, "CCLA.md"), "1.0", "Acme", 100.0)
        companies.add_person(connection, number, account, login, "manager", 100.0, added_by=account)
        companies.add_person(connection, number, 77, "other", "member", 100.0, added_by=account)
        companies.sign_company(connection, number, 100.0, how="web", signed_by=account)
        keep_contributors(connection, 7, account % 1000, [account])
        values = {"token": login, "login": login, "csrf": "x", "began_at": 1.0, "ends_at": 2.0}
        connection.execute(insert(sessions).values(account_id=account, **values))
    return number


def everything(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    with reading(engine) as connection:
        return {
            name: [row._asdict() for row in connection.execute(select(table).order_by(*table.primary_key))]
            for name, table in metadata.tables.items()
        }


def erase(engine: Engine, account: int = ANN) -> Erased:
    with writing(engine) as connection:
        return personal.erase(connection, account, 300.0)


def test_after_an_erasure_nothing_outside_the_chain_tells_who_it_was(engine: Engine) -> None:
    live(engine, ANN, NAME)
    assert erase(engine)
    found = everything(engine)
    chain = found.pop("audit")
    assert NAME not in repr(found)
    assert str(ANN) not in repr(found)
    assert NAME not in repr(chain)
    # What somebody did to others stays theirs: here to have decided, and to have put number 77 on a list.
    assert [row["kind"] for row in chain if str(ANN) in row["body"]] == ["override", "company-person"]


def test_no_row_of_the_log_tells_whose_an_erased_signature_was(engine: Engine) -> None:
    sign(engine)
    with writing(engine) as connection:
        signatures.revoke(connection, signatures.of_account(connection, ANN), 150.0, "asked to")
    erase(engine)
    assert str(ANN) not in repr(everything(engine))


def test_the_signature_stays_without_its_signer(engine: Engine) -> None:
    number = sign(engine)
    erased = erase(engine)
    assert erased.signatures == (number,)
    with reading(engine) as connection:
        found = signatures.find(connection, number)
    assert found is not None
    assert (found.document, found.version, found.sha256, found.how, found.signed_at) == (
        CLA,
        "1.0",
        "a" * 64,
        "web",
        100.0,
    )
    assert (found.account_id, found.login, found.address, found.answers, found.evidence) == (None, None, None, {}, {})
    assert found.erased_at == 300.0


def test_an_erased_signature_counts_for_nobody_and_its_signer_may_sign_again(engine: Engine) -> None:
    sign(engine)
    sign(engine, BOB, "bob")
    erase(engine)
    with reading(engine) as connection:
        assert signatures.standing(connection, CLA, [ANN, BOB])[ANN] == []
    assert sign(engine) is not None
    erase(engine)
    with reading(engine) as connection:
        assert len(list(signatures.listing(connection))) == 3


def test_a_company_goes_on_without_who_signed_for_it(engine: Engine) -> None:
    number = live(engine, ANN, NAME)
    erase(engine)
    with reading(engine) as connection:
        company = companies.find_company(connection, number)
        gone, other = companies.people_of(connection, number)
    assert company is not None
    assert (company.signed_by, company.signed_at, company.ended_at) == (None, 100.0, None)
    assert (gone.account_id, gone.login, gone.ended_at) == (None, None, 300.0)
    assert (other.account_id, other.login, other.added_by, other.ended_at) == (77, "other", None, None)


def test_others_lose_nothing(engine: Engine) -> None:
    live(engine, BOB, "bob")
    before = everything(engine)
    live(engine, ANN, NAME)
    erase(engine)
    after = everything(engine)
    for name, rows in before.items():
        assert [row for row in rows if row not in after[name]] == [], name


def test_the_log_tells_that_it_was_done_and_not_to_whom(engine: Engine) -> None:
    number = sign(engine)
    erase(engine)
    row = everything(engine)["audit"][-1]
    assert (row["kind"], row["body"]) == ("erasure", f'{{"entries":[],"signatures":[{number}]}}')


def test_the_chain_still_holds(engine: Engine) -> None:
    live(engine, ANN, NAME)
    before = [row["hash"] for row in everything(engine)["audit"]]
    erase(engine)
    after = everything(engine)["audit"]
    assert [row["hash"] for row in after][:-1] == before
    assert after[-1]["previous"] == before[-1]


def test_where_nothing_is_kept_nothing_is_done(engine: Engine) -> None:
    sign(engine, BOB, "bob")
    before = everything(engine)
    assert not erase(engine)
    assert everything(engine) == before


def test_an_entry_that_had_ended_keeps_its_end(engine: Engine) -> None:
    with writing(engine) as connection:
        number = companies.add_company(connection, CLA, "1.0", "Acme", 100.0)
        companies.add_person(connection, number, ANN, NAME, "member", 100.0)
        companies.remove_person(connection, number, ANN, 200.0)
    erased = erase(engine)
    with reading(engine) as connection:
        (entry,) = companies.people_of(connection, number)
    assert (erased.entries, entry.ended_at) == ((entry.id,), 200.0)


def test_accounts_are_found_by_a_login_wherever_it_stands(engine: Engine) -> None:
    live(engine, ANN, NAME)
    sign(engine, BOB, NAME.upper())
    with reading(engine) as connection:
        assert personal.accounts_called(connection, NAME.title()) == {ANN, BOB}
        assert personal.accounts_called(connection, "other") == {77}
        assert personal.accounts_called(connection, "nobody") == set()


def test_who_was_only_refused_is_found_as_well(engine: Engine) -> None:
    with writing(engine) as connection:
        for account, login in ((ANN, "Eve-1"), (BOB, "eve-10"), (None, "eve-1")):
            told = {"login": login, "line": '"login":"eve-2"', "answers": {"login": "eve-3"}}
            audit.append(connection, "refusal", 1.0, body={}, details=told, account_id=account)
        assert personal.accounts_called(connection, "eve-1") == {ANN}
        for other in ("eve", "eve-2", "eve-3", "eve_1", "%"):
            assert personal.accounts_called(connection, other) == set(), other


def test_the_owners_concerned_are_those_of_signatures_and_of_companies(engine: Engine) -> None:
    live(engine, ANN, NAME)
    with reading(engine) as connection:
        assert personal.owners_concerned(connection, ANN) == {1, 2}
        assert personal.owners_concerned(connection, BOB) == set()


# -- what they decided --------------------------------------------------------------------------------------------


def on_record(engine: Engine) -> list[tuple[Any, ...]]:
    with reading(engine) as connection:
        rows = decisions_on(connection, 7, 12)
    return [(row.account_id, row.login, row.reason, row.address, row.of) for row in rows]


def test_what_an_erased_person_decided_is_nobodys_and_has_no_reason(engine: Engine) -> None:
    decided(engine, ANN, NAME)
    decided(engine, BOB, "bob")
    assert erase(engine).others == 3  # the decision, what stood beside its row, and the report
    assert on_record(engine) == [(None, None, None, None, None), (BOB, "bob", "bob wants it", "https://bob", None)]


def test_what_somebody_took_back_of_their_own_takes_back_nothing_of_others(engine: Engine) -> None:
    decided(engine, ANN, NAME, Kind.REVOCATION, of=ANN)
    decided(engine, BOB, "bob", Kind.REVOCATION, of=BOB)
    decided(engine, ANN, NAME, Kind.REVOCATION)
    erase(engine)
    assert [row[-1] for row in on_record(engine)] == [NOBODY, BOB, None]


def test_whoever_only_decided_is_found_and_so_is_where(engine: Engine) -> None:
    decided(engine, ANN, NAME)
    with reading(engine) as connection:
        assert personal.accounts_called(connection, NAME.upper()) == {ANN}
        assert personal.pulls_decided_on(connection, ANN) == {(7, 12)}
        assert personal.pulls_decided_on(connection, BOB) == set()
    with writing(engine) as connection:
        close_reports(connection, 7, 12)
        assert personal.pulls_decided_on(connection, ANN) == set()
