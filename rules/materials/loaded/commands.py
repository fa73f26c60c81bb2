# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Commands that load a dataset or a model, in scripts or in strings that programs run, by data/references.toml."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rules.materials.loaded.code_lines import Source
from rules.materials.loaded.known import Found, any_of, commits, is_name, on_hub, reference_table, signed, told_by_words
from rules.materials.material import Sort
from rules.patterns import linear_regex

# `["kaggle", "datasets", "download"]` is the same command as one string would be.
_LISTED = re.compile(rb"[\"'][ \t]*+,[ \t\n]*+[\"']")
_IN_SCRIPTS = r"(?:^|\n|[;&|({\"'`=:@-]|RUN|sudo|exec|then|do|run:)[ \t]*"
_IN_CODE = r"(?:[!%\"'`]|\n|^)[ \t]*"
_AN_OPTION = r"(?:^|[\s\"'])(?:{})(?:[ \t]+|=)[\"']?(?P<id>[\w.-]+/[\w.-]+)"
_END = re.compile(rb"[\n;|&]")
_LONGEST_REST = 500


@dataclass(frozen=True, slots=True)
class _Command:
    """One row of the table."""

    pattern: Any
    row: Mapping[str, Any]
    revision: Any
    unless: Any


def commanded(source: Source) -> Iterator[Found]:
    """What commands in these lines load."""
    text = _LISTED.sub(lambda match: b" " * len(match[0]), source.text)
    if _any_command().search(text):
        for command in _commands(source.family.finds):
            yield from filter(None, (_found(match, command, source) for match in command.pattern.finditer(text)))
    if "calls" not in source.family.finds and "commands" in source.family.finds:
        for sort, option in _options().items():
            yield from filter(None, (_named(match, sort) for match in option.finditer(text)))


def _found(match: Any, command: _Command, source: Source) -> Found | None:
    row, id_, offset = command.row, match["id"].decode("utf-8", "replace"), match.start(1)
    line = match[0] + _END.split(match.string[match.end() : match.end() + _LONGEST_REST], maxsplit=1)[0]
    if not is_name(id_, "any") or (command.unless and command.unless.search(line)):
        return None
    sort = Sort(row["sort"]) if row["sort"] != "either" else told_by_words(source.around(offset)) or Sort.DATASET
    return Found(sort, id_, row["host"], row["source"].format(id=id_), offset, _pinned(command, line))


def _pinned(command: _Command, line: bytes) -> bool | None:
    if command.revision is None:
        return None
    given = command.revision.search(line)
    return commits(given[1].decode("utf-8", "replace") if given else None)


def _named(match: Any, sort: Sort) -> Found | None:
    """What an option names, where it has an owner and the looks of a name on a hub."""
    id_ = match["id"].decode("utf-8", "replace")
    return on_hub(sort, id_, match.start(1)) if is_name(id_, "owner") and signed(id_) else None


@cache
def _commands(finds: frozenset[str]) -> tuple[_Command, ...]:
    begins = _IN_CODE if "calls" in finds else _IN_SCRIPTS
    return tuple(
        _Command(
            linear_regex(f"{begins}(?:{row['pattern']})"),
            row,
            any_of([row["revision"]]) if "revision" in row else None,
            any_of([row["unless"]]) if "unless" in row else None,
        )
        for row in reference_table()["commands"]
        if row.get("found", "commands") in finds
    )


@cache
def _any_command() -> Any:
    return any_of(row["pattern"] for row in reference_table()["commands"])


@cache
def _options() -> dict[Sort, Any]:
    rows = reference_table()["options"]
    return {sort: linear_regex(_AN_OPTION.format(rows[sort.value])) for sort in Sort}
