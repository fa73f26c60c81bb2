# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select

from bot.store import companies
from bot.store.agreements import Document
from bot.store.companies import MANAGER, MEMBER, Company, CompanyPerson
from bot.store.coverage import Covered, coverage, organizations
from bot.store.database import reading, writing
from bot.store.tables import audit, audit_details

CCLA = Document(1, 7, "CCLA.md")
ANN, BOB, EVE, ANN_OF_RECORD = 5, 6, 9, 4_242_424_242


class Story:
    """Companies in an empty database, a step at a time; each step is a second later than the one before."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.now = 100.0

    def do(self, step: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        self.now += 1
        with writing(self.engine) as connection:
            return step(connection, *arguments, now=self.now, **options)

    def meanwhile(self, first: Callable[[Connection, float], Any], second: Callable[[Connection, float], Any]) -> Any:
        """Begin a second step while the first is not committed yet. Returns what came of the second."""
        begun, done = threading.Event(), list[Any]()

        def other() -> None:
            begun.wait(10)
            with writing(self.engine) as connection:
                done.append(second(connection, self.now + 2))

        waiting = threading.Thread(target=other, daemon=True)
        waiting.start()
        with writing(self.engine) as connection:
            first(connection, self.now + 1)
            begun.set()
            waiting.join(0.3)
        waiting.join()
        return done[0]

    def ask(self, question: Callable[..., Any], *arguments: Any) -> Any:
        with reading(self.engine) as connection:
            return question(connection, *arguments)

    def company(self, *, signed: bool = True, **told: Any) -> int:
        asked = {"document": CCLA, "version": "1.0", "name": "Acme", **told}
        number: int = self.do(companies.add_company, **asked)
        if signed:
            assert self.do(companies.sign_company, number, how="web", sha256="c" * 64, signed_by=BOB)
        return number

    def joins(self, company: int, account: int) -> Any:
        """Somebody is found among the members of the company's organization."""
        return self.do(companies.add_person, company, account, "ann", MEMBER, added_by=account)

    def covered(self, *accounts: int, document: Document = CCLA, major: int = 1) -> dict[int, list[Covered]]:
        found: dict[int, list[Covered]] = self.ask(coverage, document, major, accounts)
        return found

    def bodies(self) -> list[dict[str, Any]]:
        """What the rows of the log hold, and nothing that stands beside them."""
        with reading(self.engine) as connection:
            return [json.loads(body) for body in connection.scalars(select(audit.c.body).order_by(audit.c.id))]

    def log(self) -> list[str]:
        with reading(self.engine) as connection:
            return list(connection.scalars(select(audit.c.kind).order_by(audit.c.id)))


def acknowledged(connection: Connection, now: float, company: int) -> bool:
    return companies.acknowledge(connection, company, ANN, now)


def removed(connection: Connection, now: float, company: int) -> bool:
    return companies.remove_person(connection, company, ANN, now)


@pytest.fixture
def story(engine: Engine) -> Story:
    return Story(engine)


# -- the agreement ------------------------------------------------------------------------------------------------


def test_a_company_covers_nobody_before_it_has_signed(story: Story) -> None:
    number = story.company(signed=False)
    story.do(companies.add_person, number, ANN, "ann", MEMBER)
    story.do(companies.acknowledge, number, ANN)
    assert story.covered(ANN) == {ANN: []}
    story.do(companies.sign_company, number, how="web", signed_by=BOB)
    assert story.covered(ANN) == {ANN: [Covered("Acme", True, None)]}


def test_a_company_comes_back_with_what_was_signed(story: Story) -> None:
    number = story.company(organization="acme-corp")
    expected = Company(number, CCLA, "1.0", "Acme", "acme-corp", "c" * 64, "web", BOB, 102.0, None)
    assert story.ask(companies.find_company, number) == expected
    assert story.ask(companies.find_company, number + 1) is None


def test_a_paper_counts_from_its_own_day(story: Story) -> None:
    number = story.company(signed=False)
    assert story.do(companies.sign_company, number, how="paper", signed_at=50.0)
    found = story.ask(companies.find_company, number)
    assert (found.how, found.signed_at, found.signed_by, found.sha256) == ("paper", 50.0, None, None)


