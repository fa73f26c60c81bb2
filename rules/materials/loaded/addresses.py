# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Addresses of data and models, by the table in data/references.toml."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from rules.materials.loaded.code_lines import Source
from rules.materials.loaded.known import (
    LONGEST_ID,
    MOST_LOOKED_AT,
    Found,
    any_of,
    commits,
    reference_table,
    told_by_words,
)
from rules.materials.material import Sort
from rules.patterns import linear_regex

_ADDRESS = re.compile(
    rb"(?<![\w+])(?:https?|ftp|s3[an]?|gs|gcs|abfss?|wasbs?|az|r2|oss|hf)://[^\s\"'`<>()\[\]{}|\\^,;$\x00-\x1f]{1,500}+"
)
_BEGINS_VALUE = re.compile(rb"(?:\A|[:=,\[({-]|:=)[ \t]*+[\"']?+\Z")
_BEGINS_STRING = re.compile(rb"[\"'`]\Z")
_BEGINS_WORD = re.compile(rb"(?:\A|[\s\"'=(<])\Z")
_KEY = re.compile(
    rb"([\w.-]{1,80}+[\"']?+)[ \t]{0,9}+(?::[\w \[\].|]{0,40}+)?(?::?=|:)[ \t({]{0,9}+[rRuUfFbB]?[\"'`]?\Z"
)
_COMMAND = r"(?:^|[^\w./-])(?:{})[ \t]"
_EXTENSION = r"(?i)^[^?#]*\.(?:{})(?:[?#].*)?$"


@dataclass(frozen=True, slots=True)
class _Place:
    """A row of the table, ready to be matched."""

    pattern: Any
    row: Mapping[str, Any]


def addressed(source: Source) -> Iterator[Found]:
    """The addresses in these lines that something is loaded from: whole strings, values of settings, words of commands.

    One in the midst of a sentence is there to be read.
    """
    for match in islice(_ADDRESS.finditer(source.text), MOST_LOOKED_AT):
        before = source.before(match.start())
        if _counts(before, source) and not _is_prose(before):
            address = _whole(match[0], source.text[match.end() : match.end() + 1])
            told = {"sort": "either"} if _fetches_data().search(before) else {}
            if found := address_found(address, source, match.start(), told):
                yield found


def address_found(text: str, source: Source, offset: int, row: Mapping[str, Any]) -> Found | None:
    """What lies at an address, if that is data or a model, or may be and is read by something that tells (`row`)."""
    for place in _places():
        if match := place.pattern.match(text.encode()):
            return _found(place.row, match, source.around(offset), offset, row.get("sort"))
    return None


def _counts(before: bytes, source: Source) -> bool:
    """Whether an address is in a place where it is used."""
    if _fetches().search(before):
        return True
    if "calls" in source.family.finds:
        return _BEGINS_STRING.search(before) is not None
    return (_BEGINS_VALUE if "settings" in source.family.finds else _BEGINS_WORD).search(before) is not None


def _is_prose(before: bytes) -> bool:
    key = _KEY.search(before)
    return key is not None and _prose().fullmatch(key[1]) is not None


def _whole(address: bytes, after: bytes) -> str:
    """An address without what ends a sentence, and without its last part where that goes on with a variable."""
    text = address.rstrip(b".,:!?*").decode("utf-8", "replace")
    return text[: text.rfind("/") + 1] if after in (b"{", b"$", b"%", b"<") else text


def _found(row: Mapping[str, Any], match: Any, line: bytes, offset: int, told: str | None) -> Found | None:
    sort = _sort(row["sort"], match.string, line, told)
    if sort is None:
        return None
    id_ = match["id"].decode("utf-8", "replace").rstrip("/.")[:LONGEST_ID]
    pinned = _pinned(match) if row.get("revision") else None
    return Found(sort, id_, row["host"], row["source"].format(id=id_), offset, pinned)


def _pinned(match: Any) -> bool:
    revision = match["revision"]
    return commits(revision.decode("utf-8", "replace") if revision else None)


def _sort(sort: str, address: bytes, line: bytes, told: str | None) -> Sort | None:
    """What lies at an address: known by its place, else by its extension, else by words and by who reads it."""
    if sort in ("none", *Sort):
        return Sort(sort) if sort != "none" else None
    if sure := _by_extension(address, ""):
        return sure
    guess = told_by_words(address) or (told_by_words(line) if sort == "either" else None)
    if mostly := _by_extension(address, "mostly-"):
        return guess or mostly
    if sort == "either":
        return guess or Sort.DATASET
    if told or sort == "told" or _extension("weak").search(address):
        return Sort(told) if told in tuple(Sort) else guess or (Sort.DATASET if told else None)
    return None


def _by_extension(address: bytes, how: str) -> Sort | None:
    return next((sort for sort in Sort if _extension(f"{how}{sort}").search(address)), None)


@cache
def _places() -> tuple[_Place, ...]:
    return tuple(_Place(linear_regex(row["pattern"]), row) for row in reference_table()["addresses"])


@cache
def _extension(row: str) -> Any:
    return linear_regex(_EXTENSION.format(reference_table()["extensions"][row]))


@cache
def _prose() -> Any:
    return any_of([reference_table()["prose"]["keys"]])


@cache
def _fetches() -> Any:
    return linear_regex(_COMMAND.format(reference_table()["fetching"]["commands"]))


@cache
def _fetches_data() -> Any:
    return linear_regex(_COMMAND.format(reference_table()["fetching"]["data"]))
