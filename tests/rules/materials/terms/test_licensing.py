# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What speaks against the license of data and weights that a contribution brings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.change import Side, SideFile
from rules.materials.cards.card import Card, Declared
from rules.materials.material import Material, Part, Reference, Sort
from rules.materials.terms.licensing import Kind, Licensing, Objection
from rules.settings import LicenseLists
from tests.rules.materials.hugging_face import FAMILY, IDS, NONE

Kinds = tuple[tuple[Kind, bool], ...]

APACHE = "Apache License\nVersion 2.0, January 2004\n"
SA_TEXT = "Attribution-ShareAlike 4.0 International\n"
NC_TEXT = "Attribution-NonCommercial 4.0 International\n"
NOTHING: Kinds = ()
DENIED, WARNED = (Kind.DENIED, False), (Kind.DENIED, True)
NO_LICENSE, NO_FILE, CONFLICT = (Kind.NONE, False), (Kind.NO_FILE, False), (Kind.CONFLICT, False)
README, SIDECAR = "data/words/README.md", "data/words/train.parquet.license"
REUSE = """version = 1
[[annotations]]
path = "data/**"
SPDX-FileCopyrightText = "2024 Acme"
SPDX-License-Identifier = "CC-BY-SA-4.0"
"""


def head(path: str, text: str) -> SideFile:
    return SideFile(path, Side.HEAD, text)


def base(text: str) -> SideFile:
    return SideFile("LICENSE", Side.BASE, text)


def card(path: str = README, **keys: str | tuple[str, ...]) -> Card:
    declared = {key: Declared((value,) if isinstance(value, str) else value, 2) for key, value in keys.items()}
    return Card(path, "dataset card", declared)


def material(folder: str = "data/words", sort: Sort = Sort.DATASET, *, describes: bool = False) -> Material:
    path = f"{folder}/train.parquet" if folder else "train.parquet"
    return Material(sort, "words", folder, (Part(path, "Parquet", 2_000, describes=describes),))


def judged(
    card_: Card | None,
    *beside: SideFile,
    of: Material | None = None,
    allow: tuple[str, ...] = (),
    deny: tuple[str, ...] = (),
    project: str = APACHE,
) -> tuple[Objection, ...]:
    lists = LicenseLists(allow=allow, deny=deny)
    return Licensing([base(project), *beside], lists).of(of or material(), card_)


def kinds(objections: tuple[Objection, ...]) -> Kinds:
    return tuple((one.kind, one.warning) for one in objections)


# -- what the license itself comes to -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("license_", "expected"),
    [
        ("mit", NOTHING),
        ("cc-by-4.0", NOTHING),
        ("cc0-1.0", NOTHING),
        ("cc-by-nc-4.0", (DENIED,)),
        ("https://creativecommons.org/licenses/by-nc/4.0/", (DENIED,)),
        ("cc-by-nd-4.0", (DENIED,)),
        ("cc-by-nc-sa-4.0", (DENIED, NO_FILE)),
        ("h-research", (DENIED,)),
        ("cc-by-sa-4.0", (NO_FILE,)),
        ("odbl", (NO_FILE,)),
        ("c-uda", (WARNED,)),
        ("llama3", (WARNED,)),
        ("apple-ascl", (WARNED,)),
        ("LicenseRef-Acme", (WARNED,)),
        ("cc-by-nc-4.0 OR mit", NOTHING),
        ("cc-by-nc-4.0 AND mit", (DENIED,)),
        ("bsd", (NO_LICENSE,)),
        ("unknown", (NO_LICENSE,)),
        ("other", (NO_LICENSE,)),
        ("something", (NO_LICENSE,)),
    ],
)
def test_what_a_declared_license_comes_to(license_: str, expected: Kinds) -> None:
    found = judged(card(license=license_))
    assert kinds(found) == expected
    assert all((one.path, one.line) == (README, 2) for one in found)


def test_a_license_out_of_the_registry_is_told_where_it_stands() -> None:
    filled = Card(README, "dataset card", {"license": Declared(("cc-by-nc-4.0",), 5, "data-provenance.yml")})
    assert [(one.path, one.line) for one in judged(filled)] == [("data-provenance.yml", 5)]