def test_an_agreement_is_signed_once_and_not_after_its_end(story: Story) -> None:
    signed, ended = story.company(), story.company(signed=False)
    story.do(companies.end_company, ended)
    assert not story.do(companies.sign_company, signed, how="web", signed_by=EVE)
    assert not story.do(companies.sign_company, ended, how="web", signed_by=EVE)
    assert story.ask(companies.find_company, signed).signed_by == BOB


def test_an_agreement_ends_once_and_covered_until_then(story: Story) -> None:
    number = story.company()
    story.do(companies.add_person, number, ANN, "ann", MEMBER)
    assert story.do(companies.end_company, number)
    end = story.now
    assert not story.do(companies.end_company, number)
    assert story.covered(ANN) == {ANN: [Covered("Acme", False, end)]}
    assert story.ask(organizations, CCLA, 1) == []


def test_companies_are_listed_in_the_order_in_which_they_came(story: Story) -> None:
    first, second = story.company(signed=False), story.company(name="Beta")
    other = story.company(document=replace(CCLA, path="OTHER.md"))
    assert [one.id for one in story.ask(companies.companies_of, CCLA)] == [first, second]
    assert [one.id for one in story.ask(companies.companies_of)] == [first, second, other]


# -- people -------------------------------------------------------------------------------------------------------


def test_who_is_on_the_list_counts_once_they_acknowledged_it(story: Story) -> None:
    number = story.company()
    story.do(companies.add_person, number, ANN, "ann", MEMBER, added_by=BOB)
    assert story.covered(ANN) == {ANN: [Covered("Acme", False, None)]}
    assert story.do(companies.acknowledge, number, ANN)
    assert story.covered(ANN) == {ANN: [Covered("Acme", True, None)]}
    assert not story.do(companies.acknowledge, number, ANN)
    assert not story.do(companies.acknowledge, number, EVE)
    (entry,) = story.ask(companies.people_of, number)
    assert entry == CompanyPerson(entry.id, number, ANN, "ann", MEMBER, 103.0, BOB, 104.0, None)


def test_leaving_ends_it_for_later_contributions_only(story: Story) -> None:
    number = story.company()
    story.do(companies.add_person, number, ANN, "ann", MEMBER)
    story.do(companies.acknowledge, number, ANN)
    assert story.do(companies.remove_person, number, ANN, removed_by=BOB)
    assert story.covered(ANN) == {ANN: [Covered("Acme", True, story.now)]}
    assert not story.do(companies.remove_person, number, ANN)


def test_who_left_before_the_company_ended_is_covered_until_they_left(story: Story) -> None:
    number = story.company()
    story.do(companies.add_person, number, ANN, "ann", MEMBER)
    story.do(companies.remove_person, number, ANN)
    left = story.now
    story.do(companies.end_company, number)
    assert [one.until for one in story.covered(ANN)[ANN]] == [left]


def test_of_two_clicks_that_acknowledge_one_counts(story: Story) -> None:
    number = story.company()
    story.do(companies.add_person, number, ANN, "ann", MEMBER)
    acknowledge = partial(acknowledged, company=number)
    assert story.meanwhile(acknowledge, acknowledge) is False
    assert story.covered(ANN) == {ANN: [Covered("Acme", True, None)]}
    (entry,) = story.ask(companies.people_of, number)
    assert entry.acknowledged_at == 104.0
    assert story.log().count("company-acknowledgement") == 1


def test_who_is_taken_off_the_list_meanwhile_acknowledges_nothing(story: Story) -> None:
    number = story.company()
    story.do(companies.add_person, number, ANN, "ann", MEMBER)
    assert story.meanwhile(partial(removed, company=number), partial(acknowledged, company=number)) is False
    assert story.log()[-1] == "company-person-end"
    (entry,) = story.ask(companies.people_of, number)
    assert entry.acknowledged_at is None


def test_who_comes_back_has_a_new_entry_to_acknowledge(story: Story) -> None:
    number = story.company()
    story.do(companies.add_person, number, ANN, "ann", MEMBER)
    story.do(companies.acknowledge, number, ANN)
    story.do(companies.remove_person, number, ANN)
    left = story.now
    assert story.do(companies.add_person, number, ANN, "ann", MEMBER)
    assert story.covered(ANN)[ANN] == [Covered("Acme", True, left), Covered("Acme", False, None)]
    assert len(story.ask(companies.people_of, number)) == 2


