# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Users, their permissions, organizations and teams."""

from flask import Blueprint, redirect

from bot.demo.github.accounts import Organization, Team
from bot.demo.github.rest.access import calling_token, organization_for, reads_members, repository_for
from bot.demo.github.rest.answers import Answered, found_or_404, not_found, page, world
from bot.demo.github.shapes import people, repository
from bot.demo.github.shapes.common import api

routes = Blueprint("people", __name__)


@routes.get("/users/<login>")
def get_user(login: str) -> Answered:
    """One account."""
    calling_token()
    return people.public_user(found_or_404(world().account(login)))


@routes.get("/user/<int:number>")
def get_user_by_id(number: int) -> Answered:
    """One account by its id, whatever its login is now."""
    calling_token()
    return people.public_user(found_or_404(world().account_by_id(number)))


@routes.get("/repos/<owner>/<name>/collaborators/<login>/permission")
def get_permission(owner: str, name: str, login: str) -> Answered:
    """What somebody may do in a repository."""
    found = repository_for(owner, name, "read", "metadata")
    return repository.collaborator_permission(found, found_or_404(world().account(login)))


@routes.get("/orgs/<login>")
def get_organization(login: str) -> Answered:
    """One organization: its page is open to everybody."""
    calling_token()
    return people.organization_full(_organization(login))


def _organization(login: str) -> Organization:
    found = world().account(login)
    return found_or_404(found if isinstance(found, Organization) else None)


@routes.get("/orgs/<login>/members")
def list_members(login: str) -> Answered:
    """Who belongs to an organization."""
    return page(list(organization_for(login).members), people.user)


@routes.get("/orgs/<login>/members/<user>")
def is_member(login: str, user: str) -> Answered:
    """204 for a member, 404 for others; who may not read that is sent on to the public members."""
    organization = _organization(login)
    if not reads_members(calling_token(), organization):
        return redirect(api(world(), f"orgs/{organization.login}/public_members/{user}"), 302)
    if world().account(user) not in organization.members:
        raise not_found()
    return "", 204


@routes.get("/orgs/<login>/public_members/<user>")
def is_public_member(login: str, user: str) -> Answered:
    """204 for a member who shows it to everybody, 404 for others."""
    calling_token()
    if world().account(user) not in _organization(login).public_members:
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
    """Who accepted to be in a team, or in one below it."""
    members = [user for user, state in _team(login, slug).everybody.items() if state == "active"]
    return page(members, people.user)


@routes.get("/orgs/<login>/teams/<slug>/memberships/<user>")
def get_team_membership(login: str, slug: str, user: str) -> Answered:
    """Whether somebody is in a team: `state` is pending until they accept."""
    team, account = _team(login, slug), found_or_404(world().account(user))
    return people.team_membership(team, account, found_or_404(team.everybody.get(account)))
