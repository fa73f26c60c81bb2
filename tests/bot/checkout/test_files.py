# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import os
from pathlib import Path

import pytest

from bot.checkout import files
from bot.checkout.git import CheckoutError
from rules.change import ChangedFile, FileKind, FileStatus
from tests.bot.checkout.conftest import Repo

LINES = "".join(f"line {number}\n" for number in range(20))
CHANGED_LINES = LINES.replace("line 7", "another line")


def listed(repo: Repo, base: str) -> dict[str, ChangedFile]:
    """What a commit of everything in the folder changes, by path; the index is held to say the same before it."""
    repo.run("add", "--all")
    in_index = files.staged(repo.git, base)
    found = files.between(repo.git, base, repo.commit())
    assert in_index == found
    return {file.path: file for file in found}


def blob(repo: Repo, path: str) -> str:
    return repo.run("rev-parse", f"HEAD:{path}")


def test_an_added_file(repo: Repo) -> None:
    base = repo.commit()
    repo.write("src/a.py", "1\n2\n")

    file = listed(repo, base)["src/a.py"]

    assert file == ChangedFile("src/a.py", FileStatus.ADDED, additions=2, blob=blob(repo, "src/a.py"))


def test_a_modified_file(repo: Repo) -> None:
    base = repo.commit({"a.py": LINES})
    repo.write("a.py", CHANGED_LINES)

    file = listed(repo, base)["a.py"]

    assert file == ChangedFile("a.py", FileStatus.MODIFIED, additions=1, deletions=1, blob=blob(repo, "a.py"))


def test_a_removed_file_keeps_what_it_was(repo: Repo) -> None:
    base = repo.commit({"a.py": "1\n"})
    was = blob(repo, "a.py")
    (repo.folder / "a.py").unlink()

    assert listed(repo, base) == {"a.py": ChangedFile("a.py", FileStatus.REMOVED, deletions=1, blob=was)}


def test_a_file_that_only_moved(repo: Repo) -> None:
    base = repo.commit({"a.py": LINES})
    (repo.folder / "a.py").rename(repo.folder / "b.py")

    file = listed(repo, base)["b.py"]

    assert (file.status, file.previous_path, file.content_changed) == (FileStatus.RENAMED, "a.py", False)


def test_a_file_that_moved_and_changed(repo: Repo) -> None:
    base = repo.commit({"a.py": LINES})
    (repo.folder / "a.py").rename(repo.folder / "b.py")
    repo.write("b.py", CHANGED_LINES)

    file = listed(repo, base)["b.py"]

    assert (file.status, file.previous_path, file.content_changed) == (FileStatus.RENAMED, "a.py", True)


def test_attributes_cannot_hide_that_a_moved_file_changed(repo: Repo) -> None:
    base = repo.commit({"a.py": LINES, ".gitattributes": "*.py -diff\n"})
    (repo.folder / "a.py").rename(repo.folder / "b.py")
    repo.write("b.py", CHANGED_LINES)

    assert listed(repo, base)["b.py"].content_changed


def test_a_copy_of_a_file_that_changes_too(repo: Repo) -> None:
    base = repo.commit({"a.py": LINES})
    repo.write("a.py", CHANGED_LINES)
    repo.write("b.py", LINES)

    file = listed(repo, base)["b.py"]

    assert (file.status, file.previous_path, file.content_changed) == (FileStatus.COPIED, "a.py", True)


def test_another_mode_is_no_other_content(repo: Repo) -> None:
    base = repo.commit({"a.py": "1\n"})
    (repo.folder / "a.py").chmod(0o755)

    file = listed(repo, base)["a.py"]

    assert (file.status, file.content_changed) == (FileStatus.CHANGED, False)


def test_a_symbolic_link(repo: Repo) -> None:
    base = repo.commit()
    (repo.folder / "a.py").symlink_to("b.py")

    assert listed(repo, base)["a.py"].kind is FileKind.SYMLINK


def test_a_file_that_becomes_a_symbolic_link(repo: Repo) -> None:
    base = repo.commit({"a.py": "1\n"})
    (repo.folder / "a.py").unlink()
    (repo.folder / "a.py").symlink_to("b.py")

    file = listed(repo, base)["a.py"]

    assert (file.status, file.kind) == (FileStatus.MODIFIED, FileKind.SYMLINK)


