# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Datasets and models, from the webhook to the check: what is asked of them, who consents, and for how long."""

import re

import pytest
from markdown_it import MarkdownIt

from bot.demo.github.accounts import Organization
from bot.demo.github.git.content import Written
from bot.demo.github.pull import Pull
from bot.demo.github.repository import Repository
from tests.bot.decide.agreements import check, told, verdict
from tests.bot.decide.commands.help import CONFUSED, reactions, replies, say
from tests.bot.decide.deciding import approve_in_review, governance, is_obeyed, push
from tests.bot.decide.deciding import project as begun
from tests.house import House

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

DATASETS = "datasets: {level: error}"
MODELS = "models: {level: error}"
APACHE = "                                 Apache License\n                           Version 2.0, January 2004\n"
PARQUET = b"PAR1" + bytes(4_000) + b"PAR1"
PICKLE = b"\x80\x04\x8c\x02os\x94\x8c\x06system\x94\x93\x94\x8c\x04true\x94\x85\x94R\x94." + bytes(2_000)
CARD = """\
---
pretty_name: Widgets
license: CC-BY-4.0
source: https://example.org/widgets
personal_data: none
---

# Widgets
"""
NEEDED = "1 dataset is added; 1 approval needed"
APPROVED = "1 dataset is added, with the approval of mia"
APPROVE = "/steward approve datasets"


def project(house: House, *rules: str, top: str = "") -> Repository:
    """A repository with an open-source license that asks for cards; mia is a maintainer, sue a data steward."""
    repository = begun(house, governance(*(rules or (DATASETS,)), top=top))
    repository.commit("main", {"LICENSE": f"SPDX-License-Identifier: Apache-2.0\n\n{APACHE}"}, message="License it")
    assert isinstance(repository.owner, Organization)
    repository.owner.team("data-stewards", [house.person("sue")])
    house.work()
    return repository


def offer(house: House, repository: Repository, files: dict[str, Written]) -> Pull:
    """A pull request by ada that adds these files; Steward has looked."""
    pull = house.pull(repository, files)
    house.work()
    return pull


def with_card(house: House, *rules: str) -> Pull:
    """A pull request that adds a dataset with a card to which there is nothing to object."""
    files: dict[str, Written] = {"data/widgets/train.parquet": PARQUET, "data/widgets/README.md": CARD}
    return offer(house, project(house, *rules), files)


# -- from nothing to green ----------------------------------------------------------------------------------------


def test_a_dataset_gets_its_card_and_then_an_approval(house: House) -> None:
    pull = offer(house, project(house), {"data/widgets/train.parquet": PARQUET})
    assert verdict(house, pull) == ("failure", "1 dataset is added: 1 lacks a card; 1 approval needed")
    (comment,) = house.comments(pull)
    assert "no card says what it is" in comment.body
    assert 'license: "TODO: ' in comment.body
    push(house, pull, {"data/widgets/README.md": CARD})
    assert verdict(house, pull) == ("action_required", NEEDED)
    assert "by somebody with the role maintain or a higher one" in told(house, pull)
    say(house, pull, "mia", APPROVE)
    assert verdict(house, pull) == ("success", APPROVED)
    (comment,) = house.comments(pull)
    assert "nothing more is needed" in comment.body


def test_a_card_that_was_only_begun_says_which_lines_to_fill_in(house: House) -> None:
    pull = with_card(house)
    begun_card = CARD.replace("https://example.org/widgets", "TODO").replace("none", '"TODO: say it"')
    push(house, pull, {"data/widgets/README.md": begun_card})
    assert check(house, pull).conclusion == "failure"
    said = told(house, pull)
    assert "a statement on personal data (line 5 is blank)" in said
    assert "Nothing says where the data come from." in said
    assert "line 4" in said


@pytest.mark.parametrize("level", ["warning", "error"])
@pytest.mark.parametrize("enforcement", ["enforce", "advise"])
def test_how_much_it_weighs_is_up_to_the_policy(house: House, level: str, enforcement: str) -> None:
    repository = project(house, f"datasets: {{level: {level}}}", top=f"enforcement: {enforcement}")
    pull = offer(house, repository, {"data/widgets/train.parquet": PARQUET})
    neutral = enforcement == "advise"
    assert check(house, pull).conclusion == ("neutral" if neutral else "success" if level == "warning" else "failure")
    assert "no card says what it is" in told(house, pull)


def test_code_and_small_files_are_nobodys_dataset(house: House) -> None:
    files: dict[str, Written] = {"src/a.py": "x = 1\n", "package.json": "{}\n", "docs/table.csv": "a,b\n"}
    pull = offer(house, project(house, DATASETS, MODELS), files)
    assert verdict(house, pull) == ("success", "All rules pass")
    assert house.comments(pull) == []


