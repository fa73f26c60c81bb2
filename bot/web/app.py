# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The web application: webhooks, health and pages in one. gunicorn serves it as `bot.web.app:create_app()`."""

from flask import Flask

from bot import logs
from bot.receive.intake import Intake
from bot.receive.routes import webhooks
from bot.web.health import health
from bot.web.pages import answer_errors, pages, secure
from bot.web.parts import Parts, WebParts
from bot.web.reports import reports


def create_app(context: Parts | None = None) -> Flask:
    """The application over `context`, or over what the environment says.

    Raises SettingsError for a setting that cannot be used.
    """
    if context is None:
        context = WebParts.from_environment()
        logs.configure(context.settings)
    app = Flask(__name__)
    app.register_blueprint(webhooks(context.settings, Intake(context.engine, context.queue), context.clock))
    app.register_blueprint(health(context))
    app.register_blueprint(pages(context.settings))
    app.register_blueprint(reports(context))
    answer_errors(app)
    app.after_request(secure)
    return app
