# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Commands that load a dataset or a model, in scripts or in strings that programs run, by data/references.toml."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rules.materials.code_lines import Source
from rules.materials.known import Found, any_of, commits, is_name, reference_table, told_by_words
from rules.materials.material import Sort
from rules.patterns import linear_regex

# `["kaggle", "datasets", "download"]` is the same command as one string would be.
_LISTED = re.compile(rb"[\"'][ \t]*+,[ \t\n]*+[\"']")
_IN_SCRIPTS = r"(?:^|\n|[;&|({\"'`=:@-]|RUN|sudo|exec|then|do|run:)[ \t]*"
_IN_CODE = r"(?:[!%\"'`]|\n|^)[ \t]*"
_AN_OPTION = r"(?:^|[\s\"'])(?:{})(?:[ \t]+|=)[\"']?(?P<id>[\w.-]+/[\w.-]+)"
_REST = re.compile(rb"[^\n;|&]{0,500}+")


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
        for command in _commands("calls" in source.family.finds):
            yield from filter(None, (_found(match, command, source) for match in command.pattern.finditer(text)))
    if "calls" not in source.family.finds:
        for sort, option in _options().items():
            yield from filter(None, (_named(match, sort) for match in option.finditer(text)))


def _found(match: Any, command: _Command, source: Source) -> Found | None:
    start, id_ = match.start(1), match["id"].decode("utf-8", "replace")
    line = match[0] + _REST.match(match.string, match.end())[0]  # type: ignore[index]
    if not is_name(id_, "any") or (command.unless and command.unless.search(line)):
        return None
    row, pinned = command.row, None
    if command.revision:
        given = command.revision.search(line)
        pinned = commits(given[1].decode("utf-8", "replace") if given else None)
    sort = Sort(row["sort"]) if row["sort"] != "either" else told_by_words(source.around(start)) or Sort.DATASET
    return Found(sort, id_, row["host"], row["source"].format(id=id_), match.start(1), pinned)


def _named(match: Any, sort: Sort) -> Found | None:
    """What an option names; an owner and a name is what it has on a hub."""
    id_ = match["id"].decode("utf-8", "replace")
    return hub(sort, id_, match.start(1)) if is_name(id_, "owner") else None


def hub(sort: Sort, id_: str, offset: int) -> Found:
    """A name that is looked up on Hugging Face where nothing else is said."""
    folder = "datasets/" if sort is Sort.DATASET else ""
    return Found(sort, id_, "Hugging Face", f"https://huggingface.co/{folder}{id_}", offset, pinned=False)


@cache
def _commands(in_code: bool) -> tuple[_Command, ...]:
    begins = _IN_CODE if in_code else _IN_SCRIPTS
    return tuple(
        _Command(
            linear_regex(f"{begins}(?:{row['pattern']})"),
            row,
            any_of([row["revision"]]) if "revision" in row else None,
            any_of([row["unless"]]) if "unless" in row else None,
        )
        for row in reference_table()["commands"]
    )


@cache
def _any_command() -> Any:
    return any_of(row["pattern"] for row in reference_table()["commands"])


@cache
def _options() -> dict[Sort, Any]:
    rows = reference_table()["options"]
    return {sort: linear_regex(_AN_OPTION.format(rows[sort.value])) for sort in Sort}
