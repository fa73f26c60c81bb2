# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is on record of the people behind a contribution: who signed, and whom a company covers. One query for all."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection

from bot.decide.agreements import Terms
from bot.decide.case import Case
from bot.decide.world import World
from bot.store import signatures
from bot.store.agreements import Corporate
from bot.store.coverage import coverage
from bot.store.database import reading
from rules.agreement import Coverage, Signed, Standing, major
from rules.change import Change
from rules.people import Role, contributors
from rules.rule import Facts


def accounts_behind(change: Change, noreply: str) -> frozenset[int]:
    """The ids of all accounts that have a part in a contribution, whomever the policy asks."""
    everybody = contributors(change, list(Role), merge_commits=True, noreply=noreply)
    return frozenset(one.person.id for one in everybody if one.person.id is not None)


def recorded(case: Case, terms: Terms | None) -> Facts:
    """What rules have to know beside the contribution, as far as it is on record here."""
    agreement, own = terms.agreement if terms else None, case.pull.own_account
    facts = replace(case.world.facts(), seen_at=case.seen_at, agreement=agreement, own_account=own)
    if terms is None:
        return facts
    return replace(facts, people=on_record(case.world, terms, accounts_behind(case.change, facts.noreply)))


def on_record(world: World, terms: Terms, accounts: Collection[int]) -> dict[int, Standing]:
    """The standing of those accounts of which anything is on record."""
    if terms.document is None:
        return {}
    with reading(world.engine) as connection:
        signed = signatures.standing(connection, terms.document, accounts)
        covered = _coverage(connection, terms.corporate, accounts)
    return {
        account: Standing(
            tuple(Signed(one.version, one.at) for one in signed.get(account, ())), covered.get(account, ())
        )
        for account in accounts
        if signed.get(account) or covered.get(account)
    }


def _coverage(
    connection: Connection, corporate: Corporate | None, accounts: Collection[int]
) -> dict[int, tuple[Coverage, ...]]:
    if corporate is None:
        return {}
    found = coverage(connection, corporate.document, major(corporate.version), accounts)
    return {
        account: tuple(Coverage(one.company, one.acknowledged, one.until) for one in rows)
        for account, rows in found.items()
    }
