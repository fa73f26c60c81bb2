# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The signing page: what it shows to whom, what it takes, and what it does not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.store import agreements, companies, signatures
from bot.store.agreements import Corporate, Document, InForce, SigningField, keep_in_force, pin
from bot.store.companies import MEMBER
from bot.store.contributors import keep_contributors
from bot.store.database import reading, writing
from bot.store.digest import digest
from bot.store.judged import StoredReport, keep_report
from bot.store.repositories import remember
from bot.store.signatures import NewSignature, Signature
from bot.store.tables import audit, work
from bot.web.app import create_app
from bot.web.parts import WebParts
from tests.bot.conftest import Clock
from tests.bot.web.people import ADA, GRACE, FakeGitHub, Visitor, whole
from tests.bot.web.test_reports import EVIL, WIDGETS

PAGE = "/agreements/acme/widgets"
CLA, CCLA = Document(1, 7, "CLA.md"), Document(1, 7, "CCLA.md")
TEXT = "# Agreement\n\nI may **give** what I give.\n"
COMPANY_TEXT = "# Company agreement\n\nWe may give what they give.\n"
NAME = SigningField("full-name", "Full name", True)
CITY = SigningField("city", "City", False)
CORPORATE = Corporate(CCLA, "acme/widgets:CCLA.md", "1.0", digest(COMPANY_TEXT))
ASKED = InForce(
    repository_id=7,
    branch="main",
    document=CLA,
    place="acme/widgets:CLA.md",
    version="1.0",
    sha256=digest(TEXT),
    ways=("web", "comment"),
    fields=(),
    record_ip=False,
    corporate=None,
)


def ask(parts: WebParts, text: str = TEXT, **changed: Any) -> InForce:
    """Have acme/widgets ask for signatures."""
    asked = replace(ASKED, **{"sha256": digest(text), **changed})
    with writing(parts.engine) as connection:
        remember(connection, WIDGETS)
        pin(connection, asked.document, asked.version, text, "c" * 40, 50.0)
        if asked.corporate:
            pin(connection, CCLA, "1.0", COMPANY_TEXT, "c" * 40, 50.0)
        keep_in_force(connection, asked, 60.0)
    return asked


def signed(parts: WebParts, account_id: int = ADA.id) -> list[Signature]:
    with reading(parts.engine) as connection:
        return signatures.of_account(connection, account_id)


def sign_before(parts: WebParts, version: str, at: float = 1_700_000_000.0) -> Signature:
    with writing(parts.engine) as connection:
        signatures.sign(connection, NewSignature(CLA, version, ADA.id, "ada", digest(TEXT), "comment", at))
        return signatures.of_account(connection, ADA.id)[0]


def nothing_written(parts: WebParts) -> bool:
    with reading(parts.engine) as connection:
        return connection.scalar(select(func.count()).select_from(audit)) == 0


# -- signing ----------------------------------------------------------------------------------------------------------


def test_a_person_reads_signs_and_is_told_so(visitor: Visitor, open_parts: WebParts, clock: Clock) -> None:
    ask(open_parts)
    page = visitor.signs_in().opens(PAGE)
    assert "<p>I may <strong>give</strong> what I give.</p>" in page
    assert f"<code>{digest(TEXT)}</code>" in page
    assert "Sign as ada" in page

    answer = visitor.sends(PAGE, agree="yes")

    assert (answer.status_code, answer.location) == (303, PAGE)
    page = visitor.opens(PAGE)
    assert "You have signed version 1.0 on <time>2027-01-15 08:00:00 UTC</time>" in page
    assert "Sign as ada" not in page
    (kept,) = signed(open_parts)
    assert (kept.document, kept.version, kept.sha256, kept.how) == (CLA, "1.0", digest(TEXT), "web")
    assert (kept.account_id, kept.login, kept.signed_at) == (100, "ada", clock.now)
    assert (kept.address, kept.answers) == (None, {})


def test_to_sign_twice_is_no_error_and_changes_nothing(
    new_visitor: Callable[[], Visitor], open_parts: WebParts
) -> None:
    ask(open_parts)
    visitor = new_visitor().signs_in()
    fields = {"agree": "yes", "sha256": digest(TEXT), "csrf": csrf(visitor)}
    for _ in range(2):
        assert visitor.client.post(PAGE, data=fields).status_code == 303
    assert len(signed(open_parts)) == 1


