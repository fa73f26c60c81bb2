# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""`steward fix` in real repositories: what it writes, what it leaves alone, and what it says."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.checkout.command import check
from bot.checkout.fix_command import fix
from bot.checkout.folder import Folder
from bot.checkout.worktree import LARGEST
from tests.bot.checkout.conftest import Repo

POLICY = ".github/governance.yml"
HEADED = "# SPDX-FileCopyrightText: The Acme Authors\n# SPDX-License-Identifier: Apache-2.0\n"
RULE = "version: 1\nrules:\n  headers: {level: error, license: Apache-2.0, holder: The Acme Authors}\n"
STRICT = HEADED + RULE
BARE = "print('hello')\n"
FIXED = f"{HEADED}\n{BARE}"
MIT = "# SPDX-License-Identifier: MIT\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(fix, [str(argument) for argument in arguments], catch_exceptions=False)


def lines(*arguments: str | Path) -> list[str]:
    return run(*arguments).stdout.splitlines()


@pytest.fixture
def acme(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository with a policy and an old file, and a branch that is checked out, in which one stands."""
    repo.commit({POLICY: STRICT, "old.py": BARE, "LICENSE": "text\n"}, "Base")
    repo.run("checkout", "--quiet", "-b", "feature")
    monkeypatch.chdir(repo.folder)
    return repo


def text(repo: Repo, path: str) -> str:
    return (repo.folder / path).read_bytes().decode()


def deny(monkeypatch: pytest.MonkeyPatch, denied: str) -> None:
    """Let nobody read a file, not even an administrator."""
    beginning = Folder.beginning

    def refused(folder: Folder, path: str, most: int) -> object:
        if path == denied:
            raise PermissionError(13, "Permission denied")
        return beginning(folder, path, most)

    monkeypatch.setattr(Folder, "beginning", refused)


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


def test_where_nothing_differs_every_file_is_looked_at_and_that_is_said(acme: Repo) -> None:
    assert lines()[:2] == ["Nothing differs from main, so every file:", "added the header: old.py"]
    assert text(acme, "old.py") == FIXED


def test_where_a_base_is_named_only_what_differs_from_it_counts(acme: Repo) -> None:
    assert lines("--base", "main") == ["What differs from main:", "No header is missing."]
    acme.commit({"a.py": BARE})
    acme.commit({"b.py": BARE})

    assert lines("--base", "HEAD~1")[:2] == ["What differs from HEAD~1:", "added the header: b.py"]


def test_all_looks_at_every_file_whatever_differs(acme: Repo) -> None:
    acme.write("new.py", BARE)

    assert lines("--all", "--check")[:3] == [
        "Every file:",
        "would add the header: new.py",
        "would add the header: old.py",
    ]


def test_only_what_lies_in_the_path_is_touched(acme: Repo) -> None:
    acme.write("src/a.py", BARE)
    acme.write("srcs/b.py", BARE)

    assert lines("src")[:2] == ["What differs from main in src:", "added the header: src/a.py"]
    assert lines("srcs/b.py", "--check")[:2] == [
        "What differs from main in srcs/b.py:",
        "would add the header: srcs/b.py",
    ]
    assert text(acme, "srcs/b.py") == BARE


def test_in_a_folder_of_the_repository_the_whole_is_meant_and_a_dot_means_the_folder(
    acme: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme.write("src/a.py", BARE)
    acme.write("b.py", BARE)
    monkeypatch.chdir(acme.folder / "src")

    assert lines(".", "--check")[1:2] == ["would add the header: src/a.py"]
    assert lines("--check")[1:3] == ["would add the header: b.py", "would add the header: src/a.py"]


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


# -- what it leaves alone -------------------------------------------------------------------------------------------


def test_a_file_with_another_license_keeps_it(acme: Repo) -> None:
    acme.write("theirs.py", MIT + BARE)
    acme.write("new.py", BARE)

    result = run()

    assert "keeps its own: theirs.py:1: Line 1 says SPDX-License-Identifier: MIT" in result.stdout
    assert result.stdout.endswith("1 header added; 1 file left for you, see steward check.\n")
    assert result.exit_code == 1
    assert text(acme, "theirs.py") == MIT + BARE


def test_a_file_of_somebody_else_without_a_license_is_left_to_a_person(acme: Repo) -> None:
    acme.write("theirs.py", f"# Copyright 2020 Somebody Else\n{BARE}")

    result = run()

    assert result.exit_code == 1
    assert "left alone: theirs.py:1: " in result.stdout
    assert text(acme, "theirs.py") == f"# Copyright 2020 Somebody Else\n{BARE}"


def test_no_link_is_followed(acme: Repo, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a.py").write_text(BARE)
    (acme.folder / "link.py").symlink_to(tmp_path / "outside/a.py")
    (acme.folder / "folder").symlink_to(tmp_path / "outside")
    acme.commit({"real/a.py": BARE})
    (acme.folder / "real/a.py").unlink()
    (acme.folder / "real").rmdir()
    (acme.folder / "real").symlink_to(tmp_path / "outside")

    for arguments in ((), ("--all",), ("link.py",)):
        run(*arguments)

    assert (tmp_path / "outside/a.py").read_text() == BARE
    assert (acme.folder / "link.py").is_symlink()


def test_a_link_that_took_a_files_place_is_passed_over(acme: Repo, tmp_path: Path) -> None:
    acme.commit({"a.py": BARE})
    (acme.folder / "a.py").unlink()
    (acme.folder / "a.py").symlink_to("old.py")

    result = run()

    assert (result.exit_code, text(acme, "old.py")) == (0, BARE)


def test_a_file_that_may_not_be_written_is_told(acme: Repo) -> None:
    acme.write("new.py", BARE)
    (acme.folder / "new.py").chmod(0o444)

    result = run()

    assert result.exit_code == 1
    assert "left alone: new.py: Permission denied.\n1 file left for you" in result.stdout
    assert text(acme, "new.py") == BARE


def test_a_file_that_may_not_be_read_is_told(acme: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    acme.write("new.py", BARE)
    acme.write("other.py", BARE)
    deny(monkeypatch, "new.py")

    assert lines()[1:] == [
        "added the header: other.py",
        "left alone: new.py: Permission denied.",
        "1 header added; 1 file left for you, see steward check.",
    ]


def test_a_file_that_changes_meanwhile_is_not_written(acme: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    acme.write("new.py", BARE)
    rewrite = Folder.rewrite

    def edited(folder: Folder, path: str, rewritten: object) -> bool:
        acme.write("new.py", HEADED)
        return rewrite(folder, path, rewritten)  # type: ignore[arg-type]

    monkeypatch.setattr(Folder, "rewrite", edited)

    assert "left alone: new.py: it was changed meanwhile." in lines()
    assert text(acme, "new.py") == HEADED


def test_a_file_that_goes_meanwhile_is_not_made_anew(acme: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    def going(name: str) -> None:
        method = getattr(Folder, name)

        def gone(folder: Folder, path: str, more: object) -> object:
            if path == f"{name}.py" and (name == "rewrite" or more == LARGEST):
                (acme.folder / path).unlink()
            return method(folder, path, more)

        monkeypatch.setattr(Folder, name, gone)

    for name in ("beginning", "rewrite"):
        acme.write(f"{name}.py", BARE)
        going(name)

    assert lines()[1:3] == [f"left alone: {name}.py: No such file or directory." for name in ("beginning", "rewrite")]
    assert not list(acme.folder.glob("[br]*.py"))


def test_a_file_that_is_too_large_is_told(acme: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.checkout.fix.LARGEST", 1024 * 1024)
    acme.write("large.py", BARE * 100_000)
    acme.write("less.py", BARE * 60_000)

    assert lines()[1:3] == ["added the header: less.py", "left alone: large.py: it is larger than 1 MiB."]
    assert text(acme, "less.py") == HEADED + "\n" + BARE * 60_000


def test_of_a_file_with_two_names_one_is_changed_and_that_is_said(acme: Repo) -> None:
    acme.write("new.py", BARE)
    (acme.folder / "other.log").hardlink_to(acme.folder / "new.py")

    assert "note: new.py was a hard link; the file's other names keep the old text." in lines()
    assert text(acme, "other.log") == BARE


def test_what_is_gone_or_never_had_to_have_a_header_is_passed_over(acme: Repo) -> None:
    acme.commit({"gone.py": BARE, "data.bin": b"\0", "empty.py": "", "table.csv": "a,b\n"})
    (acme.folder / "gone.py").unlink()

    assert run().exit_code == 0
    assert acme.run("status", "--porcelain") == "D gone.py"


def test_names_cannot_steer_the_terminal(acme: Repo) -> None:
    acme.write("a\x1b[31m\nadded the header: b.py", BARE)

    assert lines()[1:] == [r"added the header: a\x1b[31m\nadded the header: b.py", "1 header added."]


def test_a_name_that_is_not_utf8_is_not_taken_for_another(acme: Repo) -> None:
    Path(os.fsdecode(os.fsencode(acme.folder) + b"/caf\xe9.py")).write_text(BARE)

    result = run()

    assert result.exit_code == 1
    assert "left alone: caf\ufffd.py" in result.stdout


# -- what stands beside ---------------------------------------------------------------------------------------------


def test_what_the_base_calls_generated_is_left_alone(acme: Repo) -> None:
    acme.run("checkout", "--quiet", "main")
    acme.commit({".gitattributes": "made.py linguist-generated\n"})
    acme.run("checkout", "--quiet", "-b", "other")
    acme.commit({".gitattributes": "*.py linguist-generated\n", "made.py": BARE, "new.py": BARE})

    run()

    assert (text(acme, "made.py"), text(acme, "new.py")) == (BARE, FIXED)


def test_what_the_work_tree_licenses_elsewhere_is_left_alone(acme: Repo) -> None:
    acme.write("beside.py", BARE)
    acme.write("beside.py.license", "SPDX-License-Identifier: Apache-2.0\n")
    acme.write("lib/listed.py", BARE)
    acme.write("lib/REUSE.toml", REUSE.replace("PATH", "listed.py"))
    acme.write("new.py", BARE)

    result = run()

    assert result.exit_code == 0
    assert (text(acme, "beside.py"), text(acme, "lib/listed.py"), text(acme, "new.py")) == (BARE, BARE, FIXED)


REUSE = (
    'version = 1\n[[annotations]]\npath = "PATH"\n'
    'SPDX-License-Identifier = "Apache-2.0"\nSPDX-FileCopyrightText = "The Acme Authors"\n'
)


def test_where_a_reuse_toml_is_broken_the_files_that_it_may_speak_of_are_left_alone(acme: Repo) -> None:
    acme.write("lib/REUSE.toml", REUSE.replace("version", "versoin"))
    acme.write("lib/new.py", BARE)
    acme.write("new.py", BARE)

    result = run()

    assert result.exit_code == 1
    assert "left alone: lib/REUSE.toml" in result.stdout
    assert (text(acme, "lib/new.py"), text(acme, "new.py")) == (BARE, FIXED)


@pytest.mark.parametrize(
    ("beside", "reason"),
    [(b"\0", "it is binary"), (b"#" * 300_000, "it is larger than 256 KiB")],
    ids=["binary", "large"],
)
def test_where_it_cannot_be_read_what_others_say_of_a_file_it_is_left_alone(
    acme: Repo, beside: bytes, reason: str
) -> None:
    acme.write("lib/REUSE.toml", beside)
    acme.write("lib/new.py", BARE)
    acme.write("new.py", BARE)

    result = run()

    assert result.exit_code == 1
    assert f"left alone: lib/REUSE.toml: {reason}." in result.stdout
    assert (text(acme, "lib/new.py"), text(acme, "new.py")) == (BARE, FIXED)


def test_what_stands_beside_is_never_read_through_a_link(acme: Repo, tmp_path: Path) -> None:
    (tmp_path / "license").write_text("SPDX-License-Identifier: Apache-2.0\n")
    acme.write("new.py", BARE)
    (acme.folder / "new.py.license").symlink_to(tmp_path / "license")

    run()

    assert text(acme, "new.py") == FIXED


def test_a_file_beside_that_may_not_be_read_is_told(acme: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    acme.write("new.py", BARE)
    acme.write("new.py.license", "SPDX-License-Identifier: MIT\n")
    deny(monkeypatch, "new.py.license")

    assert "left alone: new.py.license: Permission denied." in lines()
    assert text(acme, "new.py") == BARE


def test_a_file_that_is_changed_and_speaks_for_others_is_told_once(acme: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    acme.write("new.py", BARE)
    acme.write("REUSE.toml", REUSE)
    deny(monkeypatch, "REUSE.toml")

    assert lines().count("left alone: REUSE.toml: Permission denied.") == 1
    assert text(acme, "new.py") == BARE


@pytest.fixture
def sidecars(tmp_path: Path) -> Path:
    """A policy that asks for a file beside what cannot carry comments."""
    policy = tmp_path / "sidecars.yml"
    policy.write_text(RULE.replace("{level", "{uncommentable: sidecar, level"))
    return policy


def test_what_cannot_carry_a_comment_gets_a_file_beside_it(acme: Repo, sidecars: Path) -> None:
    acme.write("data.json", "{}\n")

    assert lines("--policy", sidecars)[1:] == ["added the header: data.json.license", "1 header added."]
    assert text(acme, "data.json.license") == HEADED.replace("# ", "")
    assert text(acme, "data.json") == "{}\n"
    assert lines("--policy", sidecars)[-1] == "No header is missing."


def test_a_file_beside_that_was_made_meanwhile_is_not_written_over(
    acme: Repo, sidecars: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acme.write("data.json", "{}\n")
    create = Folder.create

    def late(folder: Folder, path: str, data: bytes) -> None:
        acme.write(path, "A note.\n")
        create(folder, path, data)

    monkeypatch.setattr(Folder, "create", late)

    assert "left alone: data.json.license: File exists." in lines("--policy", sidecars)
    assert text(acme, "data.json.license") == "A note.\n"


def test_a_link_in_place_of_a_file_beside_is_not_followed(acme: Repo, sidecars: Path, tmp_path: Path) -> None:
    acme.write("data.json", "{}\n")
    (acme.folder / "data.json.license").symlink_to(tmp_path / "new")

    result = run("--policy", sidecars)

    assert result.exit_code == 1
    assert "left alone: data.json.license: it is a link, or no regular file." in result.stdout
    assert not (tmp_path / "new").exists()


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

    assert "name one with --base, or use --all" in refusal()
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