@pytest.mark.parametrize("id_", IDS)
def test_no_id_of_hugging_face_passes_that_names_no_license(id_: str) -> None:
    told = IDS[id_] not in (FAMILY, NONE)
    assert (NO_LICENSE in kinds(judged(card(license=id_)))) is not told


def test_a_license_of_its_own_is_taken_with_its_name_and_text() -> None:
    named = card(license="other", license_name="Acme Terms")
    assert kinds(judged(named)) == (NO_LICENSE,)
    assert kinds(judged(named, head("data/words/LICENSE", "Our own terms."))) == (WARNED,)
    assert judged(named, head("data/words/LICENSE", "Ours."), allow=("LicenseRef-Acme-Terms",)) == ()


@pytest.mark.parametrize(
    ("project", "expected"),
    [
        (APACHE, (DENIED,)),
        ("Words that nobody knows.", (DENIED,)),
        (NC_TEXT, (WARNED,)),
        ("Acme. Proprietary and confidential.", (WARNED,)),
    ],
)
def test_only_a_project_that_is_closed_itself_may_take_closed_data(project: str, expected: Kinds) -> None:
    assert kinds(judged(card(license="cc-by-nc-4.0"), project=project)) == expected


def test_a_project_whose_license_nobody_can_tell_counts_as_open_source_and_that_is_said() -> None:
    (found,) = Licensing([], LicenseLists()).of(material(), card(license="cc-by-nc-4.0"))
    assert "counts as open source, for nobody can tell its own license (it has no license file)" in found.words


def test_a_contribution_does_not_choose_the_license_that_it_is_judged_by() -> None:
    assert kinds(judged(card(license="cc-by-nc-4.0"), head("LICENSE", NC_TEXT))) == (DENIED,)


@pytest.mark.parametrize(
    ("license_", "allow", "deny", "expected"),
    [
        ("cc-by-nc-4.0", ("CC-BY-NC-4.0",), (), NOTHING),
        ("llama3", ("LicenseRef-HF-llama3",), (), NOTHING),
        ("mit", ("CC0-1.0",), (), (DENIED,)),
        ("mit", (), ("MIT",), (DENIED,)),
        ("cc-by-sa-4.0", ("CC-BY-SA-4.0",), (), (NO_FILE,)),
        ("unknown", ("MIT",), (), (NO_LICENSE,)),
    ],
)
def test_the_lists_of_the_policy_decide_before_the_defaults(
    license_: str, allow: tuple[str, ...], deny: tuple[str, ...], expected: Kinds
) -> None:
    assert kinds(judged(card(license=license_), allow=allow, deny=deny)) == expected


def test_the_words_say_what_was_found_by_what_it_is_refused_and_what_to_do() -> None:
    (by_default,) = judged(card(license="cc-by-nc-4.0"))
    assert by_default.words == (
        "The policy does not accept the license of these data: CC-BY-NC-4.0 forbids commercial use, which the defaults "
        "refuse in a project with an open-source license (Apache-2.0, in LICENSE)."
    )
    assert by_default.fix == (
        "Take data under another license, or ask the rights holder for one, or load the data from their source instead "
        "of committing them. Or a maintainer lets the license through under rules.datasets.licenses.allow of the "
        "policy, which then lets through only what it names."
    )


def test_what_the_policy_denies_is_not_said_to_be_a_matter_of_allowing() -> None:
    (denied,) = judged(card(license="mit"), deny=("MIT",))
    (unlisted,) = judged(card(license="mit"), allow=("ISC",))
    assert "MIT stands under rules.datasets.licenses.deny." in denied.words
    assert "maintainer" not in denied.fix
    assert unlisted.fix.endswith("under rules.datasets.licenses.allow of the policy.")


def test_of_weights_the_rule_on_models_is_named() -> None:
    (found,) = judged(card(license="llama3"), of=material(sort=Sort.MODEL))
    assert found.words == "The license of these weights is worth a look: LicenseRef-HF-llama3 forbids certain uses."
    assert "rules.models.licenses.allow" in found.fix


