# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Companies on the command line: taken in, signed on paper, and who stands on their lists."""

import pytest

from bot.store import companies
from bot.store.companies import Company, CompanyPerson
from bot.store.database import reading, writing
from tests.bot.commands.signatures.conftest import ANN, BOB, CLA, PLACE, Desk, one_database

pytestmark = one_database
ADD = ("company", "add", *PLACE, "--name", "Acme Inc")


def company(desk: Desk, number: int = 1) -> Company:
    with reading(desk.engine) as connection:
        found = companies.find_company(connection, number)
    assert found is not None
    return found


def people(desk: Desk, number: int = 1) -> list[CompanyPerson]:
    with reading(desk.engine) as connection:
        return companies.people_of(connection, number)


def today(desk: Desk) -> str:
    return desk.done("company", "people", "Acme Inc").split("since ")[1][:10]


def test_a_company_waits_for_its_managers_signature(desk: Desk) -> None:
    told = desk.done(*ADD, "--manager", str(BOB), "--version", "2.1")

    assert told.splitlines()[0] == "1  Acme Inc  Acme/widgets:CLA.md 2.1  waits for a signature"
    assert told.splitlines()[1].startswith(f"-  account {BOB}  manager  since 20")
    found = company(desk)
    assert (found.document, found.version, found.name, found.signed_at) == (CLA, "2.1", "Acme Inc", None)
    assert [(one.account_id, one.role) for one in people(desk)] == [(BOB, "manager")]


def test_a_paper_counts_from_its_day(desk: Desk) -> None:
    told = desk.done(*ADD, "--on-paper", "2020-01-02", "--organization", "acme-corp")
    assert "1  Acme Inc  Acme/widgets:CLA.md 1.0  counts since 2020-01-02 (paper)  members of acme-corp\n" in told
    assert company(desk).signed_at == 1_577_923_200.0


def test_a_company_of_an_organization_concerns_everybody(desk: Desk) -> None:
    desk.open_pull(12, ANN)
    told = desk.done(*ADD, "--on-paper", "2020-01-02", "--organization", "acme-corp")
    assert told.endswith("Open pull requests to look at again: 1.\n")
    assert desk.looked_at() == ["7#12"]


def test_one_who_comes_or_leaves_concerns_nobody_else(desk: Desk) -> None:
    desk.done(*ADD, "--on-paper", "2020-01-02", "--organization", "acme-corp")
    desk.open_pull(12, ANN)
    desk.open_pull(13, BOB)
    assert "look at again: 1." in desk.done("company", "add-person", "1", str(ANN), "--dry-run")
    desk.done("company", "add-person", "1", str(ANN))
    desk.done("company", "remove-person", "1", str(ANN))
    assert desk.looked_at() == ["7#12"]


def test_the_end_concerns_everybody_in_the_organization_if_its_agreement_counted(desk: Desk) -> None:
    desk.open_pull(12, ANN)
    desk.done(*ADD, "--organization", "acme-corp")
    assert "look at again: 0." in desk.done("company", "end", "1")
    desk.done(*ADD, "--organization", "acme-corp", "--on-paper", "2020-01-02")
    assert "look at again: 1." in desk.done("company", "end", "2")


