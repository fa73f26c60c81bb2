# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Users, their permissions, organizations and teams."""

from flask import Blueprint

from bot.demo.github.accounts import Account, Organization, Team
from bot.demo.github.rest.access import calling_token, organization_for, repository_for
from bot.demo.github.rest.answers import Answered, found_or_404, not_found, page, world
from bot.demo.github.shapes import people, repository

routes = Blueprint("people", __name__)


@routes.get("/users/<login>")
def get_user(login: str) -> Answered:
    """One account."""
    calling_token()
    return people.public_user(found_or_404(world().account(login)))


@routes.get("/repos/<owner>/<name>/collaborators/<login>/permission")
def get_permission(owner: str, name: str, login: str) -> Answered:
    """What somebody may do in a repository."""
    found = repository_for(owner, name, "read", "metadata")
    return repository.collaborator_permission(found, found_or_404(world().account(login)))


@routes.get("/orgs/<login>")
def get_organization(login: str) -> Answered:
    """One organization: its page is open to everybody."""
    calling_token()
    found = world().account(login)
    return people.organization_full(found_or_404(found if isinstance(found, Organization) else None))


@routes.get("/orgs/<login>/members")
def list_members(login: str) -> Answered:
    """Who belongs to an organization."""
    return page([_known(name) for name in organization_for(login).members], people.user)


def _known(login: str) -> Account:
    return found_or_404(world().account(login))


@routes.get("/orgs/<login>/members/<user>")
def is_member(login: str, user: str) -> Answered:
    """204 for a member, 404 for others."""
    if user.lower() not in organization_for(login).members:
        raise not_found()
    return "", 204


def _team(login: str, slug: str) -> Team:
    return found_or_404(organization_for(login).teams.get(slug))


@routes.get("/orgs/<login>/teams/<slug>")
def get_team(login: str, slug: str) -> Answered:
    """One team."""
    return people.team_full(_team(login, slug))


@routes.get("/orgs/<login>/teams/<slug>/members")
def list_team_members(login: str, slug: str) -> Answered:
    """Who accepted to be in a team."""
    members = [_known(name) for name, state in _team(login, slug).members.items() if state == "active"]
    return page(members, people.user)


@routes.get("/orgs/<login>/teams/<slug>/memberships/<user>")
def get_team_membership(login: str, slug: str, user: str) -> Answered:
    """Whether somebody is in a team: `state` is pending until they accept."""
    team = _team(login, slug)
    state = found_or_404(team.members.get(user.lower()))
    return people.team_membership(team, _known(user), state)
