# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a contribution brings of one sort, and what is wrong with it, in one line."""

from collections.abc import Iterator, Sequence, Set

from rules.consent import Consent
from rules.materials.cards import registry
from rules.materials.findings import counted
from rules.materials.look import Found, Look
from rules.materials.material import Sort

_TOLD = {  # by the end of the code, in this order
    "no-card": ("lacks a card", "lack a card"),
    "card-incomplete": ("has an incomplete card", "have an incomplete card"),
    "unsafe-format": ("can run code when it is loaded", "can run code when they are loaded"),
    "no-license": ("has no license", "have no license"),
    "license-denied": ("has a license that is not accepted", "have a license that is not accepted"),
    "license-conflict": ("has contradicting licenses", "have contradicting licenses"),
    "no-license-file": ("lacks its license file", "lack their license file"),
    "no-source": ("has no source", "have no source"),
}


def summary(seen: Look, sort: Sort, troubles: Sequence[Set[str]], consent: Consent, *, offline: bool) -> str:
    """One line: what there is, how many of it have what wrong with them, and whose consent is missing or given.

    `troubles` are the codes of what was found, for each that is committed.
    """
    broken = f"; {registry.PATH} cannot be used as it is" if seen.broken else ""
    if not seen.found:
        loaded = f"; {counted(sort, len(seen.loaded))} {_is(seen.loaded)} loaded from elsewhere" if seen.loaded else ""
        return f"No {sort.value} is added{loaded}{broken}"
    told = ", ".join(_told(sort, troubles))
    start = f"{counted(sort, len(seen.found))} {_is(seen.found)} {_done(seen.found)}"
    return f"{start}{': ' if told else ''}{told}{_consent(seen, consent, offline=offline)}{broken}"


def _told(sort: Sort, troubles: Sequence[Set[str]]) -> Iterator[str]:
    """By kind, of how many it is true."""
    for suffix, words in _TOLD.items():
        if count := sum(f"{sort.value}-{suffix}" in codes for codes in troubles):
            yield f"{count:,} {words[count > 1]}"


def _is(some: Sequence[object]) -> str:
    return "is" if len(some) == 1 else "are"


def _done(found: Sequence[Found]) -> str:
    updates = sum(one.is_update for one in found)
    if not updates:
        return "added"
    return "changed" if updates == len(found) else "added or changed"


def _consent(seen: Look, consent: Consent, *, offline: bool) -> str:
    if not consent.count or not any(one.parts for one in seen.found):
        return ""
    if not consent.missing:
        return f", with the approval of {', '.join(one.by for one in consent.given)}"
    needed = f"{consent.missing} approval{'s' if consent.missing > 1 else ''} needed"
    return f"; {needed} on GitHub" if offline else f"; {needed}"
