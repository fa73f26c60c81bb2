# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What there is to say against the license of data or weights, in words: what was found, what is wanted, what to do."""

from dataclasses import dataclass
from enum import StrEnum

from rules.materials.cards.card import Card
from rules.materials.material import Material, Sort
from rules.materials.terms.classes import Classes, in_words
from rules.materials.terms.conflicts import Claim, Origin
from rules.materials.terms.license_files import NAMES
from rules.materials.terms.license_names import in_a_card
from rules.materials.terms.weighing import Scales, Weighed
from rules.shown import shown_path

_WHAT = {Sort.DATASET: "data", Sort.MODEL: "weights"}
_MOST_REASONS = 5
_SUCH_AS = {Sort.DATASET: "CC-BY-4.0", Sort.MODEL: "Apache-2.0"}
_LONGEST = 200  # characters of an expression


class Kind(StrEnum):
    """What is wrong."""

    NONE = "none"
    DENIED = "denied"
    CONFLICT = "conflict"
    NO_FILE = "no-file"


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that speaks against a license: `words` say what was found and what is wanted, `fix` what to do.

    `path` and `line` are where it is declared; None where it is nowhere.
    """

    kind: Kind
    words: str
    fix: str
    path: str | None
    line: int | None
    warning: bool = False


def undeclared(sort: Sort, card: Card | None, hint: Claim | None) -> Objection:
    """Nothing declares a license. `hint` is something else that may speak of it."""
    words = f"Nothing says under which license the {_WHAT[sort]} are{_hinted(hint)}."
    id_ = f"its SPDX id, such as {_SUCH_AS[sort]}"
    if hint and len(hint.licenses) == 1:
        id_ = f"{in_a_card(min(hint.licenses))} if that is it"
    fix = f"Write license: and {id_}, into the card. If you do not know it, ask the rights holder."
    return Objection(Kind.NONE, words, fix, card.path if card else None, card.line if card else None)


def _hinted(hint: Claim | None) -> str:
    if hint is None:
        return ""
    if hint.licenses:
        return f" where a card should say it; {_says(hint)}"
    return f": {shown_path(hint.path)} is there, and Steward does not know its words"


def untold(found: Claim, doubt: str, fix: str) -> Objection:
    """What is declared does not tell which license is meant."""
    return Objection(Kind.NONE, f"Nobody can tell the license: {doubt}.", fix, found.path, found.line)


def unrecorded(sort: Sort, known: str) -> Objection:
    """Something is loaded whose license is recorded nowhere; `known` is under which one it is known to come."""
    hint = f" It is known to come under {known}." if known else ""
    words = f"Nothing here says under which license the {_WHAT[sort]} are that this line loads.{hint}"
    fix = "Look up their license at their source, and record it in data-provenance.yml."
    return Objection(Kind.NONE, words, fix, None, None)


def refused(
    sort: Sort, found: Claim, note: str, weighed: Weighed, scales: Scales, *, loaded: bool = False
) -> Objection:
    """The policy does not let the license through. `loaded`: nothing of it enters the repository."""
    words = f"The policy does not accept the license of these {_WHAT[sort]}: {_because(weighed, note)}"
    another = f"Take {_WHAT[sort]} under another license, or ask the rights holder for one"
    instead = "" if loaded else f", or load the {_WHAT[sort]} from their source instead of committing them"
    fix = f"{another}{instead}.{'' if weighed.barred else f' {_allow(scales)}'}"
    return Objection(Kind.DENIED, words, fix, found.path, found.line)


def doubted(sort: Sort, found: Claim, note: str, weighed: Weighed, scales: Scales) -> Objection:
    """People should look at the license before they take it in."""
    words = f"The license of these {_WHAT[sort]} is worth a look: {_because(weighed, note)}"
    fix = f"Read the license and see that what the project does with the {_WHAT[sort]} fits it. {_allow(scales)}"
    return Objection(Kind.DENIED, words, fix, found.path, found.line, warning=True)


def _because(weighed: Weighed, note: str) -> str:
    more = "; and more" if len(weighed.reasons) > _MOST_REASONS else ""
    return f"{'; '.join(weighed.reasons[:_MOST_REASONS])}{more}.{f' ({note}.)' if note else ''}"


def _allow(scales: Scales) -> str:
    only = "" if scales.lists.exclusive else ", which then lets through only what it names"
    return f"Or a maintainer lets the license through under {scales.where}.allow of the policy{only}."


def contradicted(found: Claim, other: Claim) -> Objection:
    """Another place names another license."""
    words = f"Two places disagree on the license: {_says(found)}, {_says(other)}."
    fix = "Find out from the rights holder which of them is right, and correct the other."
    return Objection(Kind.CONFLICT, words, fix, found.path, found.line)


def too_loose(found: Claim, origin: Origin, lacking: Classes) -> Objection:
    """The license promises more than that of what it was made from."""
    told = f" (so says {shown_path(origin.told_by)})" if origin.told_by else ""
    words = (
        f"{_clipped(found.words)} is declared, but it was made from {_clipped(origin.name)}, which comes under "
        f"{_clipped(origin.license)}{told}. That {in_words(lacking)}, and the license declared does not."
    )
    own = in_a_card(_clipped(origin.license))
    fix = f"Declare {own}. If the rights holder permits more than that, show a maintainer where."
    return Objection(Kind.CONFLICT, words, fix, found.path, found.line)


def without_text(material: Material, found: Claim, licenses: tuple[str, ...]) -> Objection:
    """A license that asks to be kept, and whose text does not lie beside."""
    names = _clipped(" and ".join(licenses))
    folder = shown_path(material.folder) if material.folder else ""
    where = f"in {folder}" if folder else "for it in the top folder, where the project's own license lies"
    words = (
        f"{names} asks that what is made from it keeps its terms, so its text has to lie beside the "
        f"{_WHAT[material.sort]}; no license file lies {where}."
    )
    place = (
        f"Add the text as {folder}/{NAMES[0]}"
        if folder
        else f"Move them into a folder of their own with the text as {NAMES[0]}"
    )
    fix = f"{place}, or name the license in a .license file beside each file or in REUSE.toml."
    return Objection(Kind.NO_FILE, words, fix, found.path, found.line)


def _says(claim: Claim) -> str:
    line = f" (line {claim.line})" if claim.line else ""
    return f"{shown_path(claim.path)}{line} says {_clipped(claim.words)}"


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
