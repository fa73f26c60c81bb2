# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from datetime import UTC, datetime

import pytest

from rules.consent import Consent
from rules.decision import Approval
from rules.finding import Finding
from rules.mandate import Mandate
from rules.materials import findings
from rules.materials.cards.card import Card, Problem
from rules.materials.draft import Draft
from rules.materials.look import Found, Look
from rules.materials.material import Sort
from rules.materials.terms.objections import Kind, Objection
from tests.rules.materials.seen import CARD, card, found, loaded, part

KEYS = ("name", "personal_data")
STEWARDS = Mandate("maintain", ("data-stewards",))
MIA = Approval("mia", 7, "a" * 40, datetime(2026, 11, 1, tzinfo=UTC), "review")
DENIED = Objection(Kind.DENIED, "CC-BY-NC-4.0 is non-commercial.", "Ask for another license.", None, None)
NONE = Objection(Kind.NONE, "No license is named.", "Name it.", None, None)


def on_card(one: Found) -> list[Finding]:
    return list(findings.on_card(one, Sort.DATASET, KEYS))


# -- cards --------------------------------------------------------------------------------------------------------


def test_a_whole_card_is_no_finding() -> None:
    assert on_card(found(card(name="Widgets", personal_data="none"))) == []


def test_without_a_card_there_is_one_to_paste() -> None:
    draft = Draft("data/widgets/README.md", "---\nlicense: TODO\n---", existing=False)
    small, large = part("data/widgets/a.parquet", 10), part("data/widgets/b.parquet", 20)
    (finding,) = on_card(found(None, small, large, draft=draft))
    assert (finding.code, finding.path, finding.line) == ("dataset-no-card", large.path, None)
    assert (finding.subject, finding.warning, finding.fixable) == ("widgets", False, True)
    assert finding.fix == draft.fix


def test_data_that_were_there_before_only_warn() -> None:
    (finding,) = on_card(found(None, part(new=False)))
    assert (finding.warning, finding.fixable) == (True, False)
    assert finding.message == "A dataset is changed that has no dataset card."
    (finding,) = on_card(found(None, part(new=False), part("data/widgets/b.parquet")))
    assert not finding.warning


BOTH = (
    "Write into its front matter, in place of the dots:\n\n"
    "name: ...  # what people call it\npersonal_data: ...  # none, or what there is of it"
)
INCOMPLETE: dict[str, tuple[Card, str, int, str]] = {
    "a key is not there": (
        card(name="Widgets"),
        "It lacks a statement on personal data.",
        1,
        "Write into its front matter, in place of the dots:\n\npersonal_data: ...  # none, or what there is of it",
    ),
    "several are blank": (
        card(blank={"personal_data": 9, "name": 4}),
        "It lacks a name (line 4 is blank) and a statement on personal data (line 9 is blank).",
        4,
        BOTH,
    ),
    "a value is of a wrong type": (
        card(Problem("license is a number; it should be text", 3), name="Widgets", personal_data="none"),
        "In line 3, license is a number; it should be text.",
        3,
        "Correct these lines.",
    ),
    "it cannot be read at all": (
        card(Problem("the YAML cannot be read")),
        "It lacks a name and a statement on personal data. In it, the YAML cannot be read.",
        1,
        BOTH,
    ),
    "more is wrong than anybody reads": (
        card(*(Problem(f"{at} is wrong", at) for at in range(3, 15)), name="Widgets", personal_data="none"),
        " ".join([*(f"In line {at}, {at} is wrong." for at in range(3, 13)), "2 more lines are wrong."]),
        3,
        "Correct these lines.",
    ),
    "it is no front matter": (
        card(path="data/widgets/croissant.json"),
        "It lacks a name and a statement on personal data.",
        1,
        "Add to the card a name and a statement on personal data.",
    ),
    "the registry speaks for it": (
        card(path="data-provenance.yml", name="Widgets"),
        "It lacks a statement on personal data.",
        1,
        "Write into the entry in it, in place of the dots:\n\npersonal_data: ...  # none, or what there is of it",
    ),
}


@pytest.mark.parametrize("case", INCOMPLETE)
def test_all_that_a_card_lacks_is_one_finding(case: str) -> None:
    its_card, told, line, fix = INCOMPLETE[case]
    (finding,) = on_card(found(its_card))
    assert finding.message == f"The card of a dataset is not complete. {told}"
    assert (finding.code, finding.path, finding.line) == ("dataset-card-incomplete", its_card.path, line)
    assert (finding.fix, finding.subject, finding.warning) == (fix, "widgets", False)


@pytest.mark.parametrize(
    ("seen", "warning"),
    [(Look((found(),)), False), (Look(registers=True), False), (Look(loaded=(loaded(),)), True)],
    ids=["data are committed", "the contribution changes it", "data are only loaded"],
)
def test_a_broken_registry_is_told_where_it_may_speak(seen: Look, warning: bool) -> None:
    broken = (Problem("there is a second name", 8), Problem("datasets is no list", 4))
    look = Look(seen.found, seen.loaded, broken=broken, registers=seen.registers)
    (finding,) = findings.on_registry(look, Sort.DATASET)
    assert (finding.path, finding.line, finding.warning) == ("data-provenance.yml", 4, warning)
    assert finding.message.endswith("In line 8, there is a second name. In line 4, datasets is no list.")
    assert not list(findings.on_registry(seen, Sort.DATASET))


# -- licenses -----------------------------------------------------------------------------------------------------

WHERE = {
    "in its card": (found(card()), DENIED, (CARD, 1)),
    "without a card at the data": (found(), DENIED, ("data/widgets/train.parquet", None)),
    "where the objection says": (
        found(card()),
        Objection(Kind.CONFLICT, "They differ.", "Agree.", "data/widgets/LICENSE", 3),
        ("data/widgets/LICENSE", 3),
    ),
    "at a whole file": (
        found(card()),
        Objection(Kind.CONFLICT, "They differ.", "Agree.", "data/widgets/LICENSE", None),
        ("data/widgets/LICENSE", None),
    ),
}


