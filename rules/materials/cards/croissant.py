# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Descriptions of a dataset in JSON: Croissant, Frictionless data packages, and what Kaggle wants beside an upload.

Sources: the Croissant format 1.1 and its RAI vocabulary, Data Package 2.0, Kaggle's dataset metadata.
"""

from collections.abc import Iterator

from rules.materials.cards.card import Card
from rules.materials.cards.found import Found, Parsed, card_of, found_under
from rules.materials.cards.names import declared

_NAMES = {
    "name": ("name", "alternateName"),
    "license": ("license",),  # sdLicense is that of the description itself
    "source": (
        "isBasedOn",
        "wasDerivedFrom",
        "url",
        "sameAs",
        "citeAs",
        "dataCollection",
        "dataCollectionRawData",
        "creator",
        "publisher",
    ),
    "personal_data": ("personalSensitiveInformation",),
}


def read_croissant(path: str, parsed: Parsed) -> Card:
    """The card that a Croissant description is."""
    found = found_under(parsed, parsed.value, _NAMES, _local_name)
    return card_of(path, "Croissant description", found, parsed.problems, parsed.line())


def is_croissant(parsed: Parsed) -> bool:
    """Whether JSON says of itself that it is a Croissant description."""
    says = (value for key, value in parsed.value.items() if _local_name(key) == "conformsTo")
    return any("mlcommons.org/croissant" in str(value) for value in says)


def read_package(path: str, parsed: Parsed) -> Card:
    """The card that a data package is."""
    return card_of(path, "data package", declared(parsed, parsed.value), parsed.problems, parsed.line())


def read_kaggle(path: str, parsed: Parsed) -> Card:
    """The card that Kaggle's metadata are."""
    found = [*declared(parsed, parsed.value), *_on_kaggle(parsed)]
    return card_of(path, "Kaggle description", found, parsed.problems, parsed.line())


def _on_kaggle(parsed: Parsed) -> Iterator[Found]:
    for name in ("userSpecifiedSources", "id"):
        if name in parsed.value:
            yield Found("source", name, parsed.value[name], parsed.line(name))


def _local_name(key: str) -> str:
    """A term of JSON-LD without its vocabulary: `rai:dataCollection`, or an address."""
    return key.rpartition("/")[2].rpartition(":")[2]
