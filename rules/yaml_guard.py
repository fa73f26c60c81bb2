# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""YAML as Steward accepts it: plain data without surprises, and the place of every value in the text.

LibYAML reads the text; the guard takes its events one by one, so that nothing is built from a text that is too
large, too deep or full of aliases. A plain scalar is a whole number, `true`, `false`, nothing (`null`), or text:
`off`, `no`, `1.0` and `2024-05-01` stay the text that was written.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

MAX_BYTES = 256_000
MAX_DEPTH = 20
MAX_VALUES = 20_000  # mappings, lists, keys and scalars together

Path = tuple[str | int, ...]

_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_HINTS = {
    "found character that cannot start any token": (
        "indent with spaces, not tabs, and put text that begins with @ or ` in quotes"
    ),
    "mapping values are not allowed in this context": "put text that holds a colon and a blank in quotes",
}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a text; line and column count from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class YamlProblem:
    """One reason why a text is not accepted, and where it shows."""

    message: str
    place: Place


class YamlError(Exception):
    """The text cannot be read at all; `problem` says why."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.problem = YamlProblem(message, place)


@dataclass(frozen=True, slots=True)
class Document:
    """A mapping read from YAML, the place of every key and list entry, and what the guard refused in it.

    A document with problems still holds the rest of its values, so that a reader can be told everything at once.
    """

    value: dict[str, Any]
    places: Mapping[Path, Place]
    problems: tuple[YamlProblem, ...]

    def known(self, path: Path) -> Path:
        """The longest beginning of a path that stands in the text."""
        while path not in self.places:
            path = path[:-1]
        return path

    def place(self, path: Path) -> Place:
        """Where a path stands, or the nearest part of it that was written."""
        return self.places[self.known(path)]


def load(text: str, *, first: int = 1, blanks: bool = False) -> Document:
    """Read one YAML document whose top is a mapping, and which begins on line `first` of its file.

    `blanks` says whether there may be keys without a value (None); else they are problems of the document, as are
    aliases, anchors, tags, merge keys and doubled keys. Raises YamlError where there is no such document, or where it
    is beyond 256,000 bytes, 20 levels or 20,000 values.
    """
    _check_size(text, first)
    try:
        return _Reader(text, first, blanks=blanks).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(f"not valid YAML: {_words(error.problem)}", _place(mark, first)) from None
    except yaml.reader.ReaderError as error:
        before = text.encode()[: error.position]
        raise YamlError(f"not valid YAML: {error.reason}", Place(before.count(b"\n") + first)) from None


def _check_size(text: str, first: int) -> None:
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        place = Place(text.count("\n", 0, error.start) + first)
        raise YamlError("the file is not UTF-8 text", place) from None
    if size > MAX_BYTES:
        raise YamlError(f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read", Place(first))


def _words(problem: str | None) -> str:
    if problem in _HINTS:
        return f"{problem}: {_HINTS[problem]}"
    return problem or "the parser gives no reason"


def _place(mark: Any, first: int) -> Place:
    return Place(mark.line + first, mark.column + 1) if mark else Place(first)


class _Reader:
    """Builds plain values from LibYAML's events; one reader reads one text."""

    def __init__(self, text: str, first: int, *, blanks: bool) -> None:
        self._first = first
        self._blanks = blanks
        self._events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self._places: dict[Path, Place] = {(): Place(first)}
        self._problems: list[YamlProblem] = []
        self._values = 0

    def document(self) -> Document:
        next(self._events)  # the stream starts
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            raise YamlError("the file is empty", Place(self._first))
        top = next(self._events)
        if not isinstance(top, yaml.MappingStartEvent):
            raise YamlError("the top of the file should be a mapping, such as `version: 1`", self._place(top))
        value = self._node(top, ())
        next(self._events)  # the document ends
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise YamlError("a second document starts here; one file holds one", self._place(after))
        return Document(value, self._places, tuple(self._problems))

    def _node(self, event: Any, path: Path) -> Any:
        self._values += 1
        if self._values > MAX_VALUES:
            raise YamlError(f"the file holds more than {MAX_VALUES:,} values", self._place(event))
        if len(path) >= MAX_DEPTH:
            raise YamlError(f"values are nested deeper than {MAX_DEPTH} levels", self._place(event))
        if isinstance(event, yaml.AliasEvent):
            return self._refuse("aliases (*name) are not accepted: write the value out", event)
        if event.anchor is not None:
            self._refuse("anchors (&name) are not accepted: write the value out where it is needed", event)
        if event.tag is not None:
            self._refuse("tags (!name) are not accepted: write the value alone", event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path)
        return self._scalar(event)

    def _list(self, path: Path) -> list[Any]:
        entries: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            entry = (*path, len(entries))
            self._places[entry] = self._place(event)
            entries.append(self._node(event, entry))
        return entries

    def _mapping(self, path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event)
            entry = (*path, key)
            if key in mapping:
                first = self._places[entry].line
                self._refuse(f"the key {key[:60]!r} stands here a second time; the first is on line {first}", event)
            self._places.setdefault(entry, self._place(event))
            mapping.setdefault(key, self._node(next(self._events), entry))
        return mapping

    def _key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise YamlError("a key should be plain text", self._place(event))
        if event.anchor is not None or event.tag is not None:
            self._refuse("a key takes no anchor and no tag", event)
        key: str = event.value
        if key == "<<":
            self._refuse("merge keys (<<) are not accepted: write the settings out", event)
        return key

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.implicit[0]:  # in quotes, so it is text whatever it looks like
            return text
        if text in _NULLS:
            return None if self._blanks else self._refuse("there is no value here: give one, or remove the key", event)
        if text in _BOOLEANS:
            return _BOOLEANS[text]
        return int(text) if _WHOLE_NUMBER.fullmatch(text) else text

    def _refuse(self, message: str, event: Any) -> None:
        self._problems.append(YamlProblem(message, self._place(event)))

    def _place(self, event: Any) -> Place:
        return _place(event.start_mark, self._first)
