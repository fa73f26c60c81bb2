# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""The GitHub action: its scripts are run in bash as a runner would, in a real repository."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
INSTALL, CHECK = ACTION["runs"]["steps"]
PAGE = (ROOT / "docs" / "check.md").read_text("utf-8")
POLICY = "# SPDX-License-Identifier: MIT\n\nversion: 1\nrules: {headers: {license: MIT}}\n"
GOOD, BAD = "# SPDX-License-Identifier: MIT\n", "import re\n"
TRAP = "raise SystemExit('a file of the workspace was run')\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """What is checked out: a policy on main, and a branch to judge, full of files that want to be run."""
    folder = tmp_path / "work space"
    (folder / ".github").mkdir(parents=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / ".github" / "governance.yml").write_text(POLICY, "utf-8")
    commit(folder)
    git(folder, "checkout", "--quiet", "-b", "feature")
    for name in ("bot", "rules", "venv", "pip", "sitecustomize", "click"):
        (folder / f"{name}.py").write_text(GOOD + TRAP, "utf-8")
    commit(folder)
    return folder


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "core.fsync=none")
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "A commit")


def step(script: str, workspace: Path, temporary: Path, given: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """A step as GitHub's runner starts it: `shell: bash` is this command line."""
    file = temporary / "script.sh"
    file.write_text(script, "utf-8")
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    environment = {**kept, "RUNNER_TEMP": str(temporary), **given}
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(file)]
    return subprocess.run(command, cwd=workspace, env=environment, capture_output=True, text=True, check=False)


