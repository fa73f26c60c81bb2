# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""POST /graphql: one query in, data and errors out, as GitHub words them."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from flask import Blueprint
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from bot.demo.github.graphql import commits, objects, pulls, reactions, repositories, reviews
from bot.demo.github.graphql.fields import resolve_field, resolve_type
from bot.demo.github.rest.access import calling_token
from bot.demo.github.rest.answers import Answered, Refused, json_body
from bot.demo.github.shapes.common import Json

routes = Blueprint("graphql", __name__)

SCHEMA = Path(__file__).with_name("schema.graphql")
RESOLVERS = (commits, objects, pulls, reactions, repositories, reviews)  # importing them registers their fields


@cache
def schema() -> GraphQLSchema:
    """The schema, built once for a process."""
    return build_schema(SCHEMA.read_text("utf-8"))


@routes.post("/graphql")
def graphql() -> Answered:
    """Answer a query."""
    calling_token()
    asked = json_body()
    query = asked.get("query")
    if not isinstance(query, str):
        raise Refused(400, "A query attribute must be specified and must be a string.")
    result = _execute(query, asked)
    answer: Json = {} if result.data is None else {"data": result.data}
    if result.errors:
        answer["errors"] = [_error(error) for error in result.errors]
    return answer


def _execute(query: str, asked: Json) -> ExecutionResult:
    try:
        document, errors = _understand(query)
    except GraphQLError as error:
        return ExecutionResult(None, [error])
    if errors:
        return ExecutionResult(None, errors)
    return execute_sync(
        schema(),
        document,
        variable_values=asked.get("variables"),
        operation_name=asked.get("operationName"),
        field_resolver=resolve_field,
        type_resolver=cast("Any", resolve_type),
    )


@lru_cache(maxsize=100)
def _understand(query: str) -> tuple[DocumentNode, list[GraphQLError]]:
    """Parse and validate; programs ask the same few queries over and over, and this takes longer than answering."""
    document = parse(query)
    return document, validate(schema(), document)


def _error(error: GraphQLError) -> Json:
    """An error as GitHub writes it: its kind beside the message."""
    shape = dict(error.formatted)
    kind = shape.pop("extensions", {})
    return {**cast("Json", kind), **shape}
