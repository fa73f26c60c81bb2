# SPDX-FileCopyrightText: The Steward Authors
# SPDX-License-Identifier: Apache-2.0

import pytest

from rules.change import Content
from rules.git_lfs import size_behind

OID = "oid sha256:" + "0a" * 32 + "\n"
FIRST = "version https://git-lfs.github.com/spec/v1\n"


@pytest.mark.parametrize(
    ("text", "size"),
    [
        (FIRST + OID + "size 12\n", 12),
        (FIRST + OID + "size 12", 12),
        (FIRST + "ext-0-case sha256:1\n" + OID + "size 0\n", 0),
        (FIRST + OID + "size 12\nmore\n", None),
        (FIRST + OID + "size -1\n", None),
        (FIRST + OID.replace("\n", "\r\n") + "size 12\r\n", None),
        (FIRST.replace("git-lfs.github", "example") + OID + "size 12\n", None),
        (FIRST + OID, None),
        (FIRST + "ext-0-a " + "x" * 900 + "\n" + OID + "size 12\n", None),
        ("", None),
    ],
)
def test_a_pointer_says_how_large_the_file_behind_it_is(text: str, size: int | None) -> None:
    assert size_behind(Content(text, whole=True)) == size


def test_the_beginning_of_a_longer_text_is_no_pointer() -> None:
    assert size_behind(Content(FIRST + OID + "size 12\n", whole=False)) is None
