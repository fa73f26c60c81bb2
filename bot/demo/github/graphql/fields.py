# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How a field finds its value: a function registered for it, else the attribute of the same name."""

import base64
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from flask import g
from graphql import GraphQLError, GraphQLResolveInfo

from bot.demo.github.repository import Repository
from bot.demo.github.rest.access import Access, calling_token, require, sees
from bot.demo.github.rest.answers import Refused
from bot.demo.github.shapes.common import when

Resolver = Callable[..., Any]
R = TypeVar("R", bound=Resolver)

_FIELDS: dict[str, Resolver] = {}
_TYPES: dict[type, str] = {}


def field(*names: str) -> Callable[[R], R]:
    """Register a function for fields, each given as `Type.field`. It gets the source and the arguments."""

    def register(resolver: R) -> R:
        _FIELDS.update(dict.fromkeys(names, resolver))
        return resolver

    return register


def named(name: str, kind: type) -> None:
    """Say which GraphQL type a Python class stands for, where an interface leaves it open."""
    _TYPES[kind] = name


def resolve_field(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
    """The value of a field; times as GitHub writes them."""
    value = _value(source, info, arguments)
    return when(value) if isinstance(value, datetime) else value


def _value(source: Any, info: GraphQLResolveInfo[Any], arguments: dict[str, Any]) -> Any:
    resolver = _FIELDS.get(f"{info.parent_type.name}.{info.field_name}")
    given = {snake(name): value for name, value in arguments.items()}
    if resolver is not None:
        return resolver(source, **given)
    name = snake(info.field_name)
    return source[name] if isinstance(source, dict) else getattr(source, name)


def resolve_type(source: Any, _info: object, _kind: object) -> str:
    """The concrete type behind an interface."""
    name = _TYPES[type(source)]
    return "Bot" if getattr(source, "kind", "") == "Bot" else name


def snake(name: str) -> str:
    """`headRefOid` as `head_ref_oid`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def problem(kind: str, message: str) -> GraphQLError:
    """A refusal with GitHub's word for its kind."""
    return GraphQLError(message, extensions={"type": kind})


def visible(repository: Repository | None) -> bool:
    """Whether there is such a repository and the caller may see it."""
    return repository is not None and sees(calling_token(), repository)


def permitted(repository: Repository, *permissions: str, access: Access = "read") -> None:
    """Go on only if the caller may do this.

    Raises:
        GraphQLError: FORBIDDEN.
    """
    try:
        require(calling_token(), repository, access, permissions)
    except Refused as refused:
        raise problem("FORBIDDEN", str(refused)) from refused


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True, slots=True)
class Connection:
    """A page of a list."""

    nodes: list[Any]
    page_info: PageInfo
    total_count: int


def connection(
    items: Sequence[Any],
    first: int | None = None,
    last: int | None = None,
    after: str | None = None,
    before: str | None = None,
) -> Connection:
    """The page that the arguments ask for.

    Raises:
        GraphQLError: neither `first` nor `last`, or one outside 1 to 100.
    """
    size = first if first is not None else last
    if size is None:
        raise problem(
            "MISSING_PAGINATION_BOUNDARIES", "You must provide a `first` or `last` value to properly paginate."
        )
    if not 0 <= size <= 100:
        raise problem("EXCESSIVE_PAGINATION", f"Requesting {size} records exceeds the `first` limit of 100 records.")
    start = _position(after) if after else 0
    end = _position(before) - 1 if before else len(items)
    start, end = (start, min(end, start + size)) if first is not None else (max(start, end - size), end)
    cursors = (_cursor(start + 1), _cursor(end)) if start < end else (None, None)
    page_info = PageInfo(end < len(items), start > 0, *cursors)
    g.nodes = g.get("nodes", 0) + size
    return Connection(list(items[start:end]), page_info, len(items))


def _cursor(position: int) -> str:
    return base64.b64encode(f"cursor:{position}".encode()).decode()


def _position(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("cursor:"))
    except ValueError as error:
        raise problem("INVALID_CURSOR_ARGUMENTS", f"`{cursor}` does not appear to be a valid cursor.") from error
