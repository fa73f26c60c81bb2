# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""JSON as strangers write it: bounded, of keys that stand twice the first counts, and with the line of every key."""

import json
import re
from collections.abc import Iterator
from typing import Any

from rules.materials.cards.card import Problem
from rules.materials.cards.found import Parsed, Path, doubled, plain_lines

MAX_CHARACTERS = 256 * 1024
MAX_DEPTH = 50
_MOST_PROBLEMS = 20
_LONGEST_WHOLE = 15
"""Digits of a whole number; a longer one is no name or year, and takes long to be read."""

_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*"?|[\[\]{},:]|\n', re.DOTALL)
_DEEPER = {"[": 1, "{": 1, "]": -1, "}": -1}


class UnfitJsonError(ValueError):
    """A text that is no JSON to be read: `words` complete "it ...", `line` counts from 1."""

    def __init__(self, words: str, line: int = 1) -> None:
        super().__init__(words)
        self.words = words
        self.line = line


def read(text: str) -> Parsed:
    """The object that a text holds; raises UnfitJsonError."""
    if len(text) > MAX_CHARACTERS:
        raise UnfitJsonError(f"has more than {MAX_CHARACTERS // 1024} KiB, which are not read")
    text = plain_lines(text)
    _check_depth(text)
    value = _loaded(text)
    if not isinstance(value, dict):
        raise UnfitJsonError("is no JSON object")
    lines: dict[Path, int] = {}
    problems: list[Problem] = []
    for path, line in _places(text):
        if path in lines and len(problems) < _MOST_PROBLEMS:
            problems.append(doubled(str(path[-1]), lines[path], line))
        lines.setdefault(path, line)
    return Parsed(value, lines, tuple(problems))


def _check_depth(text: str) -> None:
    """Raise UnfitJsonError for what would take the parser too deep."""
    depth, line = 0, 1
    for token in _TOKEN.finditer(text):
        depth += _DEEPER.get(token[0], 0)
        line += token[0] == "\n"
        if depth > MAX_DEPTH:
            raise UnfitJsonError(f"is nested deeper than {MAX_DEPTH} levels", line)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, parse_int=_whole_number, object_pairs_hook=_first_of_each)
    except json.JSONDecodeError as error:
        raise UnfitJsonError(f"is not valid JSON: {error.msg}", error.lineno) from None


def _whole_number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_WHOLE else digits


def _first_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return dict(reversed(pairs))


def _places(text: str) -> Iterator[tuple[Path, int]]:
    """The path of each key, and of each list's entry that is an object, with the line on which it begins."""
    path: list[str | int] = []
    line, name, name_line = 1, "", 1
    for token in map(re.Match.group, _TOKEN.finditer(text)):
        match token:
            case "\n":
                line += 1
            case "[":
                path.append(0)
            case "{":
                if not path or isinstance(path[-1], int):
                    yield tuple(path), line
                path.append("")
            case "]" | "}":
                path.pop()
            case ":":
                path[-1] = json.loads(name)
                yield tuple(path), name_line
            case ",":
                path[-1] = _next(path[-1])
            case _:
                name, name_line = token, line


def _next(at: str | int) -> str | int:
    """Where a comma leads: to the next entry of a list, or to a key that is yet to come."""
    return at + 1 if isinstance(at, int) else ""
