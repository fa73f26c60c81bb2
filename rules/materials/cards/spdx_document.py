# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""SPDX documents that describe models and data.

Sources: SPDX 3.0.1, profiles AI, Dataset and SimpleLicensing; SPDX 2.3, whose packages are of no sort, so that one
counts only where it has the name of the material.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from rules.materials.cards.card import Card
from rules.materials.cards.components import Component, called, mappings, names_of, only
from rules.materials.cards.found import Found, Parsed, card_of, found_under
from rules.materials.material import Material, Sort

_FORM = "SPDX document"
_TYPES = {Sort.MODEL: "AIPackage", Sort.DATASET: "DatasetPackage"}
_OF_VERSION_2 = {
    "name": ("name",),
    "license": ("licenseDeclared", "licenseConcluded"),
    "source": ("downloadLocation", "homepage", "originator", "supplier"),
}
_OF_VERSION_3 = {
    "name": ("name",),
    "source": ("downloadLocation", "homePage", "packageUrl", "dataCollectionProcess"),
    "personal_data": ("hasSensitivePersonalInformation", "useSensitivePersonalInformation"),
    "training_data": ("informationAboutTraining",),
}
_RELATIONS = (
    ("license", "hasDeclaredLicense"),
    ("license", "hasConcludedLicense"),
    ("training_data", "trainedOn"),
    ("base_model", "descendantOf"),
)


def read(path: str, parsed: Parsed, material: Material) -> Card | None:
    """The card that a document holds for a material: its package."""
    if "spdxVersion" in parsed.value:
        return _of_version_2(path, parsed, material)
    return _of_version_3(path, parsed, material) if "spdx.org" in str(parsed.value.get("@context")) else None


def _of_version_2(path: str, parsed: Parsed, material: Material) -> Card | None:
    packages = [Component(entry, ("packages", at)) for at, entry in mappings(parsed.value.get("packages"))]
    package = called(packages, names_of(material))
    if package is None:
        return None
    found = found_under(parsed, package.value, _OF_VERSION_2, within=package.path)
    return card_of(path, _FORM, found, parsed.problems, parsed.line(*package.path))


def _of_version_3(path: str, parsed: Parsed, material: Material) -> Card | None:
    graph = [Component(entry, ("@graph", at)) for at, entry in mappings(parsed.value.get("@graph"))]
    fitting = [one for one in graph if _term(str(one.value.get("type"))) == _TYPES[material.sort]]
    package = called(fitting, names_of(material)) or only(fitting)
    if package is None:
        return None
    found = [
        *_related(parsed, package, graph),
        *found_under(parsed, package.value, _OF_VERSION_3, _term, package.path),
        *_originators(parsed, package, graph),
    ]
    return card_of(path, _FORM, found, parsed.problems, parsed.line(*package.path))


def _term(key: str) -> str:
    """A term without its profile: `dataset_DatasetPackage`, or an address."""
    return key.rpartition("/")[2].rpartition("_")[2]


def _related(parsed: Parsed, package: Component, graph: Iterable[Component]) -> Iterator[Found]:
    """What other elements say of a package, which relationships join to it."""
    mine = [one for one in graph if one.value.get("from") == package.value.get("spdxId")]
    known = _by_id(graph)
    for key, relation in _RELATIONS:
        for one in mine:
            if one.value.get("relationshipType") == relation:
                yield Found(key, relation, _resolved(one.value.get("to"), known), parsed.line(*one.path))


def _originators(parsed: Parsed, package: Component, graph: Iterable[Component]) -> Iterator[Found]:
    for name in ("originatedBy", "suppliedBy"):
        if name in package.value:
            value = _resolved(package.value[name], _by_id(graph))
            yield Found("source", name, value, parsed.line(*package.path, name))


def _by_id(graph: Iterable[Component]) -> dict[str, Any]:
    """What elements are called, or which license they are, by their ids."""
    elements = ((one.value.get("spdxId"), {_term(key): value for key, value in one.value.items()}) for one in graph)
    return {
        spdx_id: element.get("licenseExpression", element.get("name"))
        for spdx_id, element in elements
        if isinstance(spdx_id, str)
    }


def _resolved(ids: Any, known: dict[str, Any]) -> list[Any]:
    """Ids by what they stand for; one that stands for nothing, such as a listed license, as it is."""
    listed = ids if isinstance(ids, list) else [ids]
    return [known.get(one) or one if isinstance(one, str) else one for one in listed]
