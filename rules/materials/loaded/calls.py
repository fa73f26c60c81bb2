# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Calls in lines of code, over as many lines as they take, with their arguments; one pass, whatever the nesting."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.materials.loaded.code_lines import Source

LONGEST_ARGUMENT = 1000
"""Bytes of an argument that are looked at."""

_LONGEST_CALLEE = 100
_BRACKET = re.compile(rb"(?:(?<![\w.])([\w.]++)[ \t]*+)?+([()\[\]{},])")
_PAIRS = {b")": b"(", b"]": b"[", b"}": b"{"}
_KEYWORD = re.compile(rb"\s*+(?:(\w{1,60}+)\s*+=(?!=)\s*+)?+")
_QUOTED = re.compile(
    rb"""[rRuUfFbB]{0,2}+("{3}|'{3}|["'`])\01*+("{3}|'{3}|["'`])(?:\.(?:to_string|into|to_owned)\(\))?+\s*+"""
)
_NAME = re.compile(rb"[A-Za-z_]\w{0,80}+\s*+")
_DEFINED = re.compile(rb"\b(?:class|def|fn|func|function|interface|struct)[ \t]{1,9}+\Z")
_ASSIGNED = re.compile(
    rb"""(?<![\w.])([A-Za-z_]\w*+)[ \t]*+(?::[ \t]*+[\w.\[\]| ]{0,60}+)?+=[ \t]*+[rRuU]?+(["'`])(\01{1,200}+)["'`]"""
)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its keyword, if it has one, and where its value stands."""

    keyword: str | None
    start: int
    end: int


@dataclass(slots=True)
class Call:
    """A call: the name that is called, with the dots in it, where it stands, and its arguments in order."""

    callee: bytes
    offset: int
    spans: list[tuple[int, int]] = field(default_factory=list)
    begun: int = 0


def calls(source: Source, callees: Any) -> Iterator[Call]:
    """The calls of what a pattern names, each once it ends; those that have no end in these lines come last."""
    open_: list[tuple[bytes, Call | None]] = []
    for token in _BRACKET.finditer(source.bare):
        mark, offset = token[2], token.start(2)
        if mark in b"([{":
            open_.append((mark, _call(source, token, callees)))
        elif open_ and (call := open_[-1][1]) is not None and mark in b",)":
            call.spans.append((call.begun, offset))
            call.begun = offset + 1
        if open_ and _PAIRS.get(mark) == open_[-1][0]:
            ended = open_.pop()[1]
            if ended:
                yield ended
    for _, unended in open_:
        if unended:
            unended.spans.append((unended.begun, len(source.bare)))
            yield unended


def arguments(source: Source, call: Call) -> list[Argument]:
    """What is passed in a call, as far as it is looked at."""
    spans = ((start, min(stop, start + LONGEST_ARGUMENT)) for start, stop in call.spans)
    matches = ((_KEYWORD.match(source.bare, start, end), end) for start, end in spans)
    return [Argument(_keyword(match), match.end(), end) for match, end in matches if match]


def _keyword(match: re.Match[bytes]) -> str | None:
    return match[1].decode("ascii", "replace") if match[1] else None


def literal(source: Source, argument: Argument, names: Mapping[bytes, str]) -> str | None:
    """The text of an argument that is one string, or one of the names of such strings; else None."""
    start, end = argument.start, argument.end
    if match := _QUOTED.fullmatch(source.bare, start, end):
        return source.text[match.end(1) : match.start(2)].decode("utf-8", "replace")
    if _NAME.fullmatch(source.bare, start, end):
        return names.get(source.bare[start:end].strip())
    return None


def raw(source: Source, argument: Argument) -> str:
    """An argument as it is written."""
    return source.text[argument.start : argument.end].decode("utf-8", "replace").strip()


def named_strings(sources: Iterable[Source]) -> dict[bytes, str]:
    """The names that are given one string in these lines, and never another."""
    found: dict[bytes, set[bytes]] = {}
    for source in sources:
        for match in _ASSIGNED.finditer(source.bare):
            found.setdefault(match[1], set()).add(source.text[match.start(3) : match.end(3)])
    return {name: texts.pop().decode("utf-8", "replace") for name, texts in found.items() if len(texts) == 1}


def _call(source: Source, token: re.Match[bytes], callees: Any) -> Call | None:
    callee, start = token[1], token.start(1)
    if token[2] != b"(" or not callee or len(callee) > _LONGEST_CALLEE or not callees.fullmatch(callee):
        return None
    if _DEFINED.search(source.bare, max(start - _LONGEST_CALLEE, 0), start):
        return None
    return Call(callee, start, begun=token.end())
