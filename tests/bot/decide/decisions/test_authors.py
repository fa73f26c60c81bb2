# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a contribution consists of, and who is behind it, as far as GitHub showed that."""

from dataclasses import replace
from typing import Any

import pytest

from bot.decide.decisions.authors import authors_of, content_of
from rules.change import ChangedFile, FileStatus, Need, Unseen
from tests.bot.decide.decisions.building import ADA, CONTENT, contribution

GONE = ChangedFile("a\udcff.py", FileStatus.REMOVED)
FILE = contribution().files[0]


def test_the_same_files_changed_alike_are_the_same_contribution_whatever_its_commits() -> None:
    again = replace(contribution("f" * 40), base="9" * 40, title="Another", body="words")
    assert CONTENT is not None
    assert content_of(again) == CONTENT


@pytest.mark.parametrize(
    "other",
    [
        {"files": ()},
        {"files": (FILE, GONE)},
        {"files": (replace(FILE, path="LICENSES"),)},
        {"files": (replace(FILE, previous_path="OLD"),)},
        {"files": (replace(FILE, status=FileStatus.ADDED),)},
        {"files": (replace(FILE, blob="0" * 40),)},
        {"commits": (replace(contribution().commits[0], tree="0" * 40),)},
    ],
)
def test_anything_else_is_another(other: dict[str, Any]) -> None:
    assert content_of(replace(contribution(), **other)) not in (CONTENT, None)


@pytest.mark.parametrize(
    "unknown",
    [
        {"commits": ()},
        {"head": "0" * 40},
        {"commits": (replace(contribution().commits[0], tree=None),)},
        {"unseen": (Unseen(Need.FILES, "GitHub showed 3,000 of 4,000 files"),)},
    ],
)
def test_what_was_not_all_shown_is_like_nothing_else(unknown: dict[str, Any]) -> None:
    assert content_of(replace(contribution(), **unknown)) is None


def test_the_order_of_files_makes_no_difference() -> None:
    one, other = (replace(contribution(), files=files) for files in ((FILE, GONE), (GONE, FILE)))
    assert content_of(one) == content_of(other)


@pytest.mark.parametrize(("need", "whole"), [(Need.COMMITS, False), (Need.FILES, True), (Need.CONTENT, True)])
def test_not_all_authors_are_known_where_commits_were_not_shown(need: Need, whole: bool) -> None:
    authors = authors_of(replace(contribution(), unseen=(Unseen(need, "cut"),)), "users.noreply.github.com")
    assert (authors.accounts, authors.whole) == (frozenset({ADA.id}), whole)
