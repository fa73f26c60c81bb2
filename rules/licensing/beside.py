# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files whose license another one names: their own `.license` file, or a REUSE.toml above them.

Source: REUSE Specification 3.3. Such a file is machine-readable as a whole, so that neither a standard notice nor a
template of the policy is asked for beside it.
"""

from collections.abc import Sequence

from rules.finding import Finding
from rules.licensing.doubt import claimed_beside
from rules.licensing.header import Header, Wording, has_year
from rules.licensing.licenses import MOST_CHARACTERS, canonical, offers
from rules.licensing.other_license import foreign_words, offered, other_beside
from rules.licensing.proposal import Examined, beside
from rules.licensing.reuse import Declared, Said
from rules.licensing.tags import TAG
from rules.shown import shown_path


def examine_mute(path: str, said: Said, wording: Wording) -> Examined:
    """What there is to say of a file that cannot carry comments, of which the policy wants to know all the same."""
    return told_beside(path, said, Header(()), wording) or _nothing_beside(path, said, wording)


def told_beside(path: str, said: Said, header: Header, wording: Wording) -> Examined | None:
    """What follows from the files beside a file, or None if it is all in its own header.

    The header's tags, if it has any, offer the wanted license.
    """
    if not header.tags and foreign_words(header, wording.license):
        return None
    own = _own_license(header, wording)
    named = said.licenses(own=own is not None)
    if not named:
        return Examined(_silent(path, said.replaces[0], wording)) if said.replaces else None
    if not _offers_all(own, named, wording):
        culprit = next((one for one in named if not all(offered(name, wording) for name in one.licenses)), named[0])
        return Examined(other_beside(path, culprit, wording))
    return Examined(_no_year(path, said, header, wording), source="" if own else named[0].source)


def added_up(path: str, said: Said, header: Header, wording: Wording) -> Examined | None:
    """What follows where a file names a part of the wanted license, and the rest is added to it; else None."""
    own = header.expression() if header.tags else " AND ".join(one.license.license for one in header.notices)
    adds = [one for one in said.adds if one.licenses]
    if not (own and adds and _offers_all(own, adds, wording)):
        return None
    return Examined(_no_year(path, said, header, wording))


def _own_license(header: Header, wording: Wording) -> str | None:
    if header.tags:
        return header.expression()
    return wording.license if header.notices else None


def _offers_all(own: str | None, named: Sequence[Declared], wording: Wording) -> bool:
    """Whether the wanted license is on offer under all that is said, which applies together."""
    licenses = {name for declared in named for name in declared.licenses} | ({own} if own else set())
    together = " AND ".join(sorted(f"({name})" for name in licenses))
    if len(together) > MOST_CHARACTERS or None in map(canonical, licenses):
        return False
    expression = canonical(together)
    return expression is not None and offers(expression, wording.license)


def dated(header: Header, said: Said) -> bool:
    """Whether a copyright notice with a year is in the file or in what stands beside it."""
    notices = [line.text for line in header.copyrights]
    return has_year([*notices, *(text for one in said.copyrights(own=bool(notices)) for text in one.copyrights)])


def _no_year(path: str, said: Said, header: Header, wording: Wording) -> Finding | None:
    if wording.options.year != "required" or dated(header, said):
        return None
    message = (
        "A file beside this one names its license, but no copyright notice with a year is there; wanted here: one."
    )
    fix = "Write SPDX-FileCopyrightText with the year in which this file was first published there as well."
    return Finding("header-missing", message, path, 1, fix=fix)


def _silent(path: str, declared: Declared, wording: Wording) -> Finding:
    source = shown_path(declared.source)
    message = f"{source} speaks for this file, and names no license; wanted here: {TAG} {wording.license}."
    fix = f"Let {source} name the license under which the file came; if it is your own work: {wording.license}."
    return Finding("header-missing", message, path, 1, fix=fix)


def _nothing_beside(path: str, said: Said, wording: Wording) -> Examined:
    proposal = beside(path, tuple(wording.tags()))
    wanted = f"wanted here: {TAG} {wording.license}"
    message = f"The file cannot carry comments, and no file beside it names its license; {wanted}."
    doubts = claimed_beside(said, Header(()), wording)
    fix = (
        f"{doubts} If it is all your own work: {proposal.fix[0].lower()}{proposal.fix[1:]}" if doubts else proposal.fix
    )
    return Examined(Finding("header-missing", message, path, 1, fix=fix), None if doubts else proposal)
