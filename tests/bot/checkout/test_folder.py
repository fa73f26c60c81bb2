# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""Files below a folder: nothing outside is ever read or written, and a file that is rewritten stays what it was."""

import os
import stat
import struct
from pathlib import Path

import pytest

from bot.checkout.folder import Beginning, Folder, NotAFile

SECRET = b"not to be seen"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder with a file, beside a secret that links inside of it lead to."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/a.py").write_bytes(SECRET)
    root = tmp_path / "root"
    (root / "sub/.git").mkdir(parents=True)
    (root / "sub/.git/config").write_bytes(SECRET)
    (root / "sub/a.py").write_bytes(b"x = 1\n")
    (root / "link.py").symlink_to("../secret/a.py")
    (root / "dangling.py").symlink_to("../secret/new.py")
    (root / "linked").symlink_to("../secret")
    os.mkfifo(root / "pipe.py")
    return Folder(root)


def shout(data: bytes) -> bytes:
    return data.upper()


def names(folder: Folder, inside: str = "") -> set[str]:
    return {path.name for path in (folder.root / inside).iterdir()}


@pytest.mark.parametrize(
    ("most", "found"),
    [(3, Beginning(b"x =", 6)), (6, Beginning(b"x = 1\n", 6)), (9, Beginning(b"x = 1\n", 6))],
)
def test_as_much_is_read_as_was_asked_for(folder: Folder, most: int, found: Beginning) -> None:
    assert folder.beginning("sub/a.py", most) == found
    assert found.whole == (most >= 6)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "none.py",
            "none/a.py",
            "sub/a.py/b.py",
            "linked/a.py",
            "../secret/a.py",
            "sub/../../secret/a.py",
            "/etc/hostname",
        ),
        *("", "sub/", "./sub/a.py", "sub//a.py", "sub/.git/config", "sub/.GIT/config", "a\0.py"),
    ],
)
def test_what_is_not_in_the_folder_is_not_there(folder: Folder, path: str) -> None:
    with pytest.raises(FileNotFoundError):
        folder.beginning(path, 100)
    with pytest.raises(FileNotFoundError):
        folder.rewrite(path, shout)


@pytest.mark.parametrize("path", ["link.py", "dangling.py", "linked", "sub", "pipe.py"])
def test_what_is_no_regular_file_is_none(folder: Folder, path: str) -> None:
    with pytest.raises(NotAFile):
        folder.beginning(path, 100)
    with pytest.raises(NotAFile):
        folder.rewrite(path, shout)


@pytest.mark.parametrize("path", ["../secret/new.py", "linked/new.py", "dangling.py", "link.py", "sub", "sub/a.py"])
def test_a_new_file_takes_no_name_that_is_taken_or_leads_elsewhere(folder: Folder, path: str) -> None:
    with pytest.raises(OSError, match=r"No such file|File exists"):
        folder.create(path, b"new")
    assert names(folder, "../secret") == {"a.py"}
    assert (folder.root / "sub/a.py").read_bytes() == b"x = 1\n"


def test_a_new_file_is_made(folder: Folder) -> None:
    folder.create("sub/b.py", b"new")
    assert (folder.root / "sub/b.py").read_bytes() == b"new"


@pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o664, 0o4755])
def test_a_file_that_is_rewritten_keeps_its_mode(folder: Folder, mode: int) -> None:
    file = folder.root / "sub/a.py"
    file.chmod(mode)

    assert not folder.rewrite("sub/a.py", shout)

    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"X = 1\n", mode)
    assert names(folder, "sub") == {".git", "a.py"}


def set_attribute(file: Path, name: str, value: bytes) -> None:
    try:
        os.setxattr(file, name, value)
    except (AttributeError, OSError):
        pytest.skip("there are no such attributes here")


def test_a_file_that_is_rewritten_keeps_its_extended_attributes(folder: Folder) -> None:
    set_attribute(folder.root / "sub/a.py", "user.note", b"mine")

    folder.rewrite("sub/a.py", shout)

    assert os.getxattr(folder.root / "sub/a.py", "user.note") == b"mine"


def test_a_file_that_is_rewritten_keeps_its_access_control_list(folder: Folder) -> None:
    """In the form of Linux, acl(5): version 2, then tag, rights and id of each entry."""
    entries = [(1, 6, -1), (2, 6, 1234), (4, 4, -1), (16, 6, -1), (32, 4, -1)]
    listed = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
    set_attribute(folder.root / "sub/a.py", "system.posix_acl_access", listed)

    folder.rewrite("sub/a.py", shout)

    assert os.getxattr(folder.root / "sub/a.py", "system.posix_acl_access") == listed


@pytest.mark.parametrize("call", ["listxattr", "setxattr"])
def test_attributes_that_cannot_be_copied_are_left_behind(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refused(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    set_attribute(folder.root / "sub/a.py", "user.note", b"mine")
    monkeypatch.setattr(os, call, refused)

    folder.rewrite("sub/a.py", shout)

    assert (folder.root / "sub/a.py").read_bytes() == b"X = 1\n"


def test_where_the_system_has_no_such_attributes_nothing_is_asked_for(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.delattr(os, "listxattr", raising=False)

    folder.rewrite("sub/a.py", shout)

    assert (folder.root / "sub/a.py").read_bytes() == b"X = 1\n"


def test_another_name_of_a_file_keeps_the_old_text_and_that_is_told(folder: Folder) -> None:
    (folder.root / "b.py").hardlink_to(folder.root / "sub/a.py")

    assert folder.rewrite("sub/a.py", shout)

    assert (folder.root / "b.py").read_bytes() == b"x = 1\n"
    assert (folder.root / "sub/a.py").read_bytes() == b"X = 1\n"


def test_a_file_that_is_not_to_be_written_stays_as_it_is(folder: Folder) -> None:
    (folder.root / "sub/a.py").chmod(0o444)

    with pytest.raises(PermissionError):
        folder.rewrite("sub/a.py", shout)

    assert (folder.root / "sub/a.py").read_bytes() == b"x = 1\n"


def test_when_it_fails_half_way_nothing_is_changed_and_nothing_is_left(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)

    with pytest.raises(OSError, match="No space left"):
        folder.rewrite("sub/a.py", shout)

    assert names(folder, "sub") == {".git", "a.py"}
    assert (folder.root / "sub/a.py").read_bytes() == b"x = 1\n"


def test_who_may_not_give_files_away_keeps_what_can_be_kept(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "fchown", refused)

    folder.rewrite("sub/a.py", shout)

    assert (folder.root / "sub/a.py").read_bytes() == b"X = 1\n"


def test_a_folder_that_may_not_be_entered_is_told(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refused(path: str | Path, *more: int, **named: int) -> int:
        if path == "sub":
            raise PermissionError(13, "Permission denied")
        return opened(path, *more, **named)

    monkeypatch.setattr(os, "open", refused)

    with pytest.raises(PermissionError):
        folder.beginning("sub/a.py", 9)