def test_nobody_is_on_a_list_twice_but_roles_change(story: Story) -> None:
    number = story.company()
    entry = story.do(companies.add_person, number, ANN, "ann", MEMBER)
    story.do(companies.acknowledge, number, ANN)
    assert story.do(companies.add_person, number, ANN, "ann", MEMBER) is None
    assert story.do(companies.add_person, number, ANN, "ann", MANAGER) == entry
    (found,) = story.ask(companies.people_of, number)
    assert (found.role, found.acknowledged_at is not None) == (MANAGER, True)


def test_managers_keep_what_has_not_ended_signed_or_not(story: Story) -> None:
    mine, waiting, ended, left, member = (story.company(name=name, signed=name != "B") for name in "ABCDE")
    for number in (mine, waiting, ended, left):
        story.do(companies.add_person, number, BOB, "bob", MANAGER)
    story.do(companies.add_person, member, BOB, "bob", MEMBER)
    story.do(companies.end_company, ended)
    story.do(companies.remove_person, left, BOB)
    assert [one.id for one in story.ask(companies.managed_by, BOB)] == [mine, waiting]
    assert story.ask(companies.managed_by, ANN) == []


@pytest.mark.parametrize(("document", "major"), [(replace(CCLA, path="OTHER.md"), 1), (CCLA, 2)])
def test_coverage_is_that_of_one_document_and_major_version(story: Story, document: Document, major: int) -> None:
    story.do(companies.add_person, story.company(), ANN, "ann", MEMBER)
    assert story.covered(ANN, EVE, document=document, major=major) == {ANN: [], EVE: []}


def test_entries_are_those_on_which_somebody_stands_now(story: Story) -> None:
    stands, left, unsigned, ended = (story.company(name=name, signed=name != "C") for name in "ABCD")
    for number in (stands, left, unsigned, ended):
        story.do(companies.add_person, number, ANN, "ann", MEMBER)
    story.do(companies.remove_person, left, ANN)
    story.do(companies.end_company, ended)
    found = story.ask(companies.entries_of, CCLA, 1, ANN)
    assert [(company.id, entry.account_id) for company, entry in found] == [(stands, ANN)]


# -- organizations ------------------------------------------------------------------------------------------------


def test_companies_that_cover_by_membership_are_those_signed_and_not_ended(story: Story) -> None:
    covers = story.company(organization="acme-corp")
    story.company(organization="other", signed=False)
    story.company()
    story.company(organization="next", version="2.0")
    assert [one.id for one in story.ask(organizations, CCLA, 1)] == [covers]


def test_who_was_found_in_the_organization_is_covered_once_they_acknowledge_it(story: Story) -> None:
    number = story.company(organization="acme-corp")
    assert story.do(companies.add_person, number, ANN, "ann", MEMBER, added_by=ANN)
    assert story.covered(ANN) == {ANN: [Covered("Acme", False, None)]}
    assert story.do(companies.acknowledge, number, ANN)
    assert story.covered(ANN) == {ANN: [Covered("Acme", True, None)]}


def test_a_manager_takes_a_member_over_onto_the_list(story: Story) -> None:
    number = story.company(organization="acme-corp")
    story.do(companies.add_person, number, ANN, "ann", MEMBER, added_by=ANN)
    assert story.do(companies.add_person, number, ANN, "ann", MEMBER, added_by=BOB)
    assert [one.added_by for one in story.ask(companies.people_of, number)] == [BOB]
    assert not story.do(companies.add_person, number, ANN, "ann", MEMBER, added_by=BOB)


def test_who_was_out_of_the_organization_for_a_while_need_not_acknowledge_again(story: Story) -> None:
    number = story.company(organization="acme-corp")
    story.joins(number, ANN)
    story.do(companies.acknowledge, number, ANN)
    confirmed = story.now
    story.do(companies.remove_person, number, ANN)
    left = story.now
    assert story.joins(number, ANN)
    assert story.covered(ANN) == {ANN: [Covered("Acme", True, left), Covered("Acme", True, None)]}
    first, second = story.ask(companies.people_of, number)
    assert (first.ended_at, second.added_at) == (left, story.now)
    assert first.acknowledged_at == second.acknowledged_at == confirmed
    assert not story.do(companies.acknowledge, number, ANN)
    assert story.bodies()[-1]["acknowledged_at"] == confirmed