def test_what_was_assumed_is_told() -> None:
    (found,) = judged(card(license="gpl-3.0"), deny=("GPL-3.0-only",), of=material(describes=True))
    assert "(gpl-3.0 does not say whether later versions may be taken: it counts as GPL-3.0-only.)" in found.words


def test_of_many_reasons_the_first_are_told() -> None:
    many = " AND ".join(f"LicenseRef-{number}" for number in range(9))
    (found,) = judged(card(license=many))
    assert found.words.endswith("what LicenseRef-4 means for data and weights is not known to Steward; and more.")


# -- where it is declared -----------------------------------------------------------------------------------------


def test_nothing_declared_is_no_license() -> None:
    (without_card,) = judged(None)
    (with_card,) = judged(card(source="https://example.org"))
    assert (without_card.kind, without_card.path, without_card.line) == (Kind.NONE, None, None)
    assert (with_card.path, with_card.line) == (README, 1)
    assert without_card.words == "Nothing says under which license the data are."
    assert "such as CC-BY-4.0, into the card." in with_card.fix


def test_what_else_speaks_of_the_license_is_a_hint() -> None:
    (prose,) = judged(None, head(README, "# Words\n\nLicensed under CC BY 4.0.\n"))
    (file,) = judged(None, head("data/words/LICENSE", "Our own terms."))
    assert f"{README} (line 3) says CC-BY-4.0" in prose.words
    assert "Write license: and CC-BY-4.0 if that is it" in prose.fix
    assert "data/words/LICENSE is there, and Steward does not know its words" in file.words


@pytest.mark.parametrize(
    ("beside", "path", "line"),
    [
        (head("data/words/LICENSE", NC_TEXT), "data/words/LICENSE", None),
        (head("data/COPYING", "CC BY-NC 4.0"), "data/COPYING", None),
        (head(SIDECAR, "SPDX-License-Identifier: CC-BY-NC-4.0"), SIDECAR, 1),
        (head("REUSE.toml", REUSE.replace("-SA-", "-NC-")), "REUSE.toml", 2),
    ],
)
def test_without_a_card_the_files_beside_declare_it(beside: SideFile, path: str, line: int | None) -> None:
    (found,) = judged(None, beside)
    assert (found.kind, found.path, found.line) == (Kind.DENIED, path, line)


def test_the_license_of_the_project_is_not_that_of_the_data() -> None:
    assert kinds(judged(None, head("LICENSE", APACHE))) == (NO_LICENSE,)
    assert kinds(judged(None, head("LICENSE", APACHE), of=material(""))) == (NO_LICENSE,)


def test_a_license_file_that_may_be_several_declares_none() -> None:
    assert kinds(judged(None, head("data/words/LICENSE", "CC BY"))) == (NO_LICENSE,)


def test_a_license_file_of_gnu_declares_that_version() -> None:
    gnu = head("data/words/LICENSE", "GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007")
    assert judged(None, gnu) == ()


# -- two places ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("beside", "says"),
    [
        (head("data/words/LICENSE", NC_TEXT), "data/words/LICENSE says CC-BY-NC-4.0"),
        (
            head(README, "---\nlicense: mit\n---\nLicensed under CC BY-NC 4.0.\n"),
            f"{README} (line 4) says CC-BY-NC-4.0",
        ),
        (head(README, "Licensed under CC BY.\n"), "says CC-BY-1.0 or CC-BY-2.0 or"),
        (head("REUSE.toml", REUSE), "REUSE.toml (line 2) says CC-BY-SA-4.0"),
        (head(SIDECAR, "SPDX-License-Identifier: ISC"), ".license (line 1) says ISC"),
    ],
)
def test_a_card_and_another_place_disagree(beside: SideFile, says: str) -> None:
    (found,) = judged(card(license="mit"), beside)
    assert (found.kind, found.path, found.line) == (Kind.CONFLICT, README, 2)
    assert f"{README} (line 2) says MIT, " in found.words
    assert says in found.words


