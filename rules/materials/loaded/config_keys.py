# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Settings whose value names a dataset or a model, in YAML, JSON, TOML and INI, by data/references.toml.

Line by line, for nobody shows the whole document: a key counts by its name, or by that of the key it stands under.
"""

import re
from collections.abc import Iterator
from functools import cache

from rules.materials.loaded.code_lines import Source
from rules.materials.loaded.known import Found, is_name, on_hub, reference_table, signed
from rules.materials.material import Sort

LONGEST_LINE = 2000
"""Bytes of a line that are looked at."""

_INDENT = re.compile(rb"([ \t]{0,100}+)(-[ \t]{1,20}+)?+")
_PAIR = re.compile(
    rb"(?:\A|(?<=[{,]))[ \t]{0,100}+(?:-[ \t]{1,20}+)?+([\"']?+)(?P<key>[\w.-]{1,60}+)\1[ \t]{0,20}+[:=][ \t]{0,20}+"
    rb"(?P<value>\[[^\]]*+\]?+|\"[^\"]*+\"?+|'[^']*+'?+|[^,{}]*+)"
)
_SECTION = re.compile(rb"[ \t]{0,100}+\[{1,2}([\w.\"' -]{1,100}+)\]{1,2}[ \t]{0,100}+")
_VALUE = re.compile(rb"(?<![^\s\[,\"'])[\w./-]{1,200}+(?=[\"']?+[ \t]*+(?:[,\]]|\Z))")


def configured(source: Source) -> Iterator[Found]:
    """What settings in these lines name."""
    above: list[tuple[int, str]] = []
    offset = 0
    for line in source.text.split(b"\n"):
        yield from _in_line(line[:LONGEST_LINE].rstrip(), above, offset)
        offset += len(line) + 1


def named_by(key: str, id_: str, offset: int) -> Found | None:
    """What a setting names, if its key tells of data or a model and its value is a name on a hub."""
    sort = next((sort for sort in Sort if key in _names(sort)), None)
    if sort is None or not is_name(id_, "owner") or (is_vague(key) and not signed(id_)):
        return None
    return on_hub(sort, id_, offset)


def is_vague(key: str) -> bool:
    """Whether a key may name other things than data and models too."""
    return key in _vague()


def key_of(written: bytes) -> str:
    """A key as the table spells it: the last part of a dotted one."""
    text = written.decode("ascii", "replace").strip(" \"'").lower()
    return text.replace("-", "_").replace(" ", "_").rpartition(".")[2]


def _in_line(line: bytes, above: list[tuple[int, str]], offset: int) -> Iterator[Found]:
    """What one line names; `above` are the keys it stands under, with their indents, and is brought up to date."""
    if section := _SECTION.fullmatch(line):
        above[:] = [(-1, key_of(section[1]))]
        return
    indent = _INDENT.match(line)
    if indent is None or not line:
        return
    _climb(above, len(indent[1]), is_item=indent[2] is not None)
    pairs = list(_PAIR.finditer(line))
    if not pairs and above:
        yield from _values(above[-1][1], line, indent.end(), offset)
    for pair in pairs:
        key = _meant(key_of(pair["key"]), above)
        yield from _values(key, line[: pair.end()], pair.start("value"), offset)
        if not pair["value"].strip(b" \t[") or pair is pairs[0]:
            above.append((indent.end(), key))


def _climb(above: list[tuple[int, str]], indent: int, *, is_item: bool) -> None:
    """Leave the keys that a line with this indent does not stand under; an item may stand right below its key."""
    while above and above[-1][0] >= indent + is_item:
        above.pop()


def _values(key: str, line: bytes, start: int, offset: int) -> Iterator[Found]:
    found = (named_by(key, match[0].decode("ascii"), offset + match.start()) for match in _VALUE.finditer(line, start))
    yield from filter(None, found)


def _meant(key: str, above: list[tuple[int, str]]) -> str:
    """The key that tells: one that says nothing by itself means the one above it."""
    return above[-1][1] if above and key in reference_table()["keys"]["within"] else key


@cache
def _names(sort: Sort) -> frozenset[str]:
    return frozenset(reference_table()["keys"][sort.value])


@cache
def _vague() -> frozenset[str]:
    return frozenset(reference_table()["keys"]["vague"])