def test_who_never_acknowledged_does_not_by_coming_back(story: Story) -> None:
    number = story.company(organization="acme-corp")
    story.joins(number, ANN)
    story.do(companies.remove_person, number, ANN)
    story.joins(number, ANN)
    assert [one.acknowledged for one in story.covered(ANN)[ANN]] == [False, False]


@pytest.mark.parametrize("by", [{"removed_by": BOB}, {"by_hand": True}])
def test_who_was_taken_off_by_hand_acknowledges_anew(story: Story, by: dict[str, Any]) -> None:
    number = story.company(organization="acme-corp")
    story.joins(number, ANN)
    story.do(companies.acknowledge, number, ANN)
    story.do(companies.remove_person, number, ANN, **by)
    story.joins(number, ANN)
    assert [one.acknowledged for one in story.covered(ANN)[ANN]] == [True, False]


def test_only_the_last_entry_tells_whether_one_comes_back(story: Story) -> None:
    number = story.company(organization="acme-corp")
    story.joins(number, ANN)
    story.do(companies.acknowledge, number, ANN)
    story.do(companies.remove_person, number, ANN)
    story.do(companies.add_person, number, ANN, "ann", MEMBER, added_by=BOB)
    story.do(companies.remove_person, number, ANN, removed_by=BOB)
    story.joins(number, ANN)
    assert [one.acknowledged for one in story.covered(ANN)[ANN]] == [True, False, False]


def test_whom_a_manager_puts_on_the_list_acknowledges_whatever_they_did_as_a_member(story: Story) -> None:
    number = story.company(organization="acme-corp")
    story.joins(number, ANN)
    story.do(companies.acknowledge, number, ANN)
    story.do(companies.remove_person, number, ANN)
    story.do(companies.add_person, number, ANN, "ann", MEMBER, added_by=BOB)
    assert [one.acknowledged for one in story.covered(ANN)[ANN]] == [True, False]


# -- the log ------------------------------------------------------------------------------------------------------


def test_every_change_has_its_row_in_the_log_and_what_changes_nothing_has_none(story: Story) -> None:
    number = story.company(organization="acme-corp")
    for _ in range(2):
        story.do(companies.add_person, number, ANN, "ann", MEMBER)
        story.do(companies.acknowledge, number, ANN)
    for _ in range(2):
        story.do(companies.remove_person, number, ANN)
        story.do(companies.end_company, number)
    assert story.log() == [
        "company",
        "company-signature",
        "company-person",
        "company-acknowledgement",
        "company-person-end",
        "company-end",
    ]


def test_the_log_names_nobody_and_tells_nobodys_number(story: Story) -> None:
    number = story.company(name="Acme Holding", organization="acme-corp")
    story.do(companies.add_person, number, ANN_OF_RECORD, "ann-login", MEMBER, added_by=ANN_OF_RECORD)
    story.do(companies.acknowledge, number, ANN_OF_RECORD)
    story.do(companies.remove_person, number, ANN_OF_RECORD)
    told = repr(story.bodies())
    assert not [name for name in ("Acme", "acme-corp", "ann-login", str(ANN_OF_RECORD)) if name in told]


def test_what_stands_beside_the_log_tells_whose_entry_it_was(story: Story) -> None:
    number = story.company()
    entry = story.do(companies.add_person, number, ANN, "ann", MEMBER, added_by=BOB)
    story.do(companies.acknowledge, number, ANN)
    story.do(companies.remove_person, number, ANN, removed_by=BOB)
    added, confirmed, ended = story.bodies()[-3:]
    assert all(len(one.pop("details")) == 64 for one in (added, confirmed, ended))
    own = {"company": number, "entry": entry}
    assert added == {**own, "role": MEMBER, "by": BOB, "membership": False}
    assert confirmed == own
    assert ended == {**own, "by": BOB, "ended_at": story.now}

    def beside(connection: Connection) -> list[int | None]:
        return list(connection.scalars(select(audit_details.c.account_id).order_by(audit_details.c.id)))

    assert story.ask(beside)[-3:] == [ANN, ANN, ANN]
