# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from functools import cache

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    validate_schema,
)

from bot.demo.github.graphql.endpoint import schema
from tests.bot.demo.published import published

OURS = sorted(name for name in schema().type_map if not name.startswith("__"))


@cache
def whole() -> GraphQLSchema:
    text = published("@octokit/graphql-schema@15", "schema.graphql").read_text("utf-8")
    return build_schema(text, assume_valid_sdl=True)  # GitHub publishes a field twice now and then


def test_the_schema_is_valid_by_itself() -> None:
    assert validate_schema(schema()) == []


@pytest.mark.long
@pytest.mark.parametrize("name", OURS)
def test_every_type_is_as_github_publishes_it(name: str) -> None:
    assert differences(schema().type_map[name], whole().type_map[name]) == []


def differences(ours: GraphQLNamedType, theirs: GraphQLNamedType) -> list[str]:
    assert type(ours) is type(theirs)
    if isinstance(ours, GraphQLEnumType) and isinstance(theirs, GraphQLEnumType):
        return sorted(ours.values.keys() ^ theirs.values.keys())
    if isinstance(ours, GraphQLInputObjectType) and isinstance(theirs, GraphQLInputObjectType):
        return [name for name, one in ours.fields.items() if str(one.type) != str(theirs.fields[name].type)]
    if isinstance(ours, GraphQLUnionType) and isinstance(theirs, GraphQLUnionType):
        return sorted({one.name for one in ours.types} - {one.name for one in theirs.types})
    if isinstance(ours, (GraphQLObjectType, GraphQLInterfaceType)):
        assert isinstance(theirs, (GraphQLObjectType, GraphQLInterfaceType))
        return _field_differences(ours, theirs)
    return []


def _field_differences(
    ours: GraphQLObjectType | GraphQLInterfaceType, theirs: GraphQLObjectType | GraphQLInterfaceType
) -> list[str]:
    published_interfaces = {interface.name for interface in theirs.interfaces}
    wrong = [f"implements {found.name}" for found in ours.interfaces if found.name not in published_interfaces]
    for name, ours_field in ours.fields.items():
        theirs_field = theirs.fields.get(name)
        if theirs_field is None or str(theirs_field.type) != str(ours_field.type):
            wrong.append(f"{name}: {ours_field.type}")
            continue
        for argument, one in ours_field.args.items():
            other = theirs_field.args.get(argument)
            if other is None or (str(other.type), other.default_value) != (str(one.type), one.default_value):
                wrong.append(f"{name}({argument}: {one.type})")
        required = {argument for argument, one in theirs_field.args.items() if str(one.type).endswith("!")}
        wrong += [f"{name}({argument}) is required" for argument in required - ours_field.args.keys()]
    return wrong
