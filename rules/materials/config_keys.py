# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Settings whose value names a dataset or a model, in YAML, JSON, TOML and INI, by data/references.toml.

Line by line, for nobody shows the whole document: a key counts by its name, or by that of the key it stands under.
"""

import re
from collections.abc import Iterator
from functools import cache

from rules.materials.code_lines import Source
from rules.materials.commands import hub
from rules.materials.known import Found, is_name, reference_table
from rules.materials.material import Sort

_LONGEST_LINE = 2000
_SETTING = re.compile(
    rb"(?P<indent>[ \t]{0,100}+)(?P<item>-[ \t]{1,20}+)?+"
    rb"(?:(?P<quote>[\"']?+)(?P<key>[\w. -]{1,60}?)(?P=quote)[ \t]{0,20}+[:=](?:[ \t]++|(?=[\"'\[{])|\Z)|(?=[\"'\w]))"
    rb"(?P<value>.*+)",
)
_SECTION = re.compile(rb"[ \t]{0,100}+\[{1,2}([\w.\"' -]{1,100}+)\]{1,2}[ \t]{0,100}+")
_VALUE = re.compile(rb"[\"']?+([\w./-]{1,200}+)[\"']?+[ \t]{0,100}+(?:[,\]}]|\Z|[ \t]*+#)")
_SIGNS = re.compile(r"[0-9A-Z-]")


def configured(source: Source) -> Iterator[Found]:
    """What settings in these lines name."""
    above: list[tuple[int, str]] = []
    offset = 0
    for line in source.text.split(b"\n"):
        if section := _SECTION.fullmatch(line[:_LONGEST_LINE]):
            above = [(-1, _last(section[1]))]
        elif setting := _SETTING.match(line[:_LONGEST_LINE]):
            yield from _of(setting, above, offset)
        offset += len(line) + 1


def _of(setting: re.Match[bytes], above: list[tuple[int, str]], offset: int) -> Iterator[Found]:
    """What one line names; `above` are the keys it stands under, with their indents, and is brought up to date."""
    indent = len(setting["indent"]) + len(setting["item"] or b"")
    while above and above[-1][0] >= (len(setting["indent"]) if setting["item"] else indent) and above[-1][0] >= 0:
        above.pop()
    key = _key(setting["key"]) if setting["key"] else ""
    if sort := _sort(key, above[-1][1] if above else ""):
        for value in _VALUE.finditer(setting["value"]):
            id_ = value[1].decode("ascii", "replace")
            if is_name(id_, "owner") and _is_on_a_hub(id_):
                yield hub(sort, id_, offset + setting.start("value") + value.start(1))
    if key:
        above.append((indent, key))


def _sort(key: str, above: str) -> Sort | None:
    """What a key names; one that says nothing by itself, or an entry of a list, does what the key above it does."""
    known = reference_table()["keys"]
    name = above if not key or key in known["within"] else key
    return next((sort for sort in Sort if name in _names(sort)), None)


def _is_on_a_hub(id_: str) -> bool:
    """Whether `owner/name` is one on a hub: by its owner, or by signs that names of modules and tables do not have."""
    return id_.partition("/")[0].lower() in reference_table()["keys"]["owners"] or _SIGNS.search(id_) is not None


def _key(written: bytes) -> str:
    return written.decode("ascii", "replace").strip().lower().replace("-", "_").replace(" ", "_").rpartition(".")[2]


def _last(section: bytes) -> str:
    return _key(section.replace(b'"', b"").replace(b"'", b""))


@cache
def _names(sort: Sort) -> frozenset[str]:
    return frozenset(reference_table()["keys"][sort.value])
