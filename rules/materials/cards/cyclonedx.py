# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""CycloneDX documents that describe models and data.

Source: CycloneDX 1.6, component types machine-learning-model and data.
"""

from collections.abc import Iterator
from typing import Any

from rules.materials.cards.card import Card
from rules.materials.cards.components import Component, called, mappings, names_of, only
from rules.materials.cards.found import Found, Parsed, card_of, found_under
from rules.materials.cards.names import names, spelling
from rules.materials.material import Material, Sort

_TYPES = {Sort.MODEL: "machine-learning-model", Sort.DATASET: "data"}
_ADDRESSES = ("distribution", "source-distribution", "website", "vcs")


def read(path: str, parsed: Parsed, material: Material) -> Card | None:
    """The card that a document holds for a material: its component of that name, or the only one of its sort."""
    if parsed.value.get("bomFormat") != "CycloneDX":
        return None
    everything = list(_components(parsed.value))
    fitting = [one for one in everything if one.value.get("type") == _TYPES[material.sort]]
    component = called(fitting, names_of(material)) or only(fitting)
    if component is None:
        return None
    found = _found(parsed, component, _by_ref(everything))
    return card_of(path, "CycloneDX document", found, parsed.problems, parsed.line(*component.path))


def _components(document: dict[str, Any]) -> Iterator[Component]:
    """All components, those within others too; the document's own subject first."""
    metadata = document.get("metadata")
    subject = metadata.get("component") if isinstance(metadata, dict) else None
    waiting = [Component({"components": document.get("components")}, ())]
    if isinstance(subject, dict):
        waiting.append(Component(subject, ("metadata", "component")))
    while waiting:
        one = waiting.pop()
        yield one
        within = mappings(one.value.get("components"))
        waiting += [Component(entry, (*one.path, "components", at)) for at, entry in reversed(within)]


def _by_ref(components: list[Component]) -> dict[str, Any]:
    refs = ((one.value.get("bom-ref"), one.value.get("name")) for one in components)
    return {ref: name for ref, name in refs if isinstance(ref, str)}


def _found(parsed: Parsed, component: Component, by_ref: dict[str, Any]) -> Iterator[Found]:
    value = component.value
    for key, name, said in (
        ("name", "name", value.get("name")),
        ("license", "licenses", _licenses(value.get("licenses"))),
        ("source", "data", _of_data(value, "contents")),
        ("source", "externalReferences", _addresses(value)),
        ("personal_data", "data", _of_data(value, "sensitiveData")),
        ("base_model", "pedigree", _within(value, "pedigree").get("ancestors")),
        ("training_data", "modelCard", _datasets(value, by_ref)),
    ):
        if name in value:
            yield Found(key, name, said, parsed.line(*component.path, name))
    yield from found_under(parsed, _properties(value), names(), spelling, (*component.path, "properties"))


def _within(value: dict[str, Any], key: str) -> dict[str, Any]:
    within = value.get(key)
    return within if isinstance(within, dict) else {}


def _licenses(licenses: Any) -> Any:
    """The licenses without the mapping around each of them; what is no list of mappings stays as it is."""
    return [entry.get("license", entry) for _, entry in mappings(licenses)] or licenses


def _of_data(value: dict[str, Any], key: str) -> list[Any]:
    """What the data of a component have under a key, lists or not."""
    said = [entry.get(key) for _, entry in mappings(value.get("data"))]
    return [one for entry in said for one in (entry if isinstance(entry, list) else [entry])]


def _addresses(value: dict[str, Any]) -> list[Any]:
    references = mappings(value.get("externalReferences"))
    return [entry.get("url") for _, entry in references if entry.get("type") in _ADDRESSES]


def _datasets(value: dict[str, Any], by_ref: dict[str, Any]) -> Any:
    """What a model was trained on; data that are components themselves by the name that they have there."""
    datasets = _within(_within(value, "modelCard"), "modelParameters").get("datasets")
    return [by_ref.get(str(entry.get("ref")), entry) for _, entry in mappings(datasets)]


def _properties(value: dict[str, Any]) -> dict[str, Any]:
    """The properties of a component, which may say what CycloneDX has no word for, such as `base_model: none`."""
    said = ((entry.get("name"), entry.get("value")) for _, entry in mappings(value.get("properties")))
    return {name.rpartition(":")[2]: one for name, one in said if isinstance(name, str)}
