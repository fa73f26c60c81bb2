# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Apps, installations, tokens and webhook deliveries in JSON."""

from typing import TYPE_CHECKING

from bot.demo.github.deliveries import Delivery
from bot.demo.github.shapes import people
from bot.demo.github.shapes.common import Json, api, html, when

if TYPE_CHECKING:
    from bot.demo.github.apps import App, Installation, Token
    from bot.demo.github.repository import Repository


def app(found: "App") -> Json:
    """Schema `integration`."""
    return {
        "id": found.id,
        "slug": found.slug,
        "node_id": found.node_id,
        "client_id": found.client_id,
        "owner": people.user(found.owner),
        "name": found.slug.replace("-", " ").title(),
        "description": "",
        "external_url": found.world.url,
        "html_url": html(found.world, f"apps/{found.slug}"),
        "created_at": when(found.created_at),
        "updated_at": when(found.created_at),
        "permissions": dict(found.permissions),
        "events": list(found.events),
    }


def installation(found: "Installation") -> Json:
    """Schema `installation`."""
    return {
        "id": found.id,
        "account": people.user(found.account),
        "repository_selection": selection(found),
        "access_tokens_url": api(found.world, f"app/installations/{found.id}/access_tokens"),
        "repositories_url": api(found.world, "installation/repositories"),
        "html_url": html(found.world, f"settings/installations/{found.id}"),
        "app_id": found.app.id,
        "app_slug": found.app.slug,
        "target_id": found.account.id,
        "target_type": found.account.kind,
        "permissions": dict(found.app.permissions),
        "events": list(found.app.events),
        "created_at": when(found.created_at),
        "updated_at": when(found.created_at),
        "single_file_name": None,
        "has_multiple_single_files": False,
        "single_file_paths": [],
        "suspended_by": people.user(found.account) if found.suspended_at else None,
        "suspended_at": when(found.suspended_at),
    }


def selection(found: "Installation") -> str:
    """GitHub's word for where an App is installed."""
    return "all" if found.selected is None else "selected"


def token(found: "Token") -> Json:
    """Schema `installation-token`."""
    chosen = found.repository_ids is not None
    return {
        "token": found.value,
        "expires_at": when(found.expires_at),
        "permissions": dict(found.permissions),
        "repository_selection": "selected" if chosen else selection(found.installation),
    }


def installed_repository(found: "Repository") -> Json:
    """A repository as `installation` events list it."""
    return {
        "id": found.id,
        "node_id": found.node_id,
        "name": found.name,
        "full_name": found.full_name,
        "private": found.private,
    }


def delivery_item(found: Delivery) -> Json:
    """Schema `hook-delivery-item`: without request and answer."""
    return {
        "id": found.id,
        "guid": found.guid,
        "delivered_at": when(found.delivered_at),
        "redelivery": found.redelivery,
        "duration": found.duration,
        "status": found.status,
        "status_code": found.status_code,
        "event": found.event,
        "action": found.action,
        "installation_id": found.payload.get("installation", {}).get("id"),
        "repository_id": found.payload.get("repository", {}).get("id"),
        "throttled_at": None,
    }


def delivery(found: Delivery) -> Json:
    """Schema `hook-delivery`."""
    return delivery_item(found) | {
        "url": found.hook.webhook_url or "",
        "request": {"headers": found.headers(), "payload": found.payload},
        "response": {"headers": {}, "payload": found.answer},
    }
