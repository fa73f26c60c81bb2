# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What GitHub's dependency graph knows: packages that a comparison adds or removes, and advisories on them.

Here no manifest is read: whoever sets the scene says what every comparison in a repository finds.
"""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Advisory:
    """A known vulnerability."""

    ghsa_id: str
    summary: str = "It runs what strangers send"
    severity: str = "high"


@dataclass(frozen=True, slots=True)
class Package:
    """One version of a package in one manifest. `purl_type` is what package URLs call its ecosystem."""

    name: str
    version: str = "1.0.0"
    license: str | None = "MIT"
    manifest: str = "requirements.txt"
    ecosystem: str = "pip"
    purl_type: str = "pypi"
    change: Literal["added", "removed"] = "added"
    advisories: tuple[Advisory, ...] = ()


@dataclass(slots=True)
class DependencyGraph:
    """The graph of one repository.

    `changes` is what every comparison finds. A private repository shows it only if `licensed`, none does unless
    `enabled`. `warnings` is what GitHub says that the comparison may lack.
    """

    changes: list[Package] = field(default_factory=list)
    enabled: bool = True
    licensed: bool = False
    warnings: str = ""
