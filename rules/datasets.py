# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Rule datasets: data come with a card, a source and a license that fits, and somebody has agreed to them.

What is committed is held to all of that. What is only loaded from elsewhere warns, unless the repository's registry
names it with a license that fits.
"""

from collections.abc import Iterator
from functools import partial

from rules.change import Change
from rules.finding import Finding
from rules.materials import findings, look
from rules.materials.draft import Draft
from rules.materials.findings import named, place, to_write
from rules.materials.look import NEEDS, Found
from rules.materials.material import Material, Sort
from rules.materials.verdict import verdict
from rules.options import DatasetsOptions
from rules.rule import Code, Facts, Judgement, Rule, Signal

SORT = Sort.DATASET
CONSENT = "dataset-needs-approval"
NO_SOURCE = "dataset-no-source"
CODES = {**findings.codes(SORT), NO_SOURCE: Code("Nothing says where a dataset comes from.")}
KEYS = ("name", "personal_data")
"""What a card has to say besides license and source, which have findings of their own."""


def check(change: Change, options: DatasetsOptions, facts: Facts) -> Judgement:
    """Judge every dataset that is committed or loaded."""
    seen = look.look(change, SORT, options)
    own = [tuple(_on_one(one, required=options.card == "required")) for one in seen.found]
    return verdict(seen, SORT, own, options, facts)


def drafts(change: Change, options: DatasetsOptions, _facts: Facts) -> Iterator[tuple[Material, Draft]]:
    """A card for each dataset that needs one, to be filled in."""
    return look.drafts(look.look(change, SORT, options))


def _on_one(one: Found, *, required: bool) -> Iterator[Finding]:
    if required:
        yield from findings.on_card(one, SORT, KEYS)
    yield from findings.on_licenses(one, SORT, required=required)
    if not (required and one.card is None):
        yield from _on_source(one)


def _on_source(one: Found) -> Iterator[Finding]:
    """That nothing says where the data come from."""
    card = one.card
    if card and "source" in card.keys:
        return
    path, line = place(one, "source")
    yield Finding(
        NO_SOURCE,
        "Nothing says where the data come from.",
        path,
        line,
        fix=to_write(card, ["source"]) if card else "Say in a card where they come from, under the key source.",
        warning=card is None and one.is_update,
        subject=named(one.material.name),
    )


RULE = Rule(
    name="datasets",
    needs=lambda _options: NEEDS,
    minds=frozenset({Signal.HEAD, Signal.BASE, Signal.DECISION, Signal.PEOPLE}),
    codes=CODES,
    check=check,
    wants=partial(look.wants, SORT),
    beside=partial(look.beside, SORT),
    peeks=partial(look.peeks, SORT),
    reads_lines=look.reads_lines,
    by_content=True,
    consent=CONSENT,
)