@pytest.mark.parametrize(
    "beside",
    [
        head("data/words/LICENSE", "MIT License"),
        head("data/words/LICENSE", "Words that nobody knows."),
        head("data/LICENSE", "CC BY 4.0"),
        head("LICENSE", APACHE),
        head(README, "The code is licensed under Apache 2.0."),
        head(README, "License: CC BY 4.0\n\nThe words are licensed under the MIT license."),
        head("data/README.md", "Licensed under CC BY 4.0."),
        head("README.md", "Licensed under Apache 2.0."),
        head(SIDECAR, "SPDX-License-Identifier: MIT"),
        head(SIDECAR, "Nothing."),
    ],
)
def test_these_do_not_disagree(beside: SideFile) -> None:
    assert judged(card(license="mit"), beside) == ()


def test_a_card_further_up_is_held_against_its_own_sentences_too() -> None:
    page = head("data/README.md", "---\nlicense: mit\n---\n## License\n\nCC BY-NC 4.0\n")
    (found,) = judged(card("data/README.md", license="mit"), page)
    assert "data/README.md (line 6) says CC-BY-NC-4.0" in found.words


def test_at_the_root_the_pages_of_the_project_are_left_alone() -> None:
    beside = (head("LICENSE", APACHE), head("README.md", "Licensed under Apache 2.0."))
    assert judged(card("DATASET_CARD.md", license="mit"), *beside, of=material("")) == ()


@pytest.mark.parametrize(
    ("sort", "keys"),
    [
        (Sort.MODEL, {"license": "apache-2.0", "base_model": "meta-llama/Llama-2-7b-hf"}),
        (Sort.MODEL, {"license": "apache-2.0", "base_model": ("org/mine", "https://hf.co/google/gemma-2b")}),
        (Sort.DATASET, {"license": "mit", "source": "https://huggingface.co/datasets/tatsu-lab/alpaca"}),
        (Sort.DATASET, {"license": "cc-by-4.0", "source": "acme/mix"}),
    ],
)
def test_a_license_that_is_looser_than_that_of_its_origin_is_a_conflict(
    sort: Sort, keys: dict[str, str | tuple[str, ...]]
) -> None:
    recorded = head("data-provenance.yml", "version: 1\ndatasets:\n- ids: [acme/mix]\n  license: cc-by-nc-4.0\n")
    (found,) = judged(card(README, **keys), recorded, of=material(sort=sort))
    assert (found.kind, found.warning, found.line) == (Kind.CONFLICT, False, 2)
    assert "is declared, but it was made from " in found.words


def test_the_registry_is_named_where_it_tells_the_license_of_the_origin() -> None:
    recorded = head("data-provenance.yml", "version: 1\nmodels:\n- ids: [acme/base]\n  license: llama3\n")
    (found,) = judged(card(license="mit", base_model="acme/base"), recorded, of=material(sort=Sort.MODEL))
    assert found.words == (
        "MIT is declared, but it was made from acme/base, which comes under LicenseRef-HF-llama3 (so says "
        "data-provenance.yml). That forbids certain uses, and the license declared does not."
    )
    assert found.fix.startswith("Declare llama3. ")


@pytest.mark.parametrize(
    ("license_", "base_model"),
    [("llama3", "meta-llama/Meta-Llama-3-8B"), ("mit", "none"), ("mit", "org/name"), ("other", "google/gemma-2b")],
)
def test_these_promise_no_more_than_their_origin(license_: str, base_model: str) -> None:
    found = judged(card(license=license_, base_model=base_model), of=material(sort=Sort.MODEL))
    assert CONFLICT not in kinds(found)


def test_an_entry_without_a_license_tells_nothing_of_an_origin() -> None:
    recorded = head("data-provenance.yml", "version: 1\nmodels:\n- ids: [acme/base]\n  license: bsd\n")
    assert judged(card(license="mit", base_model="acme/base"), recorded, of=material(sort=Sort.MODEL)) == ()


# -- its text beside ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "beside",
    [
        head("data/words/LICENSE", SA_TEXT),
        head("data/words/COPYING", "The license, in Finnish."),
        head("data/LICENSE.txt", SA_TEXT),
        head("LICENSE", SA_TEXT),
        head(SIDECAR, "SPDX-License-Identifier: CC-BY-SA-4.0"),
        head("REUSE.toml", REUSE),
    ],
)
def test_share_alike_is_content_with_its_text_beside(beside: SideFile) -> None:
    assert judged(card(license="cc-by-sa-4.0"), beside) == ()


