# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What a license means that somebody declares: ids of Hugging Face, SPDX expressions, names, addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.data import table
from rules.licensing.licenses import canonical
from rules.licensing.spdx import single_license
from rules.materials.cards.card import Declared
from rules.materials.terms.reading import Terms, declared, read, shown
from tests.rules.materials.hugging_face import FAMILY, IDS, NONE


def test_all_ids_of_hugging_face_are_known() -> None:
    assert len(IDS) == 83
    terms = table("terms")
    assert {*terms["aliases"], *terms["families"], *terms["custom"]} < set(IDS)


@pytest.mark.parametrize("id_", IDS)
def test_an_id_of_hugging_face_means_one_license_or_none(id_: str) -> None:
    for written in (id_, id_.upper(), f" {id_}\n"):
        found = read(written)
        assert found.license == ("" if IDS[id_] in (FAMILY, NONE) else IDS[id_])
        assert bool(found.doubt) is bool(found.fix) is (IDS[id_] in (FAMILY, NONE))
        assert ("a family of licenses" in found.doubt) is (IDS[id_] == FAMILY)


@pytest.mark.parametrize("id_", [id_ for id_, meant in IDS.items() if meant not in (FAMILY, NONE)])
def test_what_it_means_can_stand_in_a_policy(id_: str) -> None:
    assert single_license(IDS[id_]) == IDS[id_]


@pytest.mark.parametrize("family", table("terms")["families"])
def test_of_a_family_the_exact_id_is_asked_for_and_understood(family: str) -> None:
    choice = table("terms")["families"][family]
    assert all(id_ in read(family).fix for id_ in choice)
    assert all(read(id_).license for id_ in choice)


