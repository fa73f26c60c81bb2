# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""How well datasets and models are told from their look-alikes: the corpus under tests/materials, labelled by hand.

What is missed, and what is found without being there, is named on the standard error.
tests/materials/test_detection.py holds these bounds.
"""

import sys

from benchmarks import Row
from tests.materials.corpus import cases
from tests.materials.score import Score, score

ENOUGH = 0.95


def run() -> list[Row]:
    corpus = cases()
    scored = score(corpus)
    _name("missed", scored.missed)
    _name("found, and not there", scored.wrong)
    _name("found by other names, or in another number", scored.unlike)
    of = f"datasets and models, committed or referenced, {len(corpus)} labelled contributions"
    return [
        _row(f"recall: {of}", scored.recall, f"{len(scored.missed)} of {_labelled(scored)} missed"),
        _row(f"precision: {of}", scored.precision, f"{len(scored.wrong)} found that are not there"),
        _row("told as a person would: each one, by its folder or id", scored.likeness, f"{len(scored.unlike)} not"),
    ]


def _labelled(scored: Score) -> int:
    return len(scored.right) + len(scored.missed)


def _row(what: str, share: float, rest: str) -> Row:
    return Row(what, f"at least {ENOUGH}", f"{share:.3f} ({rest})", share >= ENOUGH)


def _name(kind: str, names: tuple[str, ...]) -> None:
    for name in names:
        print(f"  {kind}: {name}", file=sys.stderr)