def test_a_manager_may_be_named_by_a_login(desk: Desk) -> None:
    accounts = desk.file("accounts.csv", f"login,id\nBob,{BOB}\n")
    desk.done(*ADD, "--manager", "@bob", "--accounts", accounts)
    assert [(one.account_id, one.login) for one in people(desk)] == [(BOB, "Bob")]
    told = desk.refused("company", "add-person", "1", "eve", "--accounts", accounts)
    assert "Error: eve: the accounts file does not name it" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--name", " "), "takes 1 to 200 printable characters"),
        (("--name", "A\nB"), "takes 1 to 200 printable characters"),
        (("--name", "A", "--organization", "x" * 101), "takes 1 to 100 printable characters"),
        (("--name", "A", "--on-paper", "May"), "'May' is no date"),
        (("--name", "A", "--on-paper", "2999-01-01"), "2999-01-01 is yet to come"),
        (("--name", "A", "--version", "x"), "a version is two numbers"),
        (("--name", "A", "--manager", "bob"), "--accounts FILE"),
        (("--name", "ACME inc"), "ACME inc is on record already for this document"),
    ],
)
def test_what_makes_no_company_is_refused(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    desk.done(*ADD)
    assert said in desk.refused("company", "add", *PLACE, *arguments)


def test_who_is_put_on_the_list_is_looked_at_again(desk: Desk) -> None:
    desk.done(*ADD, "--on-paper", "2020-01-02")
    desk.open_pull(12, ANN)
    told = desk.done("company", "add-person", "Acme Inc", str(ANN))
    assert f"-  account {ANN}  member  since {today(desk)}  not acknowledged yet\n" in told
    assert desk.looked_at() == ["7#12"]
    assert "on the list of Acme Inc as member already" in desk.refused("company", "add-person", "1", str(ANN))
    desk.done("company", "add-person", "1", str(ANN), "--manager")
    assert [one.role for one in people(desk)] == ["manager"]


@pytest.mark.parametrize("who", [str(ANN), "ann", "@Ann"])
def test_who_leaves_is_taken_off_the_list_and_looked_at_again(desk: Desk, who: str) -> None:
    desk.done(*ADD, "--on-paper", "2020-01-02")
    desk.done("company", "add-person", "1", "ann", "--accounts", desk.file("a.csv", f"login,id\nann,{ANN}\n"))
    desk.open_pull(12, ANN)
    day = today(desk)

    told = desk.done("company", "remove-person", "Acme Inc", who)

    assert f"ann  account {ANN}  member  since {day}  left {day}\n" in told
    assert desk.looked_at() == ["7#12"]
    assert f"{who} is not on the list of Acme Inc" in desk.refused("company", "remove-person", "1", who)


def test_a_member_whom_an_operator_took_off_confirms_anew_when_they_come_back(desk: Desk) -> None:
    desk.done(*ADD, "--organization", "acme-corp", "--on-paper", "2020-01-02")

    def joins() -> None:
        with writing(desk.engine) as connection:
            companies.add_person(connection, 1, ANN, "ann", "member", 1.0, added_by=ANN)

    joins()
    with writing(desk.engine) as connection:
        companies.acknowledge(connection, 1, ANN, 2.0)
    desk.done("company", "remove-person", "1", str(ANN))
    joins()
    assert people(desk)[-1].acknowledged_at is None


def test_a_number_on_the_list_is_no_login_and_a_login_of_two_is_not_guessed(desk: Desk) -> None:
    desk.done(*ADD)
    with writing(desk.engine) as connection:
        for account, login in ((ANN, "77"), (BOB, "eve"), (8, "Eve")):
            companies.add_person(connection, 1, account, login, "member", 1.0)
    assert "77 is not on the list of Acme Inc" in desk.refused("company", "remove-person", "1", "77")
    told = desk.refused("company", "remove-person", "1", "eve")
    assert f"eve has been several accounts: name one by its number, {BOB} or 8." in told
    desk.done("company", "remove-person", "1", "@77")
    desk.done("company", "remove-person", "1", "008")
    assert {one.account_id for one in people(desk) if one.ended_at is None} == {BOB}


def test_a_company_ends_once_and_all_its_people_are_looked_at(desk: Desk) -> None:
    desk.done(*ADD, "--on-paper", "2020-01-02")
    for account in (ANN, BOB):
        desk.done("company", "add-person", "1", str(account))
    desk.open_pull(12, ANN)
    desk.open_pull(13, BOB)
    told = desk.done("company", "end", "Acme Inc")
    assert "1  Acme Inc  Acme/widgets:CLA.md 1.0  ended 20" in told
    assert sorted(desk.looked_at()) == ["7#12", "7#13"]
    assert "Acme Inc has ended already" in desk.refused("company", "end", "1")


def test_after_its_end_the_name_is_free_and_means_the_newer_one(desk: Desk) -> None:
    desk.done(*ADD)
    desk.done("company", "end", "Acme Inc")
    assert "Acme Inc has ended already" in desk.refused("company", "end", "Acme Inc")
    desk.done(*ADD)
    desk.done("company", "end", "Acme Inc")
    assert company(desk, 2).ended_at is not None


def test_a_name_that_several_have_is_not_guessed(desk: Desk) -> None:
    desk.done(*ADD)
    desk.done("company", "add", "--document", "acme/widgets:OTHER.md", "--name", "Acme Inc")
    assert "Acme Inc is the name of several; say a number: 1, 2." in desk.refused("company", "end", "Acme Inc")
    assert "Beta is no company on record" in desk.refused("company", "people", "Beta")


@pytest.mark.parametrize(
    "change",
    [
        ("add", *PLACE, "--name", "Beta", "--manager", str(BOB), "--on-paper", "2020-01-02"),
        ("add-person", "1", str(ANN)),
        ("remove-person", "1", str(BOB)),
        ("end", "1"),
    ],
)
def test_a_dry_run_tells_the_same_and_changes_nothing(desk: Desk, change: tuple[str, ...]) -> None:
    desk.done(*ADD, "--manager", str(BOB))
    desk.open_pull(12, ANN, BOB)
    before = desk.everything()
    dry = desk.done("company", *change, "--dry-run")
    assert desk.everything() == before
    told = desk.done("company", *change)
    assert dry.splitlines()[-2:] == [told.splitlines()[-1], "Dry run: nothing was written."]


def test_companies_are_listed_all_or_those_of_a_document(desk: Desk) -> None:
    assert desk.done("company", "list") == "No company is on record.\n"
    desk.done(*ADD)
    desk.done("company", "add", "--document", "acme/widgets:OTHER.md", "--name", "Beta")
    assert len(desk.done("company", "list").splitlines()) == 2
    assert desk.done("company", "list", *PLACE) == "1  Acme Inc  Acme/widgets:CLA.md 1.0  waits for a signature\n"
    assert desk.done("company", "list", "--owner-id", "2") == "No company is on record.\n"


def test_everybody_who_ever_stood_on_a_list_is_listed(desk: Desk) -> None:
    desk.done(*ADD)
    assert desk.done("company", "people", "1") == "Nobody is on its list.\n"
    with writing(desk.engine) as connection:
        companies.add_person(connection, 1, ANN, "ann", "member", 1_577_934_245.0)
        companies.acknowledge(connection, 1, ANN, 1_577_934_245.0)
    assert desk.done("company", "people", "1") == (
        f"ann  account {ANN}  member  since 2020-01-02  acknowledged 2020-01-02\n"
    )
