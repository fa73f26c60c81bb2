# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`/companies/<id>`: where a company's managers sign its agreement, and keep the list of those whom it covers."""

import hmac
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog
from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from bot.identity import Account, NoAnswer
from bot.store import audit, companies, repositories
from bot.store.agreements import find_pinned, text_of
from bot.store.companies import MANAGER, MEMBER, Company
from bot.store.database import reading, writing
from bot.store.sessions import Session
from bot.web.forms import Problem, agrees, entered_id, row_id
from bot.web.markdown import rendered
from bot.web.parts import Parts, People
from bot.web.session import Sessions
from bot.web.signed import places_of
from bot.work.look_again import look_again

MOST_PEOPLE = 10_000
"""People on one company's list, those who left included."""

_log = structlog.get_logger()


class _NotDone(Exception):
    """The page is shown again, with what is the matter; nothing was written."""

    def __init__(self, status: int, *problems: Problem) -> None:
        super().__init__(status)
        self.status, self.problems = status, problems


def company_pages(parts: Parts, visitors: Sessions, people: People) -> Blueprint:
    """The blueprint with the pages of companies, each for its managers alone."""
    blueprint = Blueprint("companies", __name__)
    office = _Office(parts, people)

    @blueprint.get("/companies/<number>")
    def page(number: str) -> Response:
        return office.show(number, visitors.signed_in())

    @blueprint.post("/companies/<number>")
    def change(number: str) -> AnyResponse:
        session = visitors.checked_form()
        acts = {"sign": office.sign, "add": office.add, "remove": office.remove}
        act = acts.get(request.form.get("action", "")) or abort(400)
        try:
            act(number, session)
        except _NotDone as refused:
            return office.show(number, session, refused.status, refused.problems)
        return redirect(url_for("companies.page", number=number), 303)

    return blueprint


@dataclass(frozen=True)
class _Office:
    """What managers do. Each act is one transaction, which has the pull requests it concerns looked at again."""

    parts: Parts
    people: People

    def show(self, number: str, session: Session, status: int = 200, problems: tuple[Problem, ...] = ()) -> Response:
        """A company's page; 404 for whoever does not manage it."""
        with reading(self.parts.engine) as connection:
            company = _managed(connection, number, session)
            sha256, text = _text(connection, company)
            listed = companies.people_of(connection, company.id)
            place = places_of(connection, [company.document])[company.document]
        words = render_template(
            "company.html", company=company, sha256=sha256, text=None if text is None else rendered(text), place=place,
            listed=listed, problems=problems, entered=request.form,
        )  # fmt: skip
        return make_response(words, status)

    def sign(self, number: str, session: Session) -> None:
        """Sign a company's agreement in its name. Raises _NotDone."""
        with self._changing(number, session) as (connection, company):
            sha256, _ = _text(connection, company)
            given = request.form.get("sha256", "")
            if sha256 is None or not hmac.compare_digest(given.encode(), sha256.encode()):
                raise _NotDone(409, Problem("The agreement changed meanwhile. Please read it again."))
            if problems := agrees():
                raise _NotDone(400, *problems)
            signed = companies.sign_company(
                connection, company.id, self.parts.clock(), how="web", sha256=sha256, signed_by=session.account_id
            )
            if signed:
                # Of the members of an organization nobody knows who they are before they are looked at.
                listed = [one.account_id for one in companies.people_of(connection, company.id) if one.account_id]
                self._look_again(connection, company, None if company.organization else listed)
                _log.info("agreement signed for a company", company=company.id, account=session.account_id)

    def add(self, number: str, session: Session) -> None:
        """Put somebody on a company's list. Raises _NotDone."""
        login = request.form.get("login", "").strip().removeprefix("@")
        found = self._account(number, session, login)
        with self._changing(number, session) as (connection, company):
            listed = companies.people_of(connection, company.id)
            if len(listed) >= MOST_PEOPLE:
                raise _NotDone(400, Problem("This list is full. Ask whoever runs this Steward.", "login"))
            if any(one.account_id == found.id and one.role == MANAGER and one.ended_at is None for one in listed):
                return  # already on it, and not to be made less
            by, now = session.account_id, self.parts.clock()
            companies.add_person(connection, company.id, found.id, found.login, MEMBER, now, added_by=by)
            self._look_again(connection, company, [found.id])

    def remove(self, number: str, session: Session) -> None:
        """Take somebody off a company's list, but not a manager. Raises _NotDone."""
        with self._changing(number, session) as (connection, company):
            entry = entered_id("person")
            listed = {one.id: one for one in companies.people_of(connection, company.id)}
            person = listed.get(entry or 0)
            if person is None or person.account_id is None or person.role == MANAGER:
                raise _NotDone(400, Problem("This person is not on the list, or is one of its managers."))
            by, now = session.account_id, self.parts.clock()
            companies.remove_person(connection, company.id, person.account_id, now, removed_by=by)
            self._look_again(connection, company, [person.account_id])

    def _account(self, number: str, session: Session, login: str) -> Account:
        """The account behind a login, asked of GitHub while no transaction waits. Raises _NotDone."""
        with reading(self.parts.engine) as connection:
            document = _managed(connection, number, session).document
            repository = repositories.find(connection, document.repository_id)
        if repository is None or repository.installation_id is None:
            raise _NotDone(400, Problem("Steward does not work for this project any more.", "login"))
        try:
            found = self.people.rights.find(repository.installation_id, login)
        except NoAnswer as error:
            _log.warning("GitHub did not say whose login this is", error=str(error))
            raise _NotDone(502, Problem("GitHub does not answer just now. Please try again later.", "login")) from None
        if found is None:
            raise _NotDone(400, Problem("Nobody on GitHub has this name. Is it written right?", "login"))
        return found

    @contextmanager
    def _changing(self, number: str, session: Session) -> Iterator[tuple[Connection, Company]]:
        """A transaction in which nobody else changes a list; 404 for whoever does not manage this company."""
        with writing(self.parts.engine) as connection:
            audit.serialize(connection)
            yield connection, _managed(connection, number, session)

    def _look_again(self, connection: Connection, company: Company, account_ids: Collection[int] | None) -> None:
        look_again(connection, self.parts.queue, company.document.owner_id, account_ids)


def _managed(connection: Connection, number: str, session: Session) -> Company:
    """The company with this number, if the visitor manages it; 404 if not."""
    managed = companies.managed_by(connection, session.account_id)
    return next((company for company in managed if company.id == row_id(number)), None) or abort(404)


def _text(connection: Connection, company: Company) -> tuple[str | None, str | None]:
    """The agreement's SHA-256 and text: what was signed, or what is pinned to be signed; None while none is."""
    if company.signed_at is not None:
        sha256 = company.sha256
    else:
        pinned = find_pinned(connection, company.document, company.version)
        sha256 = pinned.sha256 if pinned else None
    text = text_of(connection, sha256) if sha256 else None
    return (sha256, text) if text is not None else (None, None)
