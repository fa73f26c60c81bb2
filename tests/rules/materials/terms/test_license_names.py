# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Licenses by the names and addresses that people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.licensing.spdx import listed
from rules.materials.terms.license_names import by_address, by_name, in_a_card, key, leading, reference, versions_of
from tests.rules.materials.hugging_face import IDS


def test_no_two_licenses_have_one_name() -> None:
    assert len({key(name) for name in listed()}) == len(listed())


@pytest.mark.parametrize("license_", listed())
def test_every_id_of_spdx_is_a_name_of_itself(license_: str) -> None:
    assert by_name(license_) == license_
    assert by_address(f"https://spdx.org/licenses/{license_}.html") == license_


@pytest.mark.parametrize(
    ("sentence", "licenses"),
    [
        ("the MIT license, see below", {"MIT"}),
        ("a Creative Commons Attribution 4.0 International License.", {"CC-BY-4.0"}),
        ("CC BY-NC-SA 4.0](https://example.org)", {"CC-BY-NC-SA-4.0"}),
        ("Apache 2.0 or later", {"Apache-2.0"}),
        ("GPLv3+", {"GPL-3.0-or-later"}),
        ("the ODbL", {"ODbL-1.0"}),
        ("the LGPL", {"LGPL-2.0", "LGPL-2.1", "LGPL-3.0"}),
        ("Gemma Terms of Use", {"LicenseRef-HF-gemma"}),
        ("CC BY 5.0", set()),
        ("CC BY, see 4.0", {"CC-BY-1.0", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0", "CC-BY-4.0"}),
        ("fair use", set()),
        ("Intel hardware", set()),
        ("the terms below", set()),
        ("", set()),
    ],
)
def test_the_license_that_a_sentence_goes_on_with(sentence: str, licenses: set[str]) -> None:
    assert leading(sentence) == licenses


def test_versions_of_a_name_without_one() -> None:
    assert versions_of("Creative Commons Attribution-ShareAlike") == versions_of("CC BY-SA")
    assert "CC-BY-SA-4.0" in versions_of("CC BY-SA")
    assert versions_of("cc") == versions_of("nothing") == versions_of("") == ()


@pytest.mark.parametrize("id_", [id_ for id_, meant in IDS.items() if meant.startswith("LicenseRef-")])
def test_what_a_card_is_to_say_is_the_id_of_hugging_face(id_: str) -> None:
    assert reference(id_) == IDS[id_]
    assert in_a_card(IDS[id_]) == id_


def test_other_licenses_stand_in_a_card_as_they_are() -> None:
    assert in_a_card("CC-BY-4.0") == "CC-BY-4.0"


@given(st.text())
def test_any_text_may_be_asked_about(text: str) -> None:
    assert isinstance(leading(text), frozenset)
    assert by_address(text) is None or by_address(text)
