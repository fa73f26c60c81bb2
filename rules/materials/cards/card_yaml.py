# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""YAML as people write it into cards: read as far as it can be, for a card is no policy.

What cannot be read costs the key that it stands under, and no other one.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from rules.materials.cards.card import Problem
from rules.materials.cards.found import Parsed, Path, doubled
from rules.yaml_guard import Document, YamlError, YamlProblem, load

MAX_BYTES = 64 * 1024
MOST_PROBLEMS = 20
_MOST_KEYS = 200
"""Keys that are read one by one where the whole cannot be: a card has about ten."""

_BREAK = re.compile("[\x85\u2028\u2029]")
_LONE_HOLE = re.compile(r"^[^\S\n]*\{[{%].*[}%]\}[^\S\n]*$", re.MULTILINE)
_HOLE = re.compile(r"\{\{[^{}\n]*\}\}")
_TOP_KEY = re.compile(r"^[^\s#\]}-]", re.MULTILINE)
_PAIR = re.compile(r"^[^\S\n]*[^\s#-][^\n]*:", re.MULTILINE)


def read(text: str, first: int, most: int = MAX_BYTES) -> Parsed:
    """What a text says that begins on line `first` of a file, with lines of that file.

    Its lines end in line feeds alone. If it has more than `most` bytes, it is not read.
    """
    if len(text.encode("utf-8", "replace")) > most:
        return _unread(f"there are more than {most // 1024} KiB of YAML, which are not read", first)
    text = _mended(text)
    if not text.strip():
        return Parsed({}, {(): first})
    if not _PAIR.search(text):
        return _unread("there is no key with a value, such as `license: MIT`", first)
    try:
        return _together([load(text, first=first, blanks=True)], [])
    except YamlError as error:
        return _one_by_one(text, first, error)


def _mended(text: str) -> str:
    """A text without line breaks that only YAML knows, and with placeholders for holes, which `{{ name }}` is not."""
    return _HOLE.sub("TODO", _LONE_HOLE.sub("", _BREAK.sub(" ", text)))


def _unread(words: str, line: int) -> Parsed:
    return Parsed({}, {(): line}, (Problem(words, line),))


def _one_by_one(text: str, first: int, whole: YamlError) -> Parsed:
    """What can be read of a text that cannot be as a whole: each key of its top for itself."""
    documents, problems = [], []
    for line, block in islice(_blocks(text, first), _MOST_KEYS):
        try:
            documents.append(load(block, first=line, blanks=True))
        except YamlError as error:
            # What ends too soon shows to a parser where the next one begins.
            last = line + block.rstrip().count("\n")
            problems.append(Problem(error.problem.message, min(error.problem.place.line, last)))
    return _together(documents, problems or [_problem(whole.problem)])


def _blocks(text: str, first: int) -> Iterator[tuple[int, str]]:
    """The keys of the top, each with what belongs to it and its line."""
    starts = [match.start() for match in _TOP_KEY.finditer(text)] or [0]
    line = first + text.count("\n", 0, starts[0])
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        block = text[start:end]
        yield line, block
        line += block.count("\n")


def _together(documents: list[Document], problems: list[Problem]) -> Parsed:
    """Documents as one; of keys that stand there twice the first counts."""
    value: dict[str, Any] = {}
    lines: dict[Path, int] = {}
    for document in documents:
        problems += map(_problem, document.problems)
        again = [key for key in document.value if key in value]
        problems += [doubled(key, lines[key,], document.place((key,)).line) for key in again]
        lines = {path: place.line for path, place in document.places.items()} | lines
        value = document.value | value
    return Parsed(value, lines, tuple(problems[:MOST_PROBLEMS]))


def _problem(problem: YamlProblem) -> Problem:
    return Problem(problem.message, problem.place.line)
