# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""GitHub's GraphQL API, as far as `schema.graphql` goes: the same names, types and refusals."""
