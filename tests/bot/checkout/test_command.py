# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.checkout.command import check
from bot.checkout.terminal import colour_wanted
from tests.bot.checkout.conftest import Repo

POLICY = ".github/governance.yml"
HEADED = "# SPDX-FileCopyrightText: The Acme Authors\n# SPDX-License-Identifier: Apache-2.0\n"
STRICT = HEADED + "version: 1\nrules:\n  headers: {level: error, license: Apache-2.0, holder: The Acme Authors}\n"
MIT = STRICT.replace("license: Apache-2.0", "license: MIT")
BARE = "print('hello')\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check, [str(argument) for argument in arguments], catch_exceptions=False)


def as_json(*arguments: str | Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(run(*arguments, "--format", "json").stdout)
    return loaded


def found(report: dict[str, Any]) -> list[str]:
    return [f"{finding['path']} {finding['code']}" for rule in report["rules"] for finding in rule["findings"]]


@pytest.fixture
def acme(repo: Repo) -> Repo:
    """A repository with a policy, and a branch that adds one file with a header and one without."""
    repo.commit({POLICY: STRICT, "old.py": BARE}, "Base")
    repo.run("checkout", "--quiet", "-b", "feature")
    repo.commit({"src/good.py": HEADED + BARE, "src/bad.py": BARE}, "Feature")
    return repo


# -- what is judged -------------------------------------------------------------------------------------------------


def test_a_branch_is_judged_by_what_it_adds(acme: Repo) -> None:
    result = run(acme.folder)

    assert result.exit_code == 1
    assert "src/bad.py:1" in result.stdout
    assert "old.py" not in result.stdout
    assert "good.py" not in result.stdout
    assert result.stdout.endswith("failure: 1 finding in 1 file\n")
    assert result.stderr == ""


def test_it_passes_once_the_header_is_there(acme: Repo) -> None:
    acme.commit({"src/bad.py": HEADED + BARE})

    result = run(acme.folder)

    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "success: no findings")


def test_the_json_says_what_was_judged_and_by_what(acme: Repo) -> None:
    acme.run("remote", "add", "origin", "https://github.com/acme/widgets.git")
    base, head = acme.run("rev-parse", "main"), acme.run("rev-parse", "feature")

    report = as_json(acme.folder, "--base", "main", "--head", "feature")

    assert report["subject"] == {"repository": "acme/widgets", "pull": None, "base": base, "head": head}
    assert report["policy"] == {"source": f"{POLICY}@{base}", "enforcement": "enforce"}
    assert report["conclusion"] == "failure"
    assert found(report) == ["src/bad.py header-missing"]


def test_all_judges_every_file(acme: Repo) -> None:
    assert found(as_json(acme.folder, "--all")) == ["old.py header-missing", "src/bad.py header-missing"]
    assert found(as_json(acme.folder, "--all", "--head", "main")) == ["old.py header-missing"]


def test_staged_judges_what_the_next_commit_would_hold(acme: Repo) -> None:
    acme.write("staged.py", BARE)
    acme.run("add", "staged.py")
    acme.write("staged.py", HEADED)
    acme.write("unstaged.py", BARE)

    assert found(as_json(acme.folder, "--staged")) == ["staged.py header-missing"]


def test_a_hook_stops_a_commit_that_lacks_a_header(acme: Repo) -> None:
    acme.write(".git/hooks/pre-commit", f"#!/bin/sh\nexec {sys.executable} -m tests.bot.checkout.process --staged\n")
    (acme.folder / ".git/hooks/pre-commit").chmod(0o755)
    acme.write("new.py", BARE)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    commit = ["git", "commit", "--quiet", "--message=x", "new.py"]
    acme.run("add", "new.py")

    refused = subprocess.run(commit, cwd=acme.folder, env=environment, capture_output=True, text=True, check=False)
    assert (refused.returncode, "new.py:1" in refused.stdout + refused.stderr) == (1, True)

    acme.write("new.py", HEADED + BARE)
    subprocess.run(commit, cwd=acme.folder, env=environment, capture_output=True, check=True)