def csrf(visitor: Visitor) -> str:
    return visitor.opens("/").partition('name="csrf" value="')[2].partition('"')[0]


def test_whoever_signs_has_their_open_pull_requests_looked_at_again(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts)
    with writing(open_parts.engine) as connection:
        for number, account in ((12, ADA), (13, GRACE)):
            keep_contributors(connection, 7, number, [account.id])
            keep_report(
                connection, StoredReport(7, number, "a" * 40, "main", True, "failure", frozenset({"head"}), b"{}", 1.0)
            )
    visitor.signs_in().sends(PAGE, agree="yes")
    with reading(open_parts.engine) as connection:
        assert list(connection.scalars(select(work.c.key))) == ["7#12"]


def test_the_address_is_kept_only_where_the_policy_says_so(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts, record_ip=True)
    assert "the network address that you sign from" in visitor.signs_in().opens(PAGE)
    visitor.sends(PAGE, agree="yes")
    assert signed(open_parts)[0].address == "127.0.0.1"


def test_what_the_policy_asks_besides_is_kept(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts, fields=(NAME, CITY))
    fields: dict[str, str | None] = {"field-full-name": "  Ada Lovelace ", "field-city": "", "agree": "yes"}
    assert visitor.signs_in().sends(PAGE, fields).status_code == 303
    assert signed(open_parts)[0].answers == {"full-name": "Ada Lovelace"}


@pytest.mark.parametrize(
    ("changed", "words", "field"),
    [
        ({"agree": None}, "Tick the box", "agree"),
        ({"agree": "no"}, "Tick the box", "agree"),
        ({"field-full-name": ""}, "Full name: please fill this in.", "field-full-name"),
        ({"field-full-name": "   "}, "Full name: please fill this in.", "field-full-name"),
        ({"field-full-name": None}, "Full name: please fill this in.", "field-full-name"),
        ({"field-city": "x" * 201}, "City: at most 200 characters", "field-city"),
        ({"field-city": "a\u202eb"}, "City: there is a character in it that nobody can see", "field-city"),
        ({"field-city": "a\nb"}, "City: there is a character in it that nobody can see", "field-city"),
    ],
)
def test_a_form_with_a_mistake_comes_back_with_what_is_the_matter(
    visitor: Visitor, open_parts: WebParts, changed: dict[str, Any], words: str, field: str
) -> None:
    ask(open_parts, fields=(NAME, CITY))
    given = {"field-full-name": "Ada", "field-city": "London", "agree": "yes", **changed}
    answer = visitor.signs_in().sends(PAGE, given)

    page = whole(answer)
    assert answer.status_code == 400
    assert 'role="alert"' in page
    assert f'<a href="#{field}">{words}' in page
    assert f'id="{field}-problem"' in page
    assert f'aria-describedby="{field}-problem"' in page
    assert ('value="Ada"' in page) == (given["field-full-name"] == "Ada")
    assert nothing_written(open_parts)


@pytest.mark.parametrize("sha256", [None, "", "0" * 64, "é"])
def test_a_text_that_was_not_shown_is_not_signed(visitor: Visitor, open_parts: WebParts, sha256: str | None) -> None:
    ask(open_parts)
    answer = visitor.signs_in().sends(PAGE, agree="yes", sha256=sha256)
    assert answer.status_code == 409
    assert "Please read it again" in whole(answer)
    assert nothing_written(open_parts)


def test_a_text_that_changed_meanwhile_is_shown_anew(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts)
    visitor.signs_in()
    old = digest(TEXT)
    ask(open_parts, "Something else.", version="2.0")
    answer = visitor.sends(PAGE, agree="yes", sha256=old)
    page = whole(answer)
    assert answer.status_code == 409
    assert "Something else." in page
    assert digest("Something else.") in page
    assert nothing_written(open_parts)


@pytest.mark.parametrize("token", [None, "", "f" * 64, "é"])
def test_another_site_signs_for_nobody(visitor: Visitor, open_parts: WebParts, token: str | None) -> None:
    ask(open_parts)
    answer = visitor.signs_in().sends(PAGE, agree="yes", csrf=token)
    assert answer.status_code == 403
    assert "Nothing was changed" in whole(answer)
    assert nothing_written(open_parts)


