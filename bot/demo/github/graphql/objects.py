# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Commits, trees and files."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.demo.github.git.objects import CommitObject, GitObject, TreeEntry, as_text, is_binary
from bot.demo.github.graphql.actors import Actor, actor, actors
from bot.demo.github.graphql.fields import Connection, connection, field, named, permitted
from bot.demo.github.repository import Repository
from bot.demo.github.rest.commits import pulls_of
from bot.demo.github.shapes.common import html


@dataclass(frozen=True, slots=True)
class Object:
    """A git object of a repository, as GraphQL shows it."""

    repository: Repository
    oid: str

    @property
    def abbreviated_oid(self) -> str:
        """Its short id."""
        return self.oid[:7]

    @property
    def id(self) -> str:
        """Its node id."""
        return f"{type(self).__name__[0]}_{self.repository.id}_{self.oid}"


@dataclass(frozen=True, slots=True)
class Commit(Object):
    """A commit."""

    @property
    def git(self) -> CommitObject:
        """What git holds of it."""
        return self.repository.store.commit_object(self.oid)

    @property
    def message(self) -> str:
        """The whole message."""
        return self.git.message

    @property
    def message_headline(self) -> str:
        """Its first line."""
        return self.git.message.partition("\n")[0]

    @property
    def committed_date(self) -> datetime:
        """When it was committed."""
        return self.git.committer.at

    @property
    def authored_date(self) -> datetime:
        """When it was written."""
        return self.git.author.at

    @property
    def url(self) -> str:
        """Its page."""
        return html(self.repository.world, f"{self.repository.full_name}/commit/{self.oid}")

    @property
    def tree(self) -> "Tree":
        """Its files."""
        return Tree(self.repository, self.git.tree)

    @property
    def author(self) -> Actor:
        """Who wrote it."""
        return actor(self.repository, self.git.author)

    @property
    def committer(self) -> Actor:
        """Who committed it."""
        return actor(self.repository, self.git.committer)

    @property
    def signature(self) -> dict[str, Any] | None:
        """The signature of GitHub itself, or of a committer whose key GitHub knows."""
        world = self.repository.world
        by_github = self.oid in world.signed_by_github
        if not by_github and self.oid not in world.signed_by_people:
            return None
        facts = {"is_valid": True, "was_signed_by_git_hub": by_github, "state": "VALID"}
        return _Signature(facts | {"email": self.git.committer.email, "signer": self.committer.user})


class _Signature(dict[str, Any]):
    """A signature; the class tells its type."""


@dataclass(frozen=True, slots=True)
class Tree(Object):
    """A folder."""

    @property
    def entries(self) -> list["Entry"]:
        """What is in it."""
        return [Entry(self.repository, entry) for entry in self.repository.store.tree(self.oid)]


@dataclass(frozen=True, slots=True)
class Blob(Object):
    """A file's content."""

    data: bytes

    @property
    def byte_size(self) -> int:
        """Its length in bytes."""
        return len(self.data)

    @property
    def is_binary(self) -> bool:
        """Whether it is no text."""
        return is_binary(self.data)

    @property
    def is_truncated(self) -> bool:
        """Whether `text` is only its beginning."""
        return len(self.data) > self.repository.world.limits.blob_text

    @property
    def text(self) -> str | None:
        """Its text, cut where it is long; None if it is binary."""
        return None if self.is_binary else as_text(self.data[: self.repository.world.limits.blob_text])


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a tree."""

    repository: Repository
    git: TreeEntry

    @property
    def mode(self) -> int:
        """Its mode as a number (0o100644 = 33188)."""
        return int(self.git.mode, 8)

    @property
    def type(self) -> str:
        """blob, tree or commit."""
        return self.git.kind

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.git.name

    @property
    def path(self) -> str:
        """Its path."""
        return self.git.path

    @property
    def oid(self) -> str:
        """What it points at."""
        return self.git.oid

    @property
    def size(self) -> int:
        """Its length in bytes; 0 for folders and submodules."""
        return self.git.size

    @property
    def object(self) -> Object | None:
        """What it points at, unless that lies in another repository."""
        return None if self.git.kind == "commit" else git_object(self.repository, self.git.oid)


def git_object(repository: Repository, name: str) -> Object | None:
    """What an id or an expression such as `main:docs/index.md` names; tags are not simulated."""
    revision, colon, path = name.partition(":")
    sha = repository.resolve(revision)
    found = repository.store.object(f"{sha or revision}{colon}{path}")
    return _shown(repository, found) if found else None


def _shown(repository: Repository, found: GitObject) -> Object:
    if found.kind == "blob":
        return Blob(repository, found.oid, found.data)
    return Tree(repository, found.oid) if found.kind == "tree" else Commit(repository, found.oid)


@field("Commit.authors")
def authors(commit: Commit, **paging: Any) -> Connection:
    """The git author, then the co-authors of the message's trailers."""
    return connection(actors(commit.repository, commit.git), **paging)


@field("Commit.parents")
def parents(commit: Commit, **paging: Any) -> Connection:
    """What it stands on."""
    return connection([Commit(commit.repository, sha) for sha in commit.git.parents], **paging)


@field("Commit.history")
def history(commit: Commit, author: dict[str, Any] | None = None, **paging: Any) -> Connection:
    """It and what it stands on, the newest first; with `author`, only what came from one of their addresses."""
    permitted(commit.repository, "contents")
    wanted = {email.lower() for email in (author or {}).get("emails") or []}
    commits = [Commit(commit.repository, sha) for sha in commit.repository.store.history(commit.oid)]
    return connection([one for one in commits if not wanted or one.git.author.email.lower() in wanted], **paging)


@field("Commit.file")
def file(commit: Commit, path: str) -> Entry | None:
    """What stands at a path in it."""
    found = commit.repository.store.entry(commit.oid, path)
    return Entry(commit.repository, found) if found else None


@field("Commit.checkSuites")
def check_suites(commit: Commit, filter_by: dict[str, Any] | None = None, **paging: Any) -> Connection:
    """What Apps say about it."""
    permitted(commit.repository, "checks")
    wanted = filter_by or {}
    suites = [
        suite
        for suite in commit.repository.check_suites
        if suite.head_sha == commit.oid
        and wanted.get("appId") in (None, suite.app.id)
        and ("checkName" not in wanted or wanted["checkName"] in {run.name for run in suite.runs})
    ]
    return connection(suites, **paging)


@field("Commit.associatedPullRequests")
def associated_pulls(commit: Commit, **paging: Any) -> Connection:
    """The pull requests that it belongs to."""
    permitted(commit.repository, "pull_requests")
    return connection(pulls_of(commit.repository, commit.oid), **paging)


named("Commit", Commit)
named("Tree", Tree)
named("Blob", Blob)
named("GpgSignature", _Signature)