def test_a_policy_that_is_named_is_its_source_as_it_was_given(acme: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(acme.folder)
    acme.write("strict.yml", STRICT)

    assert as_json("--policy", "./strict.yml")["policy"]["source"] == "./strict.yml"


def test_before_the_first_commit_a_policy_can_be_named(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "policy.yml").write_text(STRICT)
    repo.write("new.py", BARE)
    repo.run("add", "new.py")

    assert run(repo.folder, "--staged").exit_code == 2
    assert found(as_json(repo.folder, "--staged", "--policy", tmp_path / "policy.yml")) == ["new.py header-missing"]


def test_any_folder_of_the_repository_stands_for_all_of_it(acme: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(acme.folder / "src")

    assert found(as_json("--all")) == ["old.py header-missing", "src/bad.py header-missing"]


def test_nothing_to_judge_is_said(acme: Repo) -> None:
    result = run(acme.folder, "--base", "HEAD")

    assert result.exit_code == 0
    assert "Use --all to judge every file." in result.stdout


# -- the policy -----------------------------------------------------------------------------------------------------


def test_a_change_is_judged_by_the_policy_of_its_base(acme: Repo) -> None:
    acme.commit({POLICY: MIT})

    report = as_json(acme.folder)

    assert report["policy"]["source"] == f"{POLICY}@{acme.run('rev-parse', 'main')}"
    assert found(report) == ["src/bad.py header-missing"]


def test_the_tip_of_the_base_counts_not_where_the_branch_began(acme: Repo) -> None:
    acme.run("checkout", "--quiet", "main")
    tip = acme.commit({POLICY: STRICT + "enforcement: advise\n"})

    report = as_json(acme.folder, "--head", "feature")

    assert report["policy"] == {"source": f"{POLICY}@{tip}", "enforcement": "advise"}


def test_without_a_policy_at_the_base_the_one_at_head_is_used_and_that_is_said(repo: Repo) -> None:
    repo.commit(message="Base")
    repo.run("checkout", "--quiet", "-b", "feature")
    head = repo.commit({POLICY: STRICT})

    report = as_json(repo.folder)

    assert report["policy"]["source"] == f"{POLICY}@{head}"
    assert report["notes"][0] == f"BASE has no {POLICY}: the policy is read at HEAD."


def test_the_commit_that_brings_the_policy_is_judged_by_it(repo: Repo) -> None:
    repo.write(POLICY, STRICT)
    repo.write("new.py", BARE)
    repo.run("add", ".")
    repo.write(POLICY, "version: 2\n")

    for first in (True, False):
        report = as_json(repo.folder / ".github", "--staged")
        assert (found(report), report["policy"]["source"]) == (["new.py header-missing"], POLICY)
        assert report["notes"] == [f"No commit has a {POLICY} yet: the policy is read from what is staged."]
        if first:
            repo.run("commit", "--quiet", "--message=x", "--only", "--allow-empty")


def test_what_is_staged_loosens_no_policy_that_is_there(acme: Repo) -> None:
    acme.write(POLICY, STRICT.replace("error", "off"))
    acme.write("new.py", BARE)
    acme.run("add", ".")

    assert found(as_json(acme.folder, "--staged")) == ["new.py header-missing"]


def test_a_staged_policy_that_is_a_link_does_not_count(repo: Repo) -> None:
    assert "there is no policy" in refused(repo.folder, "--staged")
    (repo.folder / ".github").mkdir()
    (repo.folder / POLICY).symlink_to("../policy.yml")
    repo.run("add", ".")

    assert f"{POLICY}, as it is staged, is not a regular file" in refused(repo.folder, "--staged")


def test_a_named_policy_wins_and_is_called_as_it_was_named(acme: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(acme.folder)
    acme.write("mine.yml", MIT)

    report = as_json("--policy", "mine.yml")

    assert report["policy"]["source"] == "mine.yml"
    assert found(report) == ["src/bad.py header-missing", "src/good.py header-other-license"]


def test_advice_shows_everything_and_blocks_nothing(acme: Repo, tmp_path: Path) -> None:
    (tmp_path / "advise.yml").write_text(STRICT + "enforcement: advise\n")

    result = run(acme.folder, "--policy", tmp_path / "advise.yml")

    assert result.exit_code == 0
    assert "src/bad.py:1" in result.stdout
    assert result.stdout.endswith("neutral: 1 finding in 1 file (the policy only advises)\n")


def test_a_warning_passes(acme: Repo, tmp_path: Path) -> None:
    (tmp_path / "warn.yml").write_text(STRICT.replace("error", "warning"))

    result = run(acme.folder, "--policy", tmp_path / "warn.yml")

    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "success: 1 finding in 1 file")


def test_a_branch_that_the_policy_leaves_out_is_not_judged(acme: Repo, tmp_path: Path) -> None:
    (tmp_path / "stable.yml").write_text(STRICT + 'branches: ["stable"]\n')

    result = run(acme.folder, "--policy", tmp_path / "stable.yml")

    assert result.exit_code == 0
    assert "does not apply to this base branch" in result.stdout


def test_explain_shows_what_holds_and_where_it_comes_from(acme: Repo) -> None:
    shown = run(acme.folder, "--explain").stdout

    assert f"settings, from {POLICY}@{acme.run('rev-parse', 'main')}:" in shown
    assert '    holder: "The Acme Authors"\n' in shown
    assert '    exclude: ["vendor/**"]\n' in shown
    (rule,) = as_json(acme.folder, "--explain")["rules"]
    assert rule["settings"]["year"] == "any"
    assert rule["settings_source"] == rule["explanation"]["source"] == f"{POLICY}@{acme.run('rev-parse', 'main')}"


def test_without_being_asked_it_explains_nothing(acme: Repo) -> None:
    (rule,) = as_json(acme.folder)["rules"]
    assert not rule.keys() & {"explanation", "settings", "settings_source"}


# -- what cannot be done ends with 2, one clear line, and nothing on the standard output ----------------------------


def refused(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def test_no_policy(repo: Repo) -> None:
    repo.commit({"a.py": BARE})

    assert refused(repo.folder) == (
        f"Error: there is no policy: commit {POLICY}, or name a file with --policy FILE. It can be as short as "
        "{version: 1, rules: {headers: {level: error, license: Apache-2.0}}}\n"
    )


def test_the_policy_proposed_to_those_who_have_none_is_a_valid_one(repo: Repo, tmp_path: Path) -> None:
    repo.commit({"a.py": BARE})
    (tmp_path / "proposed.yml").write_text(refused(repo.folder).split("as short as ")[1])

    assert run(repo.folder, "--all", "--policy", tmp_path / "proposed.yml").exit_code == 1


def test_an_invalid_policy_is_told_with_every_problem_and_its_place(acme: Repo, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text("version: 1\nrules:\n  headers: {level: eror, licence: MIT}\n")

    lines = refused(acme.folder, "--policy", broken).splitlines()

    assert all(line.startswith(f"{broken}:3:") for line in lines)
    assert any("did you mean error?" in line for line in lines)
    assert any("did you mean license?" in line for line in lines)


def test_a_broken_policy_at_the_base_is_not_passed_over(acme: Repo) -> None:
    acme.run("checkout", "--quiet", "main")
    sha = acme.commit({POLICY: "version: 2\n"})

    assert refused(acme.folder, "--head", "feature").startswith(f"{POLICY}@{sha}:1:")


NOT_A_POLICY = {
    "nowhere": (None, "cannot be read: No such file or directory"),
    "not UTF-8": (b"# caf\xe9\nversion: 1\n", "is not UTF-8 text (byte 6)"),
    "too long": ("é".encode() * 200_000, "is longer than the 256,000 bytes"),
    "cut off": (b"version: 1 # \xc3", "is not UTF-8 text (byte 14)"),
}


@pytest.mark.parametrize(("content", "words"), NOT_A_POLICY.values(), ids=NOT_A_POLICY)
def test_what_cannot_be_a_policy(acme: Repo, tmp_path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / "policy.yml").write_bytes(content)

    assert words in refused(acme.folder, "--policy", tmp_path / "policy.yml")


def test_a_policy_that_is_a_symbolic_link_does_not_count(repo: Repo) -> None:
    repo.write("policy.yml", STRICT)
    (repo.folder / ".github").mkdir()
    (repo.folder / POLICY).symlink_to("../policy.yml")
    repo.commit()

    assert f"{POLICY} at {repo.run('rev-parse', 'HEAD')} is not a regular file" in refused(repo.folder)


UNKNOWN: list[tuple[list[str], str]] = [
    (["--base", "nowhere"], "nowhere is not a commit, branch or tag of this repository"),
    (["--head", "nowhere"], "nowhere is not a commit, branch or tag of this repository"),
    (["--head=--all"], "--all is not a commit, branch or tag of this repository"),
    (["--head", "a\x1b[2Jb"], "a\\x1b[2Jb is not a commit"),
    (["--staged", "--all"], "--staged goes without"),
    (["--staged", "--head", "main"], "--staged goes without"),
    (["--staged", "--base", "main"], "--staged goes without"),
    (["--all", "--base", "main"], "--all goes without --base"),
    (["--explain", "--format", "sarif"], "--explain goes with --format text or json"),
    (["--format", "xml"], "'xml' is not one of"),
    (["--frobnicate"], "No such option"),
]


@pytest.mark.parametrize(("options", "words"), UNKNOWN)
def test_wrong_usage(acme: Repo, options: list[str], words: str) -> None:
    assert words in refused(acme.folder, *options)


def test_not_a_repository(tmp_path: Path) -> None:
    assert "is not in a git repository that can be read" in refused(tmp_path)
    assert "is not a folder" in refused(tmp_path / "nowhere")


def test_a_repository_without_commits(repo: Repo) -> None:
    assert "nothing is committed here yet" in refused(repo.folder, "--all")


def test_a_shallow_clone_without_the_merge_base(acme: Repo, tmp_path: Path) -> None:
    acme.run("clone", "--quiet", "--depth=1", "--no-single-branch", acme.folder.as_uri(), str(tmp_path / "shallow"))

    assert "git fetch --unshallow" in refused(tmp_path / "shallow", "--base", "origin/main", "--head", "origin/feature")


# -- the terminal ---------------------------------------------------------------------------------------------------


def test_hostile_names_reach_no_terminal_and_no_log_unescaped(acme: Repo) -> None:
    acme.commit({"evil\x1b[2J\n::error::pwned\u202e.py": BARE})

    for form in ("text", "json", "sarif", "github"):
        shown = run(acme.folder, "--format", form).stdout
        assert not {"\x1b", "\u202e"} & set(shown)
        assert not any(line.startswith("::error::pwned") for line in shown.splitlines())


STEWARD = [sys.executable, "-m", "tests.bot.checkout.process"]


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> Path:
    root = Path(__file__).parents[3]
    monkeypatch.setenv("PYTHONPATH", str(root))
    return root


def test_a_reader_that_leaves_early_is_no_trouble(acme: Repo, root: Path) -> None:
    acme.commit({f"{number}.py": BARE + f"# {number}\n" for number in range(2000)})
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run([*STEWARD, "--all"], cwd=acme.folder, stdout=writing, stderr=subprocess.PIPE, check=False)

    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_terminal_that_does_not_know_a_character_is_no_trouble(
    acme: Repo, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    acme.commit({"\u03a9.py": BARE})

    done = subprocess.run(STEWARD, cwd=acme.folder, capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (1, b"")
    assert b"\\u03a9.py:1" in done.stdout


def test_the_command_is_quick_to_start_for_it_loads_no_server(root: Path) -> None:
    servers = {"flask", "sqlalchemy", "github", "requests", "jinja2", "cryptography"}
    script = "import sys, bot.cli; bot.cli.main(['check'], standalone_mode=False)"
    tell = "import atexit, sys; atexit.register(lambda: print(*sys.modules))"

    told = subprocess.run(
        [sys.executable, "-c", f"{tell}; {script}"], cwd=root, capture_output=True, text=True, check=False
    )
    loaded = told.stdout.splitlines()[-1].split()

    assert "rules.headers" in loaded
    assert not servers & {name.split(".")[0] for name in loaded}
    assert not {"markdown_it", "rules.cla"} & set(loaded)


COLOURS = [({}, True, True), ({"NO_COLOR": "1"}, True, False), ({"TERM": "dumb"}, True, False), ({}, False, False)]


@pytest.mark.parametrize(("environment", "terminal", "coloured"), COLOURS)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], terminal: bool, coloured: bool
) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)

    assert colour_wanted() is coloured
