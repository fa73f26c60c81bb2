# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Data and models are told from their look-alikes, on a corpus that was labelled by hand."""

import pytest

from tests.materials.corpus import Case, cases
from tests.materials.score import Score, score

ENOUGH = 0.95


@pytest.fixture(scope="module")
def corpus() -> list[Case]:
    return cases()


@pytest.fixture(scope="module")
def scored(corpus: list[Case]) -> Score:
    return score(corpus)


def test_the_corpus_is_large_and_half_of_it_is_a_trap(corpus: list[Case]) -> None:
    quiet = [case for case in corpus if not any(label.committed + label.referenced for label in case.labels.values())]
    assert len(corpus) >= 300
    assert len(quiet) >= 0.4 * len(corpus)


def test_every_case_has_its_own_name_and_a_reason(corpus: list[Case]) -> None:
    assert len({case.name for case in corpus}) == len(corpus)
    assert all(case.why.endswith(".") for case in corpus)


def test_what_comes_in_is_found(scored: Score) -> None:
    assert scored.recall >= ENOUGH, "\n".join(["missed:", *scored.missed])


def test_what_only_looks_like_it_stays_quiet(scored: Score) -> None:
    assert scored.precision >= ENOUGH, "\n".join(["found, and not there:", *scored.wrong])


def test_what_is_found_is_told_as_a_person_would(scored: Score) -> None:
    assert scored.likeness >= ENOUGH, "\n".join(["found by other names, or in another number:", *scored.unlike])
