# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""A company's page: its managers sign, and keep the list; nobody else finds it."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from bot.identity import Account
from bot.store import companies
from bot.store.companies import MANAGER, MEMBER, Company
from bot.store.contributors import keep_contributors
from bot.store.database import reading, writing
from bot.store.judged import StoredReport, keep_report
from bot.store.repositories import remember
from bot.store.tables import work
from bot.web import companies as page_of_companies
from bot.web.app import create_app
from bot.web.parts import WebParts
from bot.work.queue import Queue
from tests.bot.web.people import ADA, GRACE, FakeGitHub, Visitor, whole
from tests.bot.web.test_agreements import CCLA, COMPANY_TEXT, CORPORATE, ask, csrf
from tests.bot.web.test_reports import EVIL, WIDGETS

LINUS = Account(300, "linus")


@pytest.fixture
def company(open_parts: WebParts, github: FakeGitHub) -> int:
    """Initech, which Ada manages."""
    ask(open_parts, corporate=CORPORATE)
    github.accounts = {"grace": GRACE, "linus": LINUS, "ada": ADA}
    with writing(open_parts.engine) as connection:
        number = companies.add_company(connection, CCLA, "1.0", "Initech", 70.0)
        companies.add_person(connection, number, ADA.id, "ada", MANAGER, 71.0)
    return number


@pytest.fixture
def manager(visitor: Visitor) -> Visitor:
    return visitor.signs_in(ADA)


def found(parts: WebParts, number: int) -> Company:
    with reading(parts.engine) as connection:
        kept = companies.find_company(connection, number)
    assert kept is not None
    return kept


def listed(parts: WebParts, number: int) -> list[tuple[int | None, str, bool]]:
    """Account, role and whether they are still there, of everybody on the list."""
    with reading(parts.engine) as connection:
        return [(one.account_id, one.role, one.ended_at is None) for one in companies.people_of(connection, number)]


def behind_an_open_pull(parts: WebParts, account: Account) -> None:
    with writing(parts.engine) as connection:
        keep_contributors(connection, 7, 12, [account.id])
        keep_report(connection, StoredReport(7, 12, "a" * 40, "main", True, "failure", frozenset({"head"}), b"{}", 1.0))


def looked_at_again(parts: WebParts) -> list[str]:
    with reading(parts.engine) as connection:
        return list(connection.scalars(select(work.c.key)))


def send(visitor: Visitor, company: int, **fields: str) -> tuple[int, str]:
    """What a form of the page is answered."""
    answer = visitor.client.post(f"/companies/{company}", data={"csrf": csrf(visitor), **fields})
    return answer.status_code, "" if answer.status_code == 303 else whole(answer)


def test_a_manager_finds_the_page_reads_and_signs(manager: Visitor, company: int, open_parts: WebParts) -> None:
    assert f'href="/companies/{company}"' in manager.opens("/signatures")
    page = manager.opens(f"/companies/{company}")
    assert "We may give what they give." in page
    assert "covers nobody so far" in page

    answer = manager.sends(f"/companies/{company}", number=1, agree="yes")

    assert (answer.status_code, answer.location) == (303, f"/companies/{company}")
    kept = found(open_parts, company)
    assert (kept.sha256, kept.how, kept.signed_by) == (CORPORATE.sha256, "web", ADA.id)
    assert "Sign for Initech" not in manager.opens(f"/companies/{company}")


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"agree": "yes", "sha256": "0" * 64}, 409, "Please read it again"),
        ({"agree": "yes"}, 409, "Please read it again"),
        ({"sha256": CORPORATE.sha256}, 400, "Tick the box"),
    ],
)
def test_a_company_signs_nothing_that_was_not_shown_or_agreed_to(
    manager: Visitor, company: int, open_parts: WebParts, fields: dict[str, str], status: int, words: str
) -> None:
    answered, page = send(manager, company, action="sign", **fields)
    assert answered == status
    assert words in page
    assert found(open_parts, company).signed_at is None


def test_a_text_that_nobody_has_seen_yet_cannot_be_signed(visitor: Visitor, open_parts: WebParts) -> None:
    with writing(open_parts.engine) as connection:
        number = companies.add_company(connection, CCLA, "1.0", "Initech", 70.0)
        companies.add_person(connection, number, ADA.id, "ada", MANAGER, 71.0)
    assert "text is not known yet" in visitor.signs_in().opens(f"/companies/{number}")
    assert send(visitor, number, action="sign", agree="yes", sha256="")[0] == 409