def test_who_is_not_signed_in_signs_nothing(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts)
    answer = visitor.client.post(PAGE, data={"agree": "yes", "sha256": digest(TEXT), "csrf": ""})
    assert answer.status_code == 401
    assert 'href="?sign-in"' in whole(answer)
    assert nothing_written(open_parts)


def test_where_only_comments_sign_the_page_says_so_and_takes_nothing(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts, ways=("comment",))
    page = visitor.signs_in().opens(PAGE)
    assert "signed with a comment" in page
    assert "Sign as" not in page
    answer = visitor.client.post(PAGE, data={"agree": "yes", "sha256": digest(TEXT), "csrf": csrf(visitor)})
    assert answer.status_code == 403
    assert nothing_written(open_parts)


# -- what the page shows ----------------------------------------------------------------------------------------------


def test_who_is_not_signed_in_reads_all_and_is_led_to_signing_in(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts)
    page = visitor.opens(PAGE)
    assert "what I give." in page
    assert f'href="/login?next={PAGE}"' in page
    assert "<form" not in page


@pytest.mark.parametrize(("ways", "words"), [(("web", "comment"), "/steward sign"), (("web",), "Please tell the main")])
def test_where_nobody_can_sign_in_the_page_says_what_to_do(
    parts: WebParts, github: FakeGitHub, ways: tuple[str, ...], words: str
) -> None:
    ask(parts, ways=ways)
    page = Visitor(create_app(parts, github).test_client(), github).opens(PAGE)
    assert "Signing in is not set up here." in page
    assert words in page
    assert "/login" not in page


@pytest.mark.parametrize("version", ["1.0", "1.2"])
def test_a_signature_counts_for_its_major_version(visitor: Visitor, open_parts: WebParts, version: str) -> None:
    mine = sign_before(open_parts, "1.0")
    ask(open_parts, version=version)
    page = visitor.signs_in().opens(PAGE)
    assert "You have signed version 1.0" in page
    assert ("counts for version 1.2 as well" in page) == (version == "1.2")
    assert f'href="/signatures/{mine.id}/text"' in page
    assert "Sign as" not in page


def test_a_new_major_version_asks_again(visitor: Visitor, open_parts: WebParts) -> None:
    sign_before(open_parts, "1.0")
    ask(open_parts, version="2.0")
    page = visitor.signs_in().opens(PAGE)
    assert "Version 2.0 asks everyone to sign again" in page
    visitor.sends(PAGE, agree="yes")
    assert [one.version for one in signed(open_parts)] == ["2.0", "1.0"]


def test_who_took_a_signature_back_may_sign_again(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts)
    visitor.signs_in().sends(PAGE, agree="yes")
    with writing(open_parts.engine) as connection:
        signatures.revoke(connection, signed(open_parts), 1_800_000_100.0, "asked")
    assert "was taken back on" in visitor.opens(PAGE)
    assert visitor.sends(PAGE, agree="yes").status_code == 303
    assert "You have signed version 1.0" in visitor.opens(PAGE)


def test_a_text_that_drifted_is_told(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts, drifted=True)
    assert "has another text by now" in visitor.opens(PAGE)


def test_signatures_of_others_are_nobodys_business(new_visitor: Callable[[], Visitor], open_parts: WebParts) -> None:
    ask(open_parts)
    new_visitor().signs_in(ADA).sends(PAGE, agree="yes")
    assert "You have signed" not in new_visitor().signs_in(GRACE).opens(PAGE)
    assert "You have signed" not in new_visitor().opens(PAGE)


def test_what_strangers_wrote_takes_no_effect(visitor: Visitor, open_parts: WebParts) -> None:
    field = SigningField("evil", EVIL, True)
    ask(open_parts, EVIL, place=f"acme/widgets:{EVIL}", fields=(field,))
    answer = visitor.signs_in().sends(PAGE, {"field-evil": EVIL})
    page = whole(answer)
    assert answer.status_code == 400
    assert "\u202e" not in page.replace('value="&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;\u202e"', "")
    assert page.count("&lt;script&gt;") >= 5


@pytest.mark.parametrize(("required", "offered"), [(False, True), (True, False)])
def test_a_comment_is_offered_only_where_it_says_enough(
    visitor: Visitor, open_parts: WebParts, required: bool, offered: bool
) -> None:
    ask(open_parts, fields=(replace(NAME, required=required),))
    assert ("A comment does the same" in visitor.opens(PAGE)) == offered


