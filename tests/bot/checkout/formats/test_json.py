# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import json as standard
from pathlib import Path

from bot.checkout.formats import json
from tests.bot.checkout.formats.reports import EMPTY, FULL

GOLDEN = Path(__file__).with_name("golden")


def test_the_whole_report() -> None:
    assert json.render(FULL, {}) == (GOLDEN / "report.json").read_text("utf-8")


def test_it_is_the_report_s_own_json() -> None:
    assert standard.loads(json.render(EMPTY, {})) == EMPTY.as_json()


def test_settings_stand_with_their_rule_and_their_source() -> None:
    rules = standard.loads(json.render(FULL, {"headers": {"level": "error"}}))["rules"]

    assert [rule.get("settings") for rule in rules] == [None, None, {"level": "error"}, None, None]
    assert [rule.get("settings_source") for rule in rules] == [None, None, FULL.policy_source, None, None]
