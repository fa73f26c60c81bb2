# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Package URLs, by which packages of all ecosystems are told apart, brought into one form.

Source: the purl specification, "How to parse a purl string" and its list of types. What says more than which package
and which version (qualifiers, subpath) is left out.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, unquote

_PURL = re.compile(r"pkg:/*(?P<type>[a-z][a-z0-9.+-]*)/+(?P<path>[^?#]+)", re.IGNORECASE)
# The last @ begins the version. It has something of a name before it; that of an npm scope, not encoded, has not.
_VERSIONED = re.compile(r"(?P<path>.*[^/])@(?P<version>.+)", re.DOTALL)
_PYPI_MARKS = re.compile(r"[-_.]+")

# Types whose registry takes one name in upper and in lower case for the same.
_CASELESS = (
    *("alpm", "apk", "bitbucket", "composer", "deb", "github", "githubactions", "gitlab", "golang", "hex"),
    *("luarocks", "npm", "nuget", "pub", "pypi", "qpkg"),
)


@dataclass(frozen=True, slots=True)
class Purl:
    """One package, and one version of it or (None) all. Parts are decoded, and in the one form that their type has."""

    type: str
    namespace: tuple[str, ...]
    name: str
    version: str | None = None

    @property
    def package(self) -> "Purl":
        """The package in all its versions."""
        return replace(self, version=None)

    def __str__(self) -> str:
        path = "/".join(map(_encoded, (*self.namespace, self.name)))
        version = f"@{_encoded(self.version)}" if self.version else ""
        return f"pkg:{self.type}/{path}{version}"


@lru_cache(maxsize=8192)
def parse_purl(text: str) -> Purl | None:
    """The package that a package URL names, or None if it is none."""
    found = _PURL.match(text.strip())
    if not found:
        return None
    type_, path = found["type"].lower(), found["path"]
    versioned = _VERSIONED.fullmatch(path)
    path, version = (versioned["path"], unquote(versioned["version"])) if versioned else (path, None)
    steps = [_normalized(type_, unquote(step)) for step in path.split("/") if step]
    return Purl(type_, tuple(steps[:-1]), steps[-1], version) if steps else None


def _normalized(type_: str, name: str) -> str:
    if type_ in _CASELESS:
        name = name.lower()
    # As the index itself does: "Simple repository API", normalized names.
    return _PYPI_MARKS.sub("-", name) if type_ == "pypi" else name


def _encoded(part: str) -> str:
    return quote(part, safe=":")
