# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Datasets and models in a local repository: judged on what is in it, where nobody's approval can be known."""

import pytest

from tests.bot.checkout.conftest import Repo
from tests.bot.checkout.test_command import POLICY, as_json, found, run

ASKS = "version: 1\nrules:\n  headers: {license: Apache-2.0, include: ['*.py']}\n  datasets: {}\n  models: {}\n"
CARD = "---\nname: Widgets\nlicense: CC-BY-4.0\nsource: https://example.org\npersonal_data: none\n---\n"
PARQUET = b"PAR1" + bytes(4_000) + b"PAR1"
HARMFUL = b"\x80\x04\x8c\x02os\x94\x8c\x06system\x94\x93\x94\x8c\x04true\x94\x85\x94R\x94." + bytes(8)
DATA = "data/widgets/train.parquet"


@pytest.fixture
def begun(repo: Repo) -> Repo:
    """A repository that asks for cards, and a branch upon it."""
    license_ = "SPDX-License-Identifier: Apache-2.0\n"
    repo.commit({POLICY: ASKS, "LICENSE": license_, "README.md": "# Acme\n"}, "Base")
    repo.run("checkout", "--quiet", "-b", "feature")
    return repo


def test_a_need_of_approval_is_told_and_fails_nothing(begun: Repo) -> None:
    begun.commit({DATA: PARQUET, "data/widgets/README.md": CARD})
    report = as_json(begun.folder)
    assert found(report) == [f"{DATA} dataset-needs-approval"]
    assert {rule["rule"]: rule["conclusion"] for rule in report["rules"]}["datasets"] == "success"
    assert run(begun.folder).exit_code == 0
    assert "1 dataset is added; 1 approval needed on GitHub" in run(begun.folder).stdout


@pytest.mark.parametrize("how", [[], ["--staged"], ["--all"]])
def test_data_without_a_card_fail_and_code_is_read_by_its_lines(begun: Repo, how: list[str]) -> None:
    files: dict[str, str | bytes] = {DATA: PARQUET, "train.sh": "python -c \"load_dataset('acme/gears')\"\n"}
    files["src/notes"] = HARMFUL
    for path, content in files.items():
        begun.write(path, content)
    begun.run("add", "--all")
    if "--staged" not in how:
        begun.commit()
    told = found(as_json(begun.folder, *how))
    assert f"{DATA} dataset-no-card" in told
    assert "train.sh dataset-no-license" in told
    assert "src/notes model-unsafe-format" in told
    assert run(begun.folder, *how).exit_code == 1


def test_a_card_that_cannot_be_read_makes_only_those_incomplete_that_need_it(begun: Repo) -> None:
    begun.commit({DATA: PARQUET, "a.py": "x = 1\n", "README.md": "x" * 300_000}, "A README.md that is larger than any")
    by_rule = {rule["rule"]: [one["code"] for one in rule["findings"]] for rule in as_json(begun.folder)["rules"]}
    assert "incomplete" in by_rule["datasets"]
    assert by_rule["headers"] == ["header-missing"]
    assert by_rule["models"] == []
