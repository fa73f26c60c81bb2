# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from rules.consent import Consent
from rules.materials.cards.card import Problem
from rules.materials.look import Look
from rules.materials.material import Sort
from rules.materials.summary import summary
from tests.rules.materials.seen import found, loaded, part
from tests.rules.materials.test_findings import MIA, STEWARDS

NEW, OLD, TELLS = found(), found(None, part(new=False)), found(None, part(describes=True))
FREE, ASKED, GIVEN = Consent(0, STEWARDS), Consent(2, STEWARDS), Consent(1, STEWARDS, (MIA,))
BROKEN = (Problem("it is no YAML", 1),)

LINES: list[tuple[Look, list[set[str]], Consent, str]] = [
    (Look(), [], ASKED, "No dataset is added"),
    (Look(loaded=(loaded(),)), [], ASKED, "No dataset is added; 1 dataset is loaded from elsewhere"),
    (Look(loaded=(loaded(),) * 2), [], ASKED, "No dataset is added; 2 datasets are loaded from elsewhere"),
    (Look(broken=BROKEN), [], ASKED, "No dataset is added; data-provenance.yml cannot be used as it is"),
    (Look((NEW,)), [set()], FREE, "1 dataset is added"),
    (Look((OLD,)), [set()], FREE, "1 dataset is changed"),
    (Look((NEW, OLD)), [set(), set()], FREE, "2 datasets are added or changed"),
    (Look((NEW,)), [set()], ASKED, "1 dataset is added; 2 approvals needed"),
    (Look((NEW,)), [set()], Consent(1, STEWARDS), "1 dataset is added; 1 approval needed"),
    (Look((NEW,)), [set()], GIVEN, "1 dataset is added, with the approval of mia"),
    (Look((TELLS,)), [set()], ASKED, "1 dataset is added"),
    (
        Look((NEW, NEW, NEW)),
        [{"dataset-no-card"}, {"dataset-no-source", "dataset-license-denied"}, {"dataset-no-source"}],
        FREE,
        "3 datasets are added: 1 lacks a card, 1 has a license that is not accepted, 2 have no source",
    ),
    (Look((NEW,)), [{"dataset-no-card"}], GIVEN, "1 dataset is added: 1 lacks a card, with the approval of mia"),
]


@pytest.mark.parametrize(("seen", "troubles", "consent", "line"), LINES)
def test_the_verdict_in_one_line(seen: Look, troubles: list[set[str]], consent: Consent, line: str) -> None:
    assert summary(seen, Sort.DATASET, troubles, consent, offline=False) == line


def test_in_a_checkout_it_says_where_consent_is_given() -> None:
    line = summary(Look((NEW,)), Sort.DATASET, [set()], Consent(1, STEWARDS), offline=True)
    assert line == "1 dataset is added; 1 approval needed on GitHub"
