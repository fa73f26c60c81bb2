# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The page on the audit log names every kind of row and every key that one may have, and no other."""

import re
from collections import defaultdict
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from bot.decide.commands.run import REFUSAL
from bot.store import companies
from bot.store.agreements import Document
from bot.store.database import writing
from bot.store.decisions import Kind, decide
from bot.store.fixes import Kind as Button
from bot.store.personal import erase
from tests.bot.decide.commands.help import log, say, unsigned
from tests.bot.decide.fixes.pressing import DATASETS, PARQUET, offer, press, project
from tests.bot.store.test_decisions import OVERRIDE
from tests.bot.store.test_personal import ANN, NAME, live
from tests.house import House
from tests.pages import Page

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

PAGE = Page("docs/audit.md")
DECISIONS = {kind.value for kind in Kind}
ADDED = {kind.value for kind in Button}
_CODE = re.compile("`([a-z0-9_-]+)`")


def keys_told() -> dict[str, set[str]]:
    """By kind, the keys of `body` that the page names."""
    told: dict[str, set[str]] = defaultdict(set)
    for kinds, keys, _ in PAGE.rows("What a row holds"):
        for kind in _CODE.findall(kinds):
            told[kind].update(PAGE.named("Rows of decisions") if "#rows-of-decisions" in keys else _CODE.findall(keys))
    return told


def act(engine: Engine) -> None:
    """Do everything once that has a row, but for what is said on a pull request."""
    company = live(engine, ANN, NAME)
    with writing(engine) as connection:
        other = companies.add_company(connection, Document(2, 9, "CCLA.md"), "1.0", "Other", 100.0)
        companies.add_person(connection, other, 77, "bo", "member", 100.0, added_by=77)
        companies.acknowledge(connection, other, 77, 110.0)
        companies.remove_person(connection, other, 77, 120.0)
        companies.add_person(connection, other, 77, "bo", "member", 130.0, added_by=77)
        companies.end_company(connection, company, 140.0)
        decide(
            connection, 7, 12, [replace(OVERRIDE, kind=kind, of=5, remark=f"comment/{kind}") for kind in Kind], 150.0
        )
        erase(connection, ANN, 160.0)


def test_every_kind_of_row_and_every_key_is_told(house: House) -> None:
    say(house, unsigned(house), "eve", "/steward frobnicate")
    pull = offer(house, project(house, name="gadgets"))
    press(house, pull, "ada")
    press(house, pull, "wil")
    data = offer(house, project(house, name="data", policy=DATASETS), {"data/widgets/train.parquet": PARQUET})
    press(house, data, button="add-card")
    act(house.context.engine)
    found: dict[str, set[str]] = defaultdict(set)
    for kind, body, _ in log(house):
        found[kind].update(body.keys() - {"details"})
    assert found.keys() >= {*ADDED, REFUSAL, *DECISIONS}
    assert found == keys_told()
