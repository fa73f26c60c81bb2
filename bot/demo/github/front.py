# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Where requests come in: faults first, then the answer, and a record of both."""

import re
from dataclasses import dataclass
from typing import Literal

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bot.demo.github.accounts import Organization
from bot.demo.github.faults import Answer, Faults
from bot.demo.github.rest.answers import WORLD
from bot.demo.github.rest.application import application
from bot.demo.github.server import Asked
from bot.demo.github.world import World
from bot.demo.pages import is_page, pages

_CHANGING_NOTHING = ("/graphql", "/access_tokens", "/access_token")
Kind = Literal["app", "installation", "user", "none"]


@dataclass(frozen=True, slots=True)
class Request:
    """One request that came in. `status` is 0 where the answer was lost; `token` is what it was asked with.

    `operation` is the name of a GraphQL query, or of what it changes if it is a `mutation`.
    """

    method: str
    path: str
    query: str
    status: int
    token: Kind
    operation: str = ""
    mutation: bool = False

    @property
    def line(self) -> str:
        """`METHOD /path?query`, or `POST /graphql Operation`."""
        return _line(self.method, f"{self.path}?{self.query}" if self.query else self.path, self.operation)

    @property
    def writes(self) -> bool:
        """Whether it changed what people see; getting a token and asking by GraphQL do not."""
        return self.mutation or (
            self.method != "GET" and not self.path.endswith(("/graphql", "/access_tokens", "/access_token"))
        )


class Front:
    """The front door of one simulated world."""

    def __init__(self, world: World) -> None:
        self.requests: list[Request] = []
        self.faults = Faults()
        self._world = world
        self._application = application()
        self._pages = pages()

    def serve(self, asked: Asked) -> Answer | None:
        """Answer a request, or None to close its connection. Pages are for people: nothing counts or breaks them."""
        if is_page(asked.method, asked.target):
            return self._answer(asked, self._pages)
        fault = self.faults.meet(_line(asked.method, asked.target, _operation(asked)))
        answer = None if fault and not fault.after_effect else self._answer(asked, self._application)
        if fault is not None:
            answer = fault.answer
        self._record(asked, answer.status if answer else 0)
        return answer

    def _answer(self, asked: Asked, flask: Flask) -> Answer:
        path, _, query = asked.target.partition("?")
        with self._world.lock:
            builder = EnvironBuilder(
                self._by_name(path),
                self._world.url,
                query,
                asked.method,
                headers=Headers(asked.headers),
                data=asked.body,
                environ_base={WORLD: self._world},
            )
            chunks, status, headers = run_wsgi_app(flask, builder.get_environ(), buffered=True)
            body = b"".join(chunks)
        kept = {name: value for name, value in headers.items() if name != "Content-Length"}
        return Answer(int(status.split()[0]), kept, body)

    def _by_name(self, path: str) -> str:
        """`/repositories/ID` and `/organizations/ID/team/ID` are what has these ids, whatever it is called now."""
        found = re.match(r"/(?:repositories/(?P<repository>\d+)|organizations/\d+/team/(?P<team>\d+))(?=/|$)", path)
        if found is None:
            return path
        name = self._repository_path(found["repository"]) if found["repository"] else self._team_path(found["team"])
        return f"{name}{path[found.end() :]}" if name else path

    def _repository_path(self, number: str) -> str | None:
        repository = self._world.repositories.get(int(number))
        return f"/repos/{repository.full_name}" if repository else None

    def _team_path(self, number: str) -> str | None:
        owners = [account for account in self._world.accounts.values() if isinstance(account, Organization)]
        teams = [team for owner in owners for team in owner.teams.values() if str(team.id) == number]
        return f"/orgs/{teams[0].organization.login}/teams/{teams[0].slug}" if teams else None

    def _record(self, asked: Asked, status: int) -> None:
        path, _, query = asked.target.partition("?")
        operation, mutation = _operation(asked), _is_mutation(asked)
        request = Request(asked.method, path, query, status, _kind_of_token(asked), operation, mutation)
        self.requests.append(request)


def _line(method: str, target: str, operation: str) -> str:
    return f"{method} {target} {operation}".rstrip()


def _operation(asked: Asked) -> str:
    """The name of a GraphQL query, as its author gave it."""
    found = re.search(rb"\b(?:query|mutation) +(\w+)", asked.body) if asked.target == "/graphql" else None
    return found[1].decode() if found else ""


def _is_mutation(asked: Asked) -> bool:
    return asked.target == "/graphql" and re.search(rb'"query": *"\s*mutation\b', asked.body) is not None


def _kind_of_token(asked: Asked) -> Kind:
    credential = next((value for name, value in asked.headers.items() if name.lower() == "authorization"), "")
    if not credential:
        return "none"
    if credential.partition(" ")[2].startswith("ghu_"):
        return "user"
    return "app" if credential.count(".") == 2 else "installation"
