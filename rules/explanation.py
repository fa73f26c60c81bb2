# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is told of a rule to whoever asks why it stands as it does: its settings, their source, what was looked at.

It is kept with the report, and shown to everybody who may see that: e-mail addresses in settings are masked.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import BaseModel

from rules.people import masked_in

LONGEST_VALUE = 500
"""Characters of one setting's value that are kept; a policy may list 500 patterns of 300 characters."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a rule: its key, dotted within mappings, and its value as JSON.

    `given` is true where the policy sets it, false where it stands at its default.
    """

    key: str
    value: str
    given: bool


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A kind of finding: how often it was found, and what the documentation says that it means."""

    code: str
    count: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule's result rests on.

    `source` names the file and commit of its settings, `looked_at` says in a sentence what of the contribution the rule
    saw, and `deciding` has a sentence each on who may override or approve.
    """

    source: str
    settings: tuple[Setting, ...]
    looked_at: str
    codes: tuple[FoundCode, ...] = ()
    deciding: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The explanation as interface version 1 spells it."""
        return {
            "source": self.source,
            "settings": [asdict(setting) for setting in self.settings],
            "looked_at": self.looked_at,
            "codes": [asdict(code) for code in self.codes],
            "deciding": list(self.deciding),
        }


def settings_of(options: BaseModel) -> tuple[Setting, ...]:
    """Every setting that a rule has a value for, in the order of the schema."""
    return tuple(_settings(options, options.model_dump(mode="json", by_alias=True), "", given=True))


def _settings(options: BaseModel, values: dict[str, Any], prefix: str, *, given: bool) -> Iterator[Setting]:
    """A default may be a mapping that says something itself: only what stands in the policy is given."""
    for name, field in type(options).model_fields.items():
        key, here, inner = field.alias or name, given and name in options.model_fields_set, getattr(options, name)
        if isinstance(inner, BaseModel):
            yield from _settings(inner, values[key], f"{prefix}{key}.", given=here)
        elif inner is not None:
            yield Setting(f"{prefix}{key}", _shown(values[key]), here)


def _shown(value: Any) -> str:
    text = masked_in(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}… ({len(text):,} characters)"
