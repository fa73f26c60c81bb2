# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the rules datasets and models say alike: of cards, of licenses, of what is loaded, and of consent.

A message names neither the material nor its place, so that what holds for several is told once with all places. Each
material has one finding of a kind. What is only loaded from elsewhere never does more than warn, for nothing of it
enters the repository; neither does a missing card where data that were there before are changed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rules.consent import Consent
from rules.finding import Finding, RuleConclusion
from rules.materials.cards import registry
from rules.materials.cards.card import Card, Problem
from rules.materials.look import Found, Loaded, Look
from rules.materials.material import Reference, Sort
from rules.materials.terms.objections import Kind, Objection
from rules.people import masked_in
from rules.rule import Code

MOST_FINDINGS = 1_000
MOST_NAMED = 10  # lines of a card that one finding tells of
LONGEST_NAME = 100  # characters

_SUFFIXES = {
    Kind.NONE: "no-license",
    Kind.DENIED: "license-denied",
    Kind.CONFLICT: "license-conflict",
    Kind.NO_FILE: "no-license-file",
}
BLANKS = {
    "name": ("a name", "what people call it"),
    "source": ("where it comes from", "an address, an id such as org/name, or how it was made"),
    "personal_data": ("a statement on personal data", "none, or what there is of it"),
    "base_model": ("the model that it was made from", "an id such as org/name, or none"),
    "training_data": ("the data that it was trained on", "ids such as org/name, or what they are"),
}
"""The keys that a card may lack: what each is in words, and what to write there."""
_ON_THE_HUB = {"training_data": "datasets"}
"""How cards spell a key that the registry calls by its own name."""


def codes(sort: Sort) -> Mapping[str, Code]:
    """The kinds of findings that both rules have."""
    it = sort.value
    return {
        f"{it}-no-card": Code(f"A {it} has no {it} card."),
        f"{it}-card-incomplete": Code(f"The card of a {it} lacks something, or cannot be understood."),
        f"{it}-no-license": Code(f"Nothing says under which license a {it} is."),
        f"{it}-license-denied": Code(f"The policy does not accept the license of a {it}."),
        f"{it}-license-conflict": Code(f"Two places say different things of the license of a {it}."),
        f"{it}-no-license-file": Code(f"The license of a {it} asks for its own text beside it."),
        f"{it}-unread": Code(f"The new lines of a file were not shown, and may load a {it}."),
        f"{it}-needs-approval": Code(
            f"A {it} is added or changed, and not enough people have approved it who may.",
            RuleConclusion.ACTION_REQUIRED,
        ),
    }


def named(name: str) -> str:
    """What strangers wrote, as everybody may see it: cut where it is long, and without anybody's address."""
    return masked_in(name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 3]}...")


def counted(sort: Sort, count: int) -> str:
    """So many of a sort."""
    return f"{count:,} {sort.value}{'' if count == 1 else 's'}"


def place(one: Found, key: str) -> tuple[str, int | None]:
    """Where a key of its card should be: its blank line, else the beginning of the card; without one, the data."""
    card = one.card
    return (card.path, card.blank.get(key) or card.line) if card else (one.place, None)


# -- cards --------------------------------------------------------------------------------------------------------


def on_card(one: Found, sort: Sort, keys: Sequence[str]) -> Iterator[Finding]:
    """That the card is not there, lacks one of the keys, or cannot be understood."""
    if one.card is None:
        yield _no_card(one, sort)
        return
    lacking = [key for key in keys if key not in one.card.keys]
    if lacking or one.card.problems:
        yield _incomplete(one, one.card, sort, lacking)


def _no_card(one: Found, sort: Sort) -> Finding:
    added = f"A {sort.value} is added, and no card says what it is, where it comes from and on which terms."
    message = f"A {sort.value} is changed that has no {sort.value} card." if one.is_update else added
    elsewhere = f"Write a {sort.value} card into its folder or one above; it speaks for all that lies there."
    return Finding(
        f"{sort.value}-no-card",
        message,
        one.place,
        fix=one.draft.fix if one.draft else elsewhere,
        warning=one.is_update,
        fixable=one.draft is not None,
        subject=named(one.material.name),
    )


def _incomplete(one: Found, card: Card, sort: Sort, lacking: Sequence[str]) -> Finding:
    """All that is wrong with a card, at the first line of it."""
    lines = [line for line in (*map(card.blank.get, lacking), *(problem.line for problem in card.problems)) if line]
    lacks = f"It lacks {_listed(_lack(card, key) for key in lacking)}." if lacking else ""
    told = " ".join(filter(None, (lacks, *_told(card.problems))))
    return Finding(
        f"{sort.value}-card-incomplete",
        f"The card of a {sort.value} is not complete. {told}",
        card.path,
        min(lines, default=card.line),
        fix=to_write(card, lacking) if lacking else "Correct these lines.",
        subject=named(one.material.name),
    )


def _lack(card: Card, key: str) -> str:
    line = card.blank.get(key)
    return f"{BLANKS[key][0]} (line {line} is blank)" if line else BLANKS[key][0]


