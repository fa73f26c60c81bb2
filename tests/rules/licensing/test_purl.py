# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Package URLs in their one form."""

import pytest

from rules.licensing.purl import parse_purl

ONE_FORM = {
    "pkg:pypi/requests": "pkg:pypi/requests",
    "pkg:pypi/Foo_Bar.baz--x@1.0": "pkg:pypi/foo-bar-baz-x@1.0",
    "PKG:PyPI/Django@5.0": "pkg:pypi/django@5.0",
    "pkg:npm/%40Acme/Widgets@1.2.3": "pkg:npm/%40acme/widgets@1.2.3",
    "pkg:npm/@acme/widgets@1.2.3": "pkg:npm/%40acme/widgets@1.2.3",
    "pkg:npm/@acme/widgets": "pkg:npm/%40acme/widgets",
    "pkg:/npm/%40actions/core@1.1.0": "pkg:npm/%40actions/core@1.1.0",
    "pkg://npm//x@1": "pkg:npm/x@1",
    "pkg:maven/org.acme/Widgets@1.0?type=jar#a/b": "pkg:maven/org.acme/Widgets@1.0",
    "pkg:cargo/Serde_json@1.0": "pkg:cargo/Serde_json@1.0",
    "pkg:golang/github.com/Acme/x/v2@v2.0.0%2Bincompatible": "pkg:golang/github.com/acme/x/v2@v2.0.0%2Bincompatible",
    "pkg:githubactions/actions/Checkout@release/v1": "pkg:githubactions/actions/checkout@release%2Fv1",
    "pkg:docker/x@sha256:abc": "pkg:docker/x@sha256:abc",
    "pkg:generic/a%2Fb@1@2": "pkg:generic/a%2Fb%401@2",
    "pkg:pypi/foo@1.0@evil": "pkg:pypi/foo%401-0@evil",
    "pkg:npm/@acme/x@1@2": "pkg:npm/%40acme/x%401@2",
    "pkg:gem/x%0A@1": "pkg:gem/x%0A@1",
    'pkg:gem/x"}@1': "pkg:gem/x%22%7D@1",
    "pkg:npm/%": "pkg:npm/%25",
    " pkg:npm/x ": "pkg:npm/x",
}


@pytest.mark.parametrize("written", ONE_FORM)
def test_a_package_url_is_brought_into_one_form(written: str) -> None:
    purl = parse_purl(written)
    assert str(purl) == ONE_FORM[written]
    assert parse_purl(str(purl)) == purl


@pytest.mark.parametrize(
    "written", ["", "x", "npm/x", "pkg:npm", "pkg:npm/", "pkg:npm//", "pkg:/x", "pkg:1/x", "pkg:npm/?a"]
)
def test_what_is_none(written: str) -> None:
    assert parse_purl(written) is None


def test_a_package_is_told_from_its_versions() -> None:
    purl = parse_purl("pkg:npm/%40acme/x@1")
    assert purl is not None
    assert (purl.namespace, purl.name, purl.version) == (("@acme",), "x", "1")
    assert purl.package == parse_purl("pkg:npm/%40acme/x")


@pytest.mark.parametrize("other", ["pkg:npm/y@1", "pkg:npm/x@2", "pkg:npm/a/x@1", "pkg:cargo/x@1", "pkg:npm/x"])
def test_different_packages_are_different(other: str) -> None:
    assert parse_purl(other) != parse_purl("pkg:npm/x@1")
