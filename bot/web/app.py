# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The web application: webhooks, health and pages in one. gunicorn serves it as `bot.web.app:create_app()`."""

from flask import Flask

from bot import logs
from bot.receive.intake import Intake
from bot.receive.routes import webhooks
from bot.web.agreements import agreements
from bot.web.companies import company_pages
from bot.web.health import health
from bot.web.pages import answer_errors, pages, secure
from bot.web.parts import Parts, People, PeopleOnGitHub, WebParts
from bot.web.reports import reports
from bot.web.session import Sessions, show_sessions
from bot.web.sign_in import sign_in
from bot.web.signed import signed
from bot.web.text import FILTERS
from bot.web.visibility import Visibility


def create_app(context: Parts | None = None, people: People | None = None) -> Flask:
    """The application over `context`, or over what the environment says. `people` are asked for, or else GitHub is.

    Raises SettingsError for a setting that cannot be used.
    """
    if context is None:
        context = WebParts.from_environment()
        logs.configure(context.settings)
    people = people or PeopleOnGitHub(context.settings, context.clock)
    visitors, visibility = Sessions(context), Visibility(context, people)
    app = Flask(__name__)
    app.jinja_env.filters.update(FILTERS)
    app.register_blueprint(webhooks(context.settings, Intake(context.engine, context.queue), context.clock))
    app.register_blueprint(health(context))
    app.register_blueprint(pages(context.settings))
    app.register_blueprint(sign_in(context, visitors, people))
    app.register_blueprint(agreements(context, visitors, visibility))
    app.register_blueprint(signed(context, visitors))
    app.register_blueprint(company_pages(context, visitors, people))
    app.register_blueprint(reports(context, visitors, people, visibility))
    show_sessions(app, visitors)
    answer_errors(app)
    app.after_request(secure)
    return app
