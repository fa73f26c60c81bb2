# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The App itself: its installations, tokens, webhook deliveries, and what an installation reaches."""

from collections.abc import Iterator

from flask import Blueprint, g, request

from bot.demo.github.apps import App, Installation
from bot.demo.github.deliveries import Delivery
from bot.demo.github.rest.access import calling_app, calling_token, reaches
from bot.demo.github.rest.answers import (
    Answered,
    Refused,
    found_or_404,
    invalid,
    json_body,
    not_found,
    number_argument,
    page,
    page_size,
    world,
)
from bot.demo.github.rest.rates import Rates
from bot.demo.github.shapes import apps as shapes
from bot.demo.github.shapes import repository as repository_shapes

routes = Blueprint("apps", __name__)


@routes.get("/app")
def get_app() -> Answered:
    """The App that asks."""
    app = calling_app()
    return shapes.app(app) | {"installations_count": len(_installations(app))}


def _installations(app: App) -> list[Installation]:
    return [found for found in world().installations.values() if found.app is app]


@routes.get("/app/installations")
def list_installations() -> Answered:
    """Where the App is installed."""
    return page(_installations(calling_app()), shapes.installation)


def _installation(number: int) -> Installation:
    found = world().installations.get(number)
    if found is None or found.app is not calling_app():
        raise not_found()
    return found


@routes.get("/app/installations/<int:number>")
def get_installation(number: int) -> Answered:
    """One installation."""
    calling_app()
    return shapes.installation(_installation(number))


@routes.get("/repos/<owner>/<name>/installation")
def get_repository_installation(owner: str, name: str) -> Answered:
    """The installation that covers a repository."""
    app = calling_app()
    repository = found_or_404(world().repository(f"{owner}/{name}"))
    return _first(found for found in _installations(app) if found.covers(repository))


@routes.get("/orgs/<login>/installation")
@routes.get("/users/<login>/installation")
def get_account_installation(login: str) -> Answered:
    """The installation on an account."""
    app, account = calling_app(), world().account(login)
    return _first(found for found in _installations(app) if found.account is account)


def _first(found: Iterator[Installation]) -> Answered:
    return shapes.installation(found_or_404(next(found, None)))


@routes.post("/app/installations/<int:number>/access_tokens")
def create_token(number: int) -> Answered:
    """A token for an hour, for all or some repositories, with all or fewer permissions."""
    calling_app()
    installation, asked = _installation(number), json_body()
    if installation.suspended_at:
        raise Refused(403, "This installation has been suspended")
    permissions = _permissions(installation.app, asked.get("permissions") or {})
    return shapes.token(installation.new_token(permissions, _repository_ids(installation, asked))), 201


def _permissions(app: App, asked: dict[str, str]) -> dict[str, str]:
    for name, level in asked.items():
        if level not in (app.permissions.get(name), "read") or name not in app.permissions:
            raise invalid("The permissions requested are not granted to this installation.")
    return {**asked, "metadata": "read"} if asked else dict(app.permissions)


def _repository_ids(installation: Installation, asked: dict[str, list[object]]) -> frozenset[int] | None:
    if "repository_ids" not in asked and "repositories" not in asked:
        return None
    wanted = {*asked.get("repository_ids", []), *asked.get("repositories", [])}
    chosen = {found.id for found in installation.repositories() if {found.id, found.name} & wanted}
    if len(chosen) != len(wanted):
        raise invalid(
            "There is at least one repository that does not exist or is not accessible to the parent installation."
        )
    return frozenset(chosen)


@routes.get("/installation/repositories")
def list_repositories() -> Answered:
    """The repositories that the token reaches."""
    token = calling_token()
    reached = [found for found in token.installation.repositories() if reaches(token, found)]
    listed = page(reached, repository_shapes.simple)
    return {
        "total_count": len(reached),
        "repository_selection": shapes.selection(token.installation),
        "repositories": listed,
    }


@routes.delete("/installation/token")
def revoke_token() -> Answered:
    """End the token that asks."""
    token = calling_token()
    del token.installation.tokens[token.value]
    return "", 204


def _deliveries() -> list[Delivery]:
    app = calling_app()
    return [found for found in reversed(world().deliveries.all) if found.hook is app and found.settled.is_set()]


@routes.get("/app/hook/deliveries")
def list_deliveries() -> Answered:
    """The deliveries of the App's webhook, newest first; `cursor` is the id to go on from."""
    found, size = _deliveries(), page_size()
    status = request.args.get("status")
    if status is not None:
        found = [delivery for delivery in found if (delivery.status == "OK") is (status == "success")]
    before = number_argument("cursor", 0)
    rest = [delivery for delivery in found if not before or delivery.id < before]
    if len(rest) > size:
        g.links = [("next", {"cursor": str(rest[size - 1].id)})]
    return [shapes.delivery_item(delivery) for delivery in rest[:size]]


def _delivery(number: int) -> Delivery:
    return found_or_404(next((found for found in _deliveries() if found.id == number), None))


@routes.get("/app/hook/deliveries/<int:number>")
def get_delivery(number: int) -> Answered:
    """One delivery with what was sent and answered."""
    return shapes.delivery(_delivery(number))


@routes.post("/app/hook/deliveries/<int:number>/attempts")
def redeliver(number: int) -> Answered:
    """Send it again, under the same GUID."""
    world().deliveries.redeliver(_delivery(number), world().new_id())
    return {}, 202


@routes.get("/rate_limit")
def rate_limit() -> Answered:
    """What is left of the hour's requests; asking costs none."""
    rates: Rates = g.rates
    return rates.overview()
