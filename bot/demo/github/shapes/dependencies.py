# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Packages and advisories as GitHub writes them."""

from urllib.parse import quote

from bot.demo.github.dependencies import Advisory, Package
from bot.demo.github.shapes.common import Json

LICENSE_AT_MOST = 255  # characters


def package(found: Package) -> Json:
    """One row of a comparison."""
    return {
        "change_type": found.change,
        "manifest": found.manifest,
        "ecosystem": found.ecosystem,
        "name": found.name,
        "version": found.version,
        "package_url": f"pkg:{found.purl_type}/{quote(found.name, safe='/')}@{quote(found.version)}",
        "license": found.license and found.license[:LICENSE_AT_MOST],
        "source_repository_url": None,
        "scope": "runtime",
        "vulnerabilities": [advisory(known) for known in found.advisories],
    }


def advisory(known: Advisory) -> Json:
    """A known vulnerability."""
    return {
        "severity": known.severity,
        "advisory_ghsa_id": known.ghsa_id,
        "advisory_summary": known.summary,
        "advisory_url": f"https://github.com/advisories/{known.ghsa_id}",
    }