@pytest.mark.parametrize(
    ("written", "license_"),
    [
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("mit and (cc-by-4.0 or cc0-1.0)", "MIT AND (CC-BY-4.0 OR CC0-1.0)"),
        ("odbl OR llama3", "ODbL-1.0 OR LicenseRef-HF-llama3"),
        ("MIT AND openrail++", "MIT AND LicenseRef-HF-openrail-plus-plus"),
        ("LicenseRef-Acme", "LicenseRef-Acme"),
        ("GPL-3.0+", "GPL-3.0-or-later"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("Apache License 2.0", "Apache-2.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("Apache 2", "Apache-2.0"),
        ("The MIT License (MIT)", "MIT"),
        ("MIT licence", "MIT"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("CC-BY-NC 4.0 International", "CC-BY-NC-4.0"),
        ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
        ("Creative Commons Attribution-NonCommercial-ShareAlike 3.0 Unported", "CC-BY-NC-SA-3.0"),
        ("Creative Commons Attribution Non Commercial No Derivatives 4.0", "CC-BY-NC-ND-4.0"),
        ("Attribution 4.0 International (CC BY 4.0)", "CC-BY-4.0"),
        ("My own words (CC BY 4.0)", "CC-BY-4.0"),
        ("CC0: Public Domain", "CC0-1.0"),
        ("CC0", "CC0-1.0"),
        ("Creative Commons Zero v1.0 Universal", "CC0-1.0"),
        ("GNU General Public License v3 or later", "GPL-3.0-or-later"),
        ("GNU GPL v2 or any later version", "GPL-2.0-or-later"),
        ("Open Database License (ODbL)", "ODbL-1.0"),
        ("Llama 3.1 Community License Agreement", "LicenseRef-HF-llama3.1"),
        ("Gemma Terms of Use", "LicenseRef-HF-gemma"),
        ("https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-NC-4.0"),
        ("http://creativecommons.org/licenses/by-sa/3.0/de/deed.de", "CC-BY-SA-3.0-DE"),
        ("https://creativecommons.org/licenses/by-sa/3.0/us/", "CC-BY-SA-3.0"),
        ("creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/deed.en", "CC-PDM-1.0"),
        ("https://spdx.org/licenses/CC-BY-4.0.html", "CC-BY-4.0"),
        ("https://opensource.org/licenses/MIT", "MIT"),
        ("https://opensource.org/license/apache-2-0", "Apache-2.0"),
        ("https://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0"),
        ("https://opendatacommons.org/licenses/odbl/1-0/", "ODbL-1.0"),
        ("https://opendefinition.org/licenses/odc-pddl", "PDDL-1.0"),
    ],
)
def test_what_people_write_is_understood(written: str, license_: str) -> None:
    assert read(written) == Terms(license_)


@pytest.mark.parametrize("address", table("terms")["addresses"])
def test_every_address_in_the_table_leads_to_a_license(address: str) -> None:
    assert read(f"https://www.{address}").license == read(table("terms")["addresses"][address]).license != ""


@pytest.mark.parametrize("name", [*table("terms")["names"], *table("terms")["custom"].values()])
def test_every_name_in_the_table_is_one_license(name: str) -> None:
    assert canonical(read(name).license) is not None


@pytest.mark.parametrize(
    "written", ["gpl-3.0", "GPL-3.0", "GPLv3", "GNU General Public License v3.0", "mit OR gpl-3.0"]
)
def test_an_old_name_of_gnu_counts_as_that_version_alone_and_says_so(written: str) -> None:
    found = read(written)
    assert "GPL-3.0-only" in found.license
    assert "it counts as GPL-3.0-only" in found.note


@pytest.mark.parametrize(
    ("written", "doubt", "fix"),
    [
        ("", '"" names no license', "ask the rights holder"),
        ("unknown", '"unknown" names no license', "ask the rights holder"),
        ("NOASSERTION", "names no license", ""),
        ("All rights reserved.", "names no license", ""),
        ("see LICENSE", "names no license", ""),
        ("(((", "names no license", ""),
        ("gpl OR mit", '"gpl" names a family of licenses', "GPL-2.0-only, GPL-3.0-only or GPL-3.0-or-later"),
        ("CC BY", '"CC BY" names a license without its version', "CC-BY-4.0"),
        ("CC BY-NC", "without its version", "CC-BY-NC-3.0 or CC-BY-NC-4.0"),
        ("https://creativecommons.org/licenses/by/", "no license that SPDX or Hugging Face lists", ""),
        ("https://example.org/terms", "no license that SPDX or Hugging Face lists", ""),
        ("apach-2.0", "(did you mean Apache-2.0?)", ""),
        ("mit OR NONE", "no license that SPDX or Hugging Face lists", ""),
        ("LicenseRef-a_b", "no license that SPDX or Hugging Face lists", ""),
        ("\u30e9\u30a4\u30bb\u30f3\u30b9", "no license that SPDX or Hugging Face lists", ""),
        ("x" * 10_000, "longer than 500 characters", ""),
        ("MIT OR " * 500 + "MIT", "longer than 500 characters", ""),
        ("(" * 499, "names no license", ""),
    ],
)
def test_what_names_no_license_is_told_with_what_to_write(written: str, doubt: str, fix: str) -> None:
    found = read(written)
    assert (found.license, doubt in found.doubt, fix in found.fix) == ("", True, True)
    assert len(found.doubt) < 300


def test_what_is_shown_of_it_is_one_short_line() -> None:
    assert shown("a\n\x07b\u202e" + "c" * 200) == f"a b {'c' * 76}..."


@given(st.text() | st.text(alphabet="MIT gpl-3.0ORAND()+/:", max_size=40))
def test_any_text_means_a_license_or_is_doubted(text: str) -> None:
    found = read(text)
    assert bool(found.license) is not bool(found.doubt)


# -- what a card declares -----------------------------------------------------------------------------------------


def keys(**values: str | tuple[str, ...]) -> dict[str, Declared]:
    return {key: Declared((value,) if isinstance(value, str) else value) for key, value in values.items()}


@pytest.mark.parametrize(
    ("card", "license_"),
    [
        (keys(license="mit"), "MIT"),
        (keys(license=("mit", "cc-by-4.0")), "MIT AND CC-BY-4.0"),
        (keys(license=("mit", "MIT")), "MIT"),
        (keys(license=("mit OR isc", "cc-by-4.0")), "(MIT OR ISC) AND CC-BY-4.0"),
        (keys(license="other", license_name="llama3"), "LicenseRef-HF-llama3"),
        (keys(license="Other", license_name="Acme Data 1.0", license_link="LICENSE"), "LicenseRef-Acme-Data-1.0"),
        (keys(license_name="Acme", license_link="https://acme.example/terms"), "LicenseRef-Acme"),
        (keys(license="other", license_link="https://creativecommons.org/licenses/by/4.0/"), "CC-BY-4.0"),
        (keys(license=("other", "cc-by-nc-4.0"), license_name="mit"), "MIT AND CC-BY-NC-4.0"),
    ],
)
def test_a_card_declares_a_license(card: dict[str, Declared], license_: str) -> None:
    found = declared(card, text_beside=False)
    assert found is not None
    assert (found.license, found.doubt) == (license_, "")


@pytest.mark.parametrize(
    ("card", "doubt"),
    [
        (keys(license=("mit", "foo")), '"foo" is no license'),
        (keys(license="other"), "license_name does not tell"),
        (keys(license="other", license_name="???", license_link="x"), "license_name does not tell"),
        (keys(license="other", license_name="unknown", license_link="x"), "license_name does not tell"),
        (keys(license="other", license_name="Acme"), "license_link does not tell"),
        (keys(license=tuple(f"LicenseRef-{n}-{'x' * 190}" for n in range(20))), "too many licenses"),
    ],
)
def test_a_card_leaves_in_doubt_which_license_it_is(card: dict[str, Declared], doubt: str) -> None:
    found = declared(card, text_beside=False)
    assert found is not None
    assert (found.license, doubt in found.doubt, bool(found.fix)) == ("", True, True)


def test_a_license_of_its_own_may_lie_beside_instead_of_a_link() -> None:
    found = declared(keys(license="other", license_name="Acme"), text_beside=True)
    assert found == Terms("LicenseRef-Acme")


def test_assumptions_on_several_are_told_together() -> None:
    found = declared(keys(license=("gpl-3.0", "lgpl-2.1")), text_beside=False)
    assert found is not None
    assert "GPL-3.0-only; lgpl-2.1 does not" in found.note


def test_a_card_without_a_license_declares_none() -> None:
    assert declared({}, text_beside=True) is None