@pytest.mark.parametrize("case", WHERE)
def test_where_a_license_is_objected_to(case: str) -> None:
    one, objection, place = WHERE[case]
    one = Found(one.material, one.card, (objection,))
    (finding,) = findings.on_licenses(one, Sort.DATASET, required=True)
    assert (finding.path, finding.line) == place
    assert (finding.message, finding.fix, finding.subject) == (objection.words, objection.fix, "widgets")


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Kind.NONE, "dataset-no-license"),
        (Kind.DENIED, "dataset-license-denied"),
        (Kind.CONFLICT, "dataset-license-conflict"),
        (Kind.NO_FILE, "dataset-no-license-file"),
    ],
)
@pytest.mark.parametrize("warning", [True, False])
def test_each_objection_has_its_code(kind: Kind, code: str, warning: bool) -> None:
    one = found(card(), objections=(Objection(kind, "No.", "Yes.", None, None, warning),))
    (finding,) = findings.on_licenses(one, Sort.DATASET, required=True)
    assert (finding.code, finding.warning) == (code, warning)


def told(one: Found, *, required: bool) -> list[tuple[str, bool]]:
    return [(each.code, each.warning) for each in findings.on_licenses(one, Sort.DATASET, required=required)]


def test_who_is_asked_for_a_card_is_not_asked_for_a_license_as_well() -> None:
    both = found(objections=(NONE, DENIED))
    assert told(both, required=True) == [("dataset-license-denied", False)]
    assert told(both, required=False) == [("dataset-no-license", False), ("dataset-license-denied", False)]


def test_an_update_without_a_card_is_warned_that_no_license_is_named() -> None:
    update = found(None, part(new=False), objections=(NONE, DENIED))
    assert told(update, required=False) == [("dataset-no-license", True), ("dataset-license-denied", False)]
    with_card = found(card(), part(new=False), objections=(NONE,))
    assert told(with_card, required=False) == [("dataset-no-license", False)]


# -- what is loaded -----------------------------------------------------------------------------------------------


def on_loaded(*some: object) -> list[Finding]:
    return list(findings.on_loaded(Look(loaded=tuple(some)), Sort.DATASET))  # type: ignore[arg-type]


def test_what_is_loaded_on_terms_that_fit_is_quiet() -> None:
    assert on_loaded(loaded(card(path="data-provenance.yml", license="MIT"))) == []


@pytest.mark.parametrize("pinned", [True, False, None])
def test_what_is_loaded_on_terms_that_nobody_knows_warns(pinned: bool | None) -> None:
    (finding,) = on_loaded(loaded(pinned=pinned, objections=(NONE,)))
    assert (finding.code, finding.warning) == ("dataset-no-license", True)
    assert (finding.subject, finding.path, finding.line) == ("acme/gears", "src/train.py", 7)
    assert finding.message.startswith("A dataset is loaded from Hugging Face, and nothing here says")
    assert ("No fixed revision is named" in finding.message) == (pinned is False)
    assert finding.fix is not None
    assert "data-provenance.yml" in finding.fix.partition("\n\n")[0]
    assert "acme/gears" in finding.fix.partition("\n\n")[2]


def test_what_is_loaded_on_terms_that_do_not_fit_warns() -> None:
    (finding,) = on_loaded(loaded(card(license="CC-BY-NC-4.0"), pinned=False, objections=(DENIED, NONE)))
    assert (finding.code, finding.warning) == ("dataset-license-denied", True)
    assert finding.message == (
        "CC-BY-NC-4.0 is non-commercial. No fixed revision is named, so what is loaded may change."
    )
    assert finding.fix == "Ask for another license."


def test_lines_that_nobody_saw_are_told() -> None:
    (finding,) = findings.on_unread(Look(unread=("src/big.py",)), Sort.MODEL)
    assert (finding.code, finding.path, finding.warning) == ("model-unread", "src/big.py", True)


# -- consent ------------------------------------------------------------------------------------------------------


def on_consent(seen: Look, consent: Consent, *, offline: bool = False) -> list[Finding]:
    return list(findings.on_consent(seen, Sort.DATASET, consent, offline=offline))


def test_data_need_consent_and_what_only_tells_of_them_does_not() -> None:
    seen = Look((found(), found(None, part("data/b/README.md", describes=True))))
    (finding,) = on_consent(seen, Consent(1, STEWARDS))
    assert (finding.code, finding.path) == ("dataset-needs-approval", "data/widgets/train.parquet")
    assert finding.message == (
        "A dataset enters the repository. It takes an approval by somebody with the role maintain or a higher one, or "
        "a member of the team data-stewards."
    )
    assert finding.fix is not None
    assert finding.fix.endswith("/steward approve datasets")
    assert not finding.warning
    assert not on_consent(seen, Consent(1, STEWARDS, (MIA,)))
    assert not on_consent(seen, Consent(0, STEWARDS))


def test_in_a_checkout_a_need_of_consent_only_warns() -> None:
    (finding,) = on_consent(Look((found(),)), Consent(1, STEWARDS), offline=True)
    assert finding.warning


# -- names --------------------------------------------------------------------------------------------------------


def test_a_long_name_is_cut() -> None:
    assert findings.named("x" * 100) == "x" * 100
    assert findings.named("x" * 101) == "x" * 97 + "..."


@pytest.mark.parametrize("sort", Sort)
def test_every_code_is_of_its_sort(sort: Sort) -> None:
    assert all(code.startswith(f"{sort.value}-") for code in findings.codes(sort))
