# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Functions that load a dataset or a model from elsewhere, by the table in data/references.toml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from rules.materials.loaded.addresses import address_found
from rules.materials.loaded.calls import Argument, Call, arguments, calls, literal, raw
from rules.materials.loaded.code_lines import Source
from rules.materials.loaded.known import (
    MOST_LOOKED_AT,
    Found,
    any_of,
    commits,
    is_name,
    owned,
    reference_table,
    told_by_words,
)
from rules.materials.material import Sort


@dataclass(frozen=True, slots=True)
class _Loader:
    """One row of the table."""

    callee: Any
    row: Mapping[str, Any]
    alone: Any
    never: Any
    when: tuple[tuple[str, Any], ...]
    unless: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A call as the rows look at it: what its arguments say, by keyword and by order."""

    source: Source
    call: Call
    keywords: Mapping[str, Argument]
    places: tuple[Argument, ...]
    names: Mapping[bytes, str]

    def text(self, argument: Argument | None) -> str | None:
        """The string that an argument is; of a number, the number."""
        if argument is None:
            return None
        written = raw(self.source, argument)
        return written if written.isdecimal() else literal(self.source, argument, self.names)

    def says(self, keyword: str, value: Any) -> bool:
        """Whether a keyword has such a value, as a string or as it is written."""
        argument = self.keywords.get(keyword)
        if argument is None:
            return False
        text = self.text(argument)
        return value.fullmatch((raw(self.source, argument) if text is None else text).encode()) is not None


def loaded(source: Source, names: Mapping[bytes, str]) -> Iterator[Found]:
    """What calls in these lines load; `names` are the strings that names stand for."""
    for call in islice(calls(source, _any_callee()), MOST_LOOKED_AT):
        passed = arguments(source, call)
        keywords = {argument.keyword: argument for argument in passed if argument.keyword}
        seen = _Seen(source, call, keywords, tuple(one for one in passed if not one.keyword), names)
        if found := next(filter(None, (_found(seen, loader) for loader in _loaders_of(call.callee))), None):
            yield found


def _found(seen: _Seen, loader: _Loader) -> Found | None:
    if not all(seen.says(*condition) for condition in loader.when):
        return None
    if any(seen.says(*condition) for condition in loader.unless):
        return None
    by_callee = loader.row["shape"] == "callee"
    texts = [_called(seen.call)] if by_callee else [seen.text(one) for one in _naming(seen, loader.row)]
    return next(filter(None, (_named(seen, loader, text) for text in texts if text)), None)


def _called(call: Call) -> str:
    """What is loaded by a function or a class that is made for it alone."""
    return call.callee.removesuffix(b".load_data").rpartition(b".")[2].removeprefix(b"fetch_").decode()


def _naming(seen: _Seen, row: Mapping[str, Any]) -> list[Argument]:
    """The arguments that may name what is loaded: by keyword first."""
    by_keyword = [seen.keywords[key] for key in row.get("keys", ()) if key in seen.keywords]
    return by_keyword or [seen.places[place] for place in row.get("places", ()) if place < len(seen.places)]


def _named(seen: _Seen, loader: _Loader, text: str) -> Found | None:
    row, offset = loader.row, seen.call.offset
    if row["shape"] == "address":
        return address_found(text, seen.source, offset, row)
    name, _, revision = text.partition(row["behind"]) if "behind" in row else (text, "", "")
    if not _fits(name, loader):
        return None
    pinned = commits(revision) if "behind" in row else _pinned(seen, row)
    return Found(_sort(seen, row), name, row["host"], row["source"].format(id=name), offset, pinned)


def _fits(name: str, loader: _Loader) -> bool:
    """Whether a text is a name as the row has it."""
    shape, text = loader.row["shape"], name.encode("utf-8", "replace")
    if not is_name(name, "any" if shape == "callee" else shape) or (loader.never and loader.never.fullmatch(text)):
        return False
    return loader.alone is None or owned(name) or loader.alone.fullmatch(text) is not None


def _sort(seen: _Seen, row: Mapping[str, Any]) -> Sort:
    if row["sort"] != "either":
        return Sort(row["sort"])
    return told_by_words(seen.source.around(seen.call.offset)) or Sort.DATASET


def _pinned(seen: _Seen, row: Mapping[str, Any]) -> bool | None:
    """Whether a revision is named that is a commit; None where there are none, or where it is said elsewhere."""
    if "revision" not in row:
        return None
    given = next((seen.keywords[key] for key in row["revision"] if key in seen.keywords), None)
    text = seen.text(given)
    return None if given and text is None else commits(text)


@lru_cache(maxsize=1000)
def _loaders_of(callee: bytes) -> tuple[_Loader, ...]:
    return tuple(loader for loader in _loaders() if loader.callee.fullmatch(callee))


@cache
def _loaders() -> tuple[_Loader, ...]:
    return tuple(_loader(row) for row in reference_table()["calls"])


def _loader(row: Mapping[str, Any]) -> _Loader:
    alone, never = (any_of([row[key]]) if key in row else None for key in ("alone", "never"))
    return _Loader(any_of([row["callee"]]), row, alone, never, _conditions(row, "when"), _conditions(row, "unless"))


def _conditions(row: Mapping[str, Any], key: str) -> tuple[tuple[str, Any], ...]:
    return tuple((keyword, any_of([value])) for keyword, value in row.get(key, {}).items())


@cache
def _any_callee() -> Any:
    return any_of(row["callee"] for row in reference_table()["calls"])
