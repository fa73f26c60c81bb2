# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Licenses by the names and addresses that people write for them: full names, short forms, links.

Names are compared by their letters and digits, without the words that all licenses share, and with the words of
Creative Commons and GNU as short as their ids have them.
"""

import re
from functools import cache

from rules.data import table
from rules.licensing.spdx import listed

LONGEST = 500
"""Characters of a name or an address; nothing longer names a license."""
REFERENCE = "LicenseRef-HF-"
"""What begins the name of a license that Hugging Face has an id for, and SPDX has not."""

_WORD = re.compile(r"[^\W\d_]+|\d+|\+")
_ARTICLES = frozenset({"a", "an", "the"})
_FILLERS = _ARTICLES | {"license", "licence", "licenses", "agreement", "deed", "version", "v"}
_SCOPES = frozenset({"gnu", "international", "unported", "generic", "universal"})
_SHORT = {
    "creative commons": "cc",
    "cc 0": "cczero",
    "cc cczero": "cczero",
    "cc zero": "cczero",
    "attribution": "by",
    "non commercial": "nc",
    "noncommercial": "nc",
    "share alike": "sa",
    "sharealike": "sa",
    "no derivatives": "nd",
    "noderivatives": "nd",
    "noderivs": "nd",
    "affero general public": "agpl",
    "lesser general public": "lgpl",
    "library general public": "lgpl",
    "general public": "gpl",
    "free documentation": "gfdl",
    "gplv": "gpl",
    "lgplv": "lgpl",
    "agplv": "agpl",
}
_LATER = re.compile(r"(?<=\d) \+$| or (?:any later|newer|above)$")
_LACKS_ZERO = re.compile(r"(?<= \d)(?= or later$| only$|$)")
_MOST_WORDS = 24  # of a text that may begin with a name
_GNU = re.compile(r"([AL]?GPL|GFDL)-\d\.\d-only")
_COMMONS = re.compile(r"creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)(?:/([a-z]{2,3})(?:/|$))?")
_DEDICATION = re.compile(r"creativecommons\.org/publicdomain/(zero|mark)/1\.0")
_BY_ID = re.compile(
    r"(?:spdx\.org/licenses|opensource\.org/licenses?|choosealicense\.com/licenses|opendefinition\.org/licenses)"
    r"/([a-z0-9.+-]+?)(?:\.html|\.json|\.txt)?(?:$|[/?#])"
)
_PLAIN_ENOUGH = frozenset({"mit", "isc", "unlicense", "wtfpl", "zlib", "ncsa"})


def key(text: str) -> str:
    """What names of licenses are compared by."""
    words = (word for word in _WORD.findall(text[:LONGEST].lower()) if word not in _FILLERS | _SCOPES)
    short = f" {' '.join(words)} "
    for long, brief in _SHORT.items():
        short = short.replace(f" {long} ", f" {brief} ")
    found = _LATER.sub(" or later", short.strip())
    return f"cc {found}" if found.startswith("by ") else found


def by_name(text: str) -> str | None:
    """The id of the license that has this name: as SPDX or an old name of GNU has it, or a LicenseRef."""
    return _named(key(text))


def versions_of(text: str) -> tuple[str, ...]:
    """The licenses that have this name, if it lacks a version: `CC BY` is that of CC-BY-3.0, CC-BY-4.0 ..."""
    return _versions(key(text))


def by_address(text: str) -> str | None:
    """The same as `by_name` for the license that stands at an address."""
    address = plain_address(text)
    if found := _COMMONS.match(address):
        return _commons(found)
    if found := _DEDICATION.match(address):
        return {"zero": "CC0-1.0", "mark": "CC-PDM-1.0"}[found[1]]
    if found := _BY_ID.match(address):
        return by_name(found[1])
    return next((license_ for start, license_ in _addresses().items() if address.startswith(start)), None)


def plain_address(text: str) -> str:
    """An address in small letters, without what it may begin with: https:// and www."""
    address = text[:LONGEST].strip().lower()
    return re.sub(r"^https?://(?:www\.)?", "", address)


def leading(text: str) -> frozenset[str]:
    """The license that a sentence goes on with, or all that it may be where the version is missing; none if none."""
    words = key(" ".join(text[:LONGEST].split()[:_MOST_WORDS])).split()
    for count in range(len(words), 0, -1):
        if found := _may_be(" ".join(words[:count])):
            unknown_version = len(found) > 1 and words[count : count + 1] and words[count].isdigit()
            return frozenset() if unknown_version else found
    return frozenset()


def _may_be(name: str) -> frozenset[str]:
    """What a name in a sentence stands for: names without a digit count if they are no common word."""
    named = _named(name)
    if named and (name in _PLAIN_ENOUGH or name in _rows() or any(mark.isdigit() for mark in name)):
        return frozenset({named})
    return frozenset(_versions(name))


def _commons(found: re.Match[str]) -> str | None:
    """A license of Creative Commons; one adapted to a country that SPDX does not list counts as the plain one."""
    plain = f"CC-{found[1]}-{found[2]}"
    return (by_name(f"{plain}-{found[3]}") if found[3] else None) or by_name(plain)


def _named(name: str) -> str | None:
    """People leave out a last zero: `Apache 2` is Apache-2.0."""
    return _index().get(name) or _index().get(_LACKS_ZERO.sub(" 0", name))


@cache
def _by_family() -> dict[str, tuple[str, ...]]:
    """The licenses whose names differ by their versions alone."""
    families: dict[str, dict[str, None]] = {}
    for name, id_ in _index().items():
        if family := re.fullmatch(r"(.*\D) [\d ]+", name):
            families.setdefault(family[1], {})[id_] = None
    return {family: tuple(ids) for family, ids in families.items()}


def _versions(name: str) -> tuple[str, ...]:
    return _by_family().get(name, ())


@cache
def _index() -> dict[str, str]:
    known = listed()
    old = (name.removesuffix("-only") for name in known if _GNU.fullmatch(name))
    return {key(name): name for name in (*old, *known)} | _rows()


@cache
def _rows() -> dict[str, str]:
    """The names in the table."""
    terms = table("terms")
    custom = {key(name): reference(id_) for id_, title in terms["custom"].items() for name in (id_, title)}
    return custom | {key(name): license_ for rows in ("aliases", "names") for name, license_ in terms[rows].items()}


@cache
def _addresses() -> dict[str, str]:
    return dict(table("terms")["addresses"])


def in_a_card(license_: str) -> str:
    """What to write into a card for a license: the id of Hugging Face where SPDX has none."""
    return license_.removeprefix(REFERENCE).replace("-plus-plus", "++")


def reference(id_: str) -> str:
    """What a license of Hugging Face is called that SPDX does not list."""
    return f"{REFERENCE}{id_.replace('++', '-plus-plus')}"
