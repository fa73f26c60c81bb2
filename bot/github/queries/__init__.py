# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The GraphQL queries, one file each, so that they can be read and held against GitHub's published schema."""

from functools import cache
from importlib.resources import files


@cache
def query(*names: str) -> str:
    """The text of one query and the fragments that it uses, by the names of their files."""
    return "\n".join(files(__name__).joinpath(f"{name}.graphql").read_text(encoding="utf-8") for name in names)
