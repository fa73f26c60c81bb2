# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward fix` in real repositories: what it writes, by which policy, and what it refuses."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.checkout.command import check
from tests.bot.checkout.conftest import Repo
from tests.bot.checkout.fixing import BARE, FIXED, HEADED, POLICY, RULE, STRICT, deny, lines, project, run, text


@pytest.fixture
def acme(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    return project(repo, monkeypatch)


# -- what it does ---------------------------------------------------------------------------------------------------


def test_the_headers_of_a_branch_are_added_and_then_it_passes(acme: Repo) -> None:
    acme.commit({"src/a.py": BARE, "src/good.py": HEADED})
    acme.write("src/run.sh", "#!/bin/sh\r\necho\r\n")
    (acme.folder / "src/run.sh").chmod(0o755)
    acme.write("page.html", b"\xef\xbb\xbf<!doctype html><p>\xff")

    assert (lines(), run().exit_code) == (
        [
            "What differs from main:",
            "added the header: page.html",
            "added the header: src/a.py",
            "added the header: src/run.sh",
            "3 headers added.",
        ],
        0,
    )
    assert text(acme, "src/a.py") == FIXED
    assert text(acme, "src/run.sh") == f"#!/bin/sh\n{HEADED}\necho\n".replace("\n", "\r\n")
    assert (acme.folder / "src/run.sh").stat().st_mode & 0o777 == 0o755
    page = (acme.folder / "page.html").read_bytes()
    assert page.startswith(b"\xef\xbb\xbf<!doctype html>\n<!--\nSPDX-")
    assert page.endswith(b"-->\n\n<p>\xff")

    acme.commit()
    assert CliRunner().invoke(check, [], catch_exceptions=False).exit_code == 0


def test_a_second_run_changes_nothing(acme: Repo) -> None:
    acme.write("new.py", BARE)
    assert run().exit_code == 0
    first = text(acme, "new.py")

    assert lines() == ["What differs from main:", "No header is missing."]
    assert text(acme, "new.py") == first


def test_check_writes_nothing_and_says_what_is_missing(acme: Repo) -> None:
    acme.write("new.py", BARE)

    result = run("--check")

    assert result.stdout == "What differs from main:\nwould add the header: new.py\n1 header to add.\n"
    assert result.exit_code == 1
    assert text(acme, "new.py") == BARE
    run()
    assert run("--check").exit_code == 0


def test_all_looks_at_every_file_whatever_differs(acme: Repo) -> None:
    acme.write("new.py", BARE)

    assert lines("--all", "--check")[:3] == [
        "Every file:",
        "would add the header: new.py",
        "would add the header: old.py",
    ]


def test_before_the_first_commit_the_policy_is_the_one_that_lies_there(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repo.folder)
    repo.write(POLICY, STRICT)
    repo.write("new.py", BARE)

    assert lines() == [
        "Every file:",
        f"note: No commit has a {POLICY} yet: the policy is read from the work tree.",
        "added the header: new.py",
        "1 header added.",
    ]


# -- the policy -----------------------------------------------------------------------------------------------------


def test_the_policy_of_the_base_counts(acme: Repo) -> None:
    acme.commit({POLICY: STRICT.replace("license: Apache-2.0", "license: MIT"), "new.py": BARE})

    run()

    assert text(acme, "new.py") == FIXED


def test_without_one_at_the_base_the_one_at_head_counts_and_that_is_said(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repo.folder)
    repo.commit()
    repo.run("checkout", "--quiet", "-b", "feature")
    repo.commit({POLICY: STRICT, "new.py": BARE})

    assert f"note: BASE has no {POLICY}: the policy is read at HEAD." in lines()


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("version: 1\n", "The rule headers is off in {}: there is nothing to add.\n"),
        (RULE.replace("error", "off"), "The rule headers is off in {}: there is nothing to add.\n"),
        (
            RULE + "branches: [stable]\n",
            "The rule headers in {} does not apply to the branch main: there is nothing to add.\n",
        ),
        (
            RULE.replace("{level", "{branches: [stable], level"),
            "The rule headers in {} does not apply to the branch main: there is nothing to add.\n",
        ),
    ],
)
def test_a_policy_that_asks_for_no_header_is_told(acme: Repo, tmp_path: Path, policy: str, said: str) -> None:
    named = tmp_path / "policy.yml"
    named.write_text(policy)
    acme.write("new.py", BARE)

    result = run("--policy", named)

    assert (result.exit_code, result.stdout) == (0, said.format(named))
    assert text(acme, "new.py") == BARE


# -- what it cannot do ----------------------------------------------------------------------------------------------


def refusal(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def test_what_cannot_be_looked_at_is_refused(acme: Repo, tmp_path: Path) -> None:
    assert "--all goes without --base" in refusal("--all", "--base", "main")
    assert "--staged goes without" in refusal("--staged", "--all")
    assert "--staged goes without" in refusal("--staged", "--base", "main")
    assert "none is not a commit" in refusal("--base", "none")
    assert "is not a file or folder" in refusal("none.py")
    assert "is not in a git repository" in refusal(tmp_path)
    assert "cannot be read" in refusal("--policy", "none.yml")
    acme.write("bad.yml", "version: 1\nrule: {}\n")
    assert "bad.yml:2:1: rule is not a setting" in refusal("--policy", "bad.yml")


def test_without_a_default_branch_one_has_to_be_named(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.folder)
    repo.run("checkout", "--quiet", "-b", "trunk")
    repo.commit({POLICY: STRICT, "a.py": BARE})

    assert "name one with --base" in refusal()
    assert run("--all").exit_code == 0


def test_without_a_policy_there_is_nothing_to_go_by(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.folder)
    repo.write("a.py", BARE)

    assert "there is no policy" in refusal()

    (repo.folder / ".github").mkdir()
    (repo.folder / POLICY).symlink_to("/etc/hostname")
    assert f"{POLICY} is not a regular file" in refusal()


def test_a_policy_that_may_not_be_read_is_told(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.folder)
    deny(monkeypatch, POLICY)

    assert f"{POLICY} cannot be read: Permission denied" in refusal()
