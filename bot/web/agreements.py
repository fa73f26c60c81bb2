# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`/agreements/<owner>/<repo>`: the agreement as it is pinned, the button that signs it, and whether one has signed."""

import hmac
from dataclasses import dataclass

import structlog
from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from bot.store import companies, signatures
from bot.store.agreements import InForce, text_of
from bot.store.database import reading, writing
from bot.store.repositories import RepositoryFacts
from bot.store.sessions import Session
from bot.store.signatures import NewSignature
from bot.web.asked import Standing, asked_of, standing_of
from bot.web.forms import LONGEST_ANSWER, Problem, agrees, answers_to, entered_id
from bot.web.markdown import rendered
from bot.web.parts import Parts
from bot.web.session import Sessions
from bot.web.visibility import Visibility
from bot.work.look_again import look_again

_log = structlog.get_logger()


class _NotSigned(Exception):
    """The form is shown again, with what is the matter; nothing was written."""

    def __init__(self, status: int, *problems: Problem) -> None:
        super().__init__(status)
        self.status, self.problems = status, problems


def agreements(parts: Parts, visitors: Sessions, visibility: Visibility) -> Blueprint:
    """The blueprint with the signing page."""
    blueprint = Blueprint("agreements", __name__)
    desk = _Desk(parts, visitors)

    @blueprint.get("/agreements/<owner>/<name>")
    def page(owner: str, name: str) -> Response:
        return desk.show(visibility.find(owner, name, visitors.account))

    @blueprint.post("/agreements/<owner>/<name>")
    def sign(owner: str, name: str) -> AnyResponse:
        session = visitors.checked_form()
        repository = visibility.find(owner, name, visitors.account)
        act = desk.acknowledge if "acknowledge" in request.form else desk.sign
        try:
            with writing(parts.engine) as connection:
                act(connection, asked_of(connection, repository), session)
        except _NotSigned as refused:
            return desk.show(repository, refused.status, refused.problems)
        return redirect(_here(repository), 303)

    return blueprint


@dataclass(frozen=True)
class _Desk:
    """Where people sign. Whatever writes does so in the caller's transaction, all of it or nothing."""

    parts: Parts
    visitors: Sessions

    def show(self, repository: RepositoryFacts, status: int = 200, problems: tuple[Problem, ...] = ()) -> Response:
        """The page as it is for this visitor."""
        session = self.visitors.current()
        with reading(self.parts.engine) as connection:
            asked = asked_of(connection, repository)
            text = text_of(connection, asked.sha256)
            standing = standing_of(connection, asked, session.account_id) if session else Standing()
        if text is None:
            abort(404)
        words = render_template(
            "agreement.html", repository=repository, asked=asked, text=rendered(text), standing=standing,
            problems=problems, here=_here(repository), entered=request.form, longest=LONGEST_ANSWER,
        )  # fmt: skip
        return make_response(words, status)

    def sign(self, connection: Connection, asked: InForce, session: Session) -> None:
        """Sign what was shown, if it is still what is asked. To sign again changes nothing. Raises _NotSigned."""
        new = NewSignature(
            document=asked.document,
            version=asked.version,
            account_id=session.account_id,
            login=session.login,
            sha256=asked.sha256,
            how="web",
            signed_at=self.parts.clock(),
            address=(request.remote_addr or None) if asked.record_ip else None,
            answers=_answers(asked),
        )
        if signatures.sign(connection, new) is not None:
            look_again(connection, self.parts.queue, asked.document.owner_id, [session.account_id])
            _log.info("agreement signed", place=asked.place, version=asked.version, account=session.account_id)

    def acknowledge(self, connection: Connection, asked: InForce, session: Session) -> None:
        """Say that one contributes for a company, as is asked of everybody once. Raises _NotSigned."""
        company, now = entered_id("acknowledge"), self.parts.clock()
        standing = standing_of(connection, asked, session.account_id)
        if asked.corporate is None or company is None or not standing.may_acknowledge(company):
            raise _NotSigned(400, Problem("This company does not have you on its list, or not any more."))
        companies.acknowledge(connection, company, session.account_id, now)
        look_again(connection, self.parts.queue, asked.corporate.document.owner_id, [session.account_id])


def _answers(asked: InForce) -> dict[str, str]:
    """What was entered into the form. Raises _NotSigned where it does not sign what is asked."""
    if "web" not in asked.ways:
        raise _NotSigned(403, Problem("This agreement is signed by a comment on your pull request, not here."))
    if not hmac.compare_digest(request.form.get("sha256", "").encode(), asked.sha256.encode()):
        raise _NotSigned(409, Problem("The agreement changed meanwhile. Please read it again; nothing is signed."))
    answers, problems = answers_to(asked.fields)
    if problems := [*problems, *agrees()]:
        raise _NotSigned(400, *problems)
    return answers


def _here(repository: RepositoryFacts) -> str:
    branch = request.args.get("branch")
    return url_for("agreements.page", owner=repository.owner, name=repository.name, branch=branch)
