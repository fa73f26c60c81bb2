# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

from itertools import islice, product
from typing import Any

import pytest

from rules.change import ChangedFile, FileStatus, Need, Side, SideFile, Unseen
from rules.datasets import RULE, drafts
from rules.finding import Finding
from rules.options import DatasetsOptions
from rules.rule import Judgement
from tests.rules.materials_help import (
    MIA,
    change,
    code,
    codes,
    data,
    facts,
    judged,
    text,
    the,
    warnings,
)

CARD = "data/widgets/README.md"
WHOLE = """\
---
pretty_name: Widgets
license: CC-BY-4.0
source: https://example.org/widgets
personal_data: none
---

# Widgets
"""
REGISTRY = """\
version: 1
datasets:
  - ids: ["acme/gears"]
    license: CC-BY-4.0
"""
LOADS = code('rows = load_dataset("acme/gears")')


def options(**settings: Any) -> DatasetsOptions:
    return DatasetsOptions.model_validate({"approvals": {"count": 0}, **settings})


def with_card(card: str, path: str = CARD, **settings: Any) -> Judgement:
    file, beside = text(path, card)
    return judged(RULE, change(data(), file, beside=(beside,)), options(**settings))


def lone(**settings: Any) -> Judgement:
    return judged(RULE, change(data()), options(**settings))


# -- what is committed --------------------------------------------------------------------------------------------


def test_nothing_is_no_dataset() -> None:
    judgement = judged(RULE, change(code("x = 1")), options())
    assert judgement == Judgement("No dataset is added", alone=True)


def test_data_with_all_that_is_asked_are_fine() -> None:
    judgement = with_card(WHOLE)
    assert judgement.findings == ()
    assert judgement.summary == "1 dataset is added"
    assert judgement.notes == ()
    assert not judgement.alone
    assert judgement.table is not None
    assert judgement.table.rows[0][4:] == ("CC-BY-4.0", "https://example.org/widgets")


def test_without_a_card_only_that_is_told() -> None:
    judgement = lone()
    assert codes(judgement) == ["dataset-no-card"]
    assert judgement.summary == "1 dataset is added: 1 lacks a card"
    finding = judgement.findings[0]
    assert (finding.path, finding.subject, finding.fixable) == ("data/widgets/train.parquet", "widgets", True)
    assert finding.fix is not None
    assert "\n\n---\n" in finding.fix


def test_where_no_card_is_asked_for_license_and_source_are() -> None:
    judgement = lone(card="optional")
    assert codes(judgement) == ["dataset-no-license", "dataset-no-source"]
    assert the(judgement, "dataset-no-source").path == "data/widgets/train.parquet"
    file, beside = text(CARD, WHOLE.replace("personal_data: none\n", ""))
    assert judged(RULE, change(data(), file, beside=(beside,)), options(card="optional")).findings == ()


CARDS = {
    "no name": (WHOLE.replace("Widgets", "TODO"), ["dataset-card-incomplete"], 2),
    "no word on personal data": (WHOLE.replace("personal_data: none\n", ""), ["dataset-card-incomplete"], 1),
    "no license": (WHOLE.replace("CC-BY-4.0", '""'), ["dataset-no-license"], 3),
    "a license that does not fit": (WHOLE.replace("CC-BY-4.0", "cc-by-nc-4.0"), ["dataset-license-denied"], 3),
    "no source": (WHOLE.replace("https://example.org/widgets", "TODO"), ["dataset-no-source"], 4),
    "no source and no line for it": (
        WHOLE.replace("source: https://example.org/widgets\n", ""),
        ["dataset-no-source"],
        1,
    ),
    "a license that asks for its text": (WHOLE.replace("CC-BY-4.0", "ODbL-1.0"), ["dataset-no-license-file"], 3),
    "a license of a wrong type": (
        WHOLE.replace("CC-BY-4.0", "[[MIT]]"),
        ["dataset-card-incomplete", "dataset-no-license"],
        3,
    ),
}


