# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from pathlib import Path

import click

from bot.checkout.formats import text
from tests.bot.checkout.formats.reports import EMPTY, FULL

GOLDEN = Path(__file__).with_name("golden")
SETTINGS = {"headers": {"level": "error", "license": [{"paths": ["**"], "license": "Apache-2.0"}]}}


def test_the_whole_report() -> None:
    assert text.render(FULL, {}, colour=False) == (GOLDEN / "report.txt").read_text("utf-8")


def test_colour_adds_nothing_but_colour() -> None:
    coloured = text.render(FULL, {}, colour=True)

    assert click.style("failure", fg="red", bold=True) in coloured
    assert click.unstyle(coloured) == text.render(FULL, {}, colour=False)


def test_settings_stand_with_their_rule_and_their_source() -> None:
    shown = text.render(FULL, SETTINGS, colour=False)

    assert f'  settings, from {FULL.policy_source}:\n    level: "error"\n    license: [{{' in shown


def test_a_report_that_only_advises_says_so() -> None:
    assert text.render(EMPTY, {}, colour=False) == "neutral: no findings (the policy only advises)\n"
