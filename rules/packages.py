# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Packages that a contribution adds to the dependencies, and what GitHub knows of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vulnerability:
    """A known weakness of one version of a package: its advisory's id and address, what it is, how bad it is."""

    advisory: str
    summary: str
    severity: str
    url: str


@dataclass(frozen=True, slots=True)
class Dependency:
    """One version of a package that a contribution adds, in the words of GitHub's dependency comparison.

    `manifest` is the file that names it, `purl` its package URL, `license` what GitHub believes its license to be;
    the last two may be unknown (None). `scope` is `runtime`, `development` or `unknown`.
    """

    name: str
    version: str
    ecosystem: str
    manifest: str
    purl: str | None = None
    license: str | None = None
    scope: str = "unknown"
    vulnerabilities: tuple[Vulnerability, ...] = ()


@dataclass(frozen=True, slots=True)
class DependencyReview:
    """What GitHub knows of the dependencies that a contribution adds.

    `unavailable` says why GitHub compares none here, in words that complete "GitHub compares no dependencies: ...".
    `warnings` is GitHub's own remark that its comparison may lack something.
    """

    added: tuple[Dependency, ...] = ()
    unavailable: str = ""
    warnings: str = ""