def check(workspace: Path, tmp_path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """The step that checks, with the Steward of these tests in the place where the other step installs one."""
    program = tmp_path / "temp" / "steward" / "bin" / "steward"
    program.parent.mkdir(parents=True)
    program.symlink_to(Path(sys.executable).with_name("steward"))
    nothing = dict.fromkeys(CHECK["env"], "")
    return step(CHECK["run"], workspace, tmp_path / "temp", nothing | {"FORMAT": "github"} | given)


def test_every_input_is_described_used_and_on_the_page() -> None:
    places = json.dumps([CHECK["env"], CHECK["working-directory"]])

    for name, told in ACTION["inputs"].items():
        assert told["description"].endswith(".")
        assert f"inputs.{name}" in places
        assert f"| `{name}` |" in PAGE


@pytest.mark.parametrize("one", [INSTALL, CHECK], ids=lambda one: one["name"])
def test_nothing_from_outside_is_written_into_a_script(one: Mapping[str, Any]) -> None:
    assert "${{" not in one["run"]
    assert one["shell"] == "bash"


def test_every_variable_that_is_set_is_read() -> None:
    assert [name for name in CHECK["env"] if f"${name}" not in CHECK["run"]] == []


def test_no_other_action_is_used() -> None:
    assert not [one for one in ACTION["runs"]["steps"] if "uses" in one]


def test_what_passes_passes(workspace: Path, tmp_path: Path) -> None:
    done = check(workspace, tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert "Steward: success" in done.stdout


def test_what_fails_fails_as_an_annotation_and_in_the_file_for_code_scanning(workspace: Path, tmp_path: Path) -> None:
    (workspace / "new.py").write_text(BAD, "utf-8")
    commit(workspace)

    done = check(workspace, tmp_path, SARIF_FILE="found here.sarif")

    assert done.returncode == 1
    assert "::error file=new.py,line=1" in done.stdout
    (run,) = json.loads((workspace / "found here.sarif").read_text("utf-8"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["header-missing"]


def test_a_link_of_the_workspace_chooses_no_place_to_write(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("kept", "utf-8")
    (workspace / "found.sarif").symlink_to(tmp_path / "theirs")
    (tmp_path / "around").symlink_to(tmp_path)  # the runner's own link
    seen = tmp_path / "around" / workspace.name

    done = check(workspace, tmp_path, SARIF_FILE=f"{seen}/found.sarif", GITHUB_WORKSPACE=str(seen))

    assert done.returncode == 0
    assert not (workspace / "found.sarif").is_symlink()
    assert json.loads((workspace / "found.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "theirs").read_text("utf-8") == "kept"


@pytest.mark.parametrize("place", ["out/found.sarif", "./out/../out/deep/found.sarif", "{}/out/found.sarif"])
def test_a_folder_that_is_a_link_is_refused(workspace: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "theirs" / "deep").mkdir(parents=True)
    (workspace / "out").symlink_to(tmp_path / "theirs")

    done = check(workspace, tmp_path, SARIF_FILE=place.format(workspace))

    assert done.returncode == 2
    assert "sarif-file leads through a symbolic link" in done.stdout
    assert [path.name for path in (tmp_path / "theirs").iterdir()] == ["deep"]


def test_a_place_that_cannot_be_written_fails_the_step(workspace: Path, tmp_path: Path) -> None:
    (workspace / "folder").mkdir()

    assert check(workspace, tmp_path, SARIF_FILE="folder").returncode == 2
    assert list((workspace / "folder").iterdir()) == []


@pytest.mark.parametrize(("ends", "status"), [(0, 0), (1, 1), (2, 2), (137, 137)])
def test_no_half_of_a_file_is_left_where_the_second_look_fails(
    workspace: Path, tmp_path: Path, ends: int, status: int
) -> None:
    program = tmp_path / "temp" / "steward" / "bin" / "steward"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\ncase $2 in *sarif) echo half;; *) exit $(({ends} == 1));; esac; exit {ends}\n")
    program.chmod(0o755)
    given = dict.fromkeys(CHECK["env"], "") | {"FORMAT": "github", "SARIF_FILE": "found.sarif"}

    done = step(CHECK["run"], workspace, tmp_path / "temp", given)

    assert done.returncode == status
    assert (workspace / "found.sarif").exists() == (ends < 2)


def test_base_head_and_policy_are_taken_as_they_are_given(workspace: Path, tmp_path: Path) -> None:
    (workspace / "new.py").write_text(BAD, "utf-8")
    commit(workspace)
    other = tmp_path / "the policy.yml"
    other.write_text("{version: 1, rules: {headers: {license: 0BSD}}}", "utf-8")

    done = check(workspace, tmp_path, BASE="feature~1", HEAD="feature~0", POLICY=str(other), FORMAT="json")

    report = json.loads(done.stdout)
    assert report["policy"]["source"] == str(other)
    assert [finding["path"] for finding in report["rules"][0]["findings"]] == ["new.py"]


HOSTILE = [
    ("BASE", "$(touch sprung)"),
    ("HEAD", "`touch sprung`"),
    ("HEAD", "a; touch sprung"),
    ("BASE", "--policy=/etc/passwd"),
    ("POLICY", "a b\n--all"),
    ("FORMAT", "-h"),
]


@pytest.mark.parametrize(("name", "text"), HOSTILE)
def test_whatever_comes_from_outside_is_a_name_and_never_a_command(
    workspace: Path, tmp_path: Path, name: str, text: str
) -> None:
    done = check(workspace, tmp_path, SARIF_FILE="found.sarif", **{name: text})

    assert done.returncode == 2
    assert "Error: " in done.stderr
    assert not (workspace / "sprung").exists()
    assert not (workspace / "found.sarif").exists()


def test_a_python_that_is_too_old_is_told(workspace: Path, tmp_path: Path) -> None:
    programs = tmp_path / "old"
    programs.mkdir()
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        (programs / name).write_text("#!/bin/sh\nexit 1\n", "utf-8")
        (programs / name).chmod(0o755)

    done = step(INSTALL["run"], workspace, tmp_path, {"PATH": f"{programs}:{os.environ['PATH']}"})

    assert done.returncode == 2
    assert done.stdout.startswith("::error title=Steward::Steward needs Python 3.11")


@pytest.mark.long
def test_it_installs_itself_from_what_is_locked_and_runs_nothing_of_the_workspace(
    workspace: Path, tmp_path: Path
) -> None:
    """Skipped where no packages can be had."""
    temporary, source = tmp_path / "temp", tmp_path / "action"
    temporary.mkdir()
    copy(source)

    done = step(INSTALL["run"], workspace, temporary, {"GITHUB_ACTION_PATH": str(source)})

    if re.search(r"Could not (?:find a version|fetch URL)|Connection|No matching distribution", done.stderr):
        pytest.skip(f"no packages to install: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    checked = step(CHECK["run"], workspace, temporary, dict.fromkeys(CHECK["env"], "") | {"FORMAT": "text"})
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.startswith("headers: success")


def copy(target: Path) -> None:
    """The files that git knows, as an action is checked out."""
    for name in git(ROOT, "ls-files", "-z").split("\0")[:-1]:
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
