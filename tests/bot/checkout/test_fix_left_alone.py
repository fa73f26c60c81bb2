# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What `steward fix` leaves alone, and says so: files of others, links, what it cannot read, and what stands beside."""

import os
from pathlib import Path

import pytest

from bot.checkout.folder import Folder
from bot.checkout.worktree import LARGEST
from tests.bot.checkout.conftest import Repo
from tests.bot.checkout.fixing import BARE, FIXED, HEADED, MIT, RULE, deny, lines, project, run, text


@pytest.fixture
def acme(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Repo:
    return project(repo, monkeypatch)


# -- the file itself ------------------------------------------------------------------------------------------------


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


def test_where_no_comment_may_stand_that_is_the_reason(acme: Repo) -> None:
    acme.write("m.php", PAGE)

    result = run()

    reason = "no comment may stand before its first line; put a m.php.license beside it"
    assert (result.exit_code, text(acme, "m.php")) == (1, PAGE)
    assert f"left alone: m.php: {reason}.\n" in result.stdout


PAGE = "<p>\n<?php echo 1 ?>\n"
WEIGHTS = [  # of the level, the enforcement: whether what is left fails
    ("error", "enforce", 1),
    ("error", "advise", 0),
    ("warning", "enforce", 0),
]


@pytest.mark.parametrize(("level", "enforcement", "code"), WEIGHTS)
def test_what_is_left_fails_only_where_the_check_would(
    acme: Repo, tmp_path: Path, level: str, enforcement: str, code: int
) -> None:
    policy = tmp_path / "policy.yml"
    policy.write_text(f"{RULE.replace('error', level)}enforcement: {enforcement}\n")
    acme.write("theirs.py", MIT)
    acme.write("new.py", BARE)

    assert run("--policy", policy, "--check").exit_code == 1
    assert run("--policy", policy).exit_code == code
    assert run("--policy", policy, "--check").exit_code == code

    acme.write("REUSE.toml", b"\0")  # what cannot be read fails always, and so does what cannot be written
    assert run("--policy", policy).exit_code == 1
    (acme.folder / "REUSE.toml").unlink()
    acme.write("fixed.py", BARE)
    (acme.folder / "fixed.py").chmod(0o444)
    assert run("--policy", policy).exit_code == 1


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


def test_where_the_bases_attributes_cannot_be_read_that_is_the_reason(acme: Repo) -> None:
    acme.run("checkout", "--quiet", "main")
    acme.commit({".gitattributes": b"\0"})
    acme.run("checkout", "--quiet", "-b", "other")
    acme.write("new.py", BARE)

    assert "left alone: new.py: .gitattributes cannot be read, so nobody knows where it comes from." in lines()
    assert text(acme, "new.py") == BARE


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
    assert "left alone: lib/new.py: lib/REUSE.toml cannot be read, so nobody knows its license.\n" in result.stdout
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
    assert "left alone: lib/new.py: lib/REUSE.toml cannot be read, so nobody knows its license.\n" in result.stdout
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


def test_so_does_what_cannot_begin_with_one(acme: Repo, sidecars: Path) -> None:
    acme.write("m.php", PAGE)
    acme.write("theirs.php", f"<p><!-- Copyright 2020 Somebody Else -->\n{PAGE}")

    assert lines("--policy", sidecars)[1] == "added the header: m.php.license"
    assert (text(acme, "m.php.license"), text(acme, "m.php")) == (HEADED.replace("# ", ""), PAGE)
    assert not (acme.folder / "theirs.php.license").exists()
    assert not [line for line in lines("--policy", sidecars) if "m.php" in line and not line.startswith("note: ")]


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
