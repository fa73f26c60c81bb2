# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a repository asks of those who sign, and what somebody has done about it so far."""

from dataclasses import dataclass

from flask import abort, request
from sqlalchemy import Connection

from bot.store import companies, signatures
from bot.store.agreements import InForce, all_in_force, find_in_force, major
from bot.store.companies import Company, CompanyPerson
from bot.store.repositories import RepositoryFacts
from bot.store.signatures import Signature


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands between a person and an agreement.

    `signature` is theirs that counts for the version in force, `earlier` the newest of those that do not. `companies`
    have them on their lists.
    """

    signature: Signature | None = None
    earlier: Signature | None = None
    companies: tuple[tuple[Company, CompanyPerson], ...] = ()

    def may_acknowledge(self, company_id: int) -> bool:
        """Whether this person is asked to say that they contribute for a company."""
        return any(company.id == company_id and entry.acknowledged_at is None for company, entry in self.companies)


def asked_of(connection: Connection, repository: RepositoryFacts) -> InForce:
    """What the branch in the address asks, or else the default branch, or else the first that asks anything.

    404 where nobody is asked to sign.
    """
    branch = request.args.get("branch")
    if branch is not None:
        return find_in_force(connection, repository.id, branch) or abort(404)
    everywhere = {asked.branch: asked for asked in all_in_force(connection, repository.id)}
    default = everywhere.get(repository.default_branch or "")
    return default or next(iter(everywhere.values()), None) or abort(404)


def standing_of(connection: Connection, asked: InForce, account_id: int) -> Standing:
    """How far somebody has come."""
    theirs = [one for one in signatures.of_account(connection, account_id) if one.document == asked.document]
    count = [one for one in theirs if one.revoked_at is None and major(one.version) == major(asked.version)]
    others = [one for one in theirs if one not in count]
    return Standing(next(iter(count), None), next(iter(others), None), _companies(connection, asked, account_id))


def _companies(connection: Connection, asked: InForce, account_id: int) -> tuple[tuple[Company, CompanyPerson], ...]:
    if asked.corporate is None:
        return ()
    corporate = asked.corporate
    return tuple(companies.entries_of(connection, corporate.document, major(corporate.version), account_id))
