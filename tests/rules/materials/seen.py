# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What tests on the words of datasets and models have in common: things as a look at a contribution gives them."""

from rules.materials.cards.card import Card, Declared, Problem
from rules.materials.look import Found, Loaded
from rules.materials.material import Material, Part, Reference, Sort

CARD = "data/widgets/README.md"


def part(path: str = "data/widgets/train.parquet", size: int | None = 1_200_000, **more: object) -> Part:
    return Part(path, **{"format": "Parquet", "size": size, **more})  # type: ignore[arg-type]


def material(*parts: Part, sort: Sort = Sort.DATASET, name: str = "widgets", folder: str = "data/widgets") -> Material:
    return Material(sort, name, folder, parts or (part(),))


def card(*problems: Problem, path: str = CARD, blank: dict[str, int | None] | None = None, **keys: str) -> Card:
    declared = {key: Declared((value,), line) for line, (key, value) in enumerate(keys.items(), 2)}
    return Card(path, "dataset card", declared, blank or {}, problems)


def found(its_card: Card | None = None, *parts: Part, **more: object) -> Found:
    return Found(material(*parts), its_card, **more)  # type: ignore[arg-type]


def loaded(its_card: Card | None = None, pinned: bool | None = None, **more: object) -> Loaded:
    source = "https://huggingface.co/datasets/acme/gears"
    reference = Reference(Sort.DATASET, "acme/gears", "Hugging Face", source, "src/train.py", 7, pinned)
    return Loaded(reference, its_card, **more)  # type: ignore[arg-type]
