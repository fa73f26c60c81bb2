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
    have them on their lists; of `organizations` they may be a member on GitHub.
    """

    signature: Signature | None = None
    earlier: Signature | None = None
    companies: tuple[tuple[Company, CompanyPerson], ...] = ()
    organizations: tuple[Company, ...] = ()

    def may_acknowledge(self, company_id: int) -> bool:
        """Whether this person is asked to say that they contribute for a company, or may say so."""
        waiting = [company for company, entry in self.companies if entry.acknowledged_at is None]
        return any(company.id == company_id for company in (*waiting, *self.organizations))


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
    mine, organizations = _companies(connection, asked, account_id)
    return Standing(next(iter(count), None), next(iter(others), None), mine, organizations)


def _companies(
    connection: Connection, asked: InForce, account_id: int
) -> tuple[tuple[tuple[Company, CompanyPerson], ...], tuple[Company, ...]]:
    if asked.corporate is None:
        return (), ()
    document, number = asked.corporate.document, major(asked.corporate.version)
    listed = companies.entries_of(connection, document, number, account_id)
    known = {company.id for company, _ in listed}
    others = [one for one in companies.organizations(connection, document, number) if one.id not in known]
    return tuple(listed), tuple(others)
