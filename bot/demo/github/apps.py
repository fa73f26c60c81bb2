# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""GitHub Apps, where they are installed, and the tokens they act with."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.demo.github import events
from bot.demo.github.accounts import Account
from bot.demo.github.world import World, action

if TYPE_CHECKING:
    from bot.demo.github.repository import Repository

PERMISSIONS = {
    "checks": "write",
    "contents": "read",
    "issues": "write",
    "pull_requests": "write",
    "members": "read",
    "merge_queues": "read",
    "metadata": "read",
}
EVENTS = (
    "pull_request",
    "pull_request_review",
    "pull_request_review_comment",
    "issue_comment",
    "issues",
    "check_run",
    "check_suite",
    "merge_group",
    "push",
    "repository",
    "member",
    "membership",
    "team",
    "organization",
)
TOKEN_LIFE = timedelta(hours=1)


@cache
def _key() -> rsa.RSAPrivateKey:
    """One key for all simulated Apps of a process: making one takes longer than a whole story."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(eq=False)
class App:
    """An App as its owner registered it. Its bot's login is `<slug>[bot]`.

    Whoever signs in to it is sent back to one of its `callback_urls`, or below one.
    """

    world: World
    id: int
    slug: str
    owner: Account
    webhook_url: str | None = None
    webhook_secret: str = "simulated-webhook-secret"  # noqa: S105 - nothing real is behind it
    client_secret: str = "simulated-client-secret"  # noqa: S105 - the same
    callback_urls: tuple[str, ...] = ("http://localhost/",)
    permissions: dict[str, str] = field(default_factory=lambda: dict(PERMISSIONS))
    events: tuple[str, ...] = EVENTS

    def __post_init__(self) -> None:
        self.node_id = f"A_{self.id}"
        self.created_at = self.world.now()
        self.bot = Account(self.world, f"{self.slug}[bot]", "Bot")
        self.world.apps[self.id] = self
        self.world.nodes[self.node_id] = self

    @property
    def client_id(self) -> str:
        """By what people's browsers name it when they sign in."""
        return f"Iv1.{self.id:016x}"

    @property
    def private_key(self) -> str:
        """The key that its tokens are asked with, as PEM."""
        return (
            _key()
            .private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
            )
            .decode()
        )

    @property
    def public_key(self) -> rsa.RSAPublicKey:
        """What GitHub keeps of the key."""
        return _key().public_key()


@dataclass(eq=False)
class Token:
    """An installation token; with `repository_ids` it reaches only these of the installation's repositories."""

    value: str
    installation: "Installation"
    expires_at: datetime
    permissions: dict[str, str]
    repository_ids: frozenset[int] | None = None


@dataclass(eq=False)
class Installation:
    """An App on an account. `selected` holds repository ids; None means all repositories, future ones too."""

    app: App
    account: Account
    selected: set[int] | None = None
    suspended_at: datetime | None = None
    removed: bool = False

    def __post_init__(self) -> None:
        self.id = self.world.new_id()
        self.created_at = self.world.now()
        self.tokens: dict[str, Token] = {}
        self.world.installations[self.id] = self

    @property
    def world(self) -> World:
        """The world it stands in."""
        return self.app.world

    def covers(self, repository: "Repository") -> bool:
        """Whether the App is installed on this repository."""
        own = repository.owner is self.account and not self.removed
        return own and (self.selected is None or repository.id in self.selected)

    def repositories(self) -> list["Repository"]:
        """The repositories that it is installed on."""
        return [repository for repository in self.world.repositories.values() if self.covers(repository)]

    def new_token(self, permissions: dict[str, str], repository_ids: frozenset[int] | None) -> Token:
        """A token for an hour."""
        token = Token(f"ghs_{secrets.token_hex(18)}", self, self.world.now() + TOKEN_LIFE, permissions, repository_ids)
        self.tokens[token.value] = token
        return token

    @action
    def add(self, *repositories: "Repository") -> None:
        """Install it on more repositories."""
        self.selected = (self.selected or set()) | {repository.id for repository in repositories}
        events.installation_repositories(self, added=repositories)

    @action
    def remove(self, *repositories: "Repository") -> None:
        """Take repositories from it; an installation on all of them becomes one on the rest."""
        kept = {repository.id for repository in self.repositories()}
        self.selected = kept - {repository.id for repository in repositories}
        events.installation_repositories(self, removed=repositories)

    @action
    def suspend(self) -> None:
        """Stop it: its tokens are refused, events are no longer sent."""
        events.installation(self, "suspend")
        self.suspended_at = self.world.now()

    @action
    def unsuspend(self) -> None:
        """Let it go on."""
        self.suspended_at = None
        events.installation(self, "unsuspend")

    @action
    def uninstall(self) -> None:
        """Remove the App from the account."""
        events.installation(self, "deleted")
        self.removed = True
        del self.world.installations[self.id]