def test_a_paper_agreement_shows_no_text_and_asks_for_none(
    manager: Visitor, company: int, open_parts: WebParts
) -> None:
    with writing(open_parts.engine) as connection:
        companies.sign_company(connection, company, 72.0, how="paper")
    page = manager.opens(f"/companies/{company}")
    assert "Sign for Initech" not in page
    assert "not known yet" not in page


def test_to_sign_again_changes_nothing(manager: Visitor, company: int, open_parts: WebParts) -> None:
    fields = {"action": "sign", "agree": "yes", "sha256": CORPORATE.sha256}
    assert send(manager, company, **fields)[0] == 303
    first = found(open_parts, company)
    assert send(manager, company, **fields)[0] == 303
    assert found(open_parts, company) == first


def test_a_manager_adds_and_removes_people(
    manager: Visitor, company: int, open_parts: WebParts, github: FakeGitHub
) -> None:
    behind_an_open_pull(open_parts, GRACE)
    assert manager.sends(f"/companies/{company}", login=" @grace ").status_code == 303
    assert github.asked[-1] == "account grace by 3"
    assert listed(open_parts, company) == [(ADA.id, MANAGER, True), (GRACE.id, MEMBER, True)]
    assert looked_at_again(open_parts) == ["7#12"]
    assert "invited on" in manager.opens(f"/companies/{company}")

    assert manager.sends(f"/companies/{company}", number=-2).status_code == 303
    assert listed(open_parts, company) == [(ADA.id, MANAGER, True), (GRACE.id, MEMBER, False)]
    assert "left on" in manager.opens(f"/companies/{company}")


def test_signing_has_the_pull_requests_of_everybody_on_the_list_looked_at_again(
    manager: Visitor, company: int, open_parts: WebParts
) -> None:
    with writing(open_parts.engine) as connection:
        companies.add_person(connection, company, GRACE.id, "grace", MEMBER, 71.0)
    behind_an_open_pull(open_parts, GRACE)
    send(manager, company, action="sign", agree="yes", sha256=CORPORATE.sha256)
    assert looked_at_again(open_parts) == ["7#12"]


@pytest.mark.parametrize(("organization", "again"), [("initech", ["7#12"]), (None, [])])
def test_signing_for_an_organization_has_everybodys_pull_requests_looked_at_again(
    manager: Visitor, open_parts: WebParts, organization: str | None, again: list[str]
) -> None:
    ask(open_parts, corporate=CORPORATE)
    with writing(open_parts.engine) as connection:
        number = companies.add_company(connection, CCLA, "1.0", "Initech", 70.0, organization=organization)
        companies.add_person(connection, number, ADA.id, "ada", MANAGER, 71.0)
    behind_an_open_pull(open_parts, LINUS)
    send(manager, number, action="sign", agree="yes", sha256=CORPORATE.sha256)
    assert looked_at_again(open_parts) == again


@pytest.mark.parametrize("form", [{"action": "add", "login": "grace"}, {"action": "remove", "person": "2"}])
def test_who_becomes_a_manager_meanwhile_stays_one(
    open_parts: WebParts, engine: Engine, github: FakeGitHub, form: dict[str, str]
) -> None:
    """An operator makes Grace a manager while a form of Ada's comes in."""
    parts = replace(open_parts, engine=engine, queue=Queue(engine, open_parts.clock))
    ask(parts, corporate=CORPORATE)
    github.accounts = {"grace": GRACE}
    with writing(engine) as connection:
        number = companies.add_company(connection, CCLA, "1.0", "Initech", 70.0)
        companies.add_person(connection, number, ADA.id, "ada", MANAGER, 71.0)
        companies.add_person(connection, number, GRACE.id, "grace", MEMBER, 71.0)
    ada = Visitor(create_app(parts, github).test_client(), github).signs_in(ADA)
    fields = {"csrf": csrf(ada), **form}
    coming = threading.Thread(target=lambda: ada.client.post(f"/companies/{number}", data=fields))
    with writing(engine) as connection:
        companies.add_person(connection, number, GRACE.id, "grace", MANAGER, 72.0)
        coming.start()
        coming.join(0.3)
    coming.join()
    assert listed(parts, number)[1] == (GRACE.id, MANAGER, True)


