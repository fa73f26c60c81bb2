# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Where a header can be suggested, and what the line becomes."""

import pytest

from bot.decide.fixes.suggest import plan, suggestion
from bot.github.suggestions import Suggestion
from rules import headers
from rules.change import KEPT, Change, ChangedFile, FileStatus, content_of
from rules.licensing.proposal import Proposal, beside
from rules.options import HeadersOptions
from rules.rule import Facts

OPTIONS = HeadersOptions.model_validate({"license": "Apache-2.0", "holder": "The Acme Authors"})
HEADER = ("# SPDX-FileCopyrightText: The Acme Authors", "# SPDX-License-Identifier: Apache-2.0")


def wanted(text: str, path: str = "a.py") -> tuple[ChangedFile, Proposal]:
    """A new file, and what the rule would add to it."""
    file = ChangedFile(path, FileStatus.ADDED, blob="b" * 40, content=content_of(text))
    (found,) = headers.proposals(Change("", "", (file,)), OPTIONS, Facts(2026))
    return found


def all_of(text: str) -> dict[int, str]:
    return dict(enumerate(text.split("\n"), 1))


def suggested(text: str, shown: dict[int, str] | None = None, path: str = "a.py") -> tuple[int, list[str]] | str:
    """The line, and what it becomes; or why there is nothing."""
    found = suggestion(*wanted(text, path), all_of(text) if shown is None else shown)
    if isinstance(found, str):
        return found
    _, _, lines = found.body.partition("suggestion\n")
    return found.line, lines.split("\n")[:-1]


@pytest.mark.parametrize(
    ("text", "line", "becomes"),
    [
        ("x = 1\n", 1, [*HEADER, "", "x = 1"]),
        ("x = 1", 1, [*HEADER, "", "x = 1"]),
        ("\n\nx\n", 1, [*HEADER, ""]),
        ("#!/bin/python\nx = 1\n", 2, [*HEADER, "", "x = 1"]),
        ("#!/bin/python\n\nx = 1\n", 2, [*HEADER, ""]),
        ("#!/bin/python\n", 1, ["#!/bin/python", *HEADER]),
        ("#!/bin/python", 1, ["#!/bin/python", *HEADER]),
        ("  x = '\t' \n", 1, [*HEADER, "", "  x = '\t' "]),
    ],
)
def test_a_line_becomes_the_header_and_itself(text: str, line: int, becomes: list[str]) -> None:
    assert suggested(text) == (line, becomes)


@pytest.mark.parametrize(
    ("text", "shown", "path", "why"),
    [
        ("x\r\ny\r\n", None, "a.py", "lines do not end in a line feed alone"),
        ("x\ry", None, "a.py", "lines do not end in a line feed alone"),
        ("\ufeffx\n", None, "a.py", "it begins with a byte order mark, which a suggestion would lose"),
        ("<?php echo 1;\n", None, "a.php", "the header goes into the middle of a line"),
        ("x\n", {}, "a.py", "the difference does not show the line that the header belongs to"),
        ("x\n", {2: "x"}, "a.py", "the difference does not show the line that the header belongs to"),
        ("x\n", {1: "y"}, "a.py", "the difference does not show the line that the header belongs to"),
        ("x\ufffd\n", None, "a.py", "the difference does not show the line that the header belongs to"),
        ("x" * 2 * KEPT, None, "a.py", "the difference does not show the line that the header belongs to"),
    ],
)  # fmt: skip
def test_where_it_cannot_be_suggested_it_is_said_why(
    text: str, shown: dict[int, str] | None, path: str, why: str
) -> None:
    assert suggested(text, shown, path) == why


def test_a_file_beside_another_is_not_there_to_be_suggested_on() -> None:
    file, proposal = wanted("x\n")
    assert suggestion(file, beside(file.path, proposal.lines), {1: "x"}) == (
        "the header goes into a file of its own beside"
    )


def test_in_a_long_file_only_the_beginning_matters() -> None:
    text = "x = 1\n" * KEPT
    assert suggested(text, {1: "x = 1"}) == (1, [*HEADER, "", "x = 1"])


def test_files_are_taken_in_order_and_the_rest_is_told() -> None:
    files = [wanted("x\n", f"{number:02}.py") for number in reversed(range(53))]
    found = plan([*files, wanted("x\r\n", "0.py")], {file.path: {1: "x"} for file, _ in files})
    assert [one.path for one in found.suggestions] == [f"{number:02}.py" for number in range(50)]
    assert [(one.path, one.why[:9]) for one in found.left_out] == [
        ("0.py", "lines do "), ("50.py", "a review "), ("51.py", "a review "), ("52.py", "a review ")
    ]  # fmt: skip
    assert len(found.without("Why?").left_out) == 54
    assert found.without("Why?").suggestions == ()


def test_a_fence_is_longer_than_any_in_it() -> None:
    found = suggestion(*wanted("`````\n"), {1: "`````"})
    assert isinstance(found, Suggestion)
    assert found.body.splitlines()[2:] == ["``````suggestion", *HEADER, "", "`````", "``````"]