@pytest.mark.parametrize("case", CARDS)
def test_what_a_card_lacks_is_told_at_its_line(case: str) -> None:
    card, found, line = CARDS[case]
    judgement = with_card(card)
    assert codes(judgement) == found
    assert {(one.path, one.line) for one in judgement.findings} <= {(CARD, line), (CARD, 1)}
    assert (CARD, line) in {(one.path, one.line) for one in judgement.findings}
    assert all(one.subject for one in judgement.findings)


def test_what_is_said_of_licenses_is_no_legal_advice() -> None:
    (note,) = with_card(WHOLE.replace("CC-BY-4.0", "cc-by-nc-4.0")).notes
    assert "no legal advice" in note


def test_nobodys_address_is_told() -> None:
    ask = "Ask jane.doe@example.com for it"
    judgement = with_card(WHOLE.replace("https://example.org/widgets", ask).replace("CC-BY-4.0", ask))
    assert judgement.table is not None
    assert judgement.table.rows[0][4:] == (("Ask j***@example.com for it",) * 2)
    assert "jane.doe" not in " ".join(one.message for one in judgement.findings)
    assert "j***@example.com" in the(judgement, "dataset-no-license").message


def test_the_lists_of_the_policy_hold() -> None:
    assert codes(with_card(WHOLE, licenses={"allow": ["CC0-1.0"]})) == ["dataset-license-denied"]
    assert codes(with_card(WHOLE, licenses={"deny": ["CC-BY-4.0"]})) == ["dataset-license-denied"]
    nc = WHOLE.replace("CC-BY-4.0", "CC-BY-NC-4.0")
    assert codes(with_card(nc, licenses={"allow": ["CC-BY-NC-4.0"]})) == []


def test_the_registry_may_speak_for_data() -> None:
    entry = 'version: 1\ndatasets:\n  - paths: ["data/**"]\n    name: Widgets\n    license: CC-BY-4.0\n'
    beside = SideFile("data-provenance.yml", Side.HEAD, f"{entry}    source: x.org\n    personal_data: none\n")
    assert judged(RULE, change(data(), beside=(beside,)), options()).findings == ()


def test_a_registry_that_a_contribution_breaks_fails_though_it_brings_no_data() -> None:
    file, beside = text("data-provenance.yml", "datasets: {")
    judgement = judged(RULE, change(file, beside=(beside,)), options())
    assert codes(judgement) == ["dataset-card-incomplete"]
    assert judgement.summary == "No dataset is added; data-provenance.yml cannot be used as it is"
    unchanged = judged(RULE, change(code("x = 1"), beside=(beside,)), options())
    assert unchanged.findings == ()


# -- what was there before ----------------------------------------------------------------------------------------


def test_an_update_of_data_without_a_card_only_warns() -> None:
    old = data(status=FileStatus.MODIFIED)
    judgement = judged(RULE, change(old), options())
    assert (codes(judgement), warnings(judgement)) == ([], ["dataset-no-card"])
    assert judgement.summary == "1 dataset is changed: 1 lacks a card"
    without = judged(RULE, change(old), options(card="optional"))
    assert (codes(without), warnings(without)) == ([], ["dataset-no-license", "dataset-no-source"])


def test_an_update_of_data_with_a_card_is_held_to_it() -> None:
    beside = SideFile(CARD, Side.HEAD, WHOLE.replace("CC-BY-4.0", "CC-BY-NC-4.0"))
    judgement = judged(RULE, change(data(status=FileStatus.MODIFIED), beside=(beside,)), options())
    assert codes(judgement) == ["dataset-license-denied"]


@pytest.mark.parametrize("status", [FileStatus.REMOVED, FileStatus.RENAMED])
def test_what_is_removed_or_moved_is_nothing(status: FileStatus) -> None:
    judgement = judged(RULE, change(data(status=status)), options())
    assert judgement.summary == "No dataset is added"


