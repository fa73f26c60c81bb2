# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The code in a Jupyter notebook, out of all its lines or some of them.

A notebook is JSON in which each line of code is a string. Its strings are read one after the other, which needs no
whole document: that of a changed notebook is never shown. Source: the notebook format, version 4.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rules.change import Lines

_TOKEN = re.compile(r'"((?:[^"\\\n]|\\.)*+)"?+[ \t]*+(:)?|([\[\]{}])|\n')


@dataclass(slots=True)
class _Reader:
    """Where in a notebook the strings are that come next.

    Lines that begin within a cell do not tell which one it is: their strings count as code until something else is
    said, for a list of strings is nothing else but source or output.
    """

    kind: str = "code"
    key: str = "source"
    within: bool = True
    cells: list[list[tuple[str, int]]] = field(default_factory=lambda: [[]])

    def name(self, key: str) -> None:
        """A key: what follows it is its value."""
        self.key, self.within = key, False
        if key in ("cell_type", "source"):
            self.cells.append([])

    def value(self, text: str, line: int) -> None:
        """A string that is no key."""
        if self.key == "cell_type":
            self.kind = text
        elif self.key == "source" and self.kind == "code":
            self.cells[-1] += ((part, line) for part in text.split("\n") if part)

    def bracket(self, mark: str) -> None:
        """What ends a list ends the source."""
        if mark in "]}" and self.key == "source":
            self.key = ""


def cells(lines: Iterable[Lines]) -> Iterator[list[tuple[str, int]]]:
    """The code cells, as far as they are new: each as lines of code with the number of the line in the file."""
    for some in lines:
        yield from filter(None, _cells(some))


def _cells(some: Lines) -> list[list[tuple[str, int]]]:
    reader, line = _Reader(), some.first
    for token in _TOKEN.finditer(some.text):
        if token[0] == "\n":
            line += 1
        elif token[3]:
            reader.bracket(token[3])
        elif token[2]:
            reader.name(token[1])
        else:
            reader.value(_decoded(token[1]), line)
    return reader.cells


def _decoded(string: str) -> str:
    try:
        return str(json.loads(f'"{string}"', strict=False))
    except ValueError:
        return string
