# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""One card, whatever form it was written in: what it declares, on which line, and what in it cannot be understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Declared:
    """What a card declares under one key: its values, none of them empty or a placeholder, and the line (from 1).

    There are at most 20 values, of at most 200 characters each, on one line and printable. What was cut ends in `...`,
    and what was left out is told by a last value that begins so. `path` is the file in which it stands where that is
    not the card's own: the registry fills in what a card lacks.
    """

    values: tuple[str, ...]
    line: int | None = None
    path: str | None = None

    @property
    def text(self) -> str:
        """All values, for people."""
        return ", ".join(self.values)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a card that cannot be understood: words that complete "In this card ...", and the line."""

    words: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What is declared of a dataset or a model. A key that is absent, empty or holds a placeholder is not in `keys`.

    `form` is what the card is, in words: dataset card, Croissant, CycloneDX ... `line` is where it begins. The keys are
    those of `KEYS`, whatever they are called where they were written. `blank` are the keys that stand there without a
    value, with their lines.
    """

    path: str
    form: str
    keys: Mapping[str, Declared] = field(default_factory=dict)
    blank: Mapping[str, int | None] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    line: int = 1


KEYS = (
    "name",
    "license",
    "license_name",  # what the license is called where `license` is `other`
    "license_link",
    "source",  # where the data come from: addresses, ids, or the words of a section on provenance
    "personal_data",  # what is said of personal and sensitive data in it
    "base_model",  # what a model was made from; `none` where it was trained from scratch
    "training_data",  # data that a model was trained on: ids, or the words of a section
)
"""What is read out of a card."""