def test_a_submodule_shows_even_where_the_configuration_hides_them(repo: Repo) -> None:
    base = repo.commit({".gitmodules": '[submodule "lib"]\n\tpath = lib\n\turl = ../lib\n\tignore = all\n'})
    repo.run("config", "diff.ignoreSubmodules", "all")
    repo.run("update-index", "--add", "--cacheinfo", f"160000,{base},lib")

    (file,) = files.staged(repo.git, base)

    assert (file.path, file.kind, file.status) == ("lib", FileKind.SUBMODULE, FileStatus.ADDED)


def test_a_binary_file(repo: Repo) -> None:
    base = repo.commit()
    repo.write("a.bin", b"\0\1\2")

    assert listed(repo, base)["a.bin"].status is FileStatus.ADDED


HOSTILE_NAMES = [
    "-rf.py",
    "--cached",
    ":(top)x.py",
    ":100644 100644 a b M",
    "a\nb.py",
    "a\tb.py",
    "a\x1b[31mb.py",
    "quo\"te's.py",
    "back\\slash.py",
    "::error::x.py",
    "ünïcode/\u202egpj.py",
    "*.py",
    "$(touch x).py",
    " .py",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=ascii)
def test_a_name_is_only_a_name(repo: Repo, name: str) -> None:
    base = repo.commit()
    repo.write(name, LINES)
    assert list(listed(repo, base)) == [name]
    assert [file.path for file in files.every(repo.git, "HEAD")] == [name]

    base = repo.run("rev-parse", "HEAD")
    (repo.folder / name).rename(repo.folder / "plain.py")

    assert listed(repo, base)["plain.py"].previous_path == name


def test_a_name_that_is_not_utf8_stays_readable(repo: Repo) -> None:
    base = repo.commit()
    Path(os.fsdecode(os.fsencode(repo.folder) + b"/caf\xe9.py")).write_text("1\n")

    assert list(listed(repo, base)) == ["caf\ufffd.py"]


def test_everything_counts_from_the_root_wherever_one_stands(repo: Repo) -> None:
    base = repo.commit()
    repo.run("config", "diff.relative", "true")
    head = repo.commit({"a.py": "1\n", "sub/b.py": "2\n"})
    inside = Repo(repo.folder / "sub").git

    assert [file.path for file in files.between(inside, base, head)] == ["a.py", "sub/b.py"]
    assert [file.path for file in files.every(inside, head)] == ["a.py", "sub/b.py"]


def test_every_file_of_a_commit_counts_as_added(repo: Repo) -> None:
    repo.commit({"a.py": "1\n", "sub/b.py": "2\n"})
    (repo.folder / "c.py").symlink_to("a.py")
    head = repo.commit()

    assert files.every(repo.git, head) == (
        ChangedFile("a.py", FileStatus.ADDED, size=2, blob=blob(repo, "a.py")),
        ChangedFile("c.py", FileStatus.ADDED, kind=FileKind.SYMLINK, size=4, blob=blob(repo, "c.py")),
        ChangedFile("sub/b.py", FileStatus.ADDED, size=2, blob=blob(repo, "sub/b.py")),
    )


def test_a_tree_whose_files_are_not_all_here_is_refused(repo: Repo) -> None:
    head = repo.commit({"a.py": "1\n"})
    name = blob(repo, "a.py")
    (repo.folder / ".git" / "objects" / name[:2] / name[2:]).unlink()

    with pytest.raises(CheckoutError, match="does not hold every object"):
        files.every(repo.git, head)


def test_an_unresolved_merge_is_refused(repo: Repo) -> None:
    base = repo.commit({"a.py": "1\n"})
    entries = "".join(f"100644 {blob(repo, 'a.py')} {stage}\ta.py\n" for stage in (1, 2, 3))
    repo.run("update-index", "--index-info", stdin=f"0 {'0' * 40}\ta.py\n{entries}".encode())

    with pytest.raises(CheckoutError, match=r"a\.py has an unresolved merge conflict"):
        files.staged(repo.git, base)
