# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a declared license means: an SPDX expression, or why nobody can tell and what to write instead.

Ids of Hugging Face are understood as well as SPDX expressions, full names and addresses. What SPDX does not list
becomes a LicenseRef; what names no license, or several without saying which, is never guessed.
Source: huggingface.co/docs/hub/repositories-licenses; SPDX license list.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rules.data import table
from rules.licensing.licenses import canonical
from rules.licensing.reuse_toml import one_line
from rules.licensing.spdx import listed
from rules.materials.cards.card import Declared
from rules.materials.terms.license_names import LONGEST, by_address, by_name, key, reference, versions_of
from rules.suggest import nearest

OTHER = "other"
"""What Hugging Face has for a license that it does not list: `license_name` and `license_link` tell which."""

_SHOWN = 80
_IDENTIFIER = re.compile(r"[A-Za-z0-9.:+-]+")
_OLD_GNU = re.compile(r"(?<![\w.-])((?:[AL]?GPL|GFDL)-\d\.\d)(?![\w.+-])", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"([^()]*)\(([^()]+)\)[^()]*")
_UNFIT_IN_REFERENCE = re.compile(r"[^A-Za-z0-9.-]+")
_LONGEST_REFERENCE = 60
_ASK = "Write the SPDX id of the license that the rights holder gave, such as CC-BY-4.0, or ask the rights holder."


@dataclass(frozen=True, slots=True)
class Terms:
    """What was understood: `license` is a canonical SPDX expression, empty where nobody can tell which is meant.

    Then `doubt` is a clause that says why and `fix` what to do. `note` is a clause on what was assumed.
    """

    license: str = ""
    doubt: str = ""
    fix: str = ""
    note: str = ""


def shown(text: str) -> str:
    """What somebody wrote where a license should stand, on one line and short."""
    line = one_line(text[: _SHOWN * 4])
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}..."


def declared(keys: Mapping[str, Declared], *, text_beside: bool) -> Terms | None:
    """What a card declares, by its keys; None if nothing.

    Several licenses in a list hold together, for a list does not say that one may choose. `text_beside`: the text of
    the license lies beside, which is as good as a link to it.
    """
    licenses = keys["license"].values if "license" in keys else (OTHER,) if "license_name" in keys else ()
    understood = [
        _other(keys, text_beside=text_beside) if one.strip().lower() == OTHER else read(one) for one in licenses
    ]
    return together(understood) if understood else None


def together(several: Iterable[Terms]) -> Terms:
    """What holds where all of these do; what nobody can tell among them decides."""
    terms = tuple(dict.fromkeys(several))
    if len(terms) == 1 or any(one.doubt for one in terms):
        return next((one for one in terms if one.doubt), terms[0])
    expression = canonical(" AND ".join(f"({one.license})" for one in terms))
    note = "; ".join(one.note for one in terms if one.note)
    return Terms(expression, note=note) if expression else Terms(doubt="too many licenses are named", fix=_ASK)


def _other(keys: Mapping[str, Declared], *, text_beside: bool) -> Terms:
    """A license that is told by its name and link: one that is known after all, or a LicenseRef of that name."""
    name, link = (keys[one].text if one in keys else "" for one in ("license_name", "license_link"))
    for told in (name, link):
        if told and not (found := read(told)).doubt:
            return found
    slug = _UNFIT_IN_REFERENCE.sub("-", name[:_LONGEST_REFERENCE]).strip("-.")
    if slug and not _untold(name) and (link or text_beside):
        return Terms(f"LicenseRef-{slug}")
    missing = "license_link" if slug and not _untold(name) else "license_name"
    return Terms(
        doubt=f'"{OTHER}" names no license, and {missing} does not tell which it is',
        fix="Write the name of the license into license_name and the address of its text into license_link, or its "
        "exact id into license.",
    )


def read(text: str) -> Terms:
    """What one text means that stands where a license should: an id, an expression, a name or an address."""
    if len(text) > LONGEST:
        return Terms(doubt=f"what is named is longer than {LONGEST} characters, which no license is", fix=_ASK)
    return _read(text.strip())


@lru_cache(maxsize=1024)
def _read(written: str) -> Terms:
    if family := _family(written):
        return family
    if not key(written) or _untold(written):
        return Terms(doubt=f'"{shown(written)}" names no license', fix=_ASK)
    for name in (written, by_address(written), by_name(written), *map(by_name, _in_brackets(written))):
        if name and (expression := _expression(name)):
            return Terms(expression, note=_note(name))
    return _unknown(written)


def _unknown(written: str) -> Terms:
    if versions := versions_of(written):
        return _several(written, "a license without its version", versions[-4:])
    meant = nearest(written, listed())
    likely = f" (did you mean {meant}?)" if meant else ""
    return Terms(doubt=f'"{shown(written)}" is no license that SPDX or Hugging Face lists{likely}', fix=_ASK)


def _family(written: str) -> Terms | None:
    """A name of several licenses, alone or in an expression, where SPDX would take it for one of them."""
    names = _IDENTIFIER.findall(written) if canonical(written) or written.lower() in _families() else ()
    family = next((name for name in names if name.lower() in _families()), None)
    return family and _several(family, "a family of licenses", _families()[family.lower()])


def _several(name: str, what: str, ids: Sequence[str]) -> Terms:
    choice = " or ".join(filter(None, (", ".join(ids[:-1]), ids[-1])))
    doubt = f'"{shown(name)}" names {what}, and not which one it is'
    return Terms(doubt=doubt, fix=f"Write the exact id of the license that the rights holder gave: {choice}.")


def _expression(text: str) -> str | None:
    """An SPDX expression in which ids of Hugging Face may stand too."""
    return canonical(_IDENTIFIER.sub(lambda name: _ids().get(name[0].lower(), name[0]), text))


def _in_brackets(text: str) -> tuple[str, ...]:
    """What stands in brackets and before them: `Attribution 4.0 International (CC BY 4.0)`."""
    found = _IN_BRACKETS.fullmatch(text)
    return (found[2], found[1]) if found else ()


def _note(name: str) -> str:
    old = _OLD_GNU.search(name)
    if old is None:
        return ""
    return f"{old[1]} does not say whether later versions may be taken: it counts as {old[1].upper()}-only"


def _untold(text: str) -> bool:
    return key(text) in _untold_keys() or text.strip().lower() in _untold_keys()


@cache
def _untold_keys() -> frozenset[str]:
    names = table("terms")["untold"]["names"]
    return frozenset({*map(key, names), *map(str.lower, names)}) - {""}


@cache
def _families() -> dict[str, list[str]]:
    return dict(table("terms")["families"])


@cache
def _ids() -> dict[str, str]:
    """The ids of Hugging Face that SPDX does not have in the same letters."""
    terms = table("terms")
    return {**terms["aliases"], **{id_: reference(id_) for id_ in terms["custom"]}}