# -- branches and repositories ----------------------------------------------------------------------------------------


def test_each_branch_may_ask_something_else(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts)
    ask(open_parts, "For the release.", branch="release/1", version="3.0")
    assert "version 1.0" in visitor.opens(PAGE)
    at = f"{PAGE}?branch=release/1"
    assert "For the release." in visitor.signs_in(at=at).opens(at)
    assert visitor.sends(at, agree="yes").location == at
    assert [one.version for one in signed(open_parts)] == ["3.0"]


def test_where_the_default_branch_asks_nothing_another_may(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts, branch="release/1")
    assert "what I give." in visitor.opens(PAGE)


@pytest.mark.parametrize(
    "path", [f"{PAGE}?branch=other", f"{PAGE}?branch=", "/agreements/acme/unknown", f"{PAGE}/more"]
)
def test_where_nobody_is_asked_to_sign_there_is_no_page(visitor: Visitor, open_parts: WebParts, path: str) -> None:
    ask(open_parts)
    visitor.opens(path, 404)
    visitor.signs_in()
    assert visitor.client.post(path, data={"csrf": csrf(visitor), "agree": "yes"}).status_code == 404


def test_a_text_that_the_store_lost_is_not_signed(visitor: Visitor, open_parts: WebParts) -> None:
    asked = ask(open_parts)
    with writing(open_parts.engine) as connection:
        agreements.keep_in_force(connection, replace(asked, sha256="0" * 64), 70.0)
    visitor.opens(PAGE, 404)


# -- companies --------------------------------------------------------------------------------------------------------


def company(parts: WebParts, *members: int, signed: bool = True, organization: str | None = None) -> int:
    with writing(parts.engine) as connection:
        number = companies.add_company(connection, CCLA, "1.0", "Initech", 70.0, organization=organization)
        for member in members:
            companies.add_person(connection, number, member, "somebody", MEMBER, 71.0)
        if signed:
            companies.sign_company(connection, number, 72.0, how="paper")
    return number


def acknowledged(parts: WebParts, number: int) -> list[tuple[int | None, bool]]:
    with reading(parts.engine) as connection:
        people = companies.people_of(connection, number)
    return [(one.account_id, one.acknowledged_at is not None) for one in people]


def test_who_is_on_a_companys_list_confirms_it_once(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts, corporate=CORPORATE)
    number = company(open_parts, ADA.id)
    assert "I contribute for Initech" in visitor.signs_in().opens(PAGE)
    assert visitor.sends(PAGE).status_code == 303
    assert acknowledged(open_parts, number) == [(ADA.id, True)]
    page = visitor.opens(PAGE)
    assert "I contribute for Initech" not in page
    assert "Initech has signed for you" in page
    assert signed(open_parts) == []


def test_nobody_joins_a_company_by_their_own_word(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts, corporate=CORPORATE)
    number = company(open_parts, organization="initech")
    assert "Initech" not in visitor.signs_in().opens(PAGE)
    assert visitor.client.post(PAGE, data={"csrf": csrf(visitor), "acknowledge": str(number)}).status_code == 400
    assert acknowledged(open_parts, number) == []


def test_who_is_on_no_list_is_told_about_the_company_agreement(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts, corporate=CORPORATE)
    number = company(open_parts, GRACE.id)
    company(open_parts, ADA.id, signed=False)
    page = visitor.signs_in().opens(PAGE)
    assert "acme/widgets:CCLA.md" in page
    assert "Initech" not in page
    for wrong in (str(number), "99", "", "x", "0", "9" * 30):
        answer = visitor.client.post(PAGE, data={"csrf": csrf(visitor), "acknowledge": wrong})
        assert answer.status_code == 400
        assert "does not have you on its list" in whole(answer)
    assert acknowledged(open_parts, number) == [(GRACE.id, False)]


def test_without_an_agreement_for_companies_there_is_none_to_confirm(visitor: Visitor, open_parts: WebParts) -> None:
    ask(open_parts)
    number = company(open_parts, ADA.id)
    visitor.signs_in()
    assert visitor.client.post(PAGE, data={"csrf": csrf(visitor), "acknowledge": str(number)}).status_code == 400
    assert acknowledged(open_parts, number) == [(ADA.id, False)]
