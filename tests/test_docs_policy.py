# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The generated pages are current, and the policy reference says all that there is."""

from pathlib import Path

import pytest

from docs.generate import FOLDER, PAGES, write
from docs.policy_page import EXAMPLES
from rules.policy import RULE_ORDER, schema
from rules.yaml_guard import load


@pytest.mark.parametrize("page", PAGES)
def test_a_generated_page_is_what_its_writer_gives(page: str) -> None:
    assert (FOLDER / page).read_text(encoding="utf-8") == PAGES[page](), "run `make docs`"


def test_writing_gives_every_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docs.generate.FOLDER", tmp_path)
    write()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(PAGES)


def test_the_reference_has_a_row_for_every_setting() -> None:
    page = (FOLDER / "policy.md").read_text(encoding="utf-8")
    mappings = [schema(), *schema()["$defs"].values()]
    settings = {key for mapping in mappings for key in mapping.get("properties", ())}
    sections = {*RULE_ORDER, "rules", "commands"}
    rows = {line.split("`")[1].rpartition(".")[2] for line in page.splitlines() if line.startswith("| `")}
    assert settings - sections == rows
    assert [name for name in RULE_ORDER if f"\n## `rules.{name}`\n" not in page] == []


def test_the_full_example_names_every_setting() -> None:
    example = load((EXAMPLES / "governance.yml").read_text(encoding="utf-8"))
    written = {key for path in example.places for key in path}
    settings = {key for mapping in [schema(), *schema()["$defs"].values()] for key in mapping.get("properties", ())}
    assert settings - written == set()


def test_the_starter_has_ten_lines() -> None:
    assert len((EXAMPLES / "starter.yml").read_text(encoding="utf-8").splitlines()) == 10
