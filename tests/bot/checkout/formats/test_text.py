# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from dataclasses import replace
from pathlib import Path

import click

from bot.checkout.formats import text
from rules.explanation import Explanation, Setting
from rules.finding import Table
from tests.bot.checkout.formats.reports import EMPTY, FULL

GOLDEN = Path(__file__).with_name("golden")


def test_the_whole_report() -> None:
    assert text.render(FULL, colour=False) == (GOLDEN / "report.txt").read_text("utf-8")


def test_colour_adds_nothing_but_colour() -> None:
    coloured = text.render(FULL, colour=True)

    assert click.style("failure", fg="red", bold=True) in coloured
    assert click.unstyle(coloured) == text.render(FULL, colour=False)


def test_an_explanation_stands_with_its_rule() -> None:
    told = Explanation(
        "policy@b", (Setting("level", '"error"', given=True), Setting("year", '"any"', given=False)), "1"
    )
    table = Table(("File", "Result"), (("a\x1b.py", "fine"),))
    result = replace(FULL.rules[0], explanation=told, table=table, notes=("c.bin was passed over",))
    shown = text.render(replace(FULL, rules=(result,)), colour=False)

    assert (
        "  what was looked at:\n    1\n    c.bin was passed over\n    File      Result\n    a\\x1b.py  fine\n"
        '  settings, from policy@b:\n    level: "error"\n'
        '  settings left at their defaults:\n    year: "any"\n'
    ) in shown
    assert shown.count("c.bin was passed over") == shown.count("Result") == 1


def test_a_report_that_only_advises_says_so() -> None:
    assert text.render(EMPTY, colour=False) == "neutral: no findings (the policy only advises)\n"