def test_whoever_confirmed_is_shown_so(manager: Visitor, company: int, open_parts: WebParts) -> None:
    with writing(open_parts.engine) as connection:
        companies.add_person(connection, company, GRACE.id, "grace", MEMBER, 71.0)
        companies.acknowledge(connection, company, GRACE.id, 73.0)
    assert "confirmed on" in manager.opens(f"/companies/{company}")


def test_a_manager_stays_one(manager: Visitor, company: int, open_parts: WebParts) -> None:
    assert send(manager, company, action="add", login="ada")[0] == 303
    with reading(open_parts.engine) as connection:
        (entry,) = companies.people_of(connection, company)
    assert entry.role == MANAGER
    assert send(manager, company, action="remove", person=str(entry.id))[0] == 400
    assert listed(open_parts, company) == [(ADA.id, MANAGER, True)]


@pytest.mark.parametrize("login", ["nobody", "", EVIL, "x" * 5_000])
def test_an_account_that_github_does_not_know_is_not_added(
    manager: Visitor, company: int, open_parts: WebParts, login: str
) -> None:
    status, page = send(manager, company, action="add", login=login)
    assert status == 400
    assert "Nobody on GitHub has this name" in page
    assert len(page) < 20_000
    assert len(listed(open_parts, company)) == 1


def test_while_github_is_down_nobody_is_added(
    manager: Visitor, company: int, open_parts: WebParts, github: FakeGitHub
) -> None:
    github.down = True
    status, page = send(manager, company, action="add", login="grace")
    assert status == 502
    assert "GitHub does not answer just now" in page


def test_where_steward_is_gone_nobody_is_added(manager: Visitor, company: int, open_parts: WebParts) -> None:
    with writing(open_parts.engine) as connection:
        connection.exec_driver_sql("UPDATE repositories SET installation_id = NULL")
    assert send(manager, company, action="add", login="grace")[0] == 400


def test_a_list_has_an_end(
    manager: Visitor, company: int, open_parts: WebParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_of_companies, "MOST_PEOPLE", 1)
    status, page = send(manager, company, action="add", login="grace")
    assert (status, "This list is full" in page) == (400, True)


@pytest.mark.parametrize("person", ["", "x", "99", "9" * 30])
def test_who_is_not_on_the_list_cannot_be_removed(manager: Visitor, company: int, person: str) -> None:
    assert send(manager, company, action="remove", person=person)[0] == 400


def test_what_is_no_act_is_refused(manager: Visitor, company: int) -> None:
    assert send(manager, company, action="explode")[0] == 400


def test_another_site_changes_no_list(manager: Visitor, company: int, open_parts: WebParts) -> None:
    assert manager.sends(f"/companies/{company}", login="grace", csrf="f" * 64).status_code == 403
    assert len(listed(open_parts, company)) == 1


@pytest.mark.parametrize("action", ["sign", "add", "remove"])
def test_who_does_not_manage_a_company_finds_nothing_there(
    new_visitor: Callable[[], Visitor], company: int, open_parts: WebParts, action: str
) -> None:
    with writing(open_parts.engine) as connection:
        companies.add_person(connection, company, GRACE.id, "grace", MEMBER, 71.0)
    grace, nobody = new_visitor().signs_in(GRACE), new_visitor()
    for number in (str(company), "99", "0", "x", "9" * 30):
        grace.opens(f"/companies/{number}", 404)
        nobody.opens(f"/companies/{number}", 401)
    fields = {"action": action, "agree": "yes", "sha256": CORPORATE.sha256, "login": "linus", "person": "1"}
    assert send(grace, company, **fields)[0] == 404
    assert nobody.client.post(f"/companies/{company}", data=fields).status_code == 401
    assert len(listed(open_parts, company)) == 2
    assert found(open_parts, company).signed_at is None


def test_what_strangers_wrote_takes_no_effect(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts, corporate=CORPORATE)
    with writing(open_parts.engine) as connection:
        remember(connection, replace(WIDGETS, seen_at=300.0))
        number = companies.add_company(connection, CCLA, "1.0", EVIL, 70.0, organization=EVIL)
        companies.add_person(connection, number, ADA.id, EVIL, MANAGER, 71.0)
    page = visitor.signs_in().opens(f"/companies/{number}")
    assert "\u202e" not in page
    assert COMPANY_TEXT.splitlines()[0].removeprefix("# ") in page
    assert page.count("&lt;script&gt;") >= 5
