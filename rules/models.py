# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Rule models: weights come with a card and a license that fits, in a format that does not run code when loaded.

What is committed is held to all of that. What is only loaded from elsewhere warns, unless the repository's registry
names it with a license that fits; so does code that lets what it loads run code.
"""

from collections.abc import Iterator
from functools import partial

from rules.change import Change
from rules.finding import Finding
from rules.materials import findings, look
from rules.materials.draft import Draft
from rules.materials.look import NEEDS, Found
from rules.materials.material import Material, Sort
from rules.materials.verdict import Aside, verdict
from rules.model_findings import CODES as OWN_CODES
from rules.model_findings import in_short, on_code, on_formats, on_let_through, on_small
from rules.options import ModelsOptions
from rules.rule import Facts, Judgement, Rule, Signal

SORT = Sort.MODEL
CONSENT = "model-needs-approval"
CODES = {**findings.codes(SORT), **OWN_CODES}
KEYS = ("base_model", "training_data")
"""What a card has to say besides the license, which has findings of its own."""


def check(change: Change, options: ModelsOptions, facts: Facts) -> Judgement:
    """Judge every model that is committed or loaded."""
    seen = look.look(change, SORT, options)
    contents = {file.path: file.content for file in change.files}
    own = [(*_on_one(one, options), *on_formats(one, contents, options)) for one in seen.found]
    small = on_small(seen, change, options)
    aside = Aside((*small, *on_code(change)), tuple(on_let_through(seen, options)), in_short(small))
    return verdict(seen, SORT, own, options, facts, aside)


def drafts(change: Change, options: ModelsOptions, _facts: Facts) -> Iterator[tuple[Material, Draft]]:
    """A card for each model that needs one, to be filled in."""
    return look.drafts(look.look(change, SORT, options))


def _on_one(one: Found, options: ModelsOptions) -> Iterator[Finding]:
    required = options.card == "required"
    if required:
        yield from findings.on_card(one, SORT, KEYS)
    yield from findings.on_licenses(one, SORT, required=required)


RULE = Rule(
    name="models",
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
