# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Which classes a license of data or weights is in, and what an expression comes down to."""

import pytest

from rules.data import table
from rules.licensing.spdx import listed, parsed_in_file
from rules.materials.terms.classes import Class, classes_of, effective, in_words
from tests.rules.materials.hugging_face import FAMILY, IDS, NONE

PUBLIC, BY, FREE, SA = Class.PUBLIC_DOMAIN, Class.ATTRIBUTION, Class.PERMISSIVE, Class.SHARE_ALIKE
COMPUTE, NC, ND, RESEARCH = Class.COMPUTATIONAL, Class.NON_COMMERCIAL, Class.NO_DERIVATIVES, Class.RESEARCH_ONLY
USE, UNCLEAR = Class.BEHAVIOURAL, Class.UNCLEAR

OF_HUGGING_FACE = {
    PUBLIC: "cc0-1.0 pddl unlicense",
    BY: "cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 etalab-2.0 odc-by",
    FREE: "apache-2.0 mit afl-3.0 bsl-1.0 bsd-2-clause bsd-3-clause bsd-3-clause-clear cdla-permissive-1.0 "
    "cdla-permissive-2.0 wtfpl ecl-2.0 isc openmdw-1.0 openmdw-1.1 postgresql ofl-1.1 ncsa zlib",
    SA: "artistic-2.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cdla-sharing-1.0 "
    "epl-1.0 epl-2.0 eupl-1.1 eupl-1.2 agpl-3.0 gpl-2.0 gpl-3.0 lgpl-2.1 lgpl-3.0 lppl-1.3c ms-pl mpl-2.0 odbl osl-3.0 "
    "lgpl-lr",
    COMPUTE: "c-uda",
    NC: "cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 "
    "cc-by-nc-sa-4.0 h-research intel-research apple-amlr deepfloyd-if-license fair-noncommercial-research-license",
    ND: "cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0",
    RESEARCH: "h-research intel-research apple-amlr deepfloyd-if-license fair-noncommercial-research-license",
    USE: "bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0 bigcode-openrail-m openrail++ llama2 "
    "llama3 llama3.1 llama3.2 llama3.3 llama4 grok2-community gemma deepfloyd-if-license "
    "fair-noncommercial-research-license",
    UNCLEAR: "apple-ascl",
}


@pytest.mark.parametrize("id_", [id_ for id_, meant in IDS.items() if meant not in (FAMILY, NONE)])
def test_the_classes_of_every_license_of_hugging_face(id_: str) -> None:
    assert classes_of(IDS[id_]) == {class_ for class_, ids in OF_HUGGING_FACE.items() if id_ in ids.split()}


@pytest.mark.parametrize("license_", [name for name in listed() if name.startswith("CC-BY-")])
def test_the_letters_of_creative_commons_tell_the_classes(license_: str) -> None:
    letters = {"NC": NC, "ND": ND, "SA": SA}
    assert classes_of(license_) == ({letters[part] for part in license_.split("-") if part in letters} or {BY})


@pytest.mark.parametrize(
    ("license_", "classes"),
    [
        ("CC-PDM-1.0", {PUBLIC}),
        ("DL-DE-BY-2.0", {BY}),
        ("OGL-UK-3.0", {BY}),
        ("O-UDA-1.0", {FREE}),
        ("CC-SA-1.0", {SA}),
        ("GFDL-1.3-no-invariants-or-later", {SA}),
        ("MPL-1.1+", {SA}),
        ("Apache-2.0+", {FREE}),
        ("PolyForm-Noncommercial-1.0.0", {NC}),
        ("Hippocratic-2.1", {USE}),
        ("BUSL-1.1", {UNCLEAR}),
        ("BSL-1.0", {FREE}),
        ("Elastic-2.0", {UNCLEAR}),
        ("LicenseRef-Acme", {UNCLEAR}),
        ("LicenseRef-HF-made-up", {UNCLEAR}),
        ("CC-BY-NCX", {UNCLEAR}),
    ],
)
def test_the_classes_of_others(license_: str, classes: set[Class]) -> None:
    assert classes_of(license_) == classes


def test_the_table_names_what_spdx_lists() -> None:
    entries = [entry for row in table("terms")["classes"] for entry in row["licenses"] if "LicenseRef-" not in entry]
    starts = [name for entry in entries if entry.endswith("*") for name in [entry[:-1]]]
    assert {entry for entry in entries if not entry.endswith("*")} <= set(listed())
    assert [start for start in starts if not any(name.startswith(start) for name in listed())] == []


def test_no_license_is_in_two_classes_that_exclude_each_other() -> None:
    open_, closed = {PUBLIC, BY, FREE}, {SA, COMPUTE, NC, ND, RESEARCH, USE}
    for license_ in listed():
        found = classes_of(license_)
        assert len(found & open_) <= 1
        assert not (found & open_ and found & closed)


@pytest.mark.parametrize(
    ("expression", "classes"),
    [
        ("MIT", {FREE}),
        ("MIT AND CC-BY-NC-4.0", {FREE, NC}),
        ("MIT OR CC-BY-NC-4.0", {FREE}),
        ("CC-BY-NC-4.0 OR CC-BY-NC-ND-4.0", {NC}),
        ("CC-BY-SA-4.0 OR MIT", {FREE}),
        ("LicenseRef-Acme OR CC-BY-SA-4.0", {SA}),
        ("(MIT OR CC-BY-ND-4.0) AND CC-BY-SA-4.0", {FREE, SA}),
        ("GPL-2.0-only WITH Classpath-exception-2.0", {SA}),
    ],
)
def test_what_binds_adds_up_and_of_a_choice_the_freest_is_taken(expression: str, classes: set[Class]) -> None:
    assert effective(parsed_in_file(expression)) == classes


def test_classes_in_words() -> None:
    assert in_words({NC}) == "forbids commercial use"
    assert in_words({NC, ND}) == "forbids commercial use and forbids changed versions"
    assert in_words({NC, ND, RESEARCH}).count(" and ") == 1
    assert in_words(()) == ""
