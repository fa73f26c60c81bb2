# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from bot.commands.policy import policy

GOOD = "version: 1\nrules:\n  headers: {level: error, license: Apache-2.0}\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(policy, [str(argument) for argument in arguments], catch_exceptions=False)


def test_a_valid_policy(tmp_path: Path) -> None:
    file = tmp_path / "good.yml"
    file.write_text(GOOD)

    result = run("validate", file)

    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{file} is valid.\n", "")


def test_problems_name_the_file_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.yml").write_text("version: 2\n")

    assert run("validate", "./bad.yml").stderr.startswith("./bad.yml:1:")


def test_settings_without_effect_are_told(tmp_path: Path) -> None:
    file = tmp_path / "votes.yml"
    file.write_text(GOOD + "votes: {anything: 1}\n")

    result = run("validate", file)

    assert result.exit_code == 0
    assert result.stdout.endswith("These settings are accepted and have no effect yet: votes.\n")


INVALID = [
    ("version: 2\n", ":1:"),
    ("version: 1\nrules:\n  headers: {license: MIT, lvl: x}\n", ":3:"),
    ("", ":1:1: "),
    ("a: [\n", ":2:1: "),
    ("\x00", ":1:1: "),
]


@pytest.mark.parametrize(("text", "place"), INVALID)
def test_an_invalid_policy(tmp_path: Path, text: str, place: str) -> None:
    file = tmp_path / "bad.yml"
    file.write_text(text)

    result = run("validate", file)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{file}{place}")


def test_every_problem_is_told(tmp_path: Path) -> None:
    file = tmp_path / "bad.yml"
    file.write_text("version: 1\ncoment: never\nrules:\n  heders: {}\n")

    assert len(run("validate", file).stderr.splitlines()) == 2


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = run("validate", tmp_path / "nowhere.yml")

    assert result.exit_code == 2
    assert result.stderr == f"Error: {tmp_path / 'nowhere.yml'} cannot be read: No such file or directory\n"


def test_what_a_hostile_policy_says_is_escaped(tmp_path: Path) -> None:
    file = tmp_path / "bad.yml"
    file.write_text('version: 1\n"a\\e[2J": 1\n')

    assert "\x1b" not in run("validate", file).stderr


def test_the_schema_is_one_that_editors_can_use(tmp_path: Path) -> None:
    result = run("schema")

    schema = json.loads(result.stdout)
    Draft202012Validator.check_schema(schema)
    assert result.exit_code == 0
    assert Draft202012Validator(schema).is_valid({"version": 1})
    assert not Draft202012Validator(schema).is_valid({"version": 2})