# -- what is loaded -----------------------------------------------------------------------------------------------


def test_what_is_loaded_warns_until_the_registry_names_it() -> None:
    judgement = judged(RULE, change(LOADS), options(approvals={"count": 1}), facts(1))
    assert (codes(judgement), warnings(judgement)) == ([], ["dataset-no-license"])
    (finding,) = judgement.findings
    assert (finding.path, finding.line, finding.subject) == ("src/train.py", 3, "acme/gears")
    assert judgement.summary == "No dataset is added; 1 dataset is loaded from elsewhere"
    known = SideFile("data-provenance.yml", Side.HEAD, REGISTRY)
    quiet = judged(RULE, change(LOADS, beside=(known,)), options())
    assert quiet.findings == ()
    assert quiet.table is not None


def test_the_entry_that_is_proposed_is_one_but_for_the_license() -> None:
    (finding,) = judged(RULE, change(LOADS), options()).findings
    assert finding.fix is not None
    entry = finding.fix.partition("\n\n")[2]
    proposed = SideFile("data-provenance.yml", Side.HEAD, f"version: 1\n{entry}\n")
    (blank,) = judged(RULE, change(LOADS, beside=(proposed,)), options()).findings
    assert (blank.code, blank.warning) == ("dataset-no-license", True)
    filled = SideFile("data-provenance.yml", Side.HEAD, proposed.text.replace("TODO: its SPDX id", "CC-BY-4.0"))
    assert judged(RULE, change(LOADS, beside=(filled,)), options()).findings == ()


def test_what_is_loaded_on_terms_that_do_not_fit_only_warns() -> None:
    known = SideFile("data-provenance.yml", Side.HEAD, REGISTRY.replace("CC-BY-4.0", "CC-BY-NC-4.0"))
    judgement = judged(RULE, change(LOADS, beside=(known,)), options())
    assert (codes(judgement), warnings(judgement)) == ([], ["dataset-license-denied"])


def test_lines_that_were_not_shown_are_told() -> None:
    unseen = ChangedFile("src/train.py", FileStatus.MODIFIED, additions=9, size=100, blob="2" * 40)
    judgement = judged(RULE, change(unseen), options())
    assert (codes(judgement), warnings(judgement)) == ([], ["dataset-unread"])


# -- consent ------------------------------------------------------------------------------------------------------


def consenting(count: int, *given: Any, offline: bool = False) -> Judgement:
    file, beside = text(CARD, WHOLE)
    known = facts(count, given, offline=offline)
    return judged(RULE, change(data(), file, beside=(beside,)), options(approvals={"count": count}), known)


def test_data_need_consent() -> None:
    judgement = consenting(1)
    assert codes(judgement) == ["dataset-needs-approval"]
    assert judgement.summary == "1 dataset is added; 1 approval needed"
    assert consenting(1, MIA).summary == "1 dataset is added, with the approval of mia"
    assert consenting(1, MIA).findings == consenting(0).findings == ()


def test_a_card_alone_needs_nobody() -> None:
    file, beside = text(CARD, WHOLE.replace("---\n", "---\ntask_categories: [other]\n", 1))
    judgement = judged(RULE, change(file, beside=(beside,)), options(approvals={"count": 1}), facts(1))
    assert codes(judgement) == []
    assert "approval" not in judgement.summary


def test_in_a_checkout_consent_is_told_to_be_given_elsewhere() -> None:
    judgement = consenting(1, offline=True)
    assert judgement.summary == "1 dataset is added; 1 approval needed on GitHub"
    assert (codes(judgement), warnings(judgement)) == ([], ["dataset-needs-approval"])


# -- drafts -------------------------------------------------------------------------------------------------------


def drafted(*unseen: Unseen, files: tuple[ChangedFile, ...] = (data(),), **settings: Any) -> list[str]:
    return [draft.path for _, draft in drafts(change(*files, unseen=unseen), options(**settings), facts())]


