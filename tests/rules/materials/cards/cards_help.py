# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What the tests of cards share: a material to look for, and what a card says in short."""

from rules.change import Side, SideFile
from rules.materials.cards.card import Card
from rules.materials.material import Material, Part, Reference, Sort


def dataset(*paths: str, name: str = "signs", folder: str = "data/signs") -> Material:
    """A dataset of some files, of one by default."""
    parts = tuple(Part(path, "CSV") for path in paths or (f"{folder}/a.csv".lstrip("/"),))
    return Material(Sort.DATASET, name, folder, parts)


def model(*paths: str, name: str = "tiny", folder: str = "models/tiny") -> Material:
    """A model of some files, of one by default."""
    parts = tuple(Part(path, "safetensors") for path in paths or (f"{folder}/model.safetensors".lstrip("/"),))
    return Material(Sort.MODEL, name, folder, parts)


def loaded(id_: str, sort: Sort = Sort.DATASET, source: str = "") -> Reference:
    """Something that a line of code loads."""
    return Reference(sort, id_, "Hugging Face", source, "train.py", 1)


def at_head(**files: str) -> list[SideFile]:
    """Files at the head, by path."""
    return [SideFile(path, Side.HEAD, text) for path, text in files.items()]


def said(card: Card | None) -> dict[str, str]:
    """What a card declares, each key's values as one text."""
    assert card is not None
    return {key: declared.text for key, declared in card.keys.items()}


def told(card: Card | None) -> list[tuple[int | None, str]]:
    """The problems of a card: line and words."""
    assert card is not None
    return [(problem.line, problem.words) for problem in card.problems]
