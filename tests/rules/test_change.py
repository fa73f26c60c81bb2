# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

"""What is kept of a file, out of its first bytes."""

import pytest

from rules.change import KEPT, ChangedFile, Content, FileStatus, decoded


@pytest.mark.parametrize(
    ("beginning", "whole", "content"),
    [
        (b"", True, Content("", whole=True)),
        (b"x\n", True, Content("x\n", whole=True)),
        (b"x\n", False, Content("x\n", whole=False)),
        (b"\xef\xbb\xbfx", True, Content("\ufeffx", whole=True)),
        (b"x\xff", True, Content("x\ufffd", whole=True)),
        ("x☃".encode()[:3], False, Content("x", whole=False)),
        ("x☃".encode()[:3], True, Content("x\ufffd", whole=True)),
        (b"x" * KEPT, True, Content("x" * KEPT, whole=True)),
        (b"x" * (KEPT + 1), True, Content("x" * KEPT, whole=False)),
        (b"x\0", True, Content("", whole=True, binary=True, start=b"x\0")),
        (b"\xff\0" * 4096, False, Content("", whole=False, binary=True, start=b"\xff\0" * 2048)),
        (b"\x80\x04}.", True, Content("", whole=True, binary=True, start=b"\x80\x04}.")),
        (b"x" * KEPT + b"\0", True, Content("x" * KEPT, whole=False)),
    ],
)
def test_a_character_that_is_cut_is_none_and_a_nul_makes_it_binary(
    beginning: bytes, whole: bool, content: Content
) -> None:
    assert decoded(beginning, whole=whole) == content


@pytest.mark.parametrize(
    ("status", "lines", "new"),
    [
        (FileStatus.ADDED, 0, True),
        (FileStatus.COPIED, 0, True),
        (FileStatus.MODIFIED, 0, True),
        (FileStatus.RENAMED, 0, False),
        (FileStatus.RENAMED, 1, True),
        (FileStatus.CHANGED, 0, False),
        (FileStatus.CHANGED, 1, True),  # a link became a file
        (FileStatus.REMOVED, 1, False),
        (FileStatus.UNCHANGED, 1, False),
    ],
)
def test_content_is_new_unless_a_file_is_only_moved_or_given_another_mode(
    status: FileStatus, lines: int, new: bool
) -> None:
    assert ChangedFile("a", status, additions=lines).content_changed is new
    assert ChangedFile("a", status, deletions=lines).content_changed is new
