# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Bills of materials describe many things; this finds the one that a material is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rules.materials.cards.found import Path
from rules.materials.material import Material


@dataclass(frozen=True, slots=True)
class Component:
    """One thing that a document describes, and its path in there."""

    value: dict[str, Any]
    path: Path


def names_of(material: Material) -> frozenset[str]:
    """What a material may be called in a bill of materials: its name, its folder, or a file of it."""
    files = [part.path.rpartition("/")[2] for part in material.parts if not part.describes]
    stems = [file.partition(".")[0] for file in files]
    return frozenset(
        name.casefold() for name in (material.name, material.folder.rpartition("/")[2], *files, *stems)
    ) - {""}


def called(components: Sequence[Component], names: frozenset[str]) -> Component | None:
    """The first component with one of some names, whoever it is by."""
    return next((one for one in components if _name(one).rpartition("/")[2] in names or _name(one) in names), None)


def only(components: Sequence[Component]) -> Component | None:
    """The component, if there is one alone."""
    return components[0] if len(components) == 1 else None


def _name(component: Component) -> str:
    name = component.value.get("name")
    return name.casefold() if isinstance(name, str) else ""


def mappings(value: Any) -> list[tuple[int, dict[str, Any]]]:
    """The mappings in what should be a list of them, with their places in it."""
    entries = value if isinstance(value, list) else []
    return [(at, entry) for at, entry in enumerate(entries) if isinstance(entry, dict)]
