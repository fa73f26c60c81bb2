# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Patches of one file in the unified format, as git and GitHub write them: the lines that they show of the new file."""

import re
from collections.abc import Iterable, Iterator

from rules.change import Lines

LARGEST = 256 * 1024
"""Bytes of the new lines of a file that are kept. Where there are more, none are: a part would pass for all."""

_HUNK = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@")


def shown_rows(patch: str) -> Iterator[tuple[int, str]]:
    """What a patch shows of the new file: the number of each line, and the line behind a sign, `+` if it is new."""
    number = 0
    for row in patch.split("\n"):
        if hunk := _HUNK.match(row):
            number = int(hunk[1])
        elif row.startswith(("+", " ")):
            yield number, row
            number += 1


def new_lines(patch: str) -> tuple[Lines, ...]:
    """The lines that a patch adds; those that stand together in the new file are together."""
    runs: list[tuple[int, list[str]]] = []
    for number, row in shown_rows(patch):
        if row.startswith(" "):
            continue
        if not runs or runs[-1][0] + len(runs[-1][1]) != number:
            runs.append((number, []))
        runs[-1][1].append(row[1:])
    return tuple(Lines(first, "\n".join(texts)) for first, texts in runs)


def all_new(text: str) -> tuple[Lines, ...]:
    """All lines of a text, as of a file that was not there before."""
    return (Lines(1, text.removesuffix("\n")),) if text else ()


def count(lines: Iterable[Lines]) -> int:
    """How many lines these are."""
    return sum(1 + run.text.count("\n") for run in lines)


def size(lines: Iterable[Lines]) -> int:
    """How many bytes these are in UTF-8, without line feeds between them."""
    return sum(len(run.text.encode("utf-8", "replace")) for run in lines)