def _told(problems: Sequence[Problem]) -> Iterator[str]:
    for problem in problems[:MOST_NAMED]:
        at = f"In line {problem.line}, " if problem.line else "In it, "
        yield f"{at}{problem.words}."
    if len(problems) > MOST_NAMED:
        yield f"{len(problems) - MOST_NAMED} more lines are wrong."


def to_write(card: Card, keys: Sequence[str]) -> str:
    """What to write into a card that lacks these keys; in front matter and the registry, the very lines."""
    if not card.path.endswith((".md", registry.PATH)):
        return f"Add to the card {_listed(BLANKS[key][0] for key in keys)}."
    in_registry = card.path == registry.PATH
    spelled = {} if in_registry else _ON_THE_HUB
    lines = "\n".join(f"{spelled.get(key, key)}: ...  # {BLANKS[key][1]}" for key in keys)
    where = "the entry in it" if in_registry else "its front matter"
    return f"Write into {where}, in place of the dots:\n\n{lines}"


def _listed(parts: Iterable[str]) -> str:
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def on_registry(seen: Look, sort: Sort) -> Iterator[Finding]:
    """What is wrong with the repository's registry, which may speak of any of it."""
    if seen.broken:
        message = f"The registry {registry.PATH} cannot be used as it is. {' '.join(_told(seen.broken))}"
        code, fix = f"{sort.value}-card-incomplete", "Correct these lines; until then nothing in them counts."
        line = min((problem.line for problem in seen.broken if problem.line), default=1)
        yield Finding(code, message, registry.PATH, line, fix=fix, warning=not (seen.found or seen.registers))


# -- licenses -----------------------------------------------------------------------------------------------------


def on_licenses(one: Found, sort: Sort, *, required: bool) -> Iterator[Finding]:
    """What speaks against its license. Where a card is asked for and missing, it goes without saying that none is
    named.
    """
    for objection in one.objections:
        if not (required and one.card is None and objection.kind is Kind.NONE):
            yield _on_license(one, objection, sort)


def _on_license(one: Found, objection: Objection, sort: Sort) -> Finding:
    unsaid = objection.kind is Kind.NONE and not (one.card and "license" in one.card.keys)
    told = objection.path and not unsaid
    path, line = (objection.path, objection.line) if told else place(one, "license")
    return Finding(
        f"{sort.value}-{_SUFFIXES[objection.kind]}",
        objection.words,
        path,
        line,
        fix=objection.fix,
        warning=objection.warning or (unsaid and one.is_update and one.card is None),
        subject=named(one.material.name),
    )


# -- what is loaded from elsewhere --------------------------------------------------------------------------------


def on_loaded(seen: Look, sort: Sort) -> Iterator[Finding]:
    """One warning for each that nothing is known of, or whose terms do not fit."""
    for one in seen.loaded:
        if one.card is None or one.objections:
            yield _on_loaded(one, sort)


def _on_loaded(one: Loaded, sort: Sort) -> Finding:
    reference = one.reference
    floating = " No fixed revision is named, so what is loaded may change." if reference.pinned is False else ""
    objection = one.objections[0] if one.card and one.objections else None
    code = _SUFFIXES[objection.kind] if objection else _SUFFIXES[Kind.NONE]
    unknown = f"A {sort.value} is loaded from {reference.host}, and nothing here says under which license."
    return Finding(
        f"{sort.value}-{code}",
        f"{objection.words if objection else unknown}{floating}",
        reference.path,
        reference.line,
        fix=objection.fix if objection else _record(reference),
        warning=True,
        subject=named(reference.id),
    )


def _record(reference: Reference) -> str:
    """What to do, and the entry for the registry, in which only the license is blank."""
    return (
        f"Look up its license and record it in {registry.PATH}, in the top folder of the repository, below a first "
        f"line version: 1\n\n{reference.sort.value}s:\n  - ids: [{json.dumps(reference.id)}]\n"
        f'    license: "TODO: its SPDX id"{_source(reference)}'
    )


def _source(reference: Reference) -> str:
    return f"\n    source: {json.dumps(reference.source)}" if reference.source else ""


def on_unread(seen: Look, sort: Sort) -> Iterator[Finding]:
    """Files that may load something, and whose new lines nobody has seen."""
    message = f"The new lines of this file were not shown, so nobody looked for a {sort.value} that they load."
    fix = "Look at the file yourself, or split the change into smaller ones."
    return (Finding(f"{sort.value}-unread", message, path, fix=fix, warning=True) for path in seen.unread)


# -- consent ------------------------------------------------------------------------------------------------------


def on_consent(seen: Look, sort: Sort, consent: Consent, *, offline: bool) -> Iterator[Finding]:
    """That somebody has to consent to data or weights, or to pointers to them, but not to what only tells of them.

    All say the same, so that they are told together. In a local checkout nobody can have consented yet.
    """
    if consent.missing:
        message, fix = f"A {sort.value} enters the repository. {consent.standing}", consent.remedy(f"{sort.value}s")
        code = f"{sort.value}-needs-approval"
        for one in seen.found:
            if one.parts:
                subject = named(one.material.name)
                yield Finding(code, message, one.place, fix=fix, warning=offline, subject=subject)
