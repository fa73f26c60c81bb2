# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward fix --cards` in real repositories: which cards it writes, where, and what it leaves alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.checkout.command import check
from bot.checkout.folder import Folder
from tests.bot.checkout.conftest import Repo
from tests.bot.checkout.fixing import BARE, HEADED, PARQUET, POLICY, RULE, deny, lines, run, text

ASKING = f"{HEADED}version: 1\nrules: {{datasets: {{level: error}}, models: {{level: error}}}}\n"
DATA = "data/trees/train.parquet"
README = "data/trees/README.md"
FILLED = """\
---
license: CC-BY-4.0
pretty_name: trees
source: https://example.org/trees
personal_data: none
---
"""
TOLD = "1 card written. Fill in what says TODO:, and steward check tells what is left."
NOTHING = "No card is missing that could be written."


@pytest.fixture
def acme(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    repo.commit({POLICY: ASKING, "old.py": BARE}, "Base")
    repo.run("checkout", "--quiet", "-b", "feature")
    monkeypatch.chdir(repo.folder)
    return repo


def findings(*arguments: str) -> list[str]:
    found = CliRunner().invoke(check, ["--format", "json", *arguments], catch_exceptions=False)
    return [finding["code"] for rule in json.loads(found.stdout)["rules"] for finding in rule["findings"]]


# -- what it writes -------------------------------------------------------------------------------------------------


def test_missing_cards_are_written_and_pass_once_they_are_filled_in(acme: Repo) -> None:
    acme.commit({DATA: PARQUET, "models/net/model.pt": b"PK\3\4" + bytes(90_000)})
    assert "dataset-no-card" in findings()
    done = run("--cards")
    assert (done.exit_code, done.stdout.splitlines()) == (
        0,
        [
            "What differs from main:",
            f"wrote a card to {README}",
            "wrote a card to models/net/README.md",
            "2 cards written. Fill in what says TODO:, and steward check tells what is left.",
        ],
    )
    assert text(acme, README).startswith('---\nlicense: "TODO: ')
    acme.write(README, FILLED)
    acme.commit()
    assert [code for code in findings() if code.startswith("dataset")] == ["dataset-needs-approval"]


def test_a_second_run_changes_nothing(acme: Repo) -> None:
    acme.write(DATA, PARQUET)
    assert lines("--cards") == ["What differs from main:", f"wrote a card to {README}", TOLD]
    first = text(acme, README)
    assert lines("--cards") == ["What differs from main:", NOTHING]
    assert text(acme, README) == first


def test_check_writes_nothing_and_says_what_is_missing(acme: Repo) -> None:
    acme.write(DATA, PARQUET)
    done = run("--cards", "--check")
    told = ["What differs from main:", f"would write a card to {README}", "1 card to write."]
    assert (done.exit_code, done.stdout.splitlines()) == (1, told)
    assert not (acme.folder / README).exists()


def test_front_matter_goes_before_a_readme_and_the_rest_stays_byte_for_byte(acme: Repo) -> None:
    acme.write(DATA, PARQUET)
    acme.write(README, b"\xef\xbb\xbf# Trees\r\n\r\nAll \xff of them")
    assert lines("--cards")[1] == f"wrote a card before what is in {README}"
    written = (acme.folder / README).read_bytes()
    assert written.startswith(b"\xef\xbb\xbf---\r\nlicense:")
    assert written.endswith(b"---\r\n\r\n# Trees\r\n\r\nAll \xff of them")


def test_headers_are_left_to_the_command_without_the_option(acme: Repo) -> None:
    policy = acme.folder.parent / "both.yml"
    policy.write_text(f"{RULE}  datasets: {{level: error}}\n")
    acme.write("new.py", BARE)
    acme.write(DATA, PARQUET)
    assert lines("--cards", "--policy", policy)[1:] == [f"wrote a card to {README}", TOLD]
    assert text(acme, "new.py") == BARE
    acme.run("add", "--all")
    told = CliRunner().invoke(check, ["--staged", "--policy", str(policy)], catch_exceptions=False).stdout
    assert "1 header can be added by steward fix." in told


def test_what_can_be_written_is_told_by_the_check(acme: Repo) -> None:
    acme.commit({DATA: PARQUET})
    told = CliRunner().invoke(check, [], catch_exceptions=False).stdout
    assert "1 card can be written by steward fix --cards, to be filled in." in told


@pytest.mark.parametrize("name", ["a\nb", '``` @all "x: [y]', "caf\u00e9 \u202e"])
def test_a_hostile_name_stays_within_its_card(acme: Repo, name: str) -> None:
    acme.write(f"data/{name}/train.parquet", PARQUET)
    done = run("--cards")
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, 3)
    acme.run("add", "--all")
    assert "dataset-no-card" not in findings("--staged")


# -- what it leaves alone -------------------------------------------------------------------------------------------


def test_no_link_is_followed(acme: Repo, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.md"
    elsewhere.write_text("mine\n")
    acme.write(DATA, PARQUET)
    (acme.folder / README).symlink_to(elsewhere)
    done = run("--cards")
    assert (done.exit_code, elsewhere.read_text()) == (1, "mine\n")
    assert f"left alone: {README}: " in done.stdout


def test_a_folder_that_is_a_link_gets_none(acme: Repo, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/train.parquet").write_bytes(PARQUET)
    (acme.folder / "data").symlink_to(tmp_path / "elsewhere")
    assert run("--cards").exit_code == 0
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["train.parquet"]


def test_a_file_that_changes_meanwhile_stays_as_it_is(acme: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    acme.write(DATA, PARQUET)
    acme.write(README, "# Trees\n")
    rewrite = Folder.rewrite

    def late(folder: Folder, path: str, rewritten: object) -> bool:
        acme.write(README, "# Other\n")
        return rewrite(folder, path, rewritten)  # type: ignore[arg-type]

    monkeypatch.setattr(Folder, "rewrite", late)
    done = run("--cards")
    assert (done.exit_code, text(acme, README)) == (1, "# Other\n")
    assert "it was changed meanwhile" in done.stdout


def test_where_a_card_may_be_that_cannot_be_read_none_is_written(acme: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    acme.write(DATA, PARQUET)
    acme.write(README, FILLED)
    deny(monkeypatch, README)
    done = run("--cards")
    assert (done.exit_code, text(acme, README)) == (1, FILLED)
    assert done.stdout.endswith("1 file left for you, see steward check.\n")


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        (RULE, "are on"),
        (f"{ASKING}branches: [stable]\n", "apply to the branch main"),
        (ASKING.replace("{level: error}", "{level: error, branches: [stable]}"), "apply to the branch main"),
    ],
    ids=["off", "another branch", "on another branch"],
)
def test_where_neither_rule_holds_nothing_is_done(acme: Repo, policy: str, reason: str) -> None:
    given = acme.folder.parent / "policy.yml"
    given.write_text(policy)
    acme.write(DATA, PARQUET)
    done = run("--cards", "--policy", given)
    assert done.exit_code == 0
    assert f"Neither datasets nor models of {given}" in done.stdout
    assert not (acme.folder / README).exists()