def test_what_is_only_loaded_warns_and_needs_nobody(house: House) -> None:
    code = 'from datasets import load_dataset\n\nrows = load_dataset("acme/gears")\n'
    pull = offer(house, project(house), {"src/train.py": code})
    assert verdict(house, pull) == ("success", "Passed with 1 warning")
    assert "- `acme/gears`, `src/train.py`, line 3" in told(house, pull)
    assert 'ids: ["acme/gears"]' in told(house, pull)
    entry = 'version: 1\ndatasets:\n  - ids: ["acme/gears"]\n    license: CC-BY-4.0\n    source: https://example.org\n'
    push(house, pull, {"data-provenance.yml": entry})
    assert verdict(house, pull) == ("success", "No dataset is added; 1 dataset is loaded from elsewhere")


def test_a_license_that_does_not_fit_fails(house: House) -> None:
    pull = with_card(house)
    push(house, pull, {"data/widgets/README.md": CARD.replace("CC-BY-4.0", "cc-by-nc-4.0")})
    assert verdict(house, pull)[1] == ("1 dataset is added: 1 has a license that is not accepted; 1 approval needed")
    assert "no legal advice" in told(house, pull)


def test_a_pickle_in_disguise_is_told_with_what_it_would_run(house: House) -> None:
    pull = offer(house, project(house, MODELS), {"assets/notes.txt": PICKLE})
    assert check(house, pull).conclusion == "failure"
    assert "It would import os.system, which can do harm." in told(house, pull)


def test_a_hostile_name_is_nothing_but_a_name(house: House) -> None:
    name = "@mia `x` <img src=x>\n- [ ] ```"
    pull = offer(house, project(house), {f"data/{name}/train.parquet": PARQUET})
    assert check(house, pull).conclusion == "failure"
    (comment,) = house.comments(pull)
    shown = MarkdownIt("commonmark").render(comment.body)  # with raw HTML, as GitHub takes it
    assert "<img" not in shown
    assert "<li>[ ]" not in shown
    outside_of_code = re.sub("<(code|pre)>.*?</(code|pre)>", "", shown, flags=re.DOTALL)
    assert "@mia" not in outside_of_code


# -- consent ------------------------------------------------------------------------------------------------------


def test_a_data_steward_may_approve(house: House) -> None:
    pull = with_card(house, "datasets: {approvals: {count: 1, teams: [data-stewards]}}")
    assert reactions(say(house, pull, "mia", APPROVE)) == CONFUSED
    assert "a member of the team data-stewards" in replies(house, pull)[0]
    assert is_obeyed(say(house, pull, "sue", APPROVE))
    assert verdict(house, pull) == ("success", "1 dataset is added, with the approval of sue")


def test_the_approval_holds_for_the_same_files_only(house: House) -> None:
    pull = with_card(house)
    approve_in_review(house, pull)
    assert verdict(house, pull) == ("success", APPROVED)
    push(house, pull, message="Nothing new")
    assert verdict(house, pull) == ("success", APPROVED)
    push(house, pull, {"data/widgets/train.parquet": PARQUET + b"more"})
    assert verdict(house, pull) == ("action_required", NEEDED)
    assert "counts no longer" in told(house, pull)


def test_both_rules_have_approvals_of_their_own(house: House) -> None:
    repository = project(house, DATASETS, "models: {card: optional, approvals: {count: 1, permission: maintain}}")
    weights = (64).to_bytes(8, "little") + b'{"__metadata__":{}}'.ljust(64) + bytes(2_000)
    files: dict[str, Written] = {
        "data/widgets/train.parquet": PARQUET,
        "data/widgets/README.md": CARD,
        "weights/model.safetensors": weights,
        "weights/README.md": "---\nlicense: apache-2.0\nbase_model: none\ndatasets: [acme/widgets]\n---\n",
    }
    pull = offer(house, repository, files)
    assert verdict(house, pull) == ("action_required", f"{NEEDED}; 1 model is added; 1 approval needed")
    say(house, pull, "mia", APPROVE)
    assert verdict(house, pull) == ("action_required", "1 model is added; 1 approval needed")
    say(house, pull, "mia", "/steward approve")
    assert verdict(house, pull) == ("success", "All rules pass")


def test_an_override_passes_what_no_approval_could(house: House) -> None:
    pull = offer(house, project(house), {"data/widgets/train.parquet": PARQUET})
    assert is_obeyed(say(house, pull, "mia", "/steward override datasets the card stands in the paper"))
    assert verdict(house, pull) == ("success", "Passed with 1 override")


def test_explain_says_what_was_seen_and_who_may(house: House) -> None:
    pull = with_card(house)
    say(house, pull, "ada", "/steward explain datasets")
    (reply,) = replies(house, pull)
    assert "It takes an approval by somebody with the role maintain" in reply
    assert "2 files" in reply