def test_each_dataset_without_a_card_has_a_draft() -> None:
    assert drafted(files=(data(), data("data/gears/a.parquet"))) == ["data/gears/README.md", CARD]
    assert drafted(card="optional") == []
    assert drafted(files=(code("x = 1"),)) == []


def test_two_that_would_share_a_card_get_one() -> None:
    files = (data("a.parquet"), data("b.parquet"))
    judgement = judged(RULE, change(*files), options())
    assert len(drafted(files=files)) == 1
    assert sum(one.fixable for one in judgement.findings) == 1


@pytest.mark.parametrize("path", [CARD, "README.md", None])
def test_nothing_is_drafted_where_a_card_may_be_unread(path: str | None) -> None:
    gap = Unseen(Need.CONTENT, "too large", path)
    assert drafted(gap) == []
    (finding,) = judged(RULE, change(data(), unseen=(gap,)), options()).findings
    assert finding.fix == "Write a dataset card into its folder or one above; it speaks for all that lies there."


def test_what_else_is_unread_hinders_no_draft() -> None:
    assert drafted(Unseen(Need.CONTENT, "too large", "src/a.py"), Unseen(Need.BYTES, "too many", CARD)) == [CARD]


# -- what to read -------------------------------------------------------------------------------------------------


def file(path: str, status: FileStatus = FileStatus.ADDED, **more: Any) -> ChangedFile:
    return ChangedFile(path, status, additions=3, blob="4" * 40, **more)


@pytest.mark.parametrize("path", ["src/a.py", "docs/a.md", "a.txt", "package.json", "Makefile", "src/models/a.ts"])
def test_ordinary_files_are_not_read(path: str) -> None:
    assert not RULE.wants(file(path), options())
    assert not RULE.peeks(file(path), options())


def test_what_may_be_data_is_and_so_is_the_registry() -> None:
    assert RULE.wants(file("data-provenance.yml"), options())
    assert RULE.wants(file("data/a.parquet"), options())
    assert RULE.wants(file("raw/a.xyz"), options(paths=["raw/**"]))
    assert not RULE.wants(file("data/a.parquet", FileStatus.REMOVED), options())
    assert not RULE.peeks(file("data/a.parquet", FileStatus.REMOVED), options())
    assert not RULE.reads_lines(file("src/a.py", FileStatus.REMOVED), options())
    assert RULE.reads_lines(file("src/a.py"), options())


def test_beside_data_stand_cards_and_licenses_and_beside_code_the_registry_alone() -> None:
    beside = set(RULE.beside(data(), options()))
    wanted = {CARD, "README.md", "data/widgets/LICENSE", "data/widgets/train.parquet.license", "data-provenance.yml"}
    assert wanted <= {path for side, path in beside if side is Side.HEAD}
    assert (Side.BASE, "LICENSE") in beside
    assert list(RULE.beside(LOADS, options())) == [(Side.HEAD, "data-provenance.yml")]


def test_thousands_of_findings_are_cut_and_counted() -> None:
    names = ("".join(letters) for letters in product("bcdfghjklmn", repeat=3))
    files = tuple(data(f"{name}/rows.parquet") for name in islice(names, 1_100))
    judgement = judged(RULE, change(*files), options())
    assert len(judgement.findings) == 1_000
    assert "1,000 of 1,100 findings are told here, those that only warn last" in judgement.notes
    assert all(isinstance(one, Finding) for one in judgement.findings)


def test_the_line_that_sums_up_speaks_of_what_fails_first() -> None:
    old, new = data("old/a.parquet", status=FileStatus.MODIFIED), data("new/b.parquet")
    assert judged(RULE, change(old, new), options()).summary == "2 datasets are added or changed: 1 lacks a card"
    assert judged(RULE, change(old), options()).summary == "1 dataset is changed: 1 lacks a card"
