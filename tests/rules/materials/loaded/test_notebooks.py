# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The code in notebooks, whole or torn apart."""

import json

from rules.change import Lines
from rules.materials.loaded.notebooks import cells

WHOLE = {
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": ["# About\n", "load_dataset('quiet')"]},
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {"tags": ["source"]},
            "outputs": [{"name": "stdout", "output_type": "stream", "text": ["load_dataset('quiet')\n"]}],
            "source": ["import x\n", "\n", 'x.load("é\\n")'],
        },
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": []},
        {"cell_type": "raw", "metadata": {}, "source": ["quiet"]},
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": "a = 1\nb = 2"},
    ],
    "metadata": {"kernelspec": {"language": "python", "name": "python3"}},
    "nbformat": 4,
}


def code(text: str, first: int = 1) -> list[list[tuple[str, int]]]:
    return list(cells([Lines(first, text)]))


def test_only_code_cells_are_code() -> None:
    text = json.dumps(WHOLE, indent=1)
    lines = text.split("\n")
    at = next(number for number, line in enumerate(lines, 1) if '"import x' in line)
    last = next(number for number, line in enumerate(lines, 1) if '"a = 1' in line)
    assert code(text) == [
        [("import x", at), ('x.load("é\\n")', at + 2)],
        [("a = 1", last), ("b = 2", last)],
    ]


def test_a_notebook_on_one_line_is_read_as_well() -> None:
    assert [[line for line, _ in cell] for cell in code(json.dumps(WHOLE))] == [
        ["import x", 'x.load("é\\n")'],
        ["a = 1", "b = 2"],
    ]


def test_lines_out_of_the_midst_of_a_cell_are_code() -> None:
    assert code('    "a = 1\\n",\n    "b = \\"x\\"\\n"', first=40) == [[("a = 1", 40), ('b = "x"', 41)]]


def test_what_follows_the_midst_of_a_cell_is_told_by_its_keys() -> None:
    text = '    "a = 1"\n   ]\n  },\n  {\n   "cell_type": "markdown",\n   "source": [\n    "quiet"'
    assert code(text) == [[("a = 1", 1)]]


def test_what_is_no_json_is_taken_as_it_stands() -> None:
    assert code(r'"source": ["a\q", "b') == [[(r"a\q", 1), ("b", 1)]]
    assert code("") == []
