# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Notices that are nearly right, and the words in which they differ."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

import pytest

from rules.licensing import difference as module
from rules.licensing.difference import LONGEST, MOST_WORDS, difference
from rules.licensing.licenses import notice_of

NOTICE = notice_of("Apache-2.0").notice  # type: ignore[union-attr]
TEMPLATE = "Copyright (c) {year} {holder}\n\nLicensed under Apache-2.0; see LICENSE."


@pytest.mark.parametrize(
    ("found", "wanted", "told"),
    [
        (NOTICE, NOTICE, ""),
        (NOTICE.upper().replace("\n", "\n# "), NOTICE, ""),
        (f"Copyright 2020 Them\n\n{NOTICE}\nWhat this file does.", NOTICE, ""),
        (NOTICE.replace("Version 2.0", "Version 2.1"), NOTICE, "License Version 2 [-1-] {+0+} the License you"),
        (NOTICE.replace("Licensed", "Lisenced"), NOTICE, "[-Lisenced-] {+Licensed+} under the Apache"),
        (f"A tool. {NOTICE.replace('Licensed', 'Lisenced')}", NOTICE, "[-Lisenced-] {+Licensed+} under the Apache"),
        (
            NOTICE.replace("under the License.", "there."),
            NOTICE,
            "permissions and limitations [-there-] {+under the License+}",
        ),
        (
            NOTICE.replace("you may not use", "you may never ever use"),
            NOTICE,
            "License you may [-never ever-] {+not+} use this file",
        ),
        (NOTICE.replace("applicable law", "law"), NOTICE, "Unless required by {+applicable+} law or agreed"),
        (
            NOTICE.replace("except in", "in").replace("either express", "express"),
            NOTICE,
            "use this file {+except+} in compliance with ... OF ANY KIND {+either+} express or implied",
        ),
        (
            NOTICE.replace("not", "not " + "x" * 99 + " y" * 20),
            NOTICE,
            f"you may not [-{'x' * 30} y y y y y y y ...-] use this file",
        ),
        (NOTICE[:200], NOTICE, ""),
        ("Everything else.", NOTICE, ""),
        ("", NOTICE, ""),
        (NOTICE, "", ""),
        ("(c) Copyright (c) 2019, 2020 Them and Others. Licensed under Apache-2.0; see LICENSE.", TEMPLATE, ""),
        ("Copyright (c). Licensed under Apache-2.0; see LICENSE.", TEMPLATE, ""),
        ("Copyrite (c) Them. Licensed under Apache-2.0; see LICENSE.", TEMPLATE, "[-Copyrite-] {+Copyright+} c"),
        (
            "Copyright (c) Them. Licensed by Apache-2.0; see LICENSE.",
            TEMPLATE,
            "Licensed [-by-] {+under+} Apache 2 0",
        ),
        (
            "Copyright (c) Them. Licensed under Apache-2.0; read LICENSE.",
            TEMPLATE,
            "Apache 2 0 [-read-] {+see+} LICENSE",
        ),
    ],
)
def test_only_words_that_differ_are_told_with_those_around_them(found: str, wanted: str, told: str) -> None:
    assert difference(found, wanted) == told


def test_what_is_told_stays_short() -> None:
    told = difference(NOTICE.replace("e ", "e not "), NOTICE)
    assert told.endswith(" ...")
    assert LONGEST / 2 < len(told) < LONGEST + 10


def test_only_letters_and_digits_are_told() -> None:
    told = difference(NOTICE.replace("not use", "[x](http://x) @all `use`"), NOTICE)
    assert told == "License you may [-x http x all-] {+not+} use this file"


@pytest.mark.parametrize("found", ["a " * 4000, "the license " * 700, " ".join(reversed(NOTICE.split())) * 9])
def test_hostile_texts_are_cut_before_they_are_compared(monkeypatch: pytest.MonkeyPatch, found: str) -> None:
    compared = []

    class Counting(SequenceMatcher[str]):
        def __init__(self, junk: None, has: Sequence[str], wants: Sequence[str], **more: Any) -> None:
            compared.append((len(has), len(wants)))
            super().__init__(junk, has, wants, **more)

    monkeypatch.setattr(module, "SequenceMatcher", Counting)
    difference(found, found[::-1] + found)
    difference(found, found)
    assert compared
    assert max(max(lengths) for lengths in compared) <= MOST_WORDS