@pytest.mark.parametrize(
    "beside",
    [
        head("LICENSE", APACHE),
        head("data/LICENSE", "CC BY 4.0"),
        head("data/other/LICENSE", SA_TEXT),
        head("data/words/test.parquet.license", "SPDX-License-Identifier: CC-BY-SA-4.0"),
        SideFile("data/words/LICENSE", Side.BASE, SA_TEXT),
    ],
)
def test_these_do_not_stand_for_its_text(beside: SideFile) -> None:
    (found,) = judged(card(license="cc-by-sa-4.0"), beside)
    assert found.kind is Kind.NO_FILE
    assert "no license file lies in data/words." in found.words
    assert found.fix.startswith("Add the text as data/words/LICENSE, ")


def test_at_the_root_the_file_of_the_project_does_not_stand_for_it() -> None:
    (found,) = judged(card("DATASET_CARD.md", license="odbl"), head("LICENSE", APACHE), of=material(""))
    assert found.fix.startswith("Move them into a folder of their own")
    same = head("LICENSE", "Open Database License (ODbL)")
    assert judged(card("DATASET_CARD.md", license="odbl"), same, of=material("")) == ()


def test_what_only_tells_of_data_needs_no_text_beside() -> None:
    assert judged(card(license="cc-by-sa-4.0"), of=material(describes=True)) == ()


# -- what is only loaded ------------------------------------------------------------------------------------------


def loaded(card_: Card | None, id_: str = "org/name", sort: Sort = Sort.DATASET) -> tuple[Objection, ...]:
    reference = Reference(sort, id_, "Hugging Face", f"https://huggingface.co/{id_}", "train.py", 3)
    return Licensing([base(APACHE)], LicenseLists(deny=("ISC",))).of_reference(reference, card_)


@pytest.mark.parametrize(
    ("license_", "kind"),
    [
        ("mit", None),
        ("cc-by-sa-4.0", None),
        ("llama3", None),
        ("LicenseRef-Acme", None),
        ("cc-by-nc-4.0", Kind.DENIED),
        ("isc", Kind.DENIED),
        ("bsd", Kind.NONE),
    ],
)
def test_what_is_only_loaded_is_warned_of_at_most(license_: str, kind: Kind | None) -> None:
    found = loaded(card("data-provenance.yml", license=license_))
    assert kinds(found) == (((kind, True),) if kind else ())
    assert all(one.path == "data-provenance.yml" and "committing" not in one.fix for one in found)


def test_what_is_loaded_and_not_recorded_is_warned_of() -> None:
    (found,) = loaded(None)
    (known,) = loaded(None, "meta-llama/Llama-2-7b-hf", Sort.MODEL)
    assert (found.kind, found.warning, found.path) == (Kind.NONE, True, None)
    assert known.words.endswith("It is known to come under LicenseRef-HF-llama2.")


def test_what_is_recorded_looser_than_everybody_knows_is_a_conflict() -> None:
    found = loaded(card("data-provenance.yml", license="mit"), "meta-llama/Llama-2-7b-hf", Sort.MODEL)
    assert kinds(found) == ((Kind.CONFLICT, True),)


# -- hostile ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "license_",
    ["x" * 10_000, " OR ".join(["MIT"] * 500), "(" * 500, "@everyone", "\u202e\x00\n<!--", "MIT AND " * 60 + "MIT"],
)
def test_hostile_licenses_are_answered_shortly(license_: str) -> None:
    for one in judged(card(license=license_)):
        assert len(one.words) < 500
        assert one.words.isprintable()


def test_hostile_files_beside_are_answered() -> None:
    files = [head(README, "license: " * 30_000), head("data/words/LICENSE", "\n" * 200_000)]
    assert judged(card(license="mit"), *files) == ()


@given(st.text(), st.text(), st.text())
def test_any_words_are_judged(license_: str, prose: str, name: str) -> None:
    of = card(license=license_ or "x", license_name=name or "x", source=name or "x")
    for one in judged(of, head(README, prose), head("data/words/LICENSE", prose)):
        assert one.words
        assert one.fix
